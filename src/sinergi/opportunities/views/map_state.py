"""What the map in the browser draws: values by region, and the groups with their lines."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from sinergi.opportunities import messages, queries
from sinergi.opportunities.results import Opportunity, OpportunityMap
from sinergi.opportunities.settings import MapSettings
from sinergi.reference import queries as reference

DIGITS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a region stands: its seat of government."""

    name: str
    lon: float
    lat: float
    level: str
    province: str


def places() -> dict[str, Place]:
    """Return the seat of every region, by code."""
    table = reference.region_table()
    columns = zip(
        table.codes,
        table.names,
        table.longitude,
        table.latitude,
        table.levels,
        table.parents,
        strict=True,
    )
    return {
        code: Place(name, round(float(lon), DIGITS), round(float(lat), DIGITS), level, parent)
        for code, name, lon, lat, level, parent in columns
    }


def map_state(settings: MapSettings, found: OpportunityMap) -> dict[str, Any]:
    """Return the state as plain values for JSON; counts by region are over all groups, not the best."""
    where = places()
    state: dict[str, Any] = {
        "total": found.total,
        "area": "+".join((*settings.within, *settings.regions)),
        "inside": inside_codes(settings) if settings.within else None,
        "object": _object(settings, found),
        "regions": _counts(found),
        "groups": [_group(one, where) for one in found.opportunities],
    }
    if len(settings.objects) == 1:
        code = settings.objects[0]
        for layer in ("need", "strength", "coverage"):
            state[layer] = _rounded(getattr(found, layer).get(code, {}))
    return state


def inside_codes(settings: MapSettings) -> list[str]:
    """Return the codes of the regencies and cities that partners are sought among."""
    ground = queries.ground()
    chosen = queries.universe(ground, settings)
    return [code for code, inside in zip(ground.codes, chosen, strict=True) if inside]


def _object(settings: MapSettings, found: OpportunityMap) -> dict[str, str] | None:
    if len(settings.objects) != 1:
        return None
    item = reference.catalogue().get(settings.objects[0])
    if item is None:
        return None
    return {"code": item.code, "name": item.name(get_language() or "id")}


def _counts(found: OpportunityMap) -> dict[str, tuple[int, float]]:
    """Return for each region how many groups it is in, and the best score among them."""
    return {code: (number, round(found.best[code], DIGITS)) for code, number in found.count.items()}


def _group(one: Opportunity, where: dict[str, Place]) -> dict[str, Any]:
    return {
        "id": group_id(one),
        "rank": one.rank,
        "name": one.object.name(get_language() or "id"),
        "score": round(one.score, DIGITS),
        "members": [
            {
                "code": member.code,
                "name": member.name,
                "role": messages.role_name(member.role),
                "at": [where[member.code].lon, where[member.code].lat],
            }
            for member in one.members
        ],
        "links": [(link.a, link.b) for link in one.links],
    }


def group_id(one: Opportunity) -> str:
    """Return the identity of an opportunity in an address: object and members."""
    return f"{one.object.code}:{one.key}"


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {code: round(value, DIGITS) for code, value in values.items()}
