"""Activity codes against the nomenclature and the party's level."""

import pytest

from sinergi.programs.codes import check_code, suggestions
from sinergi.reference.models import Activity

pytestmark = pytest.mark.django_db


def load(code: str, name: str = "Pembangunan Jembatan", **fields: object) -> Activity:
    level = "subactivity" if code.count(".") == 5 else "activity"
    usual = {"authority": "KABKOTA", "level": level, "unit": "Unit"}
    return Activity.objects.create(code=code, name=name, **{**usual, **fields})


@pytest.mark.parametrize(
    ("code", "region", "remarks"),
    [
        ("1.03.10.2.01", "32.04", ()),
        ("1.03.10.1.01", "32", ()),
        ("1.03.10.1.01", "32.04", ("level_province",)),
        ("1.03.10.2.01", "32", ("level_local",)),
        ("1.03.10.2.01", "31", ()),
        ("1.03.10.1.01", "31", ()),
        ("1.03.10.1.01", "31.71", ()),
        ("1.03.10.1.01", "91.01", ("level_province",)),
        ("1.03.10.2.01", "ID", ("level_subnational",)),
        ("1.03.10.2.99", "32.04", ("code_unknown",)),
        ("jalan", "32.04", ("code_malformed",)),
        ("1.3.10", "32.04", ("code_malformed",)),
        ("", "32.04", ()),
    ],
)
def test_without_a_nomenclature_the_activities_of_the_pack_are_asked(
    code: str, region: str, remarks: tuple[str, ...]
) -> None:
    assert check_code(code, region).remarks == remarks


def test_of_a_sub_activity_the_pack_knows_only_the_activity_above() -> None:
    check = check_code("1.03.10.2.01.0004", "32.04")

    assert (check.known, check.whole, check.name) == (True, False, "")


def test_special_autonomy_is_told_and_not_doubted() -> None:
    load("1.03.10.3.01")

    check = check_code("1.03.10.3.01", "94")

    assert check.remarks == ("level_special",)
    assert not check.doubtful


def test_a_loaded_nomenclature_tells_name_unit_and_what_it_does_not_hold() -> None:
    load("1.03.10.2.01.0004", unit="Meter")

    assert check_code("1.03.10.2.01.0004", "32.04").unit == "Meter"
    assert check_code("1.03.10.2.01.0099", "32.04").remarks == ("code_unknown",)


def test_programmes_of_every_affair_are_found_under_their_general_code() -> None:
    load("X.XX.01.2.01.0001", "Penyusunan Dokumen Perencanaan")

    assert check_code("2.07.01.2.01.0001", "32.04").name == "Penyusunan Dokumen Perencanaan"


def test_codes_are_suggested_by_their_beginning_or_words_the_own_level_first() -> None:
    load("1.03.10.1.01.0004", authority="PROVINSI")
    own = load("1.03.10.2.01.0004")

    assert suggestions("jembatan", "32.04")[0] == own
    assert {one.code for one in suggestions("1.03.10", "32.04")} == {own.code, "1.03.10.1.01.0004"}
    assert suggestions("", "32.04") == []
