"""Pages of signing: the order and state of all, who signs for a party, that it signed or refused."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts.errors import (
    AccountsError,
    ForbiddenError,
    InvalidError,
    UnseenError,
)
from sinergi.accounts.middleware import status_of
from sinergi.accounts.requests import revision_of, why_of
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions import signatures as actions
from sinergi.agreements.actions.signature_undo import undo_signature
from sinergi.agreements.errors import StateError
from sinergi.agreements.forms.signing import SignatoryForm, SigningForm
from sinergi.agreements.models import Party, Signature
from sinergi.agreements.queries.signing import Known, signing_of
from sinergi.agreements.signing.verify import covers_words, state_words, when
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.agreements.views.service_forms import deed_on


def _checked(row: Signature | None) -> list[dict[str, Any]]:
    """Return what was found in a signed file, in words."""
    found = (row.checked or {}).get("signatures", []) if row else []
    return [
        {
            **one,
            "state_words": state_words(one["state"]),
            "covers_words": covers_words(one),
            "claimed": when(one.get("claimed", "")),
            "stamped": when(one.get("stamped", "")),
        }
        for one in found
    ]


@require_safe
def signing(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Show who signs a document in which order, who has, and what their signatures are worth."""
    frame = frame_of(request, agreement_id)
    known = signing_of(frame.agreement, document_id)
    lines: list[dict[str, Any]] = [
        {
            "party": party,
            "row": (row := known.rows.get(party.pk)),
            "place": row.place if row else 1,
            "against": known.against(party.pk) if not row or row.state != "signed" else [],
            "checked": _checked(row),
            "mine": party.pk in frame.mine,
            "may_undo": frame.edit or party.pk in frame.mine,
        }
        for party in known.parties
    ]
    lines.sort(key=lambda one: (one["place"], one["party"].position))
    context = frame.context(request, known=known, document=known.document, lines=lines)
    return render(request, "agreements/signing.html", context)


def _asked(
    request: HttpRequest, agreement_id: int, document_id: int, party_id: int
) -> tuple[Frame, Known, Party]:
    frame = frame_of(request, agreement_id)
    known = signing_of(frame.agreement, document_id)
    party = next((one for one in known.parties if one.pk == party_id), None)
    if party is None:
        raise errors.not_found(_("The party"))
    permissions.require_for(frame.by, party)
    return frame, known, party


def _refused(form: Any, error: AccountsError) -> int:
    if isinstance(error, (UnseenError, ForbiddenError)):
        raise error
    form.refuse(error)
    return int(status_of(error))


@require_http_methods(["GET", "HEAD", "POST"])
def signatory(
    request: HttpRequest, agreement_id: int, document_id: int, party_id: int
) -> HttpResponse:
    """Show and save who signs for a party."""
    frame, known, party = _asked(request, agreement_id, document_id, party_id)
    row = known.rows.get(party_id) or Signature(
        name=party.representative, office=party.office, place=1
    )
    names = ("place", "name", "office", "by_power", "power_number", "power_on", "power_id")
    values = {name: getattr(row, name) for name in names}
    values["revision"] = row.revision if row.pk else 0
    form = SignatoryForm(request.POST or None, initial=values, agreement=frame.agreement)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                actions.set_signatory(
                    frame.by,
                    agreement_id,
                    document_id,
                    party_id,
                    form.details(),
                    revision=form.cleaned_data["revision"] or 0,
                )
            except AccountsError as error:
                status = _refused(form, error)
            else:
                messages.success(request, _("It was noted who signs."))
                return redirect("agreements:signing", agreement_id, document_id)
    context = frame.context(
        request, form=form, party=party, document=known.document, deed="signatory"
    )
    return render(request, "agreements/signing_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def record(
    request: HttpRequest, agreement_id: int, document_id: int, party_id: int
) -> HttpResponse:
    """Show the form by which a signature is recorded; POST records it."""
    frame, known, party = _asked(request, agreement_id, document_id, party_id)
    form = SigningForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            upload = form.cleaned_data["file"]
            content = upload.read() if upload else None
            told = (form.details(), content, upload.name if upload else "")
            try:
                actions.record_signature(frame.by, agreement_id, document_id, party_id, *told)
            except AccountsError as error:
                status = _refused(form, error)
            else:
                messages.success(request, _("The signature was recorded."))
                return redirect("agreements:signing", agreement_id, document_id)
    against = known.against(party_id)
    context = frame.context(
        request, form=form, party=party, document=known.document, deed="record", against=against
    )
    return render(request, "agreements/signing_form.html", context, status=status)


@require_POST
def refuse(
    request: HttpRequest, agreement_id: int, document_id: int, party_id: int
) -> HttpResponse:
    """Record that a party refuses to sign."""
    frame, _known, _party = _asked(request, agreement_id, document_id, party_id)
    try:
        actions.refuse_signature(frame.by, agreement_id, document_id, party_id, why_of(request))
    except (InvalidError, StateError) as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It was recorded that it refuses to sign."))
    return redirect("agreements:signing", agreement_id, document_id)


@require_POST
def undo(request: HttpRequest, agreement_id: int, document_id: int, party_id: int) -> HttpResponse:
    """Take back a signature, or a refusal, that was recorded wrongly."""
    frame = frame_of(request, agreement_id)

    def do() -> None:
        asked = agreement_id, document_id, party_id, why_of(request)
        undo_signature(frame.by, *asked, revision=revision_of(request))

    back = reverse("agreements:signing", args=[agreement_id, document_id])
    return deed_on(request, frame, back, _("The record was taken back: the party waits again."), do)
