"""Organisations that the reference names: governments of regions, associations with their members."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from sinergi.accounts import rules
from sinergi.accounts.actions.deeds import tell
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Affiliation, Organisation
from sinergi.accounts.names import skeleton
from sinergi.accounts.organisation_rules import Kind, code_for
from sinergi.accounts.principal import Principal
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Association
from sinergi.reference.pack.records import Pack, RegionRecord

OFFICIAL = {
    "11": "Pemerintah Aceh",
    "34": "Pemerintah Daerah Daerah Istimewa Yogyakarta",
}
"""Provinces whose government has a name of its own: UU 11/2006 article 1, UU 13/2012 article 1."""
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Added:
    """What was made.

    Attributes
    ----------
    there
        How many were there already.
    refused
        Names that another organisation has, or seems to have, so that they were not made.
    """

    made: tuple[Organisation, ...]
    there: int
    refused: tuple[str, ...]


def official_name(region: RegionRecord) -> str:
    """Return what the government of a region is called: `Pemerintah Kota Palangka Raya`."""
    if region.code in OFFICIAL:
        return OFFICIAL[region.code]
    if region.level == "province":
        return f"Pemerintah Provinsi {region.name}"
    return f"Pemerintah {region.name}"


def government_code(region: RegionRecord) -> str:
    """Return the code of the government of a region: `prov-aceh`, `kab-kotabaru`, `kota-palangka-raya`."""
    before = "Pemerintah Provinsi" if region.level == "province" else "Pemerintah"
    return code_for(f"{before} {region.name}")


def self_governing(pack: Pack, province: str = "") -> list[RegionRecord]:
    """Return the regions with a government of their own, by code: not the parts of Jakarta.

    Parameters
    ----------
    province
        Only this province and the regions in it; empty: all.
    """
    return sorted(
        (
            region
            for region in pack.regions
            if region.level != "nation"
            and region.valid_to is None
            and region.parent not in pack.administrative_provinces
            and (not province or province in {region.code, region.parent})
        ),
        key=lambda region: region.code,
    )


@transaction.atomic
def add_governments(
    by: Principal,
    province: str = "",
    regions: Iterable[str] | None = None,
    report: Report | None = None,
) -> Added:
    """Make an organisation for the government of each region that has none; safe to repeat.

    Parameters
    ----------
    province
        Code of a province: only it and the regions in it.
    regions
        Codes: only these.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the installation.
    UnknownRegion
        When there is no such province.
    """
    rules.require(by, rules.INSTALLATION)
    pack = reference.pack()
    if province:
        reference.region_codes_within(province)
    wanted = self_governing(pack, province)
    if regions is not None:
        chosen = frozenset(regions)
        wanted = [region for region in wanted if region.code in chosen]
    governments = Organisation.objects.filter(kind=Kind.GOVERNMENT, deleted_at=None)
    governed = set(governments.values_list("region_code", flat=True))
    made, refused, there = [], [], 0
    taken = _Taken()
    for place, region in enumerate(wanted, start=1):
        if report is not None:
            report("rows", place, len(wanted))
        if region.code in governed:
            there += 1
            continue
        name, code = official_name(region), government_code(region)
        if taken.claims(name, code):
            made.append(_make(by, code, name, Kind.GOVERNMENT, region.code))
        else:
            refused.append(name)
    return Added(tuple(made), there, tuple(refused))


class _Taken:
    """Codes and looks of names that organisations have, read once for many comparisons."""

    def __init__(self) -> None:
        rows = list(Organisation.objects.values_list("code", "name"))
        self.codes = {code for code, _name in rows}
        self.looks = {skeleton(name) for _code, name in rows}

    def claims(self, name: str, code: str) -> bool:
        """Whether name and code are free; they are taken from now on."""
        if code in self.codes or skeleton(name) in self.looks:
            return False
        self.codes.add(code)
        self.looks.add(skeleton(name))
        return True


def _make(
    by: Principal,
    code: str,
    name: str,
    kind: Kind,
    region: str = "",
    parent: Organisation | None = None,
) -> Organisation:
    made = Organisation.objects.create(
        code=code, name=name, kind=kind, region_code=region, parent=parent
    )
    after = {"code": code, "name": name, "kind": str(kind), "region_code": region}
    tell(by, Verb.CREATED, made, after=after | {"parent": parent.code if parent else ""})
    return made


def association_code(code: str) -> str:
    """Return the code of the organisation of `APEKSI_KOMWIL_V` of the reference: `apeksi-komwil-v`."""
    return code.lower().replace("_", "-")


def reference_association(organisation: Organisation) -> Association | None:
    """Return the association of the reference that an organisation is, by its code."""
    found = (
        one for one in reference.associations() if association_code(one.code) == organisation.code
    )
    return next(found, None)


@transaction.atomic
def add_associations(by: Principal) -> Added:
    """Make the associations and commissariats of the reference, with those members that are there.

    Safe to repeat: members whose organisation was made since are added.

    Raises
    ------
    ForbiddenError
        Unless by an administrator of the installation.
    """
    rules.require(by, rules.INSTALLATION)
    taken, made, refused, there = _Taken(), [], [], 0
    for one in sorted(reference.associations(), key=lambda one: bool(one.parent)):
        code = association_code(one.code)
        found = Organisation.objects.filter(code=code, deleted_at=None).first()
        if found is not None:
            there += 1
        elif taken.claims(one.name_id, code):
            kind = Kind.COMMISSARIAT if one.parent else Kind.ASSOCIATION
            parent = Organisation.objects.filter(code=association_code(one.parent)).first()
            found = _make(by, code, one.name_id, kind, parent=parent if one.parent else None)
            made.append(found)
        else:
            refused.append(one.name_id)
            continue
        _join(by, found, one)
    return Added(tuple(made), there, tuple(refused))


def _join(by: Principal, association: Organisation, one: Association) -> None:
    present = set(association.affiliations.values_list("member", flat=True))
    members = Organisation.objects.filter(
        kind=Kind.GOVERNMENT, deleted_at=None, region_code__in=one.members
    )
    for member in members.exclude(pk__in=present).order_by("region_code"):
        Affiliation.objects.create(association=association, member=member)
        after = {"member": member.pk, "code": member.code}
        tell(by, Verb.MEMBER_ADDED, association, after=after)
