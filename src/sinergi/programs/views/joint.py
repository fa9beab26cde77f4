"""Joint objects: who pays for them and who holds them, in one table; and recorded transfers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, ForbiddenError
from sinergi.accounts.models import Kept
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable
from sinergi.programs import errors
from sinergi.programs import money_words as words
from sinergi.programs.actions import money as actions
from sinergi.programs.exports import joint as exports
from sinergi.programs.forms.money import (
    JointForm,
    TransferForm,
    governed,
    region_meant,
    rupiah_written,
    shown,
    written,
)
from sinergi.programs.joint import dues
from sinergi.programs.models import JointObject, Transfer
from sinergi.programs.queries import joint as queries
from sinergi.programs.queries.joint_lines import lines_named, written_line, written_lines
from sinergi.programs.queries.money import transfers
from sinergi.programs.views.money_away import away_rows
from sinergi.reference import queries as reference

UNPROCESSABLE, CONFLICT = 422, 409
A_PAGE = 50
POSTS = ["GET", "HEAD", "POST"]
STANDING = {
    queries.Standing.ENOUGH: "chip-good",
    queries.Standing.HOLDS: "",
    queries.Standing.UNSEEN: "chip-info",
    queries.Standing.NOT_LINKED: "chip-info",
    queries.Standing.NO_PLAN: "chip-info",
}


@require_safe
def joint_objects(request: HttpRequest) -> HttpResponse:
    """Show the joint objects that the reader may read, with how many payers lack a line."""
    principal = principal_of(request)
    page = Paginator(queries.joints(principal), A_PAGE).get_page(request.GET.get("halaman"))
    rows = []
    for one in page.object_list:
        payers = [share for share in one.shares.all() if share.pays]
        unlinked = len(queries.unlinked(one))
        total = one.total
        if total is None:
            total = sum(dues(None, queries.details_of(one).shares)) or None
        rows.append(
            {"joint": one, "payers": len(payers), "unlinked": unlinked, "total": shown(total)}
        )
    context = {
        "rows": rows,
        "page": page,
        "may_create": bool(organisations_of(principal)),
        "put_away": away_rows(principal, JointObject),
    }
    return render(request, "programs/joint_objects.html", context)


def _total(one: JointObject, seen: list[queries.ShareSeen]) -> str:
    return shown(one.total if one.total is not None else sum(share.due for share in seen) or None)


@require_safe
def joint_object(request: HttpRequest, number: int) -> HttpResponse:
    """Show who pays for a joint object and who holds it."""
    principal = principal_of(request)
    one = queries.joint(principal, number)
    seen = queries.shares_seen(principal, one)
    known = reference.catalogue().get(one.object_code)
    context = {
        "joint": one,
        "object": known.name(get_language() or "id") if known else "",
        "place": words.region(one.region_code) if one.region_code else "",
        "rows": [_row(share) for share in seen],
        "total": _total(one, seen),
        "lacking": _named(seen, queries.Standing.NO_LINE),
        "not_linked": _named(seen, queries.Standing.NOT_LINKED),
        "without_plan": _named(seen, queries.Standing.NO_PLAN),
        "offered": [
            (words.region(code), lines)
            for code, lines in queries.offered_lines(principal, one).items()
        ],
        "may_edit": rules.may(principal, rules.OBJECT_EDIT, one),
        "may_share": rules.may(principal, rules.OBJECT_SHARE, one),
        "may_remove": rules.may(principal, rules.OBJECT_REMOVE, one),
    }
    return render(request, "programs/joint_object.html", context)


def _named(seen: list[queries.ShareSeen], standing: queries.Standing) -> list[str]:
    """Return the names of the payers of a standing."""
    return [words.region(one.share.region_code) for one in seen if one.standing is standing]


def _row(seen: queries.ShareSeen) -> dict[str, Any]:
    return {
        "name": words.region(seen.share.region_code),
        "share": seen.share,
        "parts": written(seen.share.parts) or "–",
        "due": shown(seen.due) if seen.share.pays else "–",
        "line": seen.line,
        "planned": shown(seen.planned),
        "standing": exports.standing(seen.standing),
        "chip": STANDING.get(seen.standing, "chip-wajib"),
    }


def _save(form: Any, save: Callable[[], Any]) -> tuple[Any, int]:
    """Return what a valid form made and 200, or None and the status of its refusal, told in the form."""
    if not form.is_valid():
        return None, UNPROCESSABLE
    try:
        return save(), 200
    except ForbiddenError:
        raise
    except AccountsError as error:
        form.refuse(error)
        return None, CONFLICT if isinstance(error, ConflictError) else UNPROCESSABLE


def _first(
    principal: Principal, form: Any, deed: str, make: Callable[[Any], Kept]
) -> Callable[[], int]:
    """Return what makes something new of a form once, however often it is sent."""

    def save() -> int:
        mine = {str(one.pk): one for one in organisations_of(principal)}
        told = form.cleaned_data
        sent = {
            **{name: str(value) for name, value in told.items() if name != "once"},
            "details": str(form.details()),
        }

        def do() -> dict[str, Any]:
            return {"number": make(mine[told["organisation"]]).pk}

        return int(once(principal, deed, seal(told["once"], sent), sent, do).result["number"])

    return save


def _organisations(principal: Principal) -> list[Any]:
    """Return where somebody may make something.

    Raises
    ------
    ForbiddenError
    """
    found = list(organisations_of(principal))
    if not found:
        raise ForbiddenError(
            rules.refusal(principal, rules.OBJECT_CREATE, None), rules.OBJECT_CREATE
        )
    return found


def _finder(principal: Principal) -> Callable[[str, str], list[str]]:
    """Return what finds lines by words and government, as the fields of the form hold them."""

    def find(told: str, region: str) -> list[str]:
        return [written_line(line) for line in lines_named(principal, told, region)]

    return find


@require_safe
def joint_lines(request: HttpRequest) -> HttpResponse:
    """Offer the lines that fit what is typed into a row of the form, of the government of that row."""
    told = region = ""
    for name in request.GET:
        value = printable(request.GET.get(name, ""))
        if name.endswith("-identity"):
            told = value[:300]
        elif name.endswith("-region_code"):
            region = region_meant(value[:80])
    lines = _finder(principal_of(request))(told, region)
    return render(request, "programs/parts/joint_lines.html", {"lines": lines})


@require_http_methods(POSTS)
def new_joint(request: HttpRequest) -> HttpResponse:
    """Show and save the form of a new joint object."""
    principal = principal_of(request)
    form = JointForm(
        request.POST or None, organisations=_organisations(principal), find=_finder(principal)
    )
    status = 200
    if request.method == "POST":
        make = _first(
            principal,
            form,
            "make_joint",
            lambda o: actions.make_joint(principal, o, form.details()),
        )
        number, status = _save(form, make)
        if number is not None:
            return redirect("programs:joint-object", number)
    return render(request, "programs/joint_edit.html", {"form": form}, status=status)


@require_http_methods(POSTS)
def edit_joint(request: HttpRequest, number: int) -> HttpResponse:
    """Show and save a joint object with its shares."""
    principal = principal_of(request)
    one = queries.joint(principal, number)
    rules.require(principal, rules.OBJECT_EDIT, one)
    details = queries.details_of(one)
    names = ("title", "year", "object_code", "region_code", "measure", "source", "note")
    initial = {name: getattr(details, name) for name in names}
    initial |= {"total": rupiah_written(details.total), "revision": one.revision}
    initial |= {"region_code": governed(details.region_code)}
    lines = written_lines(principal, {one.identity for one in details.shares if one.identity})
    rows = [
        {
            "region_code": governed(share.region_code),
            "pays": share.pays,
            "holds": share.holds,
            "amount": rupiah_written(share.amount),
            "parts": written(share.parts),
            "identity": lines.get(share.identity, str(share.identity)) if share.identity else "",
        }
        for share in details.shares
    ]
    form, status = (
        JointForm(request.POST or None, rows=rows, initial=initial, find=_finder(principal)),
        200,
    )
    if request.method == "POST":
        saved, status = _save(
            form,
            lambda: actions.change_joint(
                principal, number, form.details(), revision=form.cleaned_data["revision"]
            ),
        )
        if saved is not None:
            messages.success(request, _("The joint object was saved."))
            return redirect("programs:joint-object", number)
    return render(request, "programs/joint_edit.html", {"form": form, "joint": one}, status=status)


@require_safe
def joint_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Send the table of a joint object."""
    principal = principal_of(request)
    one = queries.joint(principal, number)
    content = exports.export_joint(principal, one, queries.shares_seen(principal, one), kind)
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[kind])
    name = f"{slugify(one.title)[:60] or number}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def transfer_list(request: HttpRequest) -> HttpResponse:
    """Show the recorded transfers that the reader may read."""
    principal = principal_of(request)
    page = Paginator(transfers(principal), A_PAGE).get_page(request.GET.get("halaman"))
    rows = [
        {
            "transfer": one,
            "giver": words.region(one.giver),
            "receiver": words.region(one.receiver),
            "channel": words.value("channel", one.channel),
            "amount": shown(one.amount),
            "may_edit": rules.may(principal, rules.OBJECT_EDIT, one),
        }
        for one in page.object_list
    ]
    context = {
        "rows": rows,
        "page": page,
        "may_create": bool(organisations_of(principal)),
        "put_away": away_rows(principal, Transfer),
    }
    return render(request, "programs/transfers.html", context)


@require_http_methods(POSTS)
def new_transfer(request: HttpRequest) -> HttpResponse:
    """Show and save the form of a new transfer."""
    principal = principal_of(request)
    form = TransferForm(request.POST or None, organisations=_organisations(principal))
    status = 200
    if request.method == "POST":
        make = _first(
            principal,
            form,
            "record_transfer",
            lambda o: actions.record_transfer(principal, o, form.details()),
        )
        number, status = _save(form, make)
        if number is not None:
            messages.success(request, _("The transfer was recorded."))
            return redirect("programs:transfers")
    return render(request, "programs/transfer_edit.html", {"form": form}, status=status)


@require_http_methods(POSTS)
def one_transfer(request: HttpRequest, number: int) -> HttpResponse:
    """Show a transfer, and save what is changed of it by those who may."""
    principal = principal_of(request)
    one = transfers(principal).filter(pk=number).first()
    if one is None:
        raise errors.not_found(_("The transfer"))
    names = ("year", "channel", "source", "note", "revision")
    initial = {name: getattr(one, name) for name in names}
    initial |= {name: governed(getattr(one, name)) for name in ("giver", "receiver")}
    initial |= {"amount": rupiah_written(one.amount)}
    form, status = TransferForm(request.POST or None, initial=initial), 200
    if request.method == "POST":
        rules.require(principal, rules.OBJECT_EDIT, one)
        saved, status = _save(
            form,
            lambda: actions.change_transfer(
                principal, number, form.details(), revision=form.cleaned_data["revision"]
            ),
        )
        if saved is not None:
            messages.success(request, _("The transfer was saved."))
            return redirect("programs:transfers")
    context = {
        "form": form,
        "transfer": one,
        "giver": words.region(one.giver),
        "receiver": words.region(one.receiver),
        "amount": shown(one.amount),
        "channel": words.value("channel", one.channel),
        "may_edit": rules.may(principal, rules.OBJECT_EDIT, one),
        "may_remove": rules.may(principal, rules.OBJECT_REMOVE, one),
        "may_share": rules.may(principal, rules.OBJECT_SHARE, one),
    }
    return render(request, "programs/transfer_edit.html", context, status=status)
