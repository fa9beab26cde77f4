"""Money that never enters the receiver's budget: held by its giver, however many plans name it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sinergi.analysis.ledger.matching import Matching
from sinergi.analysis.ledger.records import Certainty, Origin, Row, Twice

Ancestry = Mapping[str, str]


def held_by_givers(
    rows: Iterable[Row], parents: Ancestry, recorded: str
) -> tuple[list[Row], set[str], tuple[Twice, ...]]:
    """Return rows as their givers hold them, less what another plan tells already.

    What the plan of the giver tells counts. What the plan of another government tells of the same channel
    and year, at the same place or one around or within it, is taken for the same money as far as it goes. So
    it is with what a province tells and a regency tells again. What goes beyond is there once.

    Parameters
    ----------
    recorded
        Beginning of the `id` of transfers that no plan tells of.

    Returns
    -------
    list of Row
        With the giver as holder, and nothing passed on, where money is outside budgets.
    set of str
        `id` of rows that only plans of others tell of.
    tuple of Twice
        What is left out.
    """
    there = list(rows)
    asks = [one for one in there if _asks(one, recorded)]
    if not asks:
        return [_used_by_giver(one) if one.outside else one for one in there], set(), ()
    names = {one.id for one in asks}
    of_plans = {name for name in names if not name.startswith(recorded)}
    kept = [_used_by_giver(one) if one.outside else one for one in there if one.id not in names]
    tellers: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for one in kept:
        if not one.passed_on:
            tellers[one.holder, one.year].append(one)
    grouped: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for one in asks:
        depth = 0 if one.id.startswith(recorded) else 1 + len(_line(one.holder, parents))
        grouped[one.giver, one.year, depth].append(_used_by_giver(one))
    holders = {one.id: one.holder for one in asks}
    twice: list[Twice] = []
    for giver, year, depth in sorted(grouped):
        told = grouped[giver, year, depth]
        left = _left(tellers[giver, year], told, parents)
        for one in told:
            if met := one.amount - left[one.id]:
                named = "" if depth == 0 else holders[one.id]
                twice.append(
                    Twice(giver, named, year, one.channel, one.affair, one.region, one.id, met)
                )
        rest = [replace(one, amount=left[one.id]) for one in told if left[one.id]]
        tellers[giver, year] += rest
        kept += rest
    kept.sort(key=lambda one: one.id)
    return kept, of_plans, tuple(twice)


def _asks(row: Row, recorded: str) -> bool:
    """Return whether a row tells of money that somebody else's plan should tell of, too."""
    if not row.outside or row.origin is not Origin.GOVERNMENT or not row.giver:
        return False
    return row.giver != row.holder or row.id.startswith(recorded)


def _used_by_giver(row: Row) -> Row:
    """Return a row outside budgets as its giver uses it: where the receiver is, if it names one."""
    if row.origin is not Origin.GOVERNMENT or not row.giver:
        return row
    if not row.passed_on:
        return replace(row, holder=row.giver)
    place = row.receiver if row.region in ("", row.holder) else row.region
    return replace(row, holder=row.giver, passed_on=False, receiver="", region=place or row.region)


def _left(told: list[Row], asked: list[Row], parents: Ancestry) -> dict[str, int]:
    """Return what of rows no other tells: first of the same channel, then of those that name none."""
    found = Matching({one.id: one.amount for one in told}, {one.id: one.amount for one in asked})
    channels = {one.channel for one in asked}
    same = [one for one in told if one.channel in channels]
    unstated = [one for one in told if one.origin is Origin.UNSTATED]
    for unsaid, given in ((False, same), (True, unstated)):
        for at, place in _places(parents):
            _meet(found, given, asked, at, place, unsaid=unsaid)
    return found.demands


Place = Callable[[Row], str]


def _places(parents: Ancestry) -> list[tuple[Place, Place]]:
    """Return where one side and the other are looked for: at one place, then around, then within."""

    def up(steps: int) -> Place:
        def place(row: Row) -> str:
            region = row.region or row.giver or row.holder
            line = [region, *_line(region, parents)]
            return line[steps] if steps < len(line) else ""

        return place

    deepest = 1 + max((len(_line(code, parents)) for code in parents), default=0)
    around = [(up(0), up(steps)) for steps in range(deepest)]
    return [*around, *((up(steps), up(0)) for steps in range(1, deepest))]


def _meet(
    found: Matching, given: list[Row], asked: list[Row], at: Place, place: Place, *, unsaid: bool
) -> None:
    gives: dict[tuple[str, str], list[Row]] = defaultdict(list)
    asks: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for one in given:
        gives[at(one), "" if unsaid else one.channel].append(one)
    for one in asked:
        asks[place(one), "" if unsaid else one.channel].append(one)
    for key in sorted(gives.keys() & asks.keys()):
        if key[0]:
            found.meet(gives[key], asks[key], Certainty.ASSUMED)


def _line(code: str, parents: Ancestry) -> list[str]:
    """Return the governments above one, the nearest first."""
    found: list[str] = []
    while (code := parents.get(code, "")) and code not in found:
        found.append(code)
    return found
