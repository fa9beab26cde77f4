"""Pages of plans: all, one, begin, change, put away, restore."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.audit.history import history_for
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.models import Organisation
from sinergi.accounts.once import new_token
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable, small_number
from sinergi.accounts.views.history_lines import lines as history_lines
from sinergi.accounts.views.sharing import panel
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, bring_back, make_once, put_away, try_to_save
from sinergi.programs.actions import plans as actions
from sinergi.programs.forms.plans import NewPlanForm, PlanForm
from sinergi.programs.models import Plan, PlanKind
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.lines import shown_version
from sinergi.programs.queries.nomenclature import known_without_nomenclature
from sinergi.programs.queries.totals import overview
from sinergi.programs.queries.words import region_name
from sinergi.programs.views.frame import UNPROCESSABLE, rights_of, version_context
from sinergi.programs.views.history import told_name, told_part, told_value

A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which plans are asked for, as the address says it."""

    words: str = ""
    kind: str = ""
    year: int | None = None
    region: str = ""
    organisation: str = ""

    @property
    def query(self) -> str:
        """The same as the query of an address."""
        keys = ("kata", "jenis", "tahun", "wilayah", "organisasi")
        values = zip(keys, asdict(self).values(), strict=True)
        return urlencode({key: value for key, value in values if value})


def _wanted(request: HttpRequest) -> Wanted:
    get = {name: printable(str(value))[:160] for name, value in request.GET.items()}
    kind = get.get("jenis", "")
    return Wanted(
        get.get("kata", ""),
        kind if kind in PlanKind.values else "",
        small_number(get.get("tahun", ""), 4),
        get.get("wilayah", ""),
        get.get("organisasi", ""),
    )


def _found(by: Principal, wanted: Wanted) -> QuerySet[Plan]:
    rows = queries.plans(by)
    for word in wanted.words.split()[:8]:
        rows = rows.filter(title__icontains=word) | rows.filter(agency__icontains=word)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year is not None:
        rows = rows.filter(first_year__lte=wanted.year, last_year__gte=wanted.year)
    if wanted.region:
        rows = rows.filter(queries.within([wanted.region], "region_code"))
    if wanted.organisation:
        rows = rows.filter(organisation__code=wanted.organisation)
    return rows.order_by("-first_year", "title", "pk")


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Show the plans that the reader may see, with what their current versions come to."""
    by = principal_of(request)
    wanted = _wanted(request)
    page = Paginator(_found(by, wanted), A_PAGE).get_page(request.GET.get("halaman"))
    shown = [one.pk for one in page.object_list]
    current = {one.plan_id: one for one in queries.current_versions(by, plans=shown)}
    told = overview(list(current.values()))
    readable = queries.plans(by).select_related(None).order_by()
    owners = Organisation.objects.filter(pk__in=readable.values("organisation"))
    regions = sorted(set(readable.values_list("region_code", flat=True)))
    context = {
        "page": page,
        "rows": [
            (one, current.get(one.pk), *_sums(told, current.get(one.pk)))
            for one in page.object_list
        ],
        "wanted": wanted,
        "query": wanted.query,
        "kinds": PlanKind.choices,
        "regions": [(code, region_name(code)) for code in regions],
        "owners": owners.order_by("name").values_list("code", "name"),
        "may_create": bool(organisations_of(by)),
        "put_away": queries.plans_put_away(by) if by.signed_in or by.operator else (),
    }
    return render(request, "programs/plans.html", context)


def _sums(told: dict[int, Any], version: Any) -> tuple[Any, Any]:
    return told.get(version.pk, (0, 0)) if version is not None else (None, None)


@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan: what it is, its versions, and the lines of the one that counts."""
    by = principal_of(request)
    row = queries.plan(by, plan_id)
    rights = rights_of(by, row)
    versions = list(queries.versions(by).filter(plan=row).order_by("-number")[:200])
    told = overview(versions)
    shown = shown_version(by, row)
    deeds = history_for(by, row, 30)
    context = {
        "plan": row,
        "rights": rights,
        "versions": [(one, *told.get(one.pk, (0, 0))) for one in versions],
        "panel": panel(by, row),
        "token": new_token(),
        "lines": history_lines(
            by, deeds, field_name=told_name, shown=told_value, subject=told_part
        ),
    }
    if shown is not None:
        shown.plan = row
        context |= version_context(request, shown, rights)
        context["codes_known"] = known_without_nomenclature()
    if getattr(request, "htmx", False) and shown is not None:
        return render(request, "programs/parts/lines.html", context)
    return render(request, "programs/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: HttpRequest) -> HttpResponse:
    """Show the form of a new plan; POST makes it."""
    by = principal_of(request)
    organisations = organisations_of(by)
    if not organisations:
        rule = rules.OBJECT_CREATE
        raise ForbiddenError(rules.refusal(by, rule, None), rule)
    initial = {"region_code": next((o.region_code for o in organisations if o.region_code), "")}
    form = NewPlanForm(request.POST or None, organisations=organisations, initial=initial)
    status = 200
    if request.method == "POST":
        number = _make(by, form, organisations) if form.is_valid() else None
        if number is not None:
            messages.success(
                request, _("The plan was made. So far only your organisation sees it.")
            )
            return redirect("programs:plan", number)
        status = UNPROCESSABLE
    return render(request, "programs/plan_form.html", {"form": form}, status=status)


def _make(by: Principal, form: NewPlanForm, organisations: list[Organisation]) -> int | None:
    def make(owner: Organisation) -> Plan:
        return actions.create_plan(by, owner, form.details())

    return make_once(by, form, organisations, make, deed="create_plan", kind="plan")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show and save what is written about a plan; on conflict show what somebody else changed."""
    by = principal_of(request)
    row = queries.plan(by, plan_id)
    rules.require(by, rules.OBJECT_EDIT, row)
    values = {**asdict(actions.details_of(row)), "revision": row.revision}
    form, tried = PlanForm(request.POST or None, initial=values), UNTRIED
    remember(form)

    def save(revision: int) -> object:
        return actions.edit_plan(by, plan_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return asdict(actions.details_of(row)), row.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The plan was saved."))
            return redirect("programs:plan", plan_id)
    context = {"form": form, "met": tried.met, "plan": row, "rights": rights_of(by, row)}
    return render(request, "programs/plan_form.html", context, status=tried.status)


@require_POST
def put_plan_away(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Put a plan away."""
    told = _("The plan “%(name)s” was put away. It can be restored below.")
    pages = ("programs:plan", "programs:plans")
    return put_away(request, actions.put_plan_away, plan_id, told, *pages)


@require_POST
def restore_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Bring a plan back."""
    told = _("The plan “%(name)s” is back.")
    return bring_back(request, actions.restore_plan, plan_id, told, "programs:plan")
