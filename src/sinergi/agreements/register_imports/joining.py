"""Which drafts are one agreement: several rows of it, a memorandum with its agreement, one that is here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.drafts import Draft
from sinergi.agreements.register_imports.identity import (
    ALIKE,
    PAIRED,
    Key,
    alike,
    plain,
    plain_title,
    same,
)
from sinergi.agreements.register_imports.kinds import subject_of

FOLLOWS = {"kb": "pks"}
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement of the organisation that is here already, as it is compared."""

    pk: int
    numbers: tuple[str, ...]
    title: str
    signed: date | None
    begins: date | None
    ends: date | None
    parties: frozenset[str]

    @property
    def key(self) -> Key:
        """By what it is known again."""
        named = frozenset(plain(one) for one in self.numbers) - {""}
        return Key(named, plain_title(self.title), self.signed or self.begins)


@dataclass(frozen=True, slots=True)
class Pair:
    """A memorandum and the agreement that seems to follow it, by their places among the drafts."""

    first: int
    second: int


@dataclass(slots=True)
class Index:
    """Finds by number, and by title where there is no number."""

    by_number: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: int, key: Key) -> None:
        """Add what is at a place."""
        for number in key.numbers:
            self.by_number[number].append(place)
        self.by_title[key.title].append(place)

    def numbered(self, key: Key) -> list[int]:
        """Return the places that share a number."""
        return list(
            dict.fromkeys(p for one in sorted(key.numbers) for p in self.by_number.get(one, ()))
        )

    def titled(self, key: Key) -> list[int]:
        """Return the places with exactly this title."""
        return self.by_title.get(key.title, [])


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """Return drafts with the rows of one agreement together; each join is told at the later row.

    One agreement is: a number in common, and the same title and day; without numbers, the same title, day
    and parties. A number alone in common is told and joins nothing.
    """
    found: list[Draft] = []
    index = Index()
    for draft in drafts:
        key = draft.key
        place = _earlier(draft, key, found, index)
        if place is None:
            index.add(len(found), key)
            found.append(draft)
            continue
        held = found[place]
        code = "row_twice" if draft.members <= held.members else "rows_joined"
        draft.doubts.append(
            Doubt(code, draft.row, None, "", draft.title, held.title, str(held.row))
        )
        _take_in(held, draft)
    return found


def _earlier(draft: Draft, key: Key, found: Sequence[Draft], index: Index) -> int | None:
    for place in index.numbered(key):
        other = found[place]
        days = {draft.days.day, other.days.day} - {None}
        if alike(key.title, other.key.title) and len(days) < 2:
            return place
        note = Doubt(
            "number_twice", draft.row, None, "number", ", ".join(draft.numbers), "", str(other.row)
        )
        draft.doubts.append(note)
    if key.numbers:
        return None
    for place in index.titled(key):
        other = found[place]
        if other.numbers or other.days.day != draft.days.day:
            continue
        if other.members == draft.members:
            return place
    return None


def _take_in(held: Draft, draft: Draft) -> None:
    held.rows.update(draft.rows)
    held.numbers = tuple(dict.fromkeys((*held.numbers, *draft.numbers)))
    known = {one.region_code or one.name for one in held.parties}
    held.parties += [one for one in draft.parties if (one.region_code or one.name) not in known]
    held.doubts += draft.doubts


def pairs(drafts: Sequence[Draft]) -> list[Pair]:
    """Return memoranda with the agreement that seems to follow: same parties, like titles, not earlier."""
    waiting: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        if draft.kind in FOLLOWS and draft.members:
            waiting[draft.members].append(place)
    found, taken = [], set()
    for place, draft in enumerate(drafts):
        if draft.kind not in FOLLOWS.values():
            continue
        fitting = [
            one
            for one in waiting.get(draft.members, ())
            if one not in taken and _fits(drafts[one], draft)
        ]
        if len(fitting) == 1:
            taken.add(fitting[0])
            found.append(Pair(fitting[0], place))
    return found


def _fits(memorandum: Draft, agreement: Draft) -> bool:
    first, second = memorandum.days.day, agreement.days.day
    if first and second and first > second:
        return False
    names = [plain_title(subject_of(one.title) or one.title) for one in (memorandum, agreement)]
    return alike(names[0], names[1], PAIRED)


def with_pairs(drafts: Sequence[Draft], found: Sequence[Pair]) -> list[Draft]:
    """Return drafts with each memorandum taken into the agreement that follows it."""
    gone = {pair.first for pair in found}
    for pair in found:
        first, second = drafts[pair.first], drafts[pair.second]
        second.rows = {**first.rows, **second.rows}
        second.papers = [*first.papers, *second.papers]
        second.doubts = [*first.doubts, *second.doubts]
    return [draft for place, draft in enumerate(drafts) if place not in gone]


def recognise(drafts: Sequence[Draft], held: Sequence[Held]) -> None:
    """Note in each draft which agreement of the organisation it is, and in what it differs."""
    index = Index()
    for place, one in enumerate(held):
        index.add(place, one.key)
    for draft in drafts:
        key = draft.key
        near = [held[p] for p in index.numbered(key) or index.titled(key)]
        fitting = [one for one in near if _is(draft, key, one)]
        if len(fitting) == 1:
            draft.matches = fitting[0].pk
            draft.differs = _differs(draft, fitting[0])
        elif fitting or near:
            others = ", ".join(str(one.pk) for one in (fitting or near)[:5])
            draft.doubts.append(Doubt("like_held", draft.row, None, "", draft.title, "", others))


def _is(draft: Draft, key: Key, one: Held) -> bool:
    if key.numbers or one.key.numbers:
        return bool(key.numbers & one.key.numbers) and alike(key.title, one.key.title, ALIKE)
    return same(key, one.key) and draft.members == one.parties


def _differs(draft: Draft, held: Held) -> dict[str, tuple[str, str]]:
    """Return the fields in which a row says something else; what it leaves open does not differ."""
    days = draft.days
    found: dict[str, tuple[str, str]] = {}
    if plain_title(draft.title) != plain_title(held.title):
        found["title"] = (held.title, draft.title)
    if draft.numbers and draft.key.numbers != held.key.numbers:
        found["number"] = (BETWEEN.join(held.numbers), BETWEEN.join(draft.numbers))
    told = {
        "signed": (held.signed, days.signed),
        "begins": (held.begins, days.begins),
        "ends": (held.ends, days.ends),
    }
    for name, (here, there) in told.items():
        if there and there != here:
            found[name] = (here.isoformat() if here else "", there.isoformat())
    if draft.members and draft.members != held.parties:
        found["parties"] = (_named(held.parties), _named(draft.members))
    return found


def _named(members: Iterable[str]) -> str:
    """Return parties by their codes or names: what tells them apart."""
    return BETWEEN.join(sorted(members))
