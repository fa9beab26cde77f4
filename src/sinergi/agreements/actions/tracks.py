"""Deeds on the tracks of parties: go on, go back; and the stage of the whole, which follows from them."""

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.agreements import rules
from sinergi.agreements.actions.refitting import refit
from sinergi.agreements.actions.rows import FOLLOWS, held_agreement, held_party, part_of, tell
from sinergi.agreements.changes import binds
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Agreement, Party, State
from sinergi.agreements.queries.stages import Known, known_of
from sinergi.agreements.stage_words import lack_text


def settle(agreement: Agreement) -> str:
    """Compute the stage of an agreement from the tracks of its parties, keep it and return it.

    A party without a stage, or in one that its family does not have, begins with the first. What is owed
    falls due once the agreement binds. To be called in the transaction that changed the parties, the
    agreement held.
    """
    with transaction.atomic():
        known = known_of(agreement)
        order = rules.codes(known.stages)
        for party in known.parties:
            if party.left_on is None and party.stage not in order:
                party.stage = order[0]
                Party.objects.filter(pk=party.pk).update(stage=order[0])
        stage = rules.whole(known.stages, known.facts, known.tracks, agreement.stage)
        if stage != agreement.stage:
            before, agreement.stage = agreement.stage, stage
            Agreement.objects.filter(pk=agreement.pk).update(stage=stage)
            if binds(before, agreement.state) != binds(stage, agreement.state):
                refit(agreement)
    return stage


@transaction.atomic
def advance(by: Principal, agreement_id: int, party_id: int, *, revision: int | None = None) -> str:
    """Let a party go on to its next stage; return the stage in which the whole stands then.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    StateError
        With everything that is missing, in words.
    """
    party, known = _held(by, agreement_id, party_id, revision)
    told = rules.advance(known.stages, known.facts, known.tracks, party.pk)
    return _move(by, party, known, told)


@transaction.atomic
def go_back(
    by: Principal, agreement_id: int, party_id: int, *, revision: int | None = None, reason: str
) -> str:
    """Let a party go back to the stage before, with a reason; return the stage of the whole then.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    StateError
        When something was signed since, or there is nothing to go back to.
    """
    party, known = _held(by, agreement_id, party_id, revision)
    kept = why(reason)
    if not kept:
        raise InvalidError({"why": _("Say why this party goes back.")})
    told = rules.back(known.stages, known.facts, known.tracks, party.pk)
    return _move(by, party, known, told, kept)


@transaction.atomic
def recompute(by: Principal, agreement_id: int) -> str:
    """Let the stage of the whole follow from what is known now, where facts changed since; return it.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    agreement = held_agreement(by, agreement_id)
    before = agreement.stage
    stage = settle(agreement)
    _tell_whole(by, agreement, before)
    return stage


def _held(
    by: Principal, agreement_id: int, party_id: int, revision: int | None
) -> tuple[Party, Known]:
    party = held_party(by, agreement_id, party_id)
    agreement = party.agreement
    expect_revision(
        Agreement.KIND, agreement.pk, party.revision, revision, part=part_of("party", party.pk)
    )
    return party, known_of(agreement)


def _move(by: Principal, party: Party, known: Known, told: rules.Outcome, reason: str = "") -> str:
    """Keep where a party stands now and record it; then the whole."""
    if not told.done:
        raise StateError(" ".join(lack_text(known, one) for one in told.lacks))
    agreement, before = party.agreement, {"stage": party.stage}
    party.stage = told.tracks[party.pk]
    party.revision += 1
    party.save(update_fields=["stage", "revision"])
    part = part_of("party", party.pk)
    tell(by, Verb.STAGE_MOVED, agreement, before, {"stage": party.stage}, part=part, reason=reason)
    stood = agreement.stage
    settle(agreement)
    _tell_whole(by, agreement, stood)
    return agreement.stage


def _tell_whole(by: Principal, agreement: Agreement, before: str) -> None:
    if agreement.stage != before:
        tell(by, Verb.STAGE_MOVED, agreement, {"stage": before}, {"stage": agreement.stage})


def follow(by: Principal, agreement: Agreement) -> None:
    """Let the whole go on after a deed that brought what it waited for; part of that deed.

    It waits behind all of its parties only where the one that was behind has left.
    """
    kept = Agreement.objects.filter(pk=agreement.pk).values_list("state", "stage").first()
    if kept is None or kept[0] != State.LIVING:
        return
    stages = Party.objects.filter(agreement=agreement, left_on=None).values_list("stage", flat=True)
    if not stages or kept[1] in stages:
        return
    agreement.stage = kept[1]
    settle(agreement)
    _tell_whole(by, agreement, kept[1])


FOLLOWS.append(follow)
