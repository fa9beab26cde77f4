"""The engine of the stages: what each party may do, what is missing, where the whole stands. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinergi.agreements.facts import Facts
from sinergi.agreements.guards import Lack, lacks_of
from sinergi.reference.stages import FIRST, AgreementStage

IN_FORCE = "implementation"
"""The stage from which on an agreement holds."""
BINDING = ("kb", "pks", "nota")
"""Documents over whose signature nobody goes back."""
NO_APPROVAL = "no_approval_needed"
Stages = Sequence[AgreementStage]
Tracks = Mapping[int, str]
"""Number of each party to the code of its stage."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deed gave: the tracks as they are then, or why they stay as they were."""

    tracks: Tracks
    lacks: tuple[Lack, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a party stands and what it may do.

    Attributes
    ----------
    next
        The stage that follows for it; empty at the end of the track.
    skipped
        Stages that it passes over on the way there, each with the code of the reason.
    lacks
        What is missing before it may go on.
    previous
        The stage to which it may go back; empty where it may not.
    """

    party: int
    stage: str
    next: str
    skipped: tuple[tuple[str, str], ...]
    lacks: tuple[Lack, ...]
    previous: str

    @property
    def may_advance(self) -> bool:
        """Whether it may go on."""
        return bool(self.next) and not self.lacks


def codes(stages: Stages) -> list[str]:
    """Return the codes of stages in order; of a family without stages the first alone."""
    return [one.code for one in stages] or [FIRST]


def place(stages: Stages, code: str) -> int:
    """Return the place of a stage, from 0; of one that the family does not have that of the first."""
    there = codes(stages)
    return there.index(code) if code in there else 0


def why_skipped(stage: AgreementStage, facts: Facts, party: int) -> str:
    """Return the code of the reason for which a party passes over a stage; empty where it does not."""
    if stage.applies_when == "approval_needed" and not facts.parties[party].needs_approval:
        return NO_APPROVAL
    return ""


def next_stage(
    stages: Stages, facts: Facts, party: int, code: str
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the stage that follows for a party, empty at the end, and those passed over with reasons."""
    skipped: list[tuple[str, str]] = []
    for stage in stages[place(stages, code) + 1 :]:
        reason = why_skipped(stage, facts, party)
        if not reason:
            return stage.code, tuple(skipped)
        skipped.append((stage.code, reason))
    return "", tuple(skipped)


def lacks_before(stages: Stages, facts: Facts, party: int, code: str) -> tuple[Lack, ...]:
    """Return what is missing before a party may enter a stage: the guards of all stages before it."""
    found: list[Lack] = []
    for stage in stages[: place(stages, code)]:
        if place(stages, stage.code) < place(stages, facts.concluded):
            continue
        if not why_skipped(stage, facts, party):
            found.extend(lacks_of(stage, facts, party))
    return tuple(dict.fromkeys(found))


def _idle(facts: Facts, party: int) -> tuple[Lack, ...]:
    """Return why a party does nothing at all."""
    if party not in facts.present:
        return (Lack("party_left"),)
    return (Lack("agreement_ended"),) if facts.ended else ()


def advance(stages: Stages, facts: Facts, tracks: Tracks, party: int) -> Outcome:
    """Let a party go on to its next stage, if every guard before it holds."""
    if idle := _idle(facts, party):
        return Outcome(tracks, idle)
    after, _skipped = next_stage(stages, facts, party, tracks[party])
    if not after:
        return Outcome(tracks, (Lack("last_stage"),))
    if lacks := lacks_before(stages, facts, party, after):
        return Outcome(tracks, lacks)
    return Outcome({**tracks, party: after})


def back(stages: Stages, facts: Facts, tracks: Tracks, party: int) -> Outcome:
    """Let a party go back to the stage before, unless something was signed from there on."""
    if idle := _idle(facts, party):
        return Outcome(tracks, idle)
    now = place(stages, tracks[party])
    earlier = [one for one in range(now) if not why_skipped(stages[one], facts, party)]
    if not earlier:
        return Outcome(tracks, (Lack("first_stage"),))
    if lacks := _signed_since(stages, facts, earlier[-1], now):
        return Outcome(tracks, lacks)
    return Outcome({**tracks, party: stages[earlier[-1]].code})


def _signed_since(stages: Stages, facts: Facts, first: int, last: int) -> tuple[Lack, ...]:
    if first < place(stages, facts.concluded):
        return (Lack("already_signed"),)
    kinds = {task.document for stage in stages[first : last + 1] for task in stage.tasks}
    signed = [kind for kind in BINDING if kind in kinds and facts.signed_by_any(kind)]
    return tuple(Lack("already_signed", about=kind) for kind in signed)


def standing(stages: Stages, facts: Facts, tracks: Tracks, party: int) -> Standing:
    """Return where a party stands, what it may do and what is missing."""
    after, skipped = next_stage(stages, facts, party, tracks[party])
    onward = advance(stages, facts, tracks, party)
    return_to = back(stages, facts, tracks, party)
    return Standing(
        party,
        tracks[party],
        after,
        skipped,
        onward.lacks if after else (),
        return_to.tracks[party] if return_to.done else "",
    )


def whole(stages: Stages, facts: Facts, tracks: Tracks, was: str) -> str:
    """Return the stage of the whole: the earliest of the parties that have not left.

    It goes on no further than the guards hold for all of them: when the party that was behind leaves,
    what it alone brought is missing. Without parties it stays.
    """
    there = codes(stages)
    now = place(stages, was)
    places = [place(stages, tracks[party]) for party in facts.present if party in tracks]
    if not places:
        return there[now]
    earliest = min(places)
    while now < earliest and _open_to_all(stages, facts, there[now + 1]):
        now += 1
    return there[min(now, earliest)]


def _open_to_all(stages: Stages, facts: Facts, code: str) -> bool:
    return not any(lacks_before(stages, facts, party, code) for party in facts.present)


def waiting(stages: Stages, facts: Facts, tracks: Tracks) -> dict[int | None, tuple[Lack, ...]]:
    """Return what is waited for, by who must act; None: whoever keeps the agreement."""
    found: dict[int | None, list[Lack]] = {}
    for party in facts.present:
        if party not in tracks or facts.ended:
            continue
        for lack in standing(stages, facts, tracks, party).lacks:
            found.setdefault(lack.party, []).append(lack)
    return {who: tuple(dict.fromkeys(lacks)) for who, lacks in found.items()}
