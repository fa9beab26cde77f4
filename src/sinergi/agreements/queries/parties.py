"""What the rules say of an agreement or of one that is being begun, with the law and map of the pack."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sinergi.agreements import families, parties
from sinergi.agreements.families import Family, MandatoryQuestion, Side
from sinergi.agreements.models import Agreement, Party
from sinergi.agreements.parties import LEVELS, Need, Required
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject
from sinergi.reference.pack import SuccessionRecord


@lru_cache(maxsize=2)
def _borders(version: str) -> Mapping[str, Collection[str]]:
    """Return who borders on whom by land, provinces among provinces; kept for a version of the pack."""
    pack = reference.pack()
    found: dict[str, set[str]] = defaultdict(set)
    for border in pack.borders:
        ends = [pack.region[border.a], pack.region[border.b]]
        pairs = [(border.a, border.b), (ends[0].parent, ends[1].parent)]
        for a, b in pairs:
            if a != b:
                found[a].add(b)
                found[b].add(a)
    return found


def borders() -> Mapping[str, Collection[str]]:
    """Return who borders on whom by land: regencies and cities, and provinces among themselves."""
    return _borders(reference.catalogue_version())


def side(
    key: str, kind: str, region: str = "", *, burdens_people: str = "", in_budget: str = ""
) -> Side:
    """Return a party as the rules see it; a region that the pack does not know has no level."""
    record = reference.pack().region.get(region)
    known = record is not None and record.level != "nation"
    level = record.level if record is not None and known else ""
    home = region.partition(".")[0] if known else ""
    return Side(key, kind, region, level, home, burdens_people, in_budget)


def side_of(party: Party) -> Side:
    """Return a party of an agreement as the rules see it."""
    return side(
        str(party.pk),
        party.kind,
        party.region_code,
        burdens_people=party.burdens_people,
        in_budget=party.in_budget,
    )


def item_of(code: str) -> CooperationObject | None:
    """Return a cooperation object of the catalogue, if it is one."""
    return reference.catalogue().get(code)


def held_levels(region: str, affair: str) -> frozenset[str]:
    """Return the levels whose part of an affair the government of a region holds, its own among them."""
    record = reference.pack().region.get(region)
    own = LEVELS.get(record.level, "") if record is not None else ""
    province = region.partition(".")[0]
    further = {
        one.holds
        for one in reference.pack().further_levels
        if province in one.provinces and one.level == own and one.affair in ("", affair)
    }
    return frozenset({own, *further} - {""})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules say of parties and an object.

    Attributes
    ----------
    question
        Whether it is mandatory; for cooperation between regions only.
    outside
        Keys of the parties that do not hold the object.
    nobody
        Whether no regional government among them does.
    needs
        Key of each party to the approvals that it may need.
    study_first
        Whether the family asks for a feasibility study.
    administrative
        Keys of cities and regencies that are no governments of their own.
    """

    family: Family
    geography: str
    question: MandatoryQuestion | None
    required: tuple[Required, ...]
    outside: tuple[str, ...]
    nobody: bool
    needs: Mapping[str, tuple[Need, ...]]
    study_first: bool
    administrative: tuple[str, ...]

    @property
    def missing(self) -> tuple[Required, ...]:
        """The parties that rules ask for and that are not there."""
        return tuple(one for one in self.required if not one.present)


def propose(
    sides: Collection[Side],
    object_code: str = "",
    object_kind: str = "",
    *,
    family: str = "",
    cheaper: str = "",
    externality: str = "",
) -> Proposal:
    """Return what the rules say; the order of the parties changes nothing but the order of the answer.

    Parameters
    ----------
    family
        The one that people chose; empty: the proposed one.
    cheaper, externality
        What is known of two tests of mandatory cooperation; `yes`, `no` or empty.
    """
    item = item_of(object_code)
    there = reference.agreement_families()
    kinds = {code: one.partners for code, one in there.items()}
    found = families.family_of(sides, object_kind, reference.partner_type_rules(), kinds, item)
    chosen = family or found.code
    pack, near = reference.pack(), borders()
    affair = item.affair if item is not None else ""
    held = {one.region: held_levels(one.region, affair) for one in sides}
    between = families.REGION in kinds.get(chosen, ())
    question = families.mandatory_question(sides, near, externality=externality, cheaper=cheaper)
    return Proposal(
        family=found,
        geography=families.geography(sides, near) if between else "",
        question=question if between else None,
        required=parties.required(item, sides, pack.administrative_provinces),
        outside=parties.outside_authority(item, sides, held),
        nobody=parties.nobody_holds(item, sides, held),
        needs={one.key: parties.approvals(one, there.get(chosen)) for one in sides},
        study_first=chosen in there and there[chosen].study_first,
        administrative=tuple(
            one.key
            for one in sides
            if one.level in families.LOCAL and one.province in pack.administrative_provinces
        ),
    )


def proposal_of(agreement: Agreement, rows: Iterable[Party] | None = None) -> Proposal:
    """Return what the rules say of an agreement as it is now, of the parties that have not left."""
    there = rows if rows is not None else Party.objects.filter(agreement=agreement)
    sides = [side_of(one) for one in there if one.left_on is None]
    found = propose(sides, agreement.object_code, family=agreement.family)
    notes = tuple(one for one in found.family.notes if one != "object_kind_open")
    return replace(found, family=replace(found.family, notes=notes))


def required_missing(agreement: Agreement) -> tuple[str, ...]:
    """Return the rules that ask for a party which an agreement does not have."""
    return parties.missing(proposal_of(agreement).required)


def council_unanswered(party: Party, family: str) -> bool:
    """Whether it is not known yet if the council of a party must approve."""
    there = reference.agreement_families().get(family)
    needs = parties.approvals(side_of(party), there)
    return any(one.kind == parties.COUNCIL and not one.needed for one in needs)


def changes_of_region(region: str) -> tuple[SuccessionRecord, ...]:
    """Return how a region changed by law: split, reduced, recoded, merged; nothing for most."""
    return tuple(one for one in reference.pack().successions if one.predecessor == region)


def is_gone(region: str) -> bool:
    """Whether a code is no region any more, or was none ever."""
    return bool(region) and region not in reference.region_table().position
