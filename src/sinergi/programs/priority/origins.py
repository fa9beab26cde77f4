"""Where the values of a criterion are from, told once for all the lines that a reader may be told about."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergi.programs.priority.words import FLAGS
from sinergi.programs.queries.priority import Compared

NAMED = 3
"""Sources and reasons that are named before the others are counted."""


@dataclass(frozen=True, slots=True)
class From:
    """Values of one kind.

    Attributes
    ----------
    period
        One, or the first and the last.
    """

    what: str
    period: str
    source: str
    flag: str
    unsure: bool
    count: int


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the values of a criterion are from, the most frequent first, and why others are missing.

    Attributes
    ----------
    others
        Values of kinds that are not named.
    lacks
        Reasons with the number of lines.
    """

    known: tuple[From, ...]
    others: int
    lacks: tuple[tuple[str, int], ...]


def origins(found: Compared) -> list[Origins]:
    """Return the origins of each criterion over the lines that the reader may be told about."""
    rows = [number for number, row in enumerate(found.rows) if row.visible]
    return [_of(found, rows, column) for column in range(len(found.criteria))]


def _of(found: Compared, rows: list[int], column: int) -> Origins:
    counts: Counter[tuple[str, str]] = Counter()
    periods: dict[tuple[str, str], set[str]] = defaultdict(set)
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    lacks: Counter[str] = Counter()
    for row in rows:
        told = found.told(row, column)
        if told is None:
            lacks[found.lacks(row, column)] += 1
            continue
        key = (_("said by people") if told.flag == "person" else told.what, told.flag)
        counts[key] += 1
        periods[key].add(told.period)
        sources[key].add(told.source)
    kinds = counts.most_common()
    known = tuple(
        From(
            what=key[0],
            period=_span(periods[key]),
            source=_first(sources[key]),
            flag=str(FLAGS[key[1]]),
            unsure=key[1] in ("imputed", "default", "estimate"),
            count=count,
        )
        for key, count in kinds[:NAMED]
    )
    return Origins(known, sum(n for _key, n in kinds[NAMED:]), tuple(lacks.most_common(NAMED)))


def _span(values: Collection[str]) -> str:
    there = sorted(filter(None, values))
    return f"{there[0]} – {there[-1]}" if len(there) > 1 else "".join(there)


def _first(values: Collection[str]) -> str:
    there = sorted(filter(None, values))
    if len(there) > 1:
        return _("%(name)s and %(count)s others") % {"name": there[0], "count": len(there) - 1}
    return "".join(there)
