"""The page of the stages of an agreement, and the moves of its parties."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules as rights
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.agreements import rules
from sinergi.agreements.actions import tracks as actions
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Advice, Opinion
from sinergi.agreements.queries.stages import Known, known_of
from sinergi.agreements.stage_words import named, stage_name
from sinergi.agreements.views import stages_shown
from sinergi.agreements.views.frame import Frame, frame_of
from sinergi.reference import queries as reference


@require_safe
def stages(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the stages: where each party stands, what each asks for, what is missing and who must act."""
    frame = frame_of(request, agreement_id)
    known, today = known_of(frame.agreement), timezone.localdate()
    computed = rules.whole(known.stages, known.facts, known.tracks, frame.agreement.stage)
    context = frame.context(
        request,
        whole=stage_name(known, frame.agreement.stage),
        computed=stage_name(known, computed) if computed != frame.agreement.stage else "",
        tracks=stages_shown.tracks(known, frame.mine),
        stages=stages_shown.stages(known, frame.mine, frame.edit, today),
        approvals=stages_shown.approvals(known, frame.mine, today),
        further=_further(known, frame),
        insider=insider(frame),
        advice=_advice(frame) if insider(frame) else [],
        today=today,
        may_add=(frame.edit or bool(frame.mine)) and not known.facts.ended,
        ended=known.facts.ended,
        concluded=known.facts.concluded,
    )
    return render(request, "agreements/stages.html", context)


def insider(frame: Frame) -> bool:
    """Whether the reader learns of notes and advice: not who reads the agreement because it is public."""
    return rights.may(frame.by, rights.OBJECT_HISTORY, frame.agreement)


def _further(known: Known, frame: Frame) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return the approvals that each own party may add: those of the pack that it does not have yet."""
    if known.facts.ended:
        return []
    terms = reference.agreement_terms("approval_kind")
    shown = stages_shown.approvals(known, frame.mine, timezone.localdate())
    there = {(one.party.pk, one.kind) for one in shown}
    return [
        (party, [(c, named(t)) for c, t in terms.items() if (party.pk, c) not in there])
        for party in frame.parties
        if party.pk in frame.mine
    ]


def _advice(frame: Frame) -> list[tuple[Advice, bool, bool]]:
    """Return the advice, each with whether it is overdue and whether the reader may keep its answer."""
    today = timezone.localdate()
    rows = Advice.objects.filter(agreement=frame.agreement).select_related("party", "attachment")
    return [
        (
            one,
            one.opinion == Opinion.WAITED_FOR and one.due_on is not None and one.due_on < today,
            frame.edit if one.party_id is None else one.party_id in frame.mine,
        )
        for one in rows
    ]


def page_of(agreement_id: int, anchor: str = "") -> str:
    """Return the address of the page of stages, at a place on it."""
    return reverse("agreements:stages", args=[agreement_id]) + anchor


@require_POST
def advance(request: HttpRequest, agreement_id: int, party_id: int) -> HttpResponse:
    """Let a party go on to its next stage."""
    by, revision = principal_of(request), revision_of(request)
    try:
        actions.advance(by, agreement_id, party_id, revision=revision)
        messages.success(request, _("The party stands in the next stage."))
    except (StateError, ConflictError) as error:
        messages.error(request, error.message)
    return redirect(page_of(agreement_id, f"#pihak-{party_id}"))


@require_POST
def go_back(request: HttpRequest, agreement_id: int, party_id: int) -> HttpResponse:
    """Let a party go back to the stage before, with a reason."""
    by, revision = principal_of(request), revision_of(request)
    try:
        actions.go_back(by, agreement_id, party_id, revision=revision, reason=why_of(request))
        messages.success(request, _("The party stands in the stage before."))
    except InvalidError as error:
        messages.error(request, " ".join(error.fields.values()))
    except (StateError, ConflictError) as error:
        messages.error(request, error.message)
    return redirect(page_of(agreement_id, f"#pihak-{party_id}"))


@require_POST
def recompute(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Let the stage of the whole follow from what is known now."""
    actions.recompute(principal_of(request), agreement_id)
    messages.success(request, _("The stage of the whole was computed anew."))
    return redirect(page_of(agreement_id))
