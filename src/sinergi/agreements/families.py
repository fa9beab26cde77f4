"""Which family a cooperation is of, and whether it is one at all: from its partners and its object. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sinergi.reference.catalogue import CooperationObject
from sinergi.reference.pack import PartnerTypeRule

REGION, CENTRE, THIRD, REGION_ABROAD, INSTITUTION_ABROAD = (
    "PEMDA",
    "K_L",
    "PIHAK_KETIGA",
    "PEMDA_LN",
    "LEMBAGA_LN",
)
PRECEDENCE = (REGION_ABROAD, INSTITUTION_ABROAD, THIRD, CENTRE)
"""Of partners of several kinds, the one whose rules ask for most decides."""
YES, NO, UNKNOWN = "yes", "no", ""
TESTS = ("adjacency", "externality", "cheaper")
"""What makes cooperation between regions mandatory, if all three hold (UU 23/2014 Art. 364)."""
LOCAL = ("regency", "city")


@dataclass(frozen=True, slots=True)
class Side:
    """A party as the rules see it.

    Attributes
    ----------
    key
        By which results name it; the rules read nothing from it.
    region, level, province
        Of a regional government: its code, `province`, `regency` or `city`, and the code of the province
        in which it lies, or which it is. Empty where they are not known.
    burdens_people, in_budget
        `yes`, `no`, or empty while nobody has said it.
    """

    key: str
    kind: str
    region: str = ""
    level: str = ""
    province: str = ""
    burdens_people: str = UNKNOWN
    in_budget: str = UNKNOWN

    @property
    def is_region(self) -> bool:
        """Whether it is a regional government of this country."""
        return self.kind == REGION


@dataclass(frozen=True, slots=True)
class Family:
    """What the partners and the object make of a cooperation.

    Attributes
    ----------
    code
        Of the family; empty while no partner is known.
    certain
        Whether a rule of the pack names these partners with this object.
    rule
        That rule.
    other_way
        Term of the pack for what it is instead, when it is no cooperation of regions.
    notes
        Codes of what people should know: `no_region`, `one_party`, `mixed_partners`, `regions_among`,
        `object_kind_open`, `not_in_table`, `object_of_other_family`.
    """

    code: str = ""
    certain: bool = False
    rule: PartnerTypeRule | None = None
    other_way: str = ""
    notes: tuple[str, ...] = ()


def deciding_kind(sides: Iterable[Side]) -> str:
    """Return the kind of partner that decides on the family; empty without any party."""
    kinds = {side.kind for side in sides}
    others = [kind for kind in PRECEDENCE if kind in kinds]
    return others[0] if others else REGION if REGION in kinds else ""


def family_of(
    sides: Collection[Side],
    object_kind: str,
    rules: Iterable[PartnerTypeRule],
    families: Mapping[str, Collection[str]],
    item: CooperationObject | None = None,
) -> Family:
    """Propose a family; the order of the parties changes nothing.

    Parameters
    ----------
    object_kind
        Code of the term `object_kind`; empty while nobody has said it.
    rules
        Which family follows from partner and object, as the pack says.
    families
        Code of each family to the kinds of partners that make it.
    item
        The cooperation object, if it is one of the catalogue.
    """
    kind = deciding_kind(sides)
    if not kind:
        return Family()
    usual = next((code for code, kinds in families.items() if kind in kinds), "")
    there = [rule for rule in rules if rule.partner_type == kind and object_kind]
    rule = next((rule for rule in there if object_kind in rule.object_codes), None)
    code = rule.family if rule is not None and rule.family in families else usual
    return Family(
        code,
        rule is not None,
        rule,
        rule.family if rule is not None and rule.family not in families else "",
        tuple(_notes(sides, kind, object_kind, code, rule, item)),
    )


def _notes(
    sides: Collection[Side],
    kind: str,
    object_kind: str,
    code: str,
    rule: PartnerTypeRule | None,
    item: CooperationObject | None,
) -> Iterable[str]:
    kinds = {side.kind for side in sides}
    regions = [side for side in sides if side.is_region]
    if not regions:
        yield "no_region"
    if len(sides) < 2:
        yield "one_party"
    if len(kinds - {REGION}) > 1:
        yield "mixed_partners"
    if kind != REGION and len(regions) > 1:
        yield "regions_among"
    if not object_kind:
        yield "object_kind_open"
    elif rule is None:
        yield "not_in_table"
    if item is not None and code and code not in object_families(item):
        yield "object_of_other_family"


def object_families(item: CooperationObject) -> tuple[str, ...]:
    """Return the families that an object of the catalogue may take."""
    return tuple(item.family.replace("+", "|").split("|"))


Borders = Mapping[str, Collection[str]]
"""Code of a region to those it borders on; provinces among provinces."""


def hangs_together(codes: Collection[str], borders: Borders) -> bool:
    """Whether regions hang together over the borders among them."""
    everyone = set(codes)
    reached = {min(everyone)} if everyone else set()
    edge = set(reached)
    while edge:
        edge = {near for one in edge for near in borders.get(one, ())} & everyone - reached
        reached |= edge
    return reached == everyone


def adjacency(sides: Iterable[Side], borders: Borders) -> str:
    """Return whether the regions border on each other: `yes`, `no`, or empty where that is not known.

    A province holds its own regencies and cities together; provinces with regencies of others are not
    judged.
    """
    regions = [side for side in sides if side.is_region]
    if len(regions) < 2 or not all(side.region and side.level for side in regions):
        return UNKNOWN
    provinces = {side.region for side in regions if side.level == "province"}
    local = {side.region for side in regions if side.level in LOCAL}
    if not provinces:
        return YES if hangs_together(local, borders) else NO
    if not local:
        return YES if hangs_together(provinces, borders) else NO
    homes = {side.province for side in regions if side.level in LOCAL}
    return YES if homes == provinces and len(homes) == 1 else UNKNOWN


def geography(sides: Iterable[Side], borders: Borders) -> str:
    """Return the geographic type of mandatory cooperation; empty where the pack's types do not fit.

    ``a``: regencies or cities of one province, ``b``: of several, ``c``: provinces, ``d``: regencies or
    cities with their own province. All border on each other.
    """
    regions = [side for side in sides if side.is_region]
    if adjacency(regions, borders) != YES:
        return ""
    levels = {"province" if side.level == "province" else "local" for side in regions}
    homes = {side.province for side in regions}
    if levels == {"province"}:
        return "c"
    if levels == {"local"}:
        return "a" if len(homes) == 1 else "b"
    return "d"


def takeover(geographic_type: str) -> str:
    """Return who takes over what is mandatory and not carried out: a term of the pack, empty if unsure.

    For regencies or cities with their province law as we know it does not say who.
    """
    return {"a": "governor", "b": "centre", "c": "centre"}.get(geographic_type, "")


@dataclass(frozen=True, slots=True)
class MandatoryQuestion:
    """What is known of whether a cooperation between regions is mandatory; people decide.

    Attributes
    ----------
    tests
        Each of `TESTS` to `yes`, `no`, or empty where people must say it.
    """

    tests: Mapping[str, str]

    @property
    def open(self) -> tuple[str, ...]:
        """The tests that people must answer."""
        return tuple(name for name in TESTS if self.tests.get(name, UNKNOWN) == UNKNOWN)

    @property
    def possible(self) -> bool:
        """Whether no test speaks against it."""
        return NO not in self.tests.values()

    @property
    def candidate(self) -> bool:
        """Whether every test holds, as far as it is known."""
        return all(self.tests.get(name) == YES for name in TESTS)


def mandatory_question(
    sides: Iterable[Side],
    borders: Borders,
    *,
    externality: str = UNKNOWN,
    cheaper: str = UNKNOWN,
) -> MandatoryQuestion:
    """Return the tests of mandatory cooperation with what is known; what is not known stays open."""
    tests = {"adjacency": adjacency(sides, borders), "externality": externality}
    return MandatoryQuestion(tests | {"cheaper": cheaper})
