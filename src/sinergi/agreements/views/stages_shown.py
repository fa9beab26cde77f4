"""The stages of an agreement as their page shows them: tracks, tasks, what is missing, who must act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sinergi.agreements import rules
from sinergi.agreements.facts import YES, task_key
from sinergi.agreements.guards import Lack, follows_from_facts, lacks_of
from sinergi.agreements.models import Approval, ApprovalState, Party, StageTask, TaskState
from sinergi.agreements.queries.stages import Known, needs_of
from sinergi.agreements.stage_words import (
    lack_text,
    named,
    place_of,
    skipped_text,
    stage_name,
    term_name,
    way_out,
)
from sinergi.reference.stages import AgreementStage

COUNCIL_RULES = {"burdens_people", "not_in_budget"}
"""Reasons for an approval that a source gives; others are known from practice."""


@dataclass(frozen=True, slots=True)
class ShownLack:
    """What is missing, with the way to where it can be mended and what can be done after a no."""

    text: str
    url: str
    way_out: str


@dataclass(frozen=True, slots=True)
class ShownTrack:
    """Where a party stands and what it may do."""

    party: Party
    stage: str
    stage_name: str
    next_name: str
    previous_name: str
    skipped: tuple[tuple[str, str], ...]
    lacks: tuple[ShownLack, ...]
    may_advance: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task of a party or of all, as far as it is."""

    stage: str
    code: str
    title: str
    own: bool
    party: Party | None
    row: StageTask | None
    held: bool
    guards: bool
    by_facts: bool
    default: bool
    document: str
    may: bool
    late: bool

    @property
    def done(self) -> bool:
        """Whether it asks for nothing more."""
        said = self.row is not None and self.row.state != TaskState.OPEN
        return said and not self.by_facts

    @property
    def revision(self) -> int:
        """The revision that its reader sees; 0 where nothing was said of it."""
        return self.row.revision if self.row is not None else 0


@dataclass(frozen=True, slots=True)
class ShownStage:
    """A stage with its tasks and the parties that stand in it."""

    code: str
    name: str
    position: int
    default: bool
    conditional: bool
    state: str
    here: tuple[Party, ...]
    tasks: tuple[ShownTask, ...]

    @property
    def open_tasks(self) -> int:
        """How many tasks are still to be done."""
        return sum(not one.done and not one.held for one in self.tasks)


@dataclass(frozen=True, slots=True)
class ShownApproval:
    """An approval of a party, with the rule that asks for it."""

    party: Party
    kind: str
    name: str
    because: str
    sourced: bool
    needed: str
    row: Approval | None
    mine: bool
    late: bool


def shown_lack(known: Known, lack: Lack) -> ShownLack:
    """Return something missing in words."""
    return ShownLack(lack_text(known, lack), place_of(known, lack), way_out(lack))


def tracks(known: Known, mine: Iterable[int]) -> list[ShownTrack]:
    """Return where each party stands that has not left."""
    own = set(mine)
    return [_track(known, one, one.pk in own) for one in known.parties if one.left_on is None]


def _track(known: Known, party: Party, mine: bool) -> ShownTrack:
    stands = rules.standing(known.stages, known.facts, known.tracks, party.pk)
    return ShownTrack(
        party,
        stands.stage,
        stage_name(known, stands.stage),
        stage_name(known, stands.next) if stands.next else "",
        stage_name(known, stands.previous) if stands.previous else "",
        tuple((stage_name(known, code), skipped_text(why)) for code, why in stands.skipped),
        tuple(shown_lack(known, one) for one in stands.lacks),
        stands.may_advance,
        mine,
    )


def stages(known: Known, mine: Iterable[int], keeps: bool, today: date) -> list[ShownStage]:
    """Return the stages in order, each with its tasks of all and of each party."""
    shown = _Tasks(known, set(mine), keeps, today)
    now = rules.place(known.stages, known.agreement.stage)
    return [
        ShownStage(
            stage.code,
            named(stage),
            stage.position,
            stage.default,
            stage.applies_when != "always",
            "past" if place < now else "now" if place == now else "ahead",
            tuple(one for one in known.parties if one.left_on is None and one.stage == stage.code),
            tuple(shown.of(stage)),
        )
        for place, stage in enumerate(known.stages)
    ]


class _Tasks:
    """The tasks of an agreement for a reader."""

    def __init__(self, known: Known, mine: set[int], keeps: bool, today: date) -> None:
        self.known, self.mine, self.keeps, self.today = known, mine, keeps, today
        self.rows = {(one.party_id, task_key(one.stage, one.code)): one for one in known.tasks}
        self.present = [one for one in known.parties if one.left_on is None]

    def of(self, stage: AgreementStage) -> Iterable[ShownTask]:
        """Return the tasks of a stage: those of the pack, then those of people's own."""
        codes = {task.code for task in stage.tasks}
        lacking = {
            (lack.task, party.pk)
            for party in self.present
            for lack in lacks_of(stage, self.known.facts, party.pk)
        }
        for task in stage.tasks:
            for party in self.present if task.scope == "party" else [None]:
                whose = [party] if party is not None else self.present
                held = bool(task.guards) and not any((task.code, p.pk) in lacking for p in whose)
                yield self._shown(
                    stage.code,
                    task.code,
                    named(task),
                    party,
                    held=held and bool(whose),
                    guards=bool(task.guards),
                    by_facts=follows_from_facts(task),
                    default=not task.provenance.startswith("sourced"),
                    document=task.document,
                )
        for row in self.known.tasks:
            if row.stage == stage.code and row.code not in codes:
                party = self.known.party(row.party_id)
                if party is None or party.left_on is None:
                    yield self._shown(stage.code, row.code, row.title, party, own=True)

    def _shown(
        self,
        stage: str,
        code: str,
        title: str,
        party: Party | None,
        *,
        own: bool = False,
        held: bool = False,
        guards: bool = False,
        by_facts: bool = False,
        default: bool = False,
        document: str = "",
    ) -> ShownTask:
        row = self.rows.get((party.pk if party is not None else None, task_key(stage, code)))
        may = self.keeps if party is None else party.pk in self.mine
        late = row is not None and row.state == TaskState.OPEN and _past(row.due_on, self.today)
        living = not self.known.facts.ended
        return ShownTask(
            stage,
            code,
            title,
            own,
            party,
            row,
            held,
            guards,
            by_facts,
            default,
            document,
            may and living,
            late and not held,
        )


def _past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def approvals(known: Known, mine: Iterable[int], today: date) -> list[ShownApproval]:
    """Return the approvals that rules ask for or people wrote, of each party that has not left."""
    own, found = set(mine), []
    for party in known.parties:
        if party.left_on is not None:
            continue
        rows = {one.kind: one for one in known.approvals if one.party_id == party.pk}
        needs = {one.kind: one for one in needs_of(party, known.agreement.family)}
        for kind in [*needs, *(kind for kind in rows if kind not in needs)]:
            need, row = needs.get(kind), rows.get(kind)
            waits = row is not None and row.state == ApprovalState.ASKED
            found.append(
                ShownApproval(
                    party,
                    kind,
                    term_name("approval_kind", kind),
                    need.because if need is not None else "",
                    need is not None and need.because in COUNCIL_RULES,
                    need.needed if need is not None else YES,
                    row,
                    party.pk in own and not known.facts.ended,
                    waits and row is not None and _past(row.due_on, today),
                )
            )
    return found
