"""Who must be a party, who holds no authority for the object, which approvals each party needs. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sinergi.agreements.families import CENTRE, LOCAL, NO, UNKNOWN, YES, Side
from sinergi.reference.catalogue import AgreementFamily, CooperationObject

LEVELS = {"province": "PROVINSI", "regency": "KABKOTA", "city": "KABKOTA"}
COUNCIL = "dprd"
ABROAD = "abroad"
BURDENS, NOT_IN_BUDGET = "burdens_people", "not_in_budget"


@dataclass(frozen=True, slots=True)
class Required:
    """A party that a rule asks for.

    Attributes
    ----------
    rule
        Code of the term `required_by`.
    kind
        Kind of the party.
    regions
        Codes of the provinces that are meant; empty where any of the level will do.
    present
        Whether it is a party.
    """

    rule: str
    kind: str
    regions: tuple[str, ...] = ()
    present: bool = False


def required(
    item: CooperationObject | None, sides: Collection[Side], administrative: Collection[str] = ()
) -> tuple[Required, ...]:
    """Return the parties that rules ask for, those that are there among them.

    Nothing where the object is none of the catalogue: then it is not known.

    Parameters
    ----------
    administrative
        Provinces whose regencies and cities are no governments of their own.
    """
    if item is None:
        return ()
    regions = [side for side in sides if side.is_region]
    found = [*_provinces(item, regions), *_local(item, regions, administrative)]
    if set(item.authority) == {"PUSAT"} or (item.authority_joint and "PUSAT" in item.authority):
        there = any(side.kind == CENTRE for side in sides)
        found.append(Required("centre_affair", CENTRE, present=there))
    return tuple(found)


def _provinces(item: CooperationObject, regions: Collection[Side]) -> Iterable[Required]:
    segment = item.activity.split(".")[3:4]
    joint = item.authority_joint and "PROVINSI" in item.authority
    alone = set(item.authority) == {"PROVINSI"}
    if not joint and not alone:
        return
    rule = "province_affair" if alone and segment == ["1"] else "province_joint"
    homes = sorted({side.province for side in regions if side.province})
    there = {side.region for side in regions if side.level == "province"}
    for code in homes:
        yield Required(rule, "PEMDA", (code,), present=code in there)


def _local(
    item: CooperationObject, regions: Collection[Side], administrative: Collection[str]
) -> Iterable[Required]:
    if not (item.authority_joint and "KABKOTA" in item.authority):
        return
    held = [side for side in regions if side.level in LOCAL or side.region in administrative]
    if held or regions:
        yield Required("local_joint", "PEMDA", present=bool(held))


def missing(found: Iterable[Required]) -> tuple[str, ...]:
    """Return the rules whose party is not there, each once."""
    return tuple(dict.fromkeys(one.rule for one in found if not one.present))


def rule_for(found: Iterable[Required], side: Side) -> str:
    """Return the rule that makes somebody a party; empty where none does."""
    for one in found:
        if one.kind == side.kind and (not one.regions or side.region in one.regions):
            local = one.rule != "local_joint" or side.level in LOCAL
            return one.rule if local else ""
    return ""


Held = Mapping[str, Collection[str]]
"""Code of a region to the levels whose part of the object's affair its government holds."""


def outside_authority(
    item: CooperationObject | None, sides: Iterable[Side], held: Held
) -> tuple[str, ...]:
    """Return the keys of regional governments that do not hold the object, and so cannot lead it.

    They may take part as users or payers while somebody who holds it is a party.
    """
    if item is None:
        return ()
    return tuple(
        side.key
        for side in sides
        if side.is_region
        and side.region
        and side.level
        and not set(item.authority) & set(held.get(side.region, ()))
    )


def nobody_holds(item: CooperationObject | None, sides: Collection[Side], held: Held) -> bool:
    """Whether all regional governments are known, and none of them holds the object."""
    regions = [side for side in sides if side.is_region]
    outside = outside_authority(item, regions, held)
    return bool(regions) and len(outside) == len(regions)


@dataclass(frozen=True, slots=True)
class Need:
    """An approval of a party.

    Attributes
    ----------
    kind
        Code of the term `approval_kind`.
    needed
        `yes`, `no`, or empty while it depends on what nobody has said.
    because
        Code of the reason where it is needed.
    """

    kind: str
    needed: str
    because: str = ""


def council(side: Side) -> Need:
    """Return whether the council must approve: it burdens people, or its money is not in the budget."""
    if side.burdens_people == YES:
        return Need(COUNCIL, YES, BURDENS)
    if side.in_budget == NO:
        return Need(COUNCIL, YES, NOT_IN_BUDGET)
    known = side.burdens_people == NO and side.in_budget == YES
    return Need(COUNCIL, NO if known else UNKNOWN)


def approvals(side: Side, family: AgreementFamily | None) -> tuple[Need, ...]:
    """Return the approvals that a party may need; only regional governments need any."""
    if family is None or not side.is_region:
        return ()
    return tuple(
        council(side) if kind == COUNCIL else Need(kind, YES, ABROAD) for kind in family.approvals
    )


def twice(sides: Iterable[tuple[str, str, str]]) -> tuple[int, ...]:
    """Return the places, from 0, of parties that stand there before: by kind, region and name."""
    seen: set[tuple[str, ...]] = set()
    found = []
    for place, (kind, region, name) in enumerate(sides):
        who = (kind, region) if region else (kind, "", " ".join(name.casefold().split()))
        if who in seen:
            found.append(place)
        seen.add(who)
    return tuple(found)
