"""The page of a finding: lines side by side, evidence, what to do, and the decision."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.programs import errors
from sinergi.programs.actions.sync_decisions import allowed, decide, governments
from sinergi.programs.forms.sync import DecisionForm, cost_of
from sinergi.programs.models import (
    Finding,
    FindingDecision,
    FindingLine,
    Outcome,
    Plan,
    SyncRun,
)
from sinergi.programs.queries import sync as queries
from sinergi.programs.queries.sync_earlier import earlier
from sinergi.programs.queries.sync_same_lines import beside
from sinergi.programs.queries.words import region_name
from sinergi.programs.rules import takes_changes
from sinergi.programs.synchronise import telling
from sinergi.programs.synchronise.mapped import features, places_told
from sinergi.programs.synchronise.shown import shown, shown_lines
from sinergi.programs.views.frame import UNPROCESSABLE
from sinergi.programs.views.sync_too_late import CONFLICT, about_lines, too_late


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, run_id: int, finding_id: int) -> HttpResponse:
    """Show a finding; POST keeps a decision on it."""
    by = principal_of(request)
    run = queries.get_run(by, run_id)
    row = queries.findings(by, run).filter(pk=finding_id).prefetch_related("lines").first()
    if row is None:
        if request.method == "POST" and rules.may(by, rules.OBJECT_EDIT, run):
            return too_late(request, by, run)
        raise errors.not_found(_("The finding"))
    told = queries.decisions(by, run, [row.key])
    form, status = _form(by, run, row, told.first(), request.POST or None), 200
    if request.method == "POST":
        rules.require(by, rules.OBJECT_EDIT, run)
        try:
            status = _decided(by, run, row, form)
        except errors.NotFoundError:
            return too_late(request, by, run)
        if status == 200:
            messages.success(request, _("The decision was kept."))
            return redirect("programs:sync-finding", run_id, finding_id)
    held = list(row.lines.select_related("version__plan", "line"))
    compared = "probability" in row.facts
    lines, changeable = shown_lines(held, compared=compared), _changeable(by, held)
    places = features([row])
    context = {
        "run": run,
        "finding": shown(row),
        "rows": [(one, *_places(one.row, changeable)) for one in lines],
        "compared": compared and len(lines) > 1,
        "codes": telling.codes_told(row.facts),
        "evidence": telling.evidence(row.facts),
        "form": form if form.may_decide else None,
        "about": about_lines(held),
        "labels": _labels(row) if form.may_decide else "",
        "decisions": [
            (one, *_decision(one, row, held)) for one in queries.named_decisions(by, run, told)
        ],
        "beside": [
            (shown(one.finding), one.decision and telling.in_short(one.decision, one.finding))
            for one in beside(by, run, row)
        ],
        "earlier": [(one, *_decision(one.decision, row, held)) for one in earlier(by, run, row)],
        "map": places,
        "places": places_told(places),
        "more": row.facts.get("lines", 0) - len(lines),
        "searched": [one.version for one in row.tells_of.select_related("version__plan")],
    }
    return render(request, "programs/sync_finding.html", context, status=status)


def _labels(row: Finding) -> str:
    """Return where somebody who may decide says of pairs of these plans whether they are the same work."""
    plans = sorted({one.version.plan_id for one in row.tells_of.select_related("version")})
    told = urlencode({"rencana": plans}, doseq=True)
    return f"{reverse('programs:labels')}?{told}"


def _form(
    by: Principal, run: SyncRun, row: Finding, last: FindingDecision | None, data: Any
) -> DecisionForm:
    outcomes = allowed(row) if rules.may(by, rules.OBJECT_EDIT, run) else []
    if last is None or last.outcome == Outcome.REOPEN:
        outcomes = [one for one in outcomes if one != Outcome.REOPEN]
    initial = {
        "seen": last.pk if last else 0,
        "said": row.fingerprint,
        "cost": f"{cost_of(row):.0f}",
        "outcome": Outcome.ACCEPT,
    }
    members = [(code, region_name(code)) for code in governments(row)]
    return DecisionForm(data, initial=initial, finding=row, outcomes=outcomes, members=members)


def _decided(by: Principal, run: SyncRun, row: Finding, form: DecisionForm) -> int:
    """Keep the decision of a form; return the status of the answer, with what is wrong in the form."""
    if not form.is_valid():
        return UNPROCESSABLE
    decision = form.decision()
    if form.errors:
        return UNPROCESSABLE
    try:
        seen, said = form.cleaned_data["seen"], form.cleaned_data["said"]
        decide(by, run.pk, row.pk, decision, seen=seen, said=said)
    except InvalidError as error:
        form.refuse(error)
        if "shares" in error.fields:
            form.add_error(None, error.fields["shares"])
        return UNPROCESSABLE
    except ConflictError as error:
        last = queries.decisions(by, run, [row.key]).first()
        form.look_again(error, last.pk if last else 0)
        return CONFLICT
    return 200


def _changeable(by: Principal, rows: list[FindingLine]) -> set[int]:
    """Return the numbers of the versions whose lines the reader may change; one query."""
    versions = {one.version_id: one.version for one in rows}
    plans = Plan.objects.filter(pk__in={one.plan_id for one in versions.values()})
    mine = set(plans.filter(deleted_at=None).editable_by(by).values_list("pk", flat=True))
    return {pk for pk, one in versions.items() if one.plan_id in mine and takes_changes(one)}


def _places(row: FindingLine, changeable: set[int]) -> tuple[str, str]:
    """Return where a line is shown and, where the reader may change it, where that is done."""
    if row.line_id is None:
        return "", ""
    told = [row.version.plan_id, row.identity]
    where = f"{reverse('programs:line', args=told)}?versi={row.version.number}"
    return where, reverse("programs:line-edit", args=told) if row.version_id in changeable else ""


def _decision(
    one: FindingDecision, row: Finding, lines: list[FindingLine]
) -> tuple[list[str], bool]:
    """Return the details of a decision in words, and whether the lines have changed since."""
    titles = {str(line.identity): line.said["title"] for line in lines}
    return telling.agreed(one.details, titles), one.fingerprint != row.fingerprint
