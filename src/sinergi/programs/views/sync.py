"""Pages of runs: all, one with its findings, what is done with it, its files."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.audit.history import history_for
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.queries.workers import workers_alive
from sinergi.accounts.requests import SECOND_FACTOR, principal_of, why_of
from sinergi.accounts.texts import printable, small_number
from sinergi.accounts.views.history_lines import lines as history_lines
from sinergi.accounts.views.sharing import panel
from sinergi.opportunities.views.saving import bring_back
from sinergi.programs.actions import sync as actions
from sinergi.programs.exports import sync as exports
from sinergi.programs.models import FindingKind, RunState, Severity
from sinergi.programs.queries import sync as queries
from sinergi.programs.queries.words import region_name
from sinergi.programs.synchronise.mapped import features
from sinergi.programs.synchronise.shown import LEVELS, shown, summary
from sinergi.programs.synchronise.words import rule_name

A_PAGE = 30
UNDER_WAY = (RunState.WAITING, RunState.RUNNING)
SECONDS = "4"


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Show the runs that the reader may see."""
    by = principal_of(request)
    page = Paginator(queries.runs(by), A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "rows": page.object_list,
        "may_create": bool(organisations_of(by)),
        "put_away": queries.runs_put_away(by) if by.signed_in else (),
    }
    return render(request, "programs/sync_runs.html", context)


def wanted_of(request: HttpRequest) -> queries.Wanted:
    """Return which findings the address asks for; what is not known is left out."""
    get = request.GET
    kinds = tuple(one for one in get.getlist("jenis") if one in FindingKind.values)
    level = small_number(get.get("bobot", ""), 1)
    stands = get.get("keadaan", "")
    return queries.Wanted(
        kinds,
        level if level in Severity.values else None,
        printable(get.get("wilayah", ""))[:13],
        stands if stands in queries.STANDINGS else "",
        printable(get.get("aturan", ""))[:30],
        printable(get.get("kata", ""))[:160],
    )


def query_of(wanted: queries.Wanted) -> str:
    """Return the same as the query of an address."""
    told: list[tuple[str, Any]] = [("jenis", kind) for kind in wanted.kinds]
    told += [
        ("bobot", wanted.severity), ("wilayah", wanted.region), ("keadaan", wanted.standing),
        ("aturan", wanted.rule), ("kata", wanted.words),
    ]  # fmt: skip
    return urlencode([(name, value) for name, value in told if value])


@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show a run: what was compared, what was found by kind and weight, and the findings asked for."""
    by = principal_of(request)
    row = queries.get_run(by, run_id)
    wanted = wanted_of(request)
    everything = queries.findings(by, row)
    rows = queries.narrowed(everything, wanted)
    page = Paginator(rows.prefetch_related("lines"), A_PAGE).get_page(request.GET.get("halaman"))
    mine, others = queries.compared(by, row)
    counts = queries.counted(everything)
    findings = [one for one in counts if one["kind"] not in queries.NOTES]
    codes = sorted({one.version.plan.region_code for one in mine})
    stuck = actions.stuck(row)
    under_way = row.state in UNDER_WAY and not stuck
    may_edit = rules.may(by, rules.OBJECT_EDIT, row)
    context = {
        "run": row,
        "page": page,
        "findings": [shown(one) for one in page.object_list],
        "wanted": wanted,
        "query": query_of(wanted),
        "summary": summary(findings),
        "notes": summary([one for one in counts if one["kind"] in queries.NOTES]),
        "regions_at_stake": [
            {**one, "name": region_name(one["code"])}
            for one in queries.counted_by_region(everything, codes)
        ],
        "compared": mine,
        "others": others,
        "hidden": queries.hidden_number(by, row),
        "under_way": under_way,
        "stuck": stuck,
        "worker": row.state != RunState.WAITING or workers_alive() > 0,
        "may_run": may_edit and not under_way,
        "may_edit": may_edit,
        "may_remove": rules.may(by, rules.OBJECT_REMOVE, row),
        "panel": panel(by, row),
        "lines": history_lines(by, history_for(by, row)),
        "choices": _choices(everything, codes),
        "levels": [(one.value, one.label) for one in LEVELS],
    }
    response = render(request, "programs/sync_run.html", context)
    if context["under_way"]:
        response["Refresh"] = SECONDS
        response["Cache-Control"] = "no-store"
    return response


def _choices(rows: Any, codes: list[str]) -> dict[str, Any]:
    used = rows.order_by().values_list("rule", flat=True).distinct()
    return {
        "kinds": FindingKind.choices,
        "standings": list(queries.STANDINGS.items()),
        "regions": [(code, region_name(code)) for code in codes],
        "rules": sorted(((one, rule_name(one)) for one in used), key=lambda one: one[1]),
    }


@require_safe
def run_state(request: HttpRequest, run_id: int) -> JsonResponse:
    """Say how far a run is."""
    row = queries.get_run(principal_of(request), run_id)
    return JsonResponse({"state": row.state, "progress": row.progress})


@require_safe
def run_map(request: HttpRequest, run_id: int) -> JsonResponse:
    """Give the findings asked for as points of a map, and the lines between lines of one finding."""
    by = principal_of(request)
    row = queries.get_run(by, run_id)
    rows = queries.narrowed(queries.findings(by, row), wanted_of(request))
    return JsonResponse(features(rows.prefetch_related("lines")))


@require_POST
def run_again(request: HttpRequest, run_id: int) -> HttpResponse:
    """Compute a run anew, on the current versions of its plans."""
    by = principal_of(request)
    second = bool(request.session.get(SECOND_FACTOR))
    try:
        actions.run_again(by, run_id, second_factor=second)
    except (InvalidError, ConflictError) as error:
        messages.error(request, error.message)
    return redirect("programs:sync-run", run_id)


@require_POST
def put_run_away(request: HttpRequest, run_id: int) -> HttpResponse:
    """Put a run away."""
    row = actions.put_run_away(principal_of(request), run_id, reason=why_of(request))
    told = _("The run “%(name)s” was put away. It can be restored below.")
    messages.success(request, told % {"name": row.title})
    return redirect("programs:sync")


@require_POST
def restore_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Bring a run back."""
    told = _("The run “%(name)s” is back.")
    return bring_back(request, actions.restore_run, run_id, told, "programs:sync-run")


@require_safe
def findings_file(request: HttpRequest, run_id: int, kind: str) -> HttpResponse:
    """Send the findings that the page of the same address shows."""
    by = principal_of(request)
    name, content = exports.export_findings(by, run_id, wanted_of(request), kind)
    return _file(name, content, kind)


@require_safe
def record_file(request: HttpRequest, run_id: int, kind: str) -> HttpResponse:
    """Send the record of the meeting on a run; `?keadaan=decided` leaves out what is open."""
    by = principal_of(request)
    language = (get_language() or "id")[:2]
    name, content = exports.export_record(
        by, run_id, kind, language, decided_only=request.GET.get("keadaan") == "decided"
    )
    return _file(name, content, kind)


def _file(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
