"""What threatens an agreement, told from the first day on which it could be known. Pure.

Each fact carries the day from which it could be known. `holding` tells what threatens on one day, by what was
known then and nothing later; `timeline` asks it on every day on which something may change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sinergi.agreements.alarm_facts import Facts, ServiceFact, TariffFact, VolumeFact
from sinergi.agreements.billing import month_of, year_at_quota

ASKED_FROM = (7, 1)
"""Month and day of the year before from which a budget is asked for, as it is drawn up then: default."""
IDLE_SHARE = Decimal("0.5")
"""Share of a capacity below which it is told as lying idle: default."""
LATE_VOLUME = 31
"""Days after a month's end by which its volume should be known: default."""
SILENT_DAYS = 182
"""Days after signing by which something should have been done: default, half a year."""
ENDING_DAYS = 182
"""Days before its end by which somebody should begin what follows, or judge it: default, half a year."""
DAY = timedelta(days=1)


class Kind(StrEnum):
    """What threatens."""

    NO_TARIFF = "no_tariff"
    NO_BASIS = "no_basis"
    NO_BUDGET = "no_budget"
    BUDGET_SHORT = "budget_short"
    BUDGET_UNKNOWN = "budget_unknown"
    UNPAID = "unpaid"
    OVER_QUOTA = "over_quota"
    IDLE = "idle"
    VOLUME_UNKNOWN = "volume_unknown"
    PAST_ITS_END = "past_its_end"
    NOTHING_DONE = "nothing_done"
    ENDING = "ending"
    WORDS_ONLY = "words_only"
    LATE = "late"
    LEFT_OPEN = "left_open"


QUESTIONS = frozenset({Kind.BUDGET_UNKNOWN, Kind.VOLUME_UNKNOWN})
"""What asks for an answer and claims nothing."""


@dataclass(frozen=True, slots=True)
class Threat:
    """Something that threatens on a day.

    Attributes
    ----------
    key
        What it is about: numbers joined by `:`.
    told
        Values by name, in no language: amounts as text, days in ISO form.
    """

    kind: Kind
    key: str
    party: int | None = None
    told: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Raised:
    """A threat with the days on which it held; `over` is the first day on which it did not any more."""

    threat: Threat
    first: date
    over: date | None = None


def as_known(facts: Facts, day: date) -> Facts:
    """Return what could be known on a day."""

    def known(rows: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(one for one in rows if one.known <= day)

    services = tuple(
        replace(
            one,
            tariffs=tuple(_tariff_known(each, day) for each in known(one.tariffs)),
            payers=known(one.payers),
            quotas=known(one.quotas),
            volumes=known(one.volumes),
            capacity=known(one.capacity),
        )
        for one in known(facts.services)
    )
    return replace(
        facts,
        signed=facts.signed if facts.signed and facts.signed <= day else None,
        ended=facts.ended if facts.ended and facts.ended <= day else None,
        succeeded=facts.succeeded if facts.succeeded and facts.succeeded <= day else None,
        done=tuple(one for one in facts.done if one <= day),
        services=services,
        budgets=known(facts.budgets),
        owed=known(facts.owed),
        bills=known(facts.bills),
        holds=facts.holds if facts.holds and facts.holds <= day else None,
        weighed=tuple(one for one in facts.weighed if one <= day),
        words=known(facts.words),
        late=known(facts.late),
        left=known(facts.left),
    )


def _tariff_known(fact: TariffFact, day: date) -> TariffFact:
    known = fact.basis_known is not None and fact.basis_known <= day
    return fact if known else replace(fact, price=replace(fact.price, lawful_since=None))


def holding(facts: Facts, day: date) -> frozenset[Threat]:
    """Return what threatens on a day, by what could be known on it."""
    if facts.known > day:
        return frozenset()
    there = as_known(facts, day)
    owing = [*_unpaid(there, day), *_late_dues(there, day), *_left(there, day)]
    if there.ended is not None:
        return frozenset(owing)
    found = [*owing, *_of_agreement(there, day), *_words(there), *_budgets(there, day)]
    for service in there.services:
        if service.runs(day):
            found += [*_tariffs(service, day), *_flows(service, day), *_silence(service, day)]
    return frozenset(found)


def timeline(facts: Facts, until: date) -> tuple[Raised, ...]:
    """Return everything that threatened up to a day, in the order in which it could be known.

    What a threat tells is what was known of it last.
    """
    raised: list[Raised] = []
    open_since: dict[tuple[Kind, str], tuple[date, Threat]] = {}
    for day in sorted({*_days(facts, until), until}):
        now = {(one.kind, one.key): one for one in holding(facts, day)}
        for key in [one for one in open_since if one not in now]:
            first, threat = open_since.pop(key)
            raised.append(Raised(threat, first, day))
        for key, threat in now.items():
            first, _earlier = open_since.get(key, (day, threat))
            open_since[key] = first, threat
    raised += [Raised(threat, first) for first, threat in open_since.values()]
    return tuple(sorted(raised, key=lambda one: (one.first, one.threat.kind, one.threat.key)))


def _days(facts: Facts, until: date) -> set[date]:
    """Return the days on which something may change: what becomes known, begins, ends, or falls due."""
    found = set(_dates(facts))
    for service in facts.services:
        for volume in service.volumes:
            found.add(_late(volume.month))
            found.add(_late(month_of(volume.month)[1] + DAY))
    found |= {one + timedelta(days=SILENT_DAYS) for one in (facts.signed,) if one}
    found |= {one - timedelta(days=ENDING_DAYS) for one in (facts.ends,) if one}
    if facts.services or facts.owed or facts.budgets:
        found |= _months(min([one for one in found if one >= facts.known], default=until), until)
    found |= {one + DAY for one in found}
    return {one for one in found if facts.known <= one <= until}


def _months(first: date, until: date) -> set[date]:
    """Return the days on which months begin, and those from which their volumes are missed."""
    found: set[date] = set()
    months = (until.year - first.year) * 12 + until.month - first.month
    for number in range(-1, months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        start = date(year, month + 1, 1)
        found |= {start, _late(start)}
    return found


def _dates(thing: Any) -> Iterable[date]:
    """Yield every date within facts."""
    if isinstance(thing, date):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _dates(one)
    elif hasattr(thing, "__dataclass_fields__"):
        for one in fields(thing):
            yield from _dates(getattr(thing, one.name))


def _late(month: date) -> date:
    """Return the day from which the volume of a month is missed."""
    return month_of(month)[1] + timedelta(days=LATE_VOLUME + 1)


def _of_agreement(facts: Facts, day: date) -> Iterable[Threat]:
    if facts.ends is not None and facts.ends < day and facts.succeeded is None:
        yield Threat(Kind.PAST_ITS_END, "", told={"ends": facts.ends.isoformat()})
    if facts.ends is not None and _ends_soon(facts, facts.ends, day):
        yield Threat(Kind.ENDING, "", told={"ends": facts.ends.isoformat()})
    if facts.signed is None or facts.done or facts.services:
        return
    if facts.signed + timedelta(days=SILENT_DAYS) <= day:
        yield Threat(Kind.NOTHING_DONE, "", told={"signed": facts.signed.isoformat()})


def _ends_soon(facts: Facts, ends: date, day: date) -> bool:
    """Whether the end is near and nobody began to think of what follows."""
    near = ends - timedelta(days=ENDING_DAYS) <= day <= ends
    return near and facts.succeeded is None and not facts.weighed


def _unpaid(facts: Facts, day: date) -> Iterable[Threat]:
    for bill in facts.bills:
        rest = bill.open(day)
        if bill.due < day and rest:
            told = {"amount": str(rest), "due": bill.due.isoformat()}
            whole = {"whole": str(bill.amount)} if rest != bill.amount else {}
            yield Threat(Kind.UNPAID, str(bill.number), bill.party, told | whole)


def _late_dues(facts: Facts, day: date) -> Iterable[Threat]:
    """Tell of each obligation of which something is late: once, however much it is."""
    for one in facts.late:
        if one.holds(day):
            told = {"number": one.number, "due": one.due.isoformat()}
            yield Threat(Kind.LATE, str(one.obligation), one.party, told)


def _words(facts: Facts) -> Iterable[Threat]:
    """Tell of obligations that nobody can say are kept, once the agreement is in force."""
    for one in facts.words if facts.holds is not None else ():
        yield Threat(Kind.WORDS_ONLY, str(one.obligation), one.party, {"number": one.number})


def _left(facts: Facts, day: date) -> Iterable[Threat]:
    """Tell of parties that left and still owe something: what falls due, or a bill."""
    for one in facts.left:
        rest = sum((bill.open(day) for bill in facts.bills if bill.party == one.party), Decimal(0))
        if rest or one.settled is None or one.settled > day:
            told = {"left": one.known.isoformat()} | ({"amount": str(rest)} if rest else {})
            yield Threat(Kind.LEFT_OPEN, str(one.party), one.party, told)


def _tariffs(service: ServiceFact, day: date) -> Iterable[Threat]:
    key = str(service.number)
    agreed = [one.price for one in service.tariffs if one.price.holds(day)]
    if not agreed:
        told = {"since": service.begins.isoformat()}
        yield Threat(Kind.NO_TARIFF, key, told=told)
        return
    price = max(agreed, key=lambda one: one.since)
    if price.amount and not price.is_lawful(day):
        told = {"amount": str(price.amount), "since": price.since.isoformat()}
        yield Threat(Kind.NO_BASIS, key, told=told)


def _flows(service: ServiceFact, day: date) -> Iterable[Threat]:
    latest: dict[int | None, VolumeFact] = {}
    for volume in sorted(service.volumes, key=lambda one: (one.month, one.known)):
        latest[volume.party] = volume
    for party, volume in latest.items():
        rations = [one.ration for one in service.quotas if one.party == party]
        quota = next((one.per_day for one in reversed(rations) if one.holds(volume.month)), None)
        if party is not None and quota is not None and volume.per_day > quota:
            told = {"flow": str(volume.per_day), "quota": str(quota), **_month(volume)}
            yield Threat(Kind.OVER_QUOTA, f"{service.number}:{party}", party, told)
    yield from _idle(service, latest)


def _idle(service: ServiceFact, latest: Mapping[int | None, VolumeFact]) -> Iterable[Threat]:
    """Tell that a facility takes in far less than it was built for, where the whole flow is known."""
    if None in latest:
        flow, volume = latest[None].per_day, latest[None]
    else:
        members = {one.party for one in service.quotas}
        if not members or not members <= latest.keys():
            return
        flow = sum((latest[one].per_day for one in members), Decimal(0))
        volume = max((latest[one] for one in members), key=lambda one: one.month)
    built = max((one.per_day for one in service.capacity), default=None)
    if built and flow < IDLE_SHARE * built:
        told = {"flow": str(flow), "capacity": str(built), **_month(volume)}
        yield Threat(Kind.IDLE, str(service.number), told=told)


def _silence(service: ServiceFact, day: date) -> Iterable[Threat]:
    """Ask for the volume of the last month that should be known, once there is a price for it."""
    month = (day - timedelta(days=LATE_VOLUME)).replace(day=1) - DAY
    month = month.replace(day=1)
    if _late(month) > day or month < service.begins.replace(day=1):
        return
    priced = any(one.price.holds(month) and one.price.is_lawful(month) for one in service.tariffs)
    if priced and all(one.month < month for one in service.volumes):
        yield Threat(Kind.VOLUME_UNKNOWN, str(service.number), told={"month": month.isoformat()})


def _month(volume: VolumeFact) -> dict[str, str]:
    return {"month": volume.month.isoformat()}


def _budgets(facts: Facts, day: date) -> Iterable[Threat]:
    """Tell of payers without a line, with too small a one, or of whom nothing is known.

    Of this year, and of the next one once its budget is drawn up.
    """
    years = [day.year] + ([day.year + 1] if (day.month, day.day) >= ASKED_FROM else [])
    for year in years:
        for party, amount in sorted(expected(facts, year).items()):
            yield from _budget(facts, party, year, amount)


def _budget(facts: Facts, party: int, year: int, amount: Decimal | None) -> Iterable[Threat]:
    said = [one for one in facts.budgets if (one.party, one.year) == (party, year)]
    told: dict[str, Any] = {"year": year} | (
        {"expected": str(amount)} if amount is not None else {}
    )
    key = f"{party}:{year}"
    if not said:
        yield Threat(Kind.BUDGET_UNKNOWN, key, party, told)
        return
    lines = [one for one in said if not one.has_none]
    if not lines:
        yield Threat(Kind.NO_BUDGET, key, party, told)
    elif amount is not None and all(one.amount is not None for one in lines):
        there = sum((one.amount or Decimal(0) for one in lines), Decimal(0))
        if there < amount:
            yield Threat(Kind.BUDGET_SHORT, key, party, told)


def expected(facts: Facts, year: int) -> dict[int, Decimal | None]:
    """Return what each payer must be able to pay in a year: fixed dues, and its quota at the lawful tariff.

    The last tariff known for the year counts; a quota is what may be brought, so this is the most that is
    owed unless more is brought. `None`: it must pay, and how much is not known.
    """
    found: dict[int, Decimal | None] = {}
    for owed in facts.owed:
        if owed.year == year:
            found[owed.party] = (found.get(owed.party) or Decimal(0)) + owed.amount
    for service in facts.services:
        price = _price_of(service, year)
        for payer in service.payers if price is not None else ():
            rations = [one.ration for one in service.quotas if one.party == payer.party]
            if rations and price is not None:
                amount, _days_of_year = year_at_quota(year, rations, price)
                if amount:
                    found[payer.party] = (found.get(payer.party) or Decimal(0)) + amount
            else:
                found.setdefault(payer.party, None)
    return found


def _price_of(service: ServiceFact, year: int) -> Decimal | None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    if service.begins > last or (service.ends is not None and service.ends < first):
        return None
    prices = [one.price for one in service.tariffs if one.price.holds(last) and one.price.amount]
    lawful = [one for one in prices if one.is_lawful(last)]
    return max(lawful, key=lambda one: one.since).amount if lawful else None
