"""The opportunities a region takes part in, and whom it shares them with."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.logics import LOGICS
from sinergi.analysis.normalise import peer_position
from sinergi.opportunities.compute import Computed
from sinergi.opportunities.describe import opportunity
from sinergi.opportunities.profile.records import Partner, Shared
from sinergi.opportunities.results import Opportunity
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Side

KEPT = 8


Ranks = tuple[NDArray[np.int64], NDArray[np.int64]]


class Shelf(NamedTuple):
    """A map with everything on it listed, and where each region stands in it."""

    computed: Computed
    """The same map with every group listed, not a few of each object."""
    places: list[list[int]]
    """For each regency and city, the places of its opportunities in the ranking, rising."""
    ranks: dict[tuple[str, str], Ranks]
    """By object and side: place of each region among its peers (1 the greatest), and their number."""


_lock = threading.Lock()
_shelves: OrderedDict[int, tuple[Computed, Shelf]] = OrderedDict()


def shelf(computed: Computed) -> Shelf:
    """Return the map by region. Kept as long as the map is: a page asks for one line of it."""
    key = id(computed)
    with _lock:
        if key not in _shelves or _shelves[key][0] is not computed:
            whole = replace(computed, listed=computed.order)
            _shelves[key] = (computed, Shelf(whole, _index(whole), {}))
            while len(_shelves) > KEPT:
                _shelves.popitem(last=False)
        return _shelves[key][1]


def ranks(computed: Computed, name: str, side: Side) -> Ranks:
    """Return the places of all regions on one side of an object, and how many peers have a score."""
    known = shelf(computed).ranks
    if (name, side) not in known:
        field = computed.scores[name].field
        values = field.need if side == "need" else field.strength
        known[name, side] = peer_position(values, computed.ground.peers, rises=True)
    return known[name, side]


def _index(computed: Computed) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in computed.ground.codes]
    for place, row in enumerate(computed.order.tolist()):
        _, _, group, _ = computed.group(row)
        for member in group.members:
            found[member].append(place)
    return found


def places_of(computed: Computed, code: str) -> list[int]:
    """Return the places of a region's opportunities in the ranking of all groups, rising."""
    return shelf(computed).places[computed.ground.position[code]]


def taking_part(computed: Computed, code: str) -> dict[str, int]:
    """Return the number of opportunities of a region by object."""
    rows = computed.order[places_of(computed, code)]
    return dict(Counter(computed.codes[number] for number in computed.object_of[rows].tolist()))


def opportunities(computed: Computed, code: str, top: int) -> tuple[Opportunity, ...]:
    """Return the best opportunities of a region, with their rank among all groups of the map."""
    whole = shelf(computed).computed
    return tuple(opportunity(whole, place) for place in places_of(computed, code)[:top])


def partners(computed: Computed, code: str) -> tuple[Partner, ...]:
    """Return all regions that share an opportunity with a regency or city.

    Ranked by the sum of the scores of what they share, so that many opportunities and strong ones both
    count.
    """
    ground = computed.ground
    row = ground.position[code]
    shared: dict[int, list[Shared]] = {}
    for place in places_of(computed, code):
        for other, one in _shared(computed, place, row):
            shared.setdefault(other, []).append(one)
    found = [_partner(computed, row, other, items) for other, items in shared.items()]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.code)))


def _shared(computed: Computed, place: int, row: int) -> Iterable[tuple[int, Shared]]:
    """Yield each other member of one opportunity with what it means to the two."""
    number = int(computed.order[place])
    name, _, group, _ = computed.group(number)
    item = computed.ground.objects[name]
    logic = LOGICS[item.computed_logic]
    roles = {m: logic.giver if m == group.host else logic.receiver for m in group.members}
    common = Shared(
        object=name,
        name_id=item.name_id,
        name_en=item.name_en,
        score=float(computed.score[number]),
        rank=place + 1,
        key="+".join(sorted(computed.ground.codes[member] for member in group.members)),
        direction="together",
        role=roles[row],
        partner_role="",
    )
    for other in group.members:
        if other != row:
            direction = direction_of(group.host, row, other)
            yield other, replace(common, direction=direction, partner_role=roles[other])


def direction_of(host: int, row: int, other: int) -> str:
    """Return who calls whom in a group: the giver is asked; without one all act together."""
    if host == other:
        return "ask"
    return "offer" if host == row else "together"


def _partner(computed: Computed, row: int, other: int, shared: list[Shared]) -> Partner:
    ground = computed.ground
    province = reference.pack().region[ground.provinces[other]].name
    km = ground.distance(np.array([row]), np.array([other]))[0]
    shared.sort(key=lambda one: (-one.score, one.rank))
    return Partner(
        code=ground.codes[other],
        name=ground.names[other],
        province=province,
        km=float(km),
        borders=(min(row, other), max(row, other)) in ground.border_set,
        weight=sum(one.score for one in shared),
        shared=tuple(shared),
    )
