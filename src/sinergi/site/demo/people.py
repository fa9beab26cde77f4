"""Organisations and people of the demo, made by the same actions as real ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.actions import founding, governments, organisations, people
from sinergi.accounts.models import Organisation, Person, Role
from sinergi.accounts.organisation_rules import OrganisationDetails
from sinergi.accounts.principal import Principal, principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.reference import queries as reference

DOMAIN = "demo.test"
"""`.test` is reserved: no letter ever goes anywhere."""
CITY, OTHER, PROVINCE = "kota-palangka-raya", "kota-banjarmasin", "prov-kalimantan-tengah"
HOST, SOUTH = "kota-banjarbaru", "prov-kalimantan-selatan"
BANJAR, BARITO, TANAH_LAUT = "kab-banjar", "kab-barito-kuala", "kab-tanah-laut"
KOMWIL, AGENCY, MINISTRY = "apeksi-komwil-v", "bappeda-kota-palangka-raya", "kementerian-demo"
WORKS, BUREAU = "dinas-pupr-kalimantan-selatan", "biro-pemerintahan-kalimantan-tengah"
COMMISSARIAT = "APEKSI_KOMWIL_V"
REGIONS = ("62", "63", "52.72", "63.01", "63.03", "63.04")
"""Besides the members of the commissariat: of those that convened or raised something in `meetings.toml`, and
of the neighbours whose plans are in `plans`."""
OFFICES = (
    (AGENCY, OrganisationDetails("Bappeda Kota Palangka Raya", "agency", "", CITY)),
    (MINISTRY, OrganisationDetails("Kementerian (demo)", "ministry")),
    (WORKS, OrganisationDetails("Dinas PUPR Provinsi Kalimantan Selatan", "agency", "", SOUTH)),
    (
        BUREAU,
        OrganisationDetails(
            "Biro Pemerintahan dan Otonomi Daerah Setda Provinsi Kalimantan Tengah",
            "agency",
            "",
            PROVINCE,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody of the demo, with the roles held: (organisation, role)."""

    email: str
    name: str
    what: object
    roles: tuple[tuple[str, Role], ...] = ()
    administrator: bool = False


def _one(user: str, name: str, what: object, *roles: tuple[str, Role]) -> DemoPerson:
    return DemoPerson(f"{user}@{DOMAIN}", f"Demo {name}", what, roles)


PEOPLE = (
    DemoPerson(
        f"pengelola@{DOMAIN}",
        "Demo Pengelola Instalasi",
        _("administrator of the installation"),
        administrator=True,
    ),
    _one(
        "admin.palangkaraya",
        "Admin Palangka Raya",
        _("organisation administrator"),
        (CITY, Role.ADMINISTRATOR),
        (AGENCY, Role.ADMINISTRATOR),
    ),
    _one(
        "analis.palangkaraya",
        "Analis Palangka Raya",
        _("analyst"),
        (CITY, Role.ANALYST),
    ),
    _one(
        "koordinator.palangkaraya",
        "Koordinator TKKSD Palangka Raya",
        _("coordinator (TKKSD)"),
        (CITY, Role.COORDINATOR),
    ),
    _one(
        "sekda.palangkaraya",
        "Sekda Palangka Raya",
        _("approver"),
        (CITY, Role.APPROVER),
    ),
    _one(
        "analis.banjarmasin",
        "Analis Banjarmasin",
        _("analyst"),
        (OTHER, Role.ANALYST),
    ),
    _one(
        "analis.banjarbaru",
        "Analis Banjarbaru",
        _("analyst"),
        (HOST, Role.ANALYST),
    ),
    _one("analis.kalsel", "Analis Kalimantan Selatan", _("analyst"), (SOUTH, Role.ANALYST)),
    _one("analis.kabbanjar", "Analis Kabupaten Banjar", _("analyst"), (BANJAR, Role.ANALYST)),
    _one("analis.baritokuala", "Analis Barito Kuala", _("analyst"), (BARITO, Role.ANALYST)),
    _one("analis.tanahlaut", "Analis Tanah Laut", _("analyst"), (TANAH_LAUT, Role.ANALYST)),
    _one(
        "sekretariat.komwil5",
        "Sekretariat Komwil V",
        _("coordinator of Komwil V, viewer of Banjarmasin"),
        (KOMWIL, Role.COORDINATOR),
        (KOMWIL, Role.ADMINISTRATOR),
        (OTHER, Role.VIEWER),
    ),
    _one(
        "perencana.bappeda",
        "Perencana Bappeda Palangka Raya",
        _("analyst of the agency, viewer of the city"),
        (AGENCY, Role.ANALYST),
        (CITY, Role.VIEWER),
    ),
    _one(
        "pembaca.kementerian",
        "Pembaca Kementerian",
        _("viewer"),
        (MINISTRY, Role.VIEWER),
    ),
    _one(
        "analis.kementerian",
        "Analis Kementerian",
        _("analyst"),
        (MINISTRY, Role.ANALYST),
    ),
    _one(
        "perencana.banjarbakula",
        "Perencana Banjarbakula",
        _("analyst and approver of the Banjarbakula area"),
        *((code, Role.ANALYST) for code in (SOUTH, BANJAR, BARITO, TANAH_LAUT)),
        *(
            (code, role)
            for code in (SOUTH, BANJAR, BARITO, TANAH_LAUT, OTHER, HOST)
            for role in (Role.COORDINATOR, Role.APPROVER)
        ),
    ),
)


def ensure_organisations(by: Principal) -> None:
    """Make the organisations of the demo that are not there yet."""
    commissariat = next(one for one in reference.associations() if one.code == COMMISSARIAT)
    governments.add_governments(by, regions=(*commissariat.members, *REGIONS))
    governments.add_associations(by)
    for code, details in OFFICES:
        if not Organisation.objects.filter(code=code).exists():
            organisations.create_organisation(by, details, code=code)


@transaction.atomic
def ensure_person(by: Principal, one: DemoPerson, password: str) -> Person:
    """Return somebody of the demo, made with roles at first; who is there keeps password and roles."""
    found = Person.objects.filter(email=one.email).first()
    if found is not None:
        return found
    made = founding.enrol(by, one.email, one.name, password=password)
    if one.administrator:
        people.make_administrator(by, made)
        founding.open_workspace_to(by, made)
    for code, role in one.roles:
        row = Organisation.objects.filter(code=code, deleted_at=None).first()
        if row is not None:
            people.give_role(by, row, made, role)
    return made


def acts_as(user: str) -> Principal:
    """Return somebody of the demo as one who acts: `analis.palangkaraya`."""
    person = Person.objects.get(email=f"{user}@{DOMAIN}")
    return principal_for(person, Channel.COMMAND_LINE, second_factor=True)


def ensure_people(by: Principal, passwords: Mapping[str, str]) -> list[tuple[DemoPerson, Person]]:
    """Return all people of the demo."""
    return [(one, ensure_person(by, one, passwords[one.email])) for one in PEOPLE]
