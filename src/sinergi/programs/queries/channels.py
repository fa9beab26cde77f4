"""Lines whose funding channel is to be set at once: which they are, and what that would touch."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from sinergi.accounts.audit.history import Deed, told
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord
from sinergi.programs.models import LineAmount, Plan, PlanLine, PlanVersion
from sinergi.programs.queries.lines import LineFilter, lines
from sinergi.programs.queries.totals import halves, joined, sum_of

MOST_TICKED = 500
"""Lines that an address can name one by one; more are chosen by a filter."""
MOST_DEEDS = 200


@dataclass(frozen=True, slots=True)
class Filling:
    """Which amounts are to get a channel.

    Attributes
    ----------
    channel
        Code of the country pack; empty: not stated.
    wanted
        Filter that leaves the lines; everything where nothing is asked.
    ticked
        Keys of lines; `None`: all that the filter leaves.
    year
        Only amounts of this year; `None`: of all.
    replace
        Amounts that have another channel, too; otherwise only those that state none.
    """

    channel: str
    wanted: LineFilter = field(default_factory=LineFilter)
    ticked: frozenset[int] | None = None
    year: int | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What the chosen lines have of one channel; `set` says whether it gets the new one."""

    channel: str
    lines: int
    total: Decimal
    set: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What setting a channel would touch.

    Attributes
    ----------
    chosen, bare
        Number of lines that were chosen, and of those that have no amount.
    lines, total
        Number of lines that get the channel for some amount, and the sum of these amounts.
    held
        By channel, those not stated first.
    state
        Stands for the chosen lines as they are: another one means that somebody changed them.
    """

    chosen: int
    bare: int
    lines: int
    total: Decimal
    held: tuple[Held, ...]
    state: int

    @property
    def others(self) -> list[Held]:
        """What has another channel already and keeps it."""
        return [one for one in self.held if one.channel and not one.set]


def chosen_lines(version: PlanVersion, asked: Filling) -> QuerySet[PlanLine]:
    """Return the lines that are chosen, in the order of the document."""
    rows = lines(version, asked.wanted if asked.ticked is None else None)
    return rows if asked.ticked is None else rows.filter(pk__in=asked.ticked)


def touched(version: PlanVersion, asked: Filling) -> QuerySet[LineAmount]:
    """Return the amounts that would get the channel."""
    return _amounts(version, asked).filter(_wanted(asked)).order_by()


def touched_lines(version: PlanVersion, asked: Filling) -> QuerySet[PlanLine]:
    """Return the lines that have such amounts."""
    rows = LineAmount.objects.filter(_year(asked) & _wanted(asked), line=OuterRef("pk"))
    return chosen_lines(version, asked).filter(Exists(rows)).order_by("pk")


def with_other_channel(version: PlanVersion, asked: Filling) -> QuerySet[PlanLine]:
    """Return the chosen lines that have amounts of another channel already, with their amounts."""
    rows = LineAmount.objects.filter(_year(asked), line=OuterRef("pk"))
    rows = rows.exclude(channel__in=("", asked.channel))
    return chosen_lines(version, asked).filter(Exists(rows)).prefetch_related("amounts")


def _amounts(version: PlanVersion, asked: Filling) -> QuerySet[LineAmount]:
    rows = chosen_lines(version, asked).order_by()
    return LineAmount.objects.filter(_year(asked), line__in=rows.values("pk"))


def _year(asked: Filling) -> Q:
    return Q() if asked.year is None else Q(year=asked.year)


def _wanted(asked: Filling) -> Q:
    return ~Q(channel=asked.channel) if asked.replace else Q(channel="") & ~Q(channel=asked.channel)


def preview(version: PlanVersion, asked: Filling) -> Preview:
    """Return what setting a channel would touch; the number of queries does not grow with the lines."""
    rows: Any = _amounts(version, asked).order_by().values("channel")
    held = [
        Held(
            row["channel"],
            row["number"],
            joined(row["low"], row["high"]),
            row["channel"] != asked.channel and (asked.replace or not row["channel"]),
        )
        for row in rows.annotate(number=Count("line", distinct=True), **halves("amount"))
    ]
    amounts = LineAmount.objects.filter(line=OuterRef("pk"))
    chosen = chosen_lines(version, asked)
    return Preview(
        chosen=chosen.count(),
        bare=chosen.exclude(Exists(amounts)).count(),
        lines=touched_lines(version, asked).count(),
        total=sum_of(touched(version, asked), "amount"),
        held=tuple(sorted(held, key=lambda one: (one.channel != "", -one.total, one.channel))),
        state=state_of(version, asked),
    )


def state_of(version: PlanVersion, asked: Filling) -> int:
    """Return a number that changes whenever a chosen line comes, goes or is changed."""
    rows = chosen_lines(version, asked).order_by()
    told = rows.aggregate(number=Count("pk"), keys=Sum("pk"), revisions=Sum("revision"))
    text = " ".join(str(told[name] or 0) for name in ("number", "keys", "revisions"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


def as_ranges(keys: list[int]) -> str:
    """Return keys, in their order, as a record holds them: `12-1300 1305`."""
    found: list[list[int]] = []
    for key in keys:
        if found and key == found[-1][1] + 1:
            found[-1][1] = key
        else:
            found.append([key, key])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def _ends(text: str) -> list[tuple[int, int]]:
    found = []
    for part in text.split():
        first, _dash, last = part.partition("-")
        found.append((int(first), int(last or first)))
    return found


def number_in(text: str) -> int:
    """Return how many keys `as_ranges` wrote."""
    return sum(last - first + 1 for first, last in _ends(text))


def deeds_on(rows: list[PlanLine]) -> list[Deed]:
    """Return the deeds on one line through versions, the newest first: on itself, and on many at once."""
    plan = rows[0].version.plan_id
    own = {f"line:{one.pk}" for one in rows}
    at_once = {f"version:{one.version.number}": one.pk for one in rows}
    records = AuditRecord.objects.filter(kind=Plan.KIND, object_id=str(plan))
    filled = Q(part__in=at_once, verb=Verb.CHANGED, after__contains='"channel":')
    deeds = told(records.filter(Q(part__in=own) | filled).order_by("-sequence")[:MOST_DEEDS])
    return [one for one in deeds if one.part in own or _holds(one, at_once[one.part])]


def _holds(deed: Deed, key: int) -> bool:
    ranges = _ends(str(deed.after.get("lines", "")))
    return any(first <= key <= last for first, last in ranges)
