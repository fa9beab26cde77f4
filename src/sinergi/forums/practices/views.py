"""Pages of practices: all, one, present, change, put away, restore."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.audit.history import history_for
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.accounts.views.history_lines import lines
from sinergi.accounts.views.sharing import panel
from sinergi.evidence.queries import indicator_catalogue
from sinergi.forums.errors import ForumError
from sinergi.forums.models import Practice
from sinergi.forums.practices import actions, queries
from sinergi.forums.practices.forms import NewPracticeForm, PracticeForm
from sinergi.forums.queries.forums import get_forum
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, bring_back, put_away, try_to_save
from sinergi.reference import queries as reference

A_PAGE, UNPROCESSABLE, CONFLICT = 30, 422, 409
Named = list[tuple[str, str]]


def _names(codes: list[str], catalogue: Any) -> Named:
    """Return codes with their names in the language of the page."""
    english = get_language() == "en"
    known = [catalogue[code] for code in codes if code in catalogue]
    return [(one.code, one.name_en if english else one.name_id) for one in known]


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """Show the practices that the reader may see, all or those about one cooperation object."""
    principal = principal_of(request)
    code, catalogue = request.GET.get("objek", ""), reference.catalogue()
    rows: Any = queries.practices(principal)
    chosen = catalogue.get(code)
    rows = queries.about(rows, code) if chosen else rows
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "practices": [(row, _names(row.objects_named, catalogue)) for row in page.object_list],
        "chosen": _names([code], catalogue)[0][1] if chosen else "",
        "may_create": bool(organisations_of(principal)),
        "put_away": queries.practices_put_away(principal) if principal.signed_in else (),
    }
    return render(request, "forums/practices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_practice(request: HttpRequest) -> HttpResponse:
    """Show the form of a new practice, of the forum in the address if any; POST keeps it."""
    principal = principal_of(request)
    organisations = organisations_of(principal)
    if not organisations:
        rule = rules.OBJECT_CREATE
        raise ForbiddenError(rules.refusal(principal, rule, None), rule)
    forum = _forum(principal, request.GET.get("forum", ""))
    form, status = NewPracticeForm(request.POST or None, organisations=organisations), 200
    if request.method == "POST":
        number = _present(principal, form, forum) if form.is_valid() else None
        if number is not None:
            messages.success(request, _saved(principal, number))
            return redirect("practices:practice", number)
        status = UNPROCESSABLE
    context = {"form": form, "forum": forum}
    return render(request, "forums/practice_form.html", context, status=status)


def _saved(principal: Principal, number: int) -> str:
    """Return what is said of a new practice: to share it, or who can."""
    if rules.may(principal, rules.OBJECT_SHARE, queries.get_practice(principal, number)):
        return _("The practice was saved. Share it so that others find it.")
    return _(
        "The practice was saved. So far only your organisation sees it; a coordinator or an approver of it "
        "can share it, so that others find it."
    )


def _forum(principal: Principal, number: str) -> Any:
    known = small_number(number)
    return None if known is None else get_forum(principal, known)


def _present(principal: Principal, form: NewPracticeForm, forum: Any) -> int | None:
    """Keep the practice of a valid form, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data
    mine = {str(one.pk): one for one in organisations_of(principal)}
    forum_id = forum.pk if forum else None

    def present() -> dict[str, Any]:
        owner = mine[values["organisation"]]
        made = actions.present(principal, owner, form.details(), forum_id=forum_id)
        return {"practice": made.pk}

    sent = {name: value for name, value in values.items() if name != "once"} | {"forum": forum_id}
    try:
        done = once(principal, "present_practice", seal(values["once"], sent), sent, present)
    except (InvalidError, ForumError) as error:
        form.refuse(error)
        return None
    return int(done.result["practice"])


@require_safe
def practice(request: HttpRequest, number: int) -> HttpResponse:
    """Show a practice, whose it is, and its history."""
    principal = principal_of(request)
    row = queries.get_practice(principal, number)
    told = history_for(principal, row)
    forum = row.forum
    seen = (
        forum is not None
        and not forum.deleted_at
        and rules.may(principal, rules.OBJECT_READ, forum)
    )
    context = {
        "practice": row,
        "forum": forum if seen else None,
        "objects": _names(row.objects_named, reference.catalogue()),
        "indicators": _names(row.indicators, indicator_catalogue()),
        "panel": panel(principal, row),
        "lines": lines(principal, told, field_name=_field_name),
    }
    return render(request, "forums/practice.html", context)


def _field_name(name: str) -> str:
    field = PracticeForm.base_fields.get(name)
    return str(field.label) if field is not None and field.label else name.replace("_", " ")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_practice(request: HttpRequest, number: int) -> HttpResponse:
    """Show and save what is written about a practice; on conflict show what somebody else changed."""
    principal = principal_of(request)
    row = queries.get_practice(principal, number)
    rules.require(principal, rules.OBJECT_EDIT, row)
    form, tried = _form(row, request.POST or None), UNTRIED

    def save(revision: int) -> object:
        return actions.edit_practice(principal, number, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return _values(row), row.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The practice was saved."))
            return redirect("practices:practice", number)
    may_remove = rules.may(principal, rules.OBJECT_REMOVE, row)
    context = {"form": form, "met": tried.met, "practice": row, "may_remove": may_remove}
    return render(request, "forums/practice_form.html", context, status=tried.status)


def _values(row: Practice) -> dict[str, Any]:
    """Return the texts of a practice: what two people can change at once and a form can merge."""
    return {name: getattr(row, name) for name in actions.LENGTHS}


def _form(row: Practice, data: Any = None) -> PracticeForm:
    values = {**asdict(actions.details_of(row)), "revision": row.revision}
    form = PracticeForm(data, initial=values)
    remember(form)
    for name in ("objects_named", "indicators"):
        form.fields[name].show_hidden_initial = False
    return form


@require_POST
def put_practice_away(request: HttpRequest, number: int) -> HttpResponse:
    """Put a practice away."""
    told = _("The practice “%(name)s” was put away. It can be restored below.")
    pages = ("practices:practice", "practices:practices")
    return put_away(request, actions.put_practice_away, number, told, *pages)


@require_POST
def restore_practice(request: HttpRequest, number: int) -> HttpResponse:
    """Bring a practice back."""
    told = _("The practice “%(name)s” is back.")
    return bring_back(request, actions.restore_practice, number, told, "practices:practice")
