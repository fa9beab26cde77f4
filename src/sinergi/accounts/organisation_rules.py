"""What an organisation may be: its kind, region and parent, and its code from its name. No writes."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sinergi.accounts.models import Affiliation, Organisation
from sinergi.accounts.names import skeleton
from sinergi.reference import queries as reference

Kind = Organisation.Kind
ASSOCIATIONS = (Kind.ASSOCIATION, Kind.COMMISSARIAT)
"""Organisations that have members."""
PARENTS = {
    Kind.AGENCY: (Kind.GOVERNMENT,),
    Kind.COMMISSARIAT: (Kind.ASSOCIATION,),
}
"""Kinds that stand below another organisation, and below which."""
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE_LENGTH = 60
RESERVED = frozenset({"baru", "installation"})
"""Words of addresses that no code may take."""
SHORT = (
    ("pemerintah provinsi ", "prov-"),
    ("pemerintah kabupaten ", "kab-"),
    ("pemerintah kota ", "kota-"),
    ("kabupaten ", "kab-"),
    ("provinsi ", "prov-"),
)
"""How names of governments begin, and how their codes do."""


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What a person says about an organisation.

    Attributes
    ----------
    region_code
        Of a government; an agency without one works for the region of its government.
    parent
        Code of the government of an agency, of the association of a commissariat.
    """

    name: str
    kind: str
    region_code: str = ""
    parent: str = ""


def code_for(name: str) -> str:
    """Return the code that a name suggests: `Pemerintah Kabupaten Kotabaru` gives `kab-kotabaru`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    for start, short in SHORT:
        if plain.startswith(start):
            plain = short + plain.removeprefix(start)
            break
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:CODE_LENGTH].strip("-")


def code_fault(code: str) -> str:
    """Return what is wrong with a code for addresses; empty when nothing is."""
    if len(code) > CODE_LENGTH or code in RESERVED or not CODE.fullmatch(code):
        return _("A code has small letters, digits and single hyphens: kota-palangka-raya.")
    if Organisation.objects.filter(code=code).exists():
        return _("There is an organisation with this code already, or one that was put away.")
    return ""


def name_fault(name: str, but: int | None = None) -> str:
    """Return a fault when a name looks like that of another organisation, put away or not."""
    looks = skeleton(name)
    for number, other, code in Organisation.objects.values_list("pk", "name", "code"):
        if number != but and skeleton(other) == looks:
            return _("This name looks like that of another organisation: %(name)s (%(code)s).") % {
                "name": other,
                "code": code,
            }
    return ""


def faults(details: OrganisationDetails, but: int | None = None) -> dict[str, str]:
    """Return field name to what is wrong with kind, region and parent.

    Parameters
    ----------
    but
        Number of the organisation that is changed.
    """
    if details.kind not in Kind.values or details.kind == Kind.WORKSPACE:
        return {"kind": _("Choose what the organisation is.")}
    found = {
        "region_code": _region_fault(details, but),
        "parent": _parent_fault(details, but),
    }
    return {field: text for field, text in found.items() if text}


def _region_fault(details: OrganisationDetails, but: int | None) -> str:
    if not details.region_code:
        needed = details.kind == Kind.GOVERNMENT
        return _("Say which region it governs.") if needed else ""
    region = reference.pack().region.get(details.region_code)
    if region is None or region.level == "nation" or region.valid_to is not None:
        return _("There is no region with this code.")
    if details.kind not in {Kind.GOVERNMENT, Kind.AGENCY}:
        return _("Only governments and their agencies have a region.")
    if details.kind != Kind.GOVERNMENT:
        return ""
    other = Organisation.objects.filter(
        kind=Kind.GOVERNMENT, region_code=details.region_code, deleted_at=None
    ).first()
    if other is None or other.pk == but:
        return ""
    return _("This region has its government already: %(name)s.") % {"name": other.name}


def _parent_fault(details: OrganisationDetails, but: int | None) -> str:
    allowed = PARENTS.get(Kind(details.kind))
    if allowed is None:
        return _("An organisation of this kind stands below none.") if details.parent else ""
    parent = Organisation.objects.filter(code=details.parent, deleted_at=None).first()
    if parent is not None and parent.kind in allowed and parent.pk != but:
        return ""
    if details.kind == Kind.AGENCY:
        return _("Say to which government the agency belongs.")
    return _("Say to which association the commissariat belongs.")


def makes_circle(association: Organisation, member: Organisation) -> bool:
    """Whether the association already belongs, through however many others, to the member."""
    seen: set[int] = set()
    found = {association.pk}
    while found:
        if member.pk in found:
            return True
        seen |= found
        above = Affiliation.objects.filter(member__in=found)
        found = set(above.values_list("association", flat=True)) - seen
    return False
