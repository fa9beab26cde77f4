"""What an agreement would become of a row: values that are sure, and doubts for all others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sinergi.agreements.register_imports import kinds
from sinergi.agreements.register_imports.days import Days, read_days
from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.identity import Key, key_of, numbers_in
from sinergi.agreements.register_imports.parties import PartyRead, PartyReader
from sinergi.agreements.register_imports.reading import RegisterReading
from sinergi.agreements.register_imports.rows import Row
from sinergi.programs.amounts import Unclear, read_amount
from sinergi.programs.imports.fields import normal

LENGTHS = {"number": 120, "title": 400, "object": 400, "place": 300, "responsible": 200}
AGENCY = 200
GROUND = "time"
"""Ground of the pack on which an agreement ends when its time is over."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a row: memorandum, agreement, note or addendum."""

    kind: str
    numbers: tuple[str, ...]
    signed: date | None
    title: str


@dataclass(slots=True)
class Draft:
    """An agreement as a file tells it; nothing of it is stored.

    Attributes
    ----------
    rows
        Row to its written cells; several where one agreement stands in several rows.
    state
        `living`, `ended`, `withdrawn`.
    signed_or_begun
        Whether something tells that it was signed.
    matches
        Number of the agreement that is here already.
    differs
        Field to what is kept here, and what the file says, where these are not the same.
    """

    rows: dict[int, dict[str, str]]
    numbers: tuple[str, ...]
    title: str
    kind: str
    family: str
    parties: list[PartyRead]
    days: Days
    state: str = "living"
    stage: str = "implementation"
    affair: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    amount: str = ""
    papers: list[Paper] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    matches: int | None = None
    differs: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def row(self) -> int:
        """The first of its rows."""
        return next(iter(self.rows))

    @property
    def key(self) -> Key:
        """By what it is known again."""
        return key_of(self.numbers, self.title, self.days.day)

    @property
    def members(self) -> frozenset[str]:
        """Its parties, as they are compared."""
        return frozenset(one.region_code or normal(one.name) for one in self.parties)


@dataclass(frozen=True, slots=True)
class Own:
    """The government whose register it is; empty where the organisation is none."""

    region_code: str = ""
    name: str = ""


@dataclass(slots=True)
class DraftReader:
    """Makes drafts of rows.

    Attributes
    ----------
    affairs
        Plain name to code.
    with_agreement
        Families in which an agreement follows the memorandum.
    today
        On which it is judged whether an agreement holds.
    """

    reading: RegisterReading
    parties: PartyReader
    own: Own
    affairs: Mapping[str, str]
    with_agreement: frozenset[str]
    today: date

    def read(self, row: Row) -> Draft:
        """Return what a row would become."""
        title = self._title(row)
        numbers = tuple(
            number for _, cell in row.cells.get("number", ()) for number in numbers_in(cell)
        )
        days = read_days(row, self.reading, self.today)
        kind = _kind(row, title, numbers)
        draft = Draft({row.number: row.written}, numbers, title, kind, "", [], days)
        draft.parties = self._parties(row, title)
        draft.family = self._family(row, draft)
        self._texts(row, draft)
        self._state(row, draft)
        if kind:
            draft.papers.append(Paper(kind, numbers, days.signed, title))
        draft.doubts = row.doubts
        return draft

    def _title(self, row: Row) -> str:
        title = " ".join(row.text("title").split())
        if not title:
            title = " ".join(row.text("number").split())
            row.tell("title_missing", "title", read=title)
        return _fitting(row, "title", title, LENGTHS["title"])

    def _parties(self, row: Row, title: str) -> list[PartyRead]:
        found: list[PartyRead] = []
        for name in ("parties", "partner"):
            for column, cell in row.cells.get(name, ()):
                for one in self.parties.of_cell(cell):
                    _tell_party(row, one, name, column, cell)
                    _add(found, one)
        if not found and (between := kinds.parties_of_title(title)):
            for one in self.parties.of_cell(between):
                _tell_party(row, one, "title", row.column("title"), between)
                _add(found, one)
        own = self.own
        if self.reading.own_party and own.region_code and not _has(found, own.region_code):
            found.insert(0, PartyRead("", own.name, "PEMDA", own.region_code))
        if len(found) < 2:
            row.tell("one_party" if found else "no_party", "parties")
        return self._with_agency(row, found)

    def _with_agency(self, row: Row, found: list[PartyRead]) -> list[PartyRead]:
        """Give the agency of the row to the organisation's own government, where that is a party."""
        agency = " ".join(row.text("agency").split())
        from_above = not agency and row.agency
        agency = (agency or row.agency)[:AGENCY]
        if not agency:
            return found
        for place, one in enumerate(found):
            if one.region_code and one.region_code == self.own.region_code and not one.agency:
                found[place] = PartyRead(
                    one.written,
                    one.name,
                    one.kind,
                    one.region_code,
                    agency,
                    one.why,
                    one.candidates,
                )
                if from_above:
                    row.tell("agency_from_above", "agency", read=agency, text=agency)
                break
        return found

    def _family(self, row: Row, draft: Draft) -> str:
        told = kinds.family_told(row.text("family"))
        seen = kinds.family_of({one.kind for one in draft.parties})
        unsure = any(one.why for one in draft.parties)
        if told.value:
            if seen.value and seen.value != told.value and not unsure:
                row.tell("family_contradicts", "family", read=told.value, more=seen.value)
            return told.value
        value = seen.value or self.reading.family
        if told.why or seen.why:
            row.tell(told.why or seen.why, "family" if told.why else "parties", read=value)
        return value

    def _texts(self, row: Row, draft: Draft) -> None:
        for name in ("object", "place", "responsible"):
            text = _fitting(row, name, " ".join(row.text(name).split()), LENGTHS[name])
            draft.texts[name] = text
        if not draft.texts["object"]:
            draft.texts["object"] = kinds.subject_of(draft.title)[: LENGTHS["object"]]
        for name in ("scope", "purpose", "amount", "note"):
            draft.texts[name] = row.text(name)
        draft.amount = _amount(row)
        affair = " ".join(row.text("affair").split())
        draft.affair = self.affairs.get(normal(affair), "")
        if affair and not draft.affair:
            row.tell("affair_unknown", "affair")

    def _state(self, row: Row, draft: Draft) -> None:
        told = kinds.state_told(row.text("status"))
        if told.why:
            row.tell(told.why, "status")
        ends = draft.days.ends
        past = ends is not None and ends < self.today
        draft.stage = self._stage(row, draft, told.value)
        if told.value == "withdrawn":
            draft.state = "withdrawn"
        elif past and told.value in {"living", "renewing", "unsigned"}:
            row.tell("status_contradicts", "status", read="living", more=str(ends))
        elif past or (told.value == "ended" and ends is None):
            draft.state = "ended"
            if not past:
                row.tell("ended_without_day", "status", read="ended")
        elif told.value == "ended":
            row.tell("status_contradicts", "status", read="living", more=str(ends))
        elif told.value in {"renewing", "amended"}:
            row.tell(f"status_{told.value}", "status", read="living")

    def _stage(self, row: Row, draft: Draft, status: str) -> str:
        if status == "unsigned":
            return "preparation"
        days = draft.days
        if not (draft.numbers or days.signed or days.begins or days.told):
            row.tell("not_signed", "signed", read="preparation")
            return "preparation"
        if draft.kind == "kb" and draft.family in self.with_agreement:
            return "drafting_agreement"
        return "implementation"


def _kind(row: Row, title: str, numbers: tuple[str, ...]) -> str:
    told = kinds.document_kind(row.text("kind"))
    if told.value:
        if told.why:
            row.tell(told.why, "kind", read=told.value)
        return told.value
    named = {kinds.kind_of_number(one) for one in numbers} - {""}
    found = kinds.kind_of_title(title) or (named.pop() if len(named) == 1 else "")
    if told.why or not found:
        row.tell(told.why or "kind_missing", "kind", read=found)
    return found


def _fitting(row: Row, name: str, text: str, limit: int) -> str:
    if len(text) > limit:
        row.tell("text_long", name, read=text[:limit])
    return text[:limit]


def _amount(row: Row) -> str:
    """Return an amount that is sure, as digits; words such as “APBD” are no amount and no doubt."""
    told = " ".join(row.text("amount").split())
    if not any(one.isdigit() for one in told):
        return ""
    try:
        return str(read_amount(told))
    except Unclear as error:
        row.tell("amount_unclear", "amount", more=error.code)
        return ""


def _tell_party(row: Row, one: PartyRead, name: str, column: int | None, cell: str) -> None:
    if not one.why:
        return
    written = one.written or cell
    read = one.name if one.region_code or one.why == "party_joined" else ""
    more = "; ".join(one.candidates)
    row.doubts.append(Doubt(one.why, row.number, column, name, written, read, more))


def _has(found: list[PartyRead], region: str) -> bool:
    return any(one.region_code == region for one in found)


def _add(found: list[PartyRead], one: PartyRead) -> None:
    """Add a party unless it is there; two agencies of one government are two names of one party."""
    for place, held in enumerate(found):
        if one.region_code and held.region_code == one.region_code:
            agencies = "; ".join(dict.fromkeys(filter(None, (held.agency, one.agency))))
            found[place] = PartyRead(
                held.written,
                held.name,
                held.kind,
                held.region_code,
                agencies[:AGENCY],
                held.why,
                held.candidates,
            )
            return
        if not one.region_code and normal(held.name) == normal(one.name):
            return
    found.append(one)
