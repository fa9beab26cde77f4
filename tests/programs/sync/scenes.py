"""Plans in which each rule finds something, as a planner could have written them."""

from sinergi.opportunities.models import EntryMember, PriorityEntry, PriorityList
from sinergi.reference.models import Activity
from tests.programs.making import a_plan, a_version
from tests.programs.sync.playing import BANDUNG, BILLION, CITY, PROVINCE, line, neighbours

OFFICE = {"agency": "Dinas PUTR"}


def a_plan_of(owner, region=BANDUNG, **fields):
    """A current version of a plan of three years."""
    return a_version(a_plan(owner, region_code=region, **fields))


def twice(owner):
    """Two neighbours: one bridge twice, one in other units, one of another size, one paid twice."""
    one, two = neighbours(owner)
    for version, unit, target in ((one, "m", 100), (two, "unit", 100)):
        line(version, "Pembangunan Jembatan Sei Cisangkuy Wetan", unit=unit, target=target)
    for version, target in ((one, 100), (two, 10)):
        line(version, "Pembangunan Jembatan Sei Ciwidey Kidul", unit="m", target=target)
    for version in (one, two):
        line(version)
        line(
            version, "Pembangunan Jembatan Sei Citarik Lor", amounts={(2025, "DAK_FISIK"): BILLION}
        )
    return one, two


def levels(owner):
    """A regency and its province: a part of the same, a name in common, affairs of another level."""
    here, above = a_plan_of(owner), a_plan_of(owner, PROVINCE)
    line(here, region_code=BANDUNG)
    line(above, code="1.03.10.1.01.0004", region_code=BANDUNG, last_year=2026)
    named = {"code": "", "activity": "", "place": ""}
    line(here, "Pembangunan Embung Rancakasumba", **named)
    line(above, "Pembangunan Embung Rancakasumba", amounts={2025: 9 * BILLION}, **named)
    line(here, "Peningkatan jalan provinsi ruas Soreang")
    line(here, "Rehabilitasi ruang SMA Negeri Baleendah", code="1.01.02.1.01.0019", activity="")
    line(here, "Bina toko desa", code="3.30.03.2.01.0001", amounts={(2025, "DEKON"): BILLION})
    line(here, "Pipa air Cimaung", code="1.03.03.2.01.0001", object_code="SPAM_REGIONAL")
    line(above, "Bina jaringan air", code="1.03.03.1.01.0001")
    return here, above


def borders(owner):
    """Two neighbours with a road to the border: one line without its other side, two sides in other years."""
    one, two = neighbours(owner)
    line(one, "Pengangkutan sampah batas Kota Bandung", code="2.11.11.2.01.0012", activity="")
    line(two, "Penanaman pohon", code="2.11.03.2.01.0001", activity="")
    line(one, "Pembangunan jalan batas Kota Bandung")
    late = {"first_year": 2027, "last_year": 2027, "amounts": {2027: BILLION}}
    line(two, "Pembangunan jalan batas Kabupaten Bandung", **late)
    return one, two


def one_plan(owner):
    """One plan: the same in two places of it, repeated, and years out of order."""
    plan = a_plan_of(owner)
    hall = "Rehabilitasi gedung serbaguna Cangkuang Kulon"
    for place in ("Desa Cangkuang Kulon", "Desa Cangkuang Kulon Kec. Dayeuhkolot"):
        line(plan, hall, place=place, **OFFICE)
    for amount in (BILLION, 1_000_000):
        for _ in range(2):
            line(plan, f"Fasilitasi tenaga {amount}", amounts={2025: amount}, place="", **OFFICE)
    late = {"first_year": 2026, "last_year": 2026, "amounts": {2026: BILLION}}
    line(plan, "Pembangunan Pasar Banjaran Timur")
    line(plan, "DED Pasar Banjaran Timur", **late)
    line(plan, "Pengadaan tanah Pasar Banjaran Timur", **late)
    return (plan,)


def hanging_together(owner):
    """Three plans for one place, each with one bridge three times: more than one work can be."""
    plans = [a_plan_of(owner), a_plan_of(owner), a_plan_of(owner, PROVINCE)]
    for version in plans:
        for _ in range(3):
            line(version, region_code=BANDUNG)
    return plans


def stages(owner):
    """A work in two stages in one plan, and in another without one: it cannot be both."""
    one, two = a_plan_of(owner), a_plan_of(owner, PROVINCE)
    for version, stage in ((one, " Tahap I"), (two, ""), (one, " Tahap II")):
        line(version, f"Pembangunan Jembatan Sei Cikapundung Kolot{stage}", region_code=BANDUNG)
    return one, two


def bought(owner):
    """A budget and packages: above a line, on a line of 0, above an agency, of an agency without a line."""
    year = {"first_year": 2025, "last_year": 2025}
    budget, packages = a_plan_of(owner, kind="apbd", **year), a_plan_of(owner, kind="rup", **year)
    uncoded = {"code": "", "activity": "", "amounts": {2025: 3 * BILLION}}
    line(budget, "Pelebaran jalan", activity="Pelebaran jalan", agency="Dinas A")
    line(packages, "Pelebaran jalan", agency="Dinas A", **uncoded)
    line(budget, "Penataan taman", agency="Dinas B")
    line(packages, "Aspal curah", agency="Dinas B", **uncoded)
    line(packages, "Lampu jalan", agency="Dinas C", **uncoded)
    line(budget, "Gaji", activity="Gaji", agency="Dinas A", amounts={2025: 0})
    line(packages, "Gaji", agency="Dinas A", **uncoded)
    return budget, packages


def codes(owner):
    """Plans beside a nomenclature: replaced, unknown, of another level, misnamed; and a foreign plan."""
    known = {
        f"1.03.10.2.01.000{n}": f"Pembangunan ruas {word}" for n, word in enumerate("abcdefg", 1)
    }
    other = {"1.03.10.2.01.0055": "Rehabilitasi Jalan", "1.03.10.2.02.0001": "Bina Marga",
             "1.03.10.1.02.0001": "Bina Marga"}  # fmt: skip
    for code, name in {**known, **other}.items():
        authority = "PROVINSI" if code.split(".")[3] == "1" else "KABKOTA"
        Activity.objects.create(code=code, name=name, level="subactivity", authority=authority)
    plan, foreign = a_plan_of(owner), a_plan_of(owner, "32.17")
    for code, name in known.items():
        line(plan, f"Ruas {name}", code=code, activity=name)
    line(plan, "Ruas lama", code="1.03.10.2.01.0044", activity="Rehabilitasi Jalan")
    line(plan, "Ruas baru", code="1.03.10.2.01.0099", activity="Sesuatu")
    line(plan, "Bina", code="1.03.10.1.02.0001", activity="Bina Marga")
    line(plan, "Taman", code="1.03.10.2.01.0001", activity="Pemangkasan Pohon Pelindung Kota")
    for number in range(4):
        line(
            foreign,
            f"Kegiatan {number}",
            code=f"1.03.99.2.99.000{number}",
            activity=f"Nama {number}",
        )
    return plan, foreign


def chosen(owner):
    """Two neighbours on a priority list: a member without a line, and one that begins before its hub."""
    one, two = neighbours(owner)
    line(one, "Penanaman pohon", code="2.11.03.2.01.0001", activity="")
    works = {"code": "3.30.06.2.01.0001", "activity": "", "object_code": "METROLOGI"}
    line(one, "Tera ulang", **works)
    late = {"first_year": 2027, "last_year": 2027, "amounts": {2027: BILLION}}
    line(two, "Balai metrologi", **works, **late)
    made = PriorityList.objects.create(organisation=owner, name="Daftar 2026")
    for position, (code, roles) in enumerate(
        (("METROLOGI", ("spoke", "hub")), ("SAMPAH_ANGKUT_BATAS", ("", ""))), 1
    ):
        entry = PriorityEntry.objects.create(
            priority_list=made, position=position, object_code=code, members_key=f"{BANDUNG}+{CITY}",
            snapshot={}, target_year=2026,
        )  # fmt: skip
        for region, role in zip((BANDUNG, CITY), roles, strict=True):
            EntryMember.objects.create(entry=entry, region_code=region, role=role)
    return one, two


SCENES = {
    twice: {"same_across", "units_differ", "targets_differ", "paid_twice"},
    levels: {"part_of_same", "same_name", "names_other_level", "level_not_holder", "channel_cannot_pay",
             "level_required"},
    borders: {"other_side_missing", "border_years_apart"},
    one_plan: {"same_in_plan", "repeated", "repeated_small", "design_after_build",
               "land_after_build"},
    hanging_together: {"many_alike"},
    stages: {"some_apart"},
    bought: {"package_over_line", "package_without_budget", "agency_over_budget",
             "agency_without_budget"},
    codes: {"code_moved", "code_unknown", "code_of_other_level", "name_of_other_code",
            "other_nomenclature"},
    chosen: {"promise_without_money", "before_what_it_needs"},
}  # fmt: skip
"""What each scene is of: every rule is in one of them."""
