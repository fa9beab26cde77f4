"""Pages of versions: one of them, begin another, make one current, compare two."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.accounts.texts import small_number
from sinergi.programs.actions import versions as actions
from sinergi.programs.models import PlanVersion, VersionState
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.compare import compare, differences
from sinergi.programs.rules import VersionDetails
from sinergi.programs.views.frame import rights_of, version_context, version_of
from sinergi.programs.views.history import told_name

A_PAGE = 50
PARTS = ("baru", "hilang", "berubah")


@require_safe
def version(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Show a version: how it came to be, what its import found, its sums and lines."""
    by = principal_of(request)
    plan = queries.plan(by, plan_id)
    row = version_of(by, plan, number)
    rights = rights_of(by, plan)
    context = {"plan": plan, "rights": rights, **version_context(request, row, rights)}
    if getattr(request, "htmx", False):
        return render(request, "programs/parts/lines.html", context)
    return render(request, "programs/version.html", context)


@require_POST
def new_version(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Begin a version, empty or from the one that the form names."""
    by = principal_of(request)
    label = request.POST.get("nama", "")
    source = small_number(request.POST.get("dari", ""))

    def make() -> dict[str, Any]:
        told = VersionDetails(label=label)
        seen = revision_of(request)
        made = actions.make_version(by, plan_id, told, copy_of=source, revision=seen)
        return {"number": made.number}

    sent = {"plan": plan_id, "label": label, "copy_of": source}
    key = seal(request.POST.get("once", ""), sent)
    try:
        number = once(by, "make_version", key, sent, make).result["number"]
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        messages.error(request, error.message)
        return redirect("programs:plan", plan_id)
    messages.success(request, _("Version %(number)s was begun.") % {"number": number})
    return redirect("programs:version", plan_id, number)


@require_POST
def make_current(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Make a version the current one."""
    by = principal_of(request)
    row = version_of(by, queries.plan(by, plan_id), number)
    try:
        actions.make_current(by, row.pk, revision=revision_of(request), reason=why_of(request))
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Version %(number)s is current.") % {"number": number})
    return redirect("programs:version", plan_id, number)


@require_POST
def rename_version(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Give a version another name."""
    by = principal_of(request)
    row = version_of(by, queries.plan(by, plan_id), number)
    try:
        seen = request.POST.get("seen")
        actions.rename_version(by, row.pk, request.POST.get("nama", ""), seen=seen)
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        messages.error(request, error.message)
    return redirect("programs:version", plan_id, number)


@require_safe
def compare_versions(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show two versions side by side: lines that came, went, or changed."""
    by = principal_of(request)
    plan = queries.plan(by, plan_id)
    rows = list(queries.versions(by).filter(plan=plan).order_by("-number")[:200])
    context: dict[str, Any] = {"plan": plan, "versions": rows}
    earlier, later = _chosen(request, rows)
    if earlier is not None and later is not None:
        told = compare(earlier, later)
        part = request.GET.get("bagian", "")
        part = part if part in PARTS else "berubah"
        sets = dict(zip(PARTS, (told.added, told.gone, told.changed), strict=True))
        page = Paginator(sets[part], A_PAGE).get_page(request.GET.get("halaman"))
        changes = differences(earlier, list(page.object_list)) if part == "berubah" else {}
        named = {
            pk: [(told_name(name), before, after) for name, before, after in found]
            for pk, found in changes.items()
        }
        context |= {
            "told": told,
            "part": part,
            "parts": [(name, label, sets[name].count()) for name, label in _labels()],
            "page": page,
            "rows": [(line, named.get(line.pk, [])) for line in page.object_list],
            "query": f"dari={earlier.number}&ke={later.number}&bagian={part}",
        }
    return render(request, "programs/compare.html", context)


def _labels() -> list[tuple[str, str]]:
    return list(zip(PARTS, (_("New"), _("Gone"), _("Changed")), strict=True))


def _chosen(
    request: HttpRequest, rows: list[PlanVersion]
) -> tuple[PlanVersion | None, PlanVersion | None]:
    """Return the two versions that the address names; otherwise the current one and the one before."""
    numbered = {str(one.number): one for one in rows}
    usual = [one for one in rows if one.state != VersionState.UNDONE][:2]
    later = numbered.get(request.GET.get("ke", "")) or (usual[0] if len(usual) > 1 else None)
    earlier = numbered.get(request.GET.get("dari", "")) or (usual[1] if len(usual) > 1 else None)
    return earlier, later
