"""What changed an agreement, what is open in it, which agreements it follows, who succeeds a region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.agreements import errors
from sinergi.agreements.changes import AgreementFacts, Effect, PartyFacts, chain_of
from sinergi.agreements.models import (
    Agreement,
    Bill,
    BillState,
    Change,
    ChangeKind,
    ChangeState,
    Document,
    DocumentKind,
    Due,
    DueState,
    Party,
)
from sinergi.agreements.queries import reading
from sinergi.agreements.settlements import OpenDue
from sinergi.reference import queries as reference

BINDING = (DocumentKind.PKS, DocumentKind.NOTA)
DAYS = frozenset({"begins", "ends", "ended_on"})
"""Fields of agreements that hold days."""
STRUCTURE = frozenset({"party", "successors", "obligations", "stays", "arrears", "renewed"})
"""What `Change.after` holds besides fields of the agreement."""
LONGEST_CHAIN = 50


def binding(family: str) -> tuple[str, ...]:
    """Return the kinds of documents that bind: where no agreement follows the memorandum, it does."""
    there = reference.agreement_families().get(family)
    last = there.memorandum if there is not None and not there.agreement else ""
    return tuple(dict.fromkeys([*BINDING, *([last] if last else [])]))


def facts_of(agreement: Agreement) -> AgreementFacts:
    """Return what of an agreement decides how it may be changed; two queries."""
    documents = Document.objects.filter(
        agreement=agreement, removed_at=None, kind__in=binding(agreement.family)
    )
    addenda = Change.objects.filter(
        agreement=agreement, kind=ChangeKind.ADDENDUM, state=ChangeState.AGREED
    )
    return AgreementFacts(
        agreement.state,
        agreement.stage,
        documents.exclude(signed_version=None).exists(),
        agreement.begins,
        agreement.ends,
        agreement.obligatory,
        addenda.exists(),
    )


def facts_of_parties(rows: Iterable[Party]) -> tuple[PartyFacts, ...]:
    """Return what of parties counts for a change."""
    return tuple(PartyFacts(one.pk, one.name, one.kind, one.region_code) for one in rows)


def changes_of(agreement: Agreement) -> list[Change]:
    """Return what changed an agreement and what is proposed, the latest cause first."""
    rows = Change.objects.filter(agreement=agreement)
    return list(rows.select_related("party", "attachment", "document", "successor"))


def change(by: Principal, agreement_id: int, change_id: int) -> Change:
    """Return one change of an agreement that somebody may read.

    Raises
    ------
    UnseenError
    """
    agreement = reading.agreement(by, agreement_id)
    rows = Change.objects.filter(agreement=agreement, pk=change_id)
    found = rows.select_related("party", "attachment", "document", "successor").first()
    if found is None:
        raise errors.not_found(_("The change"))
    found.agreement = agreement
    return found


def stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON holds them."""
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in values.items()}


def loaded(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they were before `stored`."""
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in values.items()
    }


def fields_in(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of the agreement among what a change holds."""
    return {name: value for name, value in loaded(values).items() if name not in STRUCTURE}


def effects(agreement: Agreement) -> list[Effect]:
    """Return what the changes that are in effect did to the fields of an agreement."""
    rows = Change.objects.filter(agreement=agreement, state=ChangeState.IN_EFFECT)
    return [
        Effect(one.effective or one.on, loaded(one.before), fields_in(one.after)) for one in rows
    ]


def open_dues(agreement: Agreement, party: Party | None = None) -> list[OpenDue]:
    """Return what is not wholly fulfilled, of the whole or of what one party owes and is owed."""
    rows = Due.objects.filter(
        obligation__agreement=agreement,
        obligation__removed_at=None,
        state__in=(DueState.OPEN, DueState.PARTLY),
    )
    if party is not None:
        rows = rows.filter(Q(obligation__debtor=party) | Q(obligation__creditor=party))
    return [
        OpenDue(one.pk, one.obligation_id, one.on, _rest(one))
        for one in rows.order_by("obligation__number", "on")
    ]


def _rest(due: Due) -> Decimal | None:
    if due.amount is None:
        return None
    rest: Decimal = due.amount - (due.done_amount or Decimal(0))
    return max(rest, Decimal(0))


def open_bills(agreement: Agreement) -> list[Bill]:
    """Return the bills that were issued and are not paid: they outlive the agreement."""
    rows = Bill.objects.filter(service__agreement=agreement, state=BillState.ISSUED)
    return list(rows.select_related("service", "party").order_by("month", "pk"))


@dataclass(frozen=True, slots=True)
class Link:
    """An agreement of a chain; what may not be read has no agreement and stays a number.

    Attributes
    ----------
    here
        Whether it is the one whose page it is.
    """

    number: int
    agreement: Agreement | None
    here: bool


def chain(by: Principal, row: Agreement) -> list[Link]:
    """Return the agreements that one follows, itself, and those that follow it; alone: nothing."""
    follows: dict[int, int | None] = {row.pk: row.follows_id}
    before = row.follows_id
    while before is not None and before not in follows and len(follows) < LONGEST_CHAIN:
        found = Agreement.objects.filter(pk=before).values_list("follows", flat=True)
        follows[before] = found.first()
        before = follows[before]
    numbers = [*chain_of(follows, row.pk), *_after(row.pk, set(follows))]
    if len(numbers) == 1:
        return []
    seen = reading.agreements(by).in_bulk(numbers)
    return [Link(number, seen.get(number), number == row.pk) for number in numbers]


def _after(number: int, known: set[int]) -> list[int]:
    found: list[int] = []
    edge = [number]
    while edge and len(found) < LONGEST_CHAIN:
        rows = Agreement.objects.filter(follows__in=edge).exclude(pk__in=known | set(found))
        edge = list(rows.order_by("pk").values_list("pk", flat=True))
        found += edge
    return found


def successors_of(code: str) -> list[tuple[str, str, date]]:
    """Return the regions that followed one, by the pack: code, name, and from which day."""
    pack = reference.pack()
    found = []
    for one in pack.successions:
        region = pack.region.get(one.successor)
        if one.predecessor == code and region is not None:
            found.append((one.successor, region.name, one.date))
    return found


def part_in(party: Party, effective: date) -> dict[str, Any]:
    """Return what recorded deeds say of a party that came in by a change."""
    return {"party": party.name, "position": party.position, "joined_on": effective.isoformat()}
