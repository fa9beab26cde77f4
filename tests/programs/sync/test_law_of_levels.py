"""Which level holds what, as the country pack says it: Jakarta, Papua, and titles that name schools."""

import polars as pl
import pytest

from sinergi.analysis.synchronise import synchronise
from sinergi.analysis.synchronise.tables import ANNUAL, LINES
from sinergi.programs.synchronise.law import level_of, present_law
from tests.analysis.synchronise.making import plans

pytestmark = pytest.mark.django_db
HOLDER = {"level_not_holder", "names_other_level", "code_of_other_level"}


def told(home, code, title):
    line = {
        "id": 1, "plan": 1, "code": code, "title": title, "activity": "", "agency": "", "place": "",
        "region": home, "object": "", "first_year": 2026, "last_year": 2026, "amount": 10**12,
        "unit": "", "target": None, "is_transfer": False,
    }  # fmt: skip
    table = pl.DataFrame([line], schema=LINES)
    found = synchronise(table, plans((home, level_of(home), ANNUAL)), law=present_law())
    return HOLDER & set(found["rule"])


@pytest.mark.parametrize(
    ("home", "code", "title", "refused"),
    [
        ("31", "1.01.02.2.01.0001", "Pembangunan sekolah", False),
        ("31", "", "Rehab total SMPN 5", False),
        ("31", "", "Preservasi jalan nasional", True),
        ("31.74", "", "Peningkatan jalan provinsi", False),
        ("32", "1.01.02.2.01.0001", "Pembangunan sekolah", True),
        ("32", "", "Rehab total SMPN 5", True),
        ("91.71", "", "Rehabilitasi SMAN 1", False),
        ("91.71", "", "Peningkatan jalan provinsi", True),
        ("32.73", "", "Rehabilitasi SMAN 1", True),
    ],
)
def test_a_line_is_held_against_a_government_only_where_it_does_not_hold_it(
    home, code, title, refused
):
    assert bool(told(home, code, title)) == refused


@pytest.mark.parametrize(
    ("title", "school"),
    [
        ("Pemeliharaan Jalan Cagak sta 0+000 sd 5+000", False),
        ("Honorarium Januari s/d Desember", False),
        ("Honorarium Januari sd Desember", False),
        ("Belanja jasa bulan 1 sd 12", False),
        ("Rehabilitasi SD Negeri Cangkuang", True),
        ("Rehabilitasi SDN 3 Cangkuang", True),
        ("Pembangunan ruang kelas SD Cangkuang", True),
        ("Rehabilitasi sekolah dasar", True),
        ("Rehabilitasi SD/SMP Cangkuang", True),
    ],
)
def test_sd_is_a_school_only_beside_words_of_schools(title, school):
    assert ("names_other_level" in told("32", "", title)) == school
