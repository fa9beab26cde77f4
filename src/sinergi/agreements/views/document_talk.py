"""What people say to a document: remarks to clauses, and whether a party accepts the text."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergi.accounts.texts import small_number
from sinergi.agreements.actions import documents as actions
from sinergi.agreements.actions import remarks as remark_actions
from sinergi.agreements.queries import documents as queries
from sinergi.agreements.views.documents import refused_page
from sinergi.agreements.views.frame import Frame, frame_of


def _tried(
    request: HttpRequest, frame: Frame, document_id: int, deed: Callable[[], object], place: str
) -> HttpResponse:
    """Do it and lead back; what was refused is shown with what was written."""
    row = queries.document(frame.agreement, document_id)
    written = request.POST.get("teks", "").replace("\x00", "")
    refused = refused_page(request, frame, row, deed, written=written, written_at=place)
    if refused is not None:
        return refused
    return redirect(reverse("agreements:document", args=[row.agreement_id, row.pk]) + f"#{place}")


@require_POST
def answer(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Accept the text for a party, or say why not."""
    frame = frame_of(request, agreement_id)
    party = small_number(request.POST.get("pihak", "")) or 0
    version = small_number(request.POST.get("versi", "")) or 0
    accepted = request.POST.get("jawaban") == "setuju"

    def deed() -> None:
        actions.answer_text(
            frame.by,
            agreement_id,
            document_id,
            party,
            version,
            accepted=accepted,
            note=request.POST.get("teks", ""),
        )
        messages.success(request, _("The answer was recorded."))

    return _tried(request, frame, document_id, deed, "persetujuan")


@require_POST
def remark(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Say something to a clause."""
    frame = frame_of(request, agreement_id)
    clause = request.POST.get("pasal", "")[:40]
    safe = clause if clause.isalnum() and clause.isascii() else "pasal"

    def deed() -> None:
        text = request.POST.get("teks", "")
        remark_actions.remark(frame.by, agreement_id, document_id, clause, text)

    return _tried(request, frame, document_id, deed, safe)


@require_POST
def settle_remark(
    request: HttpRequest, agreement_id: int, document_id: int, remark_id: int
) -> HttpResponse:
    """Settle a remark."""
    frame = frame_of(request, agreement_id)

    def deed() -> None:
        note = request.POST.get("teks", "")
        remark_actions.settle_remark(frame.by, agreement_id, document_id, remark_id, note)

    return _tried(request, frame, document_id, deed, "pasal")
