"""Filters, sums and comparisons of lines."""

from decimal import Decimal

import pytest

from sinergi.accounts.errors import UnseenError
from sinergi.programs.actions import versions
from sinergi.programs.actions.lines import add_line
from sinergi.programs.models import LineAmount, PlanLine, VersionState
from sinergi.programs.queries import compare, totals
from sinergi.programs.queries.lines import (
    LineFilter,
    filter_of,
    line_of,
    lines,
    shown_version,
    through_versions,
)
from sinergi.programs.rules import LineDetails
from sinergi.reference.rupiah import MOST
from tests.programs.making import a_line, a_plan, a_version, planner, stranger

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"words": "JEMBATAN citarum"}, ["Jembatan"]),
        ({"words": "tidak ada"}, []),
        ({"code": "1.03.10"}, ["Jembatan", "Jalan"]),
        ({"agency": "kesehatan"}, ["Puskesmas"]),
        ({"region": "32.04"}, ["Jembatan", "Puskesmas"]),
        ({"region": "32"}, ["Jembatan", "Jalan", "Puskesmas"]),
        ({"year": 2027}, ["Jembatan"]),
        ({"channel": "DAK_FISIK"}, ["Jembatan"]),
        ({"channel": "-"}, ["Jalan", "Puskesmas"]),
        ({"readiness": "siap"}, ["Jalan"]),
        ({"readiness": "belum"}, ["Jembatan"]),
        ({"remark": "ada"}, ["Puskesmas"]),
        ({"remark": "code_unknown"}, ["Puskesmas"]),
        ({"remark": "twice"}, []),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, dict) else "",
)
def test_filters_leave_the_lines_that_fit(wanted: dict, found: list[str]) -> None:
    version = a_version()
    a_line(version, "Jembatan", place="Citarum", amounts={(2025, "DAK_FISIK"): 5}, land="absent")
    ready = dict.fromkeys(("land", "permits"), "ready") | {"design": "not_needed"}
    a_line(version, "Jalan", region_code="32.05", last_year=2025, **ready)
    a_line(
        version,
        "Puskesmas",
        code="1.02.02.2.01",
        agency="Dinas Kesehatan",
        last_year=2026,
        remarks=["code_unknown"],
    )

    assert [one.title for one in lines(version, LineFilter(**wanted))] == found


def test_a_filter_is_the_same_as_its_address_and_ignores_nonsense() -> None:
    wanted = filter_of({"kata": " jalan\x00 ", "tahun": "20x5", "kode": "1.03"})

    assert wanted == LineFilter(words="jalan", code="1.03")
    assert wanted.query == "kata=jalan&kode=1.03"
    assert not filter_of({"tahun": "٢٠٢٥"}).active


def test_totals_are_exact_beyond_what_whole_numbers_of_a_database_hold() -> None:
    version = a_version()
    for number in range(3):
        a_line(version, f"Besar {number}", amounts={2025: MOST}, is_transfer=number == 0)
    a_line(version, "Kecil", code="", agency="Dinas", amounts={(2026, "DBH"): "0.01"})

    told = totals.totals(version)

    assert told.total == 3 * MOST + Decimal("0.01")
    assert told.passed_on == MOST
    assert told.by_year == {2025: {"": 3 * MOST}, 2026: {"DBH": Decimal("0.01")}}
    assert [(one.key, one.lines) for one in told.affairs] == [("1.03", 3), ("", 1)]
    assert (told.years, told.channels) == ([2025, 2026], ["DBH", ""])


def test_totals_follow_a_change_of_the_plan() -> None:
    version = a_version()
    assert totals.totals(version).lines == 0

    add_line(planner(), version.pk, LineDetails("Jalan"))
    version.plan.refresh_from_db()

    assert totals.totals(version).lines == 1


def test_versions_are_compared_by_the_identities_of_their_lines() -> None:
    first = a_version()
    same, other, gone = (a_line(first, title) for title in ("Sama", "Lain", "Hilang"))
    spread = a_line(first, "Bergeser", amounts={2025: 5, 2026: 6})
    later = versions.make_version(planner(), first.plan_id, copy_of=first.pk)
    PlanLine.objects.filter(version=later, identity=gone.identity).delete()
    PlanLine.objects.filter(version=later, identity=other.identity).update(lat=-7.0)
    moved = LineAmount.objects.filter(line__version=later, line__identity=spread.identity)
    moved.filter(year=2025).update(amount=6)
    moved.filter(year=2026).update(amount=5)
    a_line(later, "Baru", amounts={2025: 9})

    told = compare.compare(first, later)

    assert [one.title for one in told.added] == ["Baru"]
    assert [one.title for one in told.gone] == ["Hilang"]
    assert [one.title for one in told.changed] == ["Lain", "Bergeser"]
    assert told.difference == 9 - 1_000_000
    [changed] = [one for one in told.changed if one.title == "Lain"]
    assert compare.differences(first, [changed]) == {changed.pk: [("lat", None, -7.0)]}
    assert same.identity not in {one.identity for one in told.changed}


def test_a_line_is_found_by_its_identity_in_the_current_version_first() -> None:
    first = a_version()
    line = a_line(first)
    draft = versions.make_version(planner(), first.plan_id, copy_of=first.pk)
    by = planner()

    assert line_of(by, first.plan, line.identity).version == first
    assert line_of(by, first.plan, line.identity, draft.number).version == draft
    assert [one.version.number for one in through_versions(by, line)] == [2, 1]
    with pytest.raises(UnseenError):
        line_of(stranger(), first.plan, line.identity)


def test_the_page_of_a_plan_shows_what_is_current_otherwise_the_newest() -> None:
    plan, by = a_plan(), planner()
    assert shown_version(by, plan) is None
    undone = a_version(plan, VersionState.UNDONE)
    assert shown_version(by, plan) == undone
    draft = a_version(plan, VersionState.DRAFT)
    assert shown_version(by, plan) == draft
    current = a_version(plan)
    a_version(plan, VersionState.DRAFT)
    assert shown_version(by, plan) == current
