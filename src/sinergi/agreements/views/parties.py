"""Pages of the parties of an agreement: all, add, change, order, who acts for one, take out."""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.requests import why_of
from sinergi.accounts.texts import small_number
from sinergi.agreements import errors, permissions, proposal_words
from sinergi.agreements.actions import parties as deeds
from sinergi.agreements.details import party_details_of
from sinergi.agreements.errors import StateError
from sinergi.agreements.families import REGION
from sinergi.agreements.forms.parties import ConnectForm, NewPartyForm, PartyForm
from sinergi.agreements.models import Party
from sinergi.agreements.proposal_words import Told
from sinergi.agreements.queries import parties as queries
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.words import term_name
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.programs.queries.words import region_name
from sinergi.reference import queries as reference
from sinergi.reference.moments import day


@dataclass(frozen=True, slots=True)
class Row:
    """A party as the page shows it.

    Attributes
    ----------
    up, down
        The order of all parties when it is moved one place, as the form sends it.
    gone, changes
        Whether its region is no region any more, and how it changed, in words.
    """

    party: Party
    may_edit: bool
    is_region: bool
    required: str
    outside: bool
    needed: tuple[tuple[str, str], ...]
    is_open: bool
    gone: bool
    changes: tuple[str, ...]
    up: str
    down: str


@require_http_methods(["GET", "HEAD", "POST"])
def parties(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the parties with what the rules say of them; POST puts them in another order."""
    frame = frame_of(request, agreement_id)
    refused = ""
    if request.method == "POST":
        numbers = [small_number(one) or 0 for one in request.POST.get("urutan", "")[:900].split()]
        try:
            deeds.order_parties(frame.by, agreement_id, numbers)
        except (InvalidError, StateError) as error:
            refused = error.message
        else:
            return redirect("agreements:parties", agreement_id)
    context = frame.context(request, **_context(frame), refused=refused)
    status = UNPROCESSABLE if refused else 200
    return render(request, "agreements/parties.html", context, status=status)


def _context(frame: Frame) -> dict[str, Any]:
    row = frame.agreement
    everyone = reading.parties(row, all_of_them=True)
    found = queries.proposal_of(row, frame.parties)
    names = {str(one.pk): one.name for one in frame.parties}
    told = proposal_words.told(found, names, queries.item_of(row.object_code), row.family)
    order = [one.pk for one in frame.parties]
    return {
        "rows": [
            _row(frame, one, place, order, found, told) for place, one in enumerate(frame.parties)
        ],
        "told": told,
        "left": [one for one in everyone if one.left_on is not None],
        "signed": deeds.are_fixed(row),
        "may_share": rules.may(frame.by, rules.OBJECT_SHARE, row),
    }


def _row(
    frame: Frame, party: Party, place: int, order: list[int], found: queries.Proposal, told: Told
) -> Row:
    approvals = {one.name: one for one in told.approvals}
    mine = approvals.get(party.name)
    rule = party.required_by
    changes = queries.changes_of_region(party.region_code) if party.kind == REGION else ()
    since = frame.agreement.begins
    return Row(
        party=party,
        may_edit=frame.edit or party.pk in frame.mine,
        is_region=party.kind == REGION,
        required=term_name("required_by", rule) if rule else "",
        outside=str(party.pk) in found.outside,
        needed=mine.needed if mine else (),
        is_open=mine.is_open if mine else False,
        gone=party.kind == REGION and queries.is_gone(party.region_code),
        changes=tuple(_change(one) for one in changes if since is None or one.date >= since),
        up=_moved(order, place, place - 1),
        down=_moved(order, place, place + 1),
    )


def _change(one: Any) -> str:
    """Return how a region changed, in words."""
    words = {
        "split": _("On %(day)s a part of it became %(name)s."),
        "reduced": _("On %(day)s it lost land to others."),
        "recoded": _("Since %(day)s its code is %(code)s (%(name)s)."),
        "merged": _("On %(day)s it became a part of %(name)s."),
        "renamed": _("Since %(day)s it is called %(name)s."),
    }
    told = {"day": day(one.date), "name": region_name(one.successor), "code": one.successor}
    return str(words[one.kind] % told)


def _moved(order: list[int], place: int, to: int) -> str:
    if not 0 <= to < len(order):
        return ""
    moved = list(order)
    moved[place], moved[to] = moved[to], moved[place]
    return " ".join(map(str, moved))


def _party(frame: Frame, party_id: int) -> Party:
    found = next((one for one in frame.parties if one.pk == party_id), None)
    if found is None:
        raise errors.not_found(_("The party"))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def party_new(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of a further party; POST adds it, once."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    dated = frame.agreement.is_told_later
    form = NewPartyForm(request.POST or None, initial={"kind": REGION}, dated=dated)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _added(frame, form):
            messages.success(request, _("The party was added."))
            return redirect("agreements:parties", agreement_id)
        status = UNPROCESSABLE
    return _form_page(request, frame, form, status=status)


def _added(frame: Frame, form: NewPartyForm) -> bool:
    details = form.details()
    content = [frame.agreement.pk, asdict(details)]

    def add() -> dict[str, Any]:
        return {"party": deeds.add_party(frame.by, frame.agreement.pk, details).pk}

    try:
        once(frame.by, "add_party", seal(form.cleaned_data["once"], content), content, add)
    except (InvalidError, StateError) as error:
        form.refuse(error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def party_edit(request: HttpRequest, agreement_id: int, party_id: int) -> HttpResponse:
    """Show and save what is written about a party."""
    frame = frame_of(request, agreement_id)
    party = _party(frame, party_id)
    acts = permissions.acts_for(frame.by, party)
    if not frame.edit and not acts:
        raise ForbiddenError(
            rules.refusal(frame.by, rules.OBJECT_EDIT, frame.agreement), rules.OBJECT_EDIT
        )
    present = party_details_of(party)
    initial = {**asdict(present), "revision": party.revision}
    form = PartyForm(
        request.POST or None,
        initial=initial,
        present=present,
        acts=acts,
        keeps=frame.edit,
        dated=frame.agreement.is_told_later,
    )
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        return deeds.edit_party(frame.by, agreement_id, party_id, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        party.refresh_from_db()
        there = asdict(party_details_of(party))
        return {name: there[name] for name in there if name in form.fields}, party.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The party was saved."))
            return redirect("agreements:parties", agreement_id)
    return _form_page(request, frame, form, party=party, met=tried.met, status=tried.status)


def _form_page(
    request: HttpRequest, frame: Frame, form: Any, *, status: int, **more: Any
) -> HttpResponse:
    names = reference.region_table().names
    context = frame.context(request, form=form, region_names=names, **more)
    return render(request, "agreements/party_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def party_connect(request: HttpRequest, agreement_id: int, party_id: int) -> HttpResponse:
    """Show which organisation acts for a party; POST lets another one."""
    frame = frame_of(request, agreement_id)
    party = _party(frame, party_id)
    rules.require(frame.by, rules.OBJECT_SHARE, frame.agreement)
    region = party.region_code if party.kind == REGION else ""
    initial = {"organisation": party.organisation_id}
    data = request.POST if request.method == "POST" else None
    form, status = ConnectForm(data, initial=initial, region=region), 200
    if data is not None:
        if form.is_valid() and _connected(frame, party, form):
            messages.success(request, _("Who acts for the party was saved."))
            return redirect("agreements:parties", agreement_id)
        status = UNPROCESSABLE
    context = frame.context(request, form=form, party=party)
    return render(request, "agreements/party_connect.html", context, status=status)


def _connected(frame: Frame, party: Party, form: ConnectForm) -> bool:
    chosen = form.cleaned_data["organisation"]
    try:
        deeds.connect_party(frame.by, frame.agreement.pk, party.pk, chosen)
    except InvalidError as error:
        form.refuse(error)
        return False
    return True


@require_POST
def party_leave(request: HttpRequest, agreement_id: int, party_id: int) -> HttpResponse:
    """Take a party out before anything was signed."""
    frame = frame_of(request, agreement_id)
    try:
        gone = deeds.take_out(frame.by, agreement_id, party_id, reason=why_of(request))
    except (InvalidError, StateError) as error:
        context = frame.context(request, **_context(frame), refused=error.message)
        return render(request, "agreements/parties.html", context, status=UNPROCESSABLE)
    messages.success(request, _("“%(name)s” was taken out.") % {"name": gone.name})
    return redirect("agreements:parties", agreement_id)
