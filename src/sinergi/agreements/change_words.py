"""Changes of agreements in words: fields before and after, words of parties, what is still owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.audit.words import field_name
from sinergi.agreements.changes import PartyFacts, needs_consent, waited_for, who_decides
from sinergi.agreements.models import Change, ChangeState, Obligation, State
from sinergi.agreements.queries.changes import STRUCTURE, loaded
from sinergi.agreements.register_words import term_name
from sinergi.agreements.settlements import Fate, Group, Span
from sinergi.reference import moments

PENDING = (ChangeState.PROPOSED, ChangeState.AGREED)


@dataclass(frozen=True, slots=True)
class Word:
    """What a party says to a change.

    Attributes
    ----------
    agrees
        `None` while it is silent.
    """

    number: int
    name: str
    agrees: bool | None
    by: str = ""
    on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as pages show it.

    Attributes
    ----------
    rows
        Fields with their values before and after, in words.
    more
        What else it does, a sentence each.
    waits
        Names of the parties whose consent it still needs.
    """

    change: Change
    rows: tuple[tuple[str, str, str], ...]
    more: tuple[str, ...]
    words: tuple[Word, ...]
    waits: tuple[str, ...]
    consent: bool
    pending: bool
    ground: str


def shown_change(change: Change, parties: Sequence[PartyFacts], *, insider: bool = True) -> Shown:
    """Return a change in words; `parties` are those that have not left.

    Parameters
    ----------
    insider
        Whether the reader learns what each party says: not who reads the agreement because it is public.
    """
    before, after = loaded(change.before), loaded(change.after)
    names = [name for name in after if name not in STRUCTURE]
    pending = change.state in PENDING
    consent = needs_consent(change.kind, change.ground)
    waits = waited_for(parties, change.answers) if consent and pending else ()
    return Shown(
        change,
        tuple((_field(name), _value(before.get(name)), _value(after[name])) for name in names),
        tuple(_more(after)),
        _words(change, parties, pending) if insider else (),
        tuple(one.name for one in waits) if insider else (),
        consent,
        pending,
        term_name("end_ground", change.ground) if change.ground else "",
    )


def _words(change: Change, parties: Sequence[PartyFacts], pending: bool) -> tuple[Word, ...]:
    if not pending:
        return _said(change)
    return tuple(_word(one, change.answers) for one in parties)


def _field(name: str) -> str:
    told = {
        "ends": _("last day"),
        "begins": _("first day"),
        "ended_on": _("ended on"),
        "end_ground": _("ground of the ending"),
        "state": _("state"),
        "scope": _("scope"),
        "place": pgettext("location", "place"),
        "funding": _("funding"),
        "benefits": _("benefits"),
        "impact": _("impact"),
    }
    return told.get(name) or field_name(name)


def _value(value: Any) -> str:
    if value in (None, ""):
        return moments.NOTHING
    if isinstance(value, date):
        return moments.day(value)
    if value in State.values:
        return str(State(value).label)
    return str(value) if " " in str(value) else term_name("end_ground", str(value))


def _more(after: Mapping[str, Any]) -> list[str]:
    told = []
    if party := after.get("party"):
        told.append(_("Party from then on: %(name)s") % {"name": party.get("name", "")})
    if heirs := after.get("successors"):
        names = ", ".join(one.get("name", "") for one in heirs)
        told.append(_("Successors: %(names)s") % {"names": names})
        told.append(
            _("The old party goes on beside them.")
            if after.get("stays")
            else _("The old party is a party no more.")
        )
    if takes := after.get("obligations"):
        told.append(_("Obligations that pass to successors: %(n)s") % {"n": len(takes)})
    if after.get("arrears"):
        told.append(_("What is late passes, too."))
    return told


def _word(party: PartyFacts, answers: Mapping[str, Any]) -> Word:
    said = answers.get(str(party.number))
    if not said:
        return Word(party.number, party.name, None)
    return Word(
        party.number,
        party.name,
        bool(said.get("agrees")),
        str(said.get("by", "")),
        date.fromisoformat(said["on"]) if said.get("on") else None,
        str(said.get("note", "")),
    )


def _said(change: Change) -> tuple[Word, ...]:
    """Return the words said to a change that is over, also those of parties that have left."""
    rows = change.agreement.parties.all()
    named = [PartyFacts(one.pk, one.name) for one in rows if str(one.pk) in change.answers]
    return tuple(_word(one, change.answers) for one in named)


def decider_told(parties: Sequence[PartyFacts]) -> str:
    """Return who decides what deliberation does not settle; who decides is expert knowledge, and says so."""
    code = who_decides(parties)
    return {
        "governor": _("the governor: the parties are regencies and cities of one province"),
        "minister": _("the Minister of Home Affairs: several provinces are concerned, or one is a party"),
        "as_agreed": _("whom the agreement names: fewer than two of the parties are regions"),
    }[code]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """What is still owed of one obligation, on one side of the day."""

    key: str
    title: str
    before: bool
    count: int
    rest: Decimal
    first: date
    last: date
    choices: tuple[tuple[str, str], ...]
    chosen: str
    fault: str


def shown_group(
    group: Group,
    obligations: Mapping[int, Obligation],
    sent: Mapping[str, str],
    faults: Mapping[str, str],
) -> ShownGroup:
    """Return what is still owed, with what can become of it and what was chosen."""
    key = str(group.key)
    obligation = obligations.get(group.key.obligation)
    return ShownGroup(
        key,
        str(obligation) if obligation is not None else key,
        group.key.span is Span.BEFORE,
        len(group.dues),
        group.rest,
        group.first,
        group.last,
        tuple((str(fate), fate_name(fate)) for fate in group.choices),
        str(sent.get(key, "")),
        faults.get(key, ""),
    )


def fate_name(fate: Fate) -> str:
    """Return what becomes of something, in words."""
    return {
        Fate.SETTLED: _("is settled: paid or done"),
        Fate.WAIVED: _("is waived"),
        Fate.SURVIVES: _("survives: it stays owed"),
    }[fate]
