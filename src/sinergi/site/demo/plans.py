"""Plans of the demo: examples of neighbours around one landfill, brought in from files."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Level, Organisation, Visibility
from sinergi.programs.actions.imports import Wish, load_plan
from sinergi.programs.models import Plan, PlanKind
from sinergi.programs.rules import PlanDetails
from sinergi.site.demo.people import BANJAR, BARITO, HOST, OTHER, SOUTH, TANAH_LAUT, acts_as

FILES = Path(__file__).with_name("plans")
"""In the format of the import: made-up lines under codes of the nomenclature, but for two that it lacks."""
SOURCE = "contoh rekaan untuk demo, bukan data resmi"
LICENCE = "contoh rekaan untuk demo, bukan data resmi; bebas dipakai untuk mencoba"
NOTE = (
    "Baris, lokasi, dan jumlah di sini rekaan. Hanya iuran TPA Regional Banjarbakula yang dihitung dari "
    "sumber: kuota 105/90/60/10/10 ton per hari (sinarpagibaru.id, 17-9-2024), tarif Rp65.000 per ton "
    "(kalsel.prokal.co, 22-10-2021), dan satu anggota tanpa pos anggaran (klikkalsel.com, 28-1-2022)."
)
PLANNER = "perencana.banjarbakula"


@dataclass(frozen=True, slots=True)
class Example:
    """A plan of the demo.

    Attributes
    ----------
    user
        Who brings it in.
    shared
        Organisation that may read it; without one everybody may.
    """

    file: str
    owner: str
    user: str
    kind: PlanKind
    title: str
    region: str
    last_year: int = 2029
    shared: str = ""


def _rkpd(file: str, owner: str, user: str, name: str, region: str) -> Example:
    title = f"Demo – RKPD 2028 {name} (contoh)"
    return Example(file, owner, user, PlanKind.RKPD, title, region)


PROVINCE = _rkpd("prov-kalimantan-selatan.csv", SOUTH, PLANNER, "Prov. Kalimantan Selatan", "63")
CITY = _rkpd("kota-banjarmasin.csv", OTHER, "analis.banjarmasin", "Kota Banjarmasin", "63.71")
BUDGET = Example(
    "kota-banjarbaru-apbd.csv",
    HOST,
    "analis.banjarbaru",
    PlanKind.APBD,
    "Demo – APBD 2028 Kota Banjarbaru (contoh)",
    "63.72",
    2028,
)
PACKAGES = Example(
    "kota-banjarbaru-rup.csv",
    HOST,
    "analis.banjarbaru",
    PlanKind.RUP,
    "Demo – RUP 2028 Kota Banjarbaru (contoh)",
    "63.72",
    2028,
    shared=SOUTH,
)
EXAMPLES = (
    PROVINCE,
    CITY,
    BUDGET,
    PACKAGES,
    _rkpd("kab-banjar.csv", BANJAR, PLANNER, "Kab. Banjar", "63.03"),
    _rkpd("kab-barito-kuala.csv", BARITO, PLANNER, "Kab. Barito Kuala", "63.04"),
    _rkpd("kab-tanah-laut.csv", TANAH_LAUT, PLANNER, "Kab. Tanah Laut", "63.01"),
)
"""A province, two cities and three regencies that border each other; only the province reads the packages."""


def ensure_plans() -> int:
    """Bring in the plans of the demo unless there are such names, put away or not; return how many."""
    owners = {one.code: one for one in Organisation.objects.filter(deleted_at=None)}
    there = set(Plan.objects.values_list("organisation__code", "title"))
    missing = [
        one for one in EXAMPLES if one.owner in owners and (one.owner, one.title) not in there
    ]
    for one in missing:
        _bring_in(one, owners)
    return len(missing)


@transaction.atomic
def _bring_in(one: Example, owners: dict[str, Organisation]) -> None:
    details = PlanDetails(
        one.title,
        one.kind,
        one.region,
        2028,
        one.last_year,
        source=SOURCE,
        licence=LICENCE,
        note=NOTE,
    )
    wish = Wish(organisation=owners[one.owner], details=details, label="contoh")
    plan = load_plan(acts_as(one.user), FILES / one.file, wish, filename=one.file).plan
    plan.refresh_from_db()
    planner = acts_as(PLANNER)
    if one.shared:
        sharing.share(planner, plan, owners[one.shared], Level.READ, reason="Demo")
    else:
        sharing.set_visibility(planner, plan, Visibility.PUBLIC, reason="Demo")
