"""The page on which a run begins: which plans, of which regions and their neighbours."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import SECOND_FACTOR, principal_of
from sinergi.accounts.texts import printable, small_number
from sinergi.programs.actions import sync as actions
from sinergi.programs.forms.sync import RunForm
from sinergi.programs.models import PlanKind, PlanVersion
from sinergi.programs.queries.plans import current_versions
from sinergi.programs.queries.sync import get_run
from sinergi.programs.queries.words import region_name
from sinergi.programs.views.frame import UNPROCESSABLE
from sinergi.reference.queries import pack

MOST = 400
"""Plans that are offered at once."""


def neighbours_of(region: str) -> set[str]:
    """Return the regions that border one, with its province and the nation."""
    found = {"ID", region.partition(".")[0]}
    for border in pack().borders:
        if region in (border.a, border.b):
            found |= {border.a, border.b}
    return found - {region}


@require_http_methods(["GET", "HEAD", "POST"])
def new_run(request: HttpRequest) -> HttpResponse:
    """Ask which plans are compared; POST begins the run."""
    by = principal_of(request)
    organisations = organisations_of(by)
    if not organisations:
        raise ForbiddenError(rules.refusal(by, rules.OBJECT_CREATE, None), rules.OBJECT_CREATE)
    wanted, groups = _offered(by, request)
    choices = [(str(one.pk), str(one)) for _name, rows in groups for one, _near in rows]
    told = {"versions": request.GET.getlist("versi"), "title": _title(wanted)}
    form = RunForm(request.POST or None, initial=told, organisations=organisations, offered=choices)
    status = 200
    if request.method == "POST":
        number = _begun(request, by, form) if form.is_valid() else None
        if number is not None:
            return redirect("programs:sync-run", number)
        status = UNPROCESSABLE
    context = {
        "form": form, "groups": groups, "wanted": wanted, "kinds": PlanKind.choices,
        "chosen": set(form["versions"].value() or ()),
        "regions": sorted({(code, region_name(code)) for code in wanted["all"]}),
    }  # fmt: skip
    return render(request, "programs/sync_new.html", context, status=status)


def _title(wanted: dict[str, Any]) -> str:
    where = region_name(wanted["region"]) if wanted["region"] else ""
    return " ".join(str(one) for one in (_("Synchronisation"), where, wanted["year"] or "") if one)


def _offered(
    by: Principal, request: HttpRequest
) -> tuple[dict[str, Any], list[tuple[str, list[tuple[PlanVersion, bool]]]]]:
    """Return what the address asks for, and current versions by region: its own, then bordering ones."""
    region = printable(request.GET.get("wilayah", ""))[:13]
    year = small_number(request.GET.get("tahun", ""), 4)
    kind = request.GET.get("jenis", "")
    there = current_versions(by)
    everywhere = {one.plan.region_code for one in there}
    if year is not None:
        there = [one for one in there if one.plan.first_year <= year <= one.plan.last_year]
    if kind in PlanKind.values:
        there = [one for one in there if one.plan.kind == kind]
    near = neighbours_of(region) if region else set()
    if region:
        there = [one for one in there if one.plan.region_code in near | {region}]
    groups: dict[str, list[tuple[PlanVersion, bool]]] = {}
    for one in sorted(there, key=lambda row: row.plan.region_code != region)[:MOST]:
        code = one.plan.region_code
        groups.setdefault(code, []).append((one, code in near))
    told = {"region": region, "year": year, "kind": kind, "all": everywhere}
    return told, [(region_name(code), rows) for code, rows in groups.items()]


def _begun(request: HttpRequest, by: Principal, form: RunForm) -> int | None:
    """Begin the run of a valid form, once however often it is sent; on refusal fill the form."""
    values, details = form.cleaned_data, form.details()
    if form.errors:
        return None
    mine = {str(one.pk): one for one in organisations_of(by)}
    second = bool(request.session.get(SECOND_FACTOR))

    def prepare() -> dict[str, Any]:
        owner = mine[values["organisation"]]
        numbers = [int(one) for one in values["versions"]]
        return {"run": actions.prepare(by, owner, details, numbers).pk}

    sent = {name: value for name, value in values.items() if name != "once"}
    try:
        done = once(by, "begin_sync", seal(values["once"], sent), sent, prepare)
    except InvalidError as error:
        form.refuse(error)
        return None
    number = int(done.result["run"])
    if not done.repeated:
        # After `once`: its transaction would hold everybody else's writing while this computes.
        actions.start(by, get_run(by, number), second_factor=second)
    return number
