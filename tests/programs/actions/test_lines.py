"""Lines are added, changed and removed where their version takes changes."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from sinergi.accounts.errors import ConflictError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.programs.actions import lines, versions
from sinergi.programs.amounts import LARGEST
from sinergi.programs.errors import StateError
from sinergi.programs.models import PlanLine, VersionState
from sinergi.programs.rules import Amount, LineDetails, line_details
from tests.programs.making import a_line, a_plan, a_version, planner, stranger

pytestmark = pytest.mark.django_db
BRIDGE = LineDetails(
    "Pembangunan jembatan Citarum",
    code="1.03.10.2.01",
    amounts=(Amount(2025, "DAK_FISIK", Decimal("2500000000.50")), Amount(2026, "", Decimal(1))),
)


def test_a_line_is_kept_with_its_exact_amounts_and_total() -> None:
    version = a_version()

    line = lines.add_line(planner(), version.pk, BRIDGE)

    kept = PlanLine.objects.get(pk=line.pk)
    assert kept.total == Decimal("2500000001.50")
    assert line_details(kept).amounts == BRIDGE.amounts
    assert (kept.first_year, kept.last_year, kept.position) == (2025, 2027, 1)
    record = AuditRecord.objects.order_by("-sequence")[0]
    assert (record.verb, record.part) == ("line_added", f"line:{line.pk}")
    assert json.loads(record.after)["amounts"] == ["2025 DAK_FISIK 2.500.000.000,50", "2026 1"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"first_year": 2024}, "first_year"),
        ({"last_year": 2028}, "last_year"),
        ({"first_year": 2026, "last_year": 2025}, "last_year"),
        ({"region_code": "99.99"}, "region_code"),
        ({"lat": 91.0, "lon": 100.0}, "lat"),
        ({"lat": 1.0}, "lon"),
        ({"target": Decimal(-1)}, "target"),
        ({"target": Decimal("NaN")}, "target"),
        ({"land": "maybe"}, "land"),
        ({"object_code": "NO_SUCH"}, "object_code"),
        ({"amounts": (Amount(2024, "", Decimal(1)),)}, "amounts.0.year"),
        ({"amounts": (Amount(2025, "NO_SUCH", Decimal(1)),)}, "amounts.0.channel"),
        ({"amounts": (Amount(2025, "", Decimal(-1)),)}, "amounts.0.amount"),
        ({"amounts": (Amount(2025, "", Decimal("NaN")),)}, "amounts.0.amount"),
        ({"amounts": (Amount(2025, "", Decimal("0.001")),)}, "amounts.0.amount"),
        ({"amounts": (Amount(2025, "", LARGEST + 1),)}, "amounts.0.amount"),
        ({"amounts": (Amount(2025, "", None),)}, "amounts.0.amount"),
        ({"amounts": (Amount(2025, "", Decimal(1)),) * 2}, "amounts.1.channel"),
        ({"amounts": tuple(Amount(y, "", LARGEST) for y in (2025, 2026))}, "amounts"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_what_cannot_be_is_told_at_its_field(values: dict, field: str) -> None:
    with pytest.raises(InvalidError) as met:
        lines.add_line(planner(), a_version().pk, replace(BRIDGE, **values))

    assert set(met.value.fields) == {field}
    assert not PlanLine.objects.exists()


@pytest.mark.parametrize(
    ("code", "remark"),
    [
        ("1.03.10.1.01", "level_province"),
        ("9.99.10.2.01", "code_unknown"),
        ("jalan", "code_malformed"),
    ],
)
def test_a_doubtful_code_is_kept_only_when_somebody_says_so(code: str, remark: str) -> None:
    version, doubtful = a_version(), replace(BRIDGE, code=code)
    with pytest.raises(InvalidError) as met:
        lines.add_line(planner(), version.pk, doubtful)
    assert set(met.value.fields) == {"code"}

    kept = lines.add_line(planner(), version.pk, doubtful, keep=True)

    assert remark in kept.remarks
    again = lines.edit_line(planner(), kept.pk, replace(doubtful, title="Lain"))
    assert remark in again.remarks


def test_a_change_is_recorded_with_what_it_was_before() -> None:
    line = a_line(a_version(), code="1.03.10.2.01")

    lines.edit_line(planner(), line.pk, replace(line_details(line), title="Jembatan lain"))

    record = AuditRecord.objects.order_by("-sequence")[0]
    assert json.loads(record.before)["title"] == "Pembangunan jembatan Citarum"
    assert json.loads(record.after)["title"] == "Jembatan lain"
    assert "amounts" not in record.after


def test_the_second_of_two_who_change_a_line_is_told() -> None:
    line = a_line(a_version(), code="1.03.10.2.01")
    details = line_details(line)
    lines.edit_line(planner(), line.pk, replace(details, title="Satu"), revision=1)

    with pytest.raises(ConflictError):
        lines.edit_line(planner(), line.pk, replace(details, title="Dua"), revision=1)


def test_a_removed_line_stays_in_the_version_before() -> None:
    old = a_version(state=VersionState.SUPERSEDED)
    line = a_line(old)
    draft = versions.make_version(planner(), old.plan_id, copy_of=old.pk)
    copy = PlanLine.objects.get(version=draft)

    lines.remove_line(planner(), copy.pk, reason="digabung")

    assert list(PlanLine.objects.filter(identity=line.identity)) == [line]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": VersionState.SUPERSEDED},
        {"state": VersionState.UNDONE},
        {"state": VersionState.CURRENT, "filename": "apbd.xlsx", "sha256": "0" * 64},
    ],
    ids=["superseded", "undone", "loaded"],
)
def test_lines_of_past_and_loaded_versions_are_not_changed(fields: dict) -> None:
    version = a_version(**fields)
    line = a_line(version)

    with pytest.raises(StateError):
        lines.add_line(planner(), version.pk, BRIDGE)
    with pytest.raises(StateError):
        lines.remove_line(planner(), line.pk)


def test_strangers_see_no_line_to_change() -> None:
    line = a_line(a_version())

    with pytest.raises(UnseenError):
        lines.edit_line(stranger(), line.pk, BRIDGE)


def test_a_text_that_names_one_region_places_the_line_and_two_are_told() -> None:
    version = a_version(a_plan(region_code="32"))

    one = lines.add_line(planner(), version.pk, replace(BRIDGE, place="Kab. Garut"), keep=True)
    two = lines.add_line(planner(), version.pk, replace(BRIDGE, place="Bandung"), keep=True)

    assert (one.region_code, one.place_certainty) == ("32.05", "found")
    assert (two.region_code, two.place_certainty) == ("", "ambiguous")
    assert "place_ambiguous" in two.remarks
