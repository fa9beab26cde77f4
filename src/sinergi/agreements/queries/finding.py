"""Agreements by words, by region and by what they were begun from, for the search and for other rooms."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.agreements.models import Agreement, Origin, Party
from sinergi.agreements.queries.readable import readable
from sinergi.agreements.queries.reading import agreements
from sinergi.agreements.queries.search import named
from sinergi.forums.outcomes import OUTCOMES as OF_POINTS
from sinergi.opportunities.lists.elsewhere import ELSEWHERE
from sinergi.opportunities.lists.outcomes import OUTCOMES

MOST_AGREEMENTS = 12


def agreements_with(by: Principal, text: str, most: int) -> list[Agreement]:
    """Return agreements that somebody may read: every word begins one of title, number, object, a party."""
    rows = readable(by).filter(named(printable(text)))
    return list(rows.order_by("-updated", "-pk")[:most])


def agreements_of_region(by: Principal, code: str) -> list[Agreement]:
    """Return the latest agreements of a region that somebody may read; of a province also of its parts."""
    inside = Q(region_code=code) | Q(region_code__startswith=f"{code}.")
    there = Party.objects.filter(inside, left_on=None).order_by().values("agreement")
    rows = agreements(by).filter(pk__in=there).order_by("-begins", "-updated", "-pk")
    return list(rows[:MOST_AGREEMENTS])


def _begun_from(by: Principal, origin: str, numbers: Iterable[int]) -> dict[int, list[Agreement]]:
    keys = [str(number) for number in numbers]
    rows = agreements(by).filter(origin=origin, origin_key__in=keys).order_by("pk")
    found: dict[int, list[Agreement]] = defaultdict(list)
    for row in rows:
        found[int(row.origin_key)].append(row)
    return dict(found)


def of_entries(by: Principal, entry_ids: Iterable[int]) -> dict[int, list[Agreement]]:
    """Return entry number to the agreements that came of it and that somebody may read; one query."""
    return _begun_from(by, Origin.ENTRY, entry_ids)


def of_points(by: Principal, point_ids: Iterable[int]) -> dict[int, list[Agreement]]:
    """Return point number to the agreements that came of it and that somebody may read; one query."""
    return _begun_from(by, Origin.POINT, point_ids)


def chain(by: Principal, row: Agreement) -> tuple[list[Agreement], list[Agreement]]:
    """Return what an agreement follows, the earliest first, and what followed it; what may be read."""
    readable = agreements(by)
    before: list[Agreement] = []
    seen, now = {row.pk}, row
    while now.follows_id is not None and now.follows_id not in seen:
        earlier = readable.filter(pk=now.follows_id).first()
        if earlier is None:
            break
        seen.add(earlier.pk)
        before.insert(0, earlier)
        now = earlier
    after: list[Agreement] = []
    edge = [row.pk]
    while edge:
        later = [
            one for one in readable.filter(follows__in=edge).order_by("pk") if one.pk not in seen
        ]
        seen |= {one.pk for one in later}
        after += later
        edge = [one.pk for one in later]
    return before, after


ELSEWHERE["agreements/region_agreements.html"] = agreements_of_region
OUTCOMES["agreements"] = of_entries
OF_POINTS["agreements"] = of_points
