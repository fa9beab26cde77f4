"""Lines as tables: what they hold, whose they are, and what is left out."""

from decimal import Decimal

import polars as pl
import pytest

from sinergi.accounts.principal import operator
from sinergi.programs.models import VersionState
from sinergi.programs.queries import tables
from tests.programs.making import (
    a_line,
    a_plan,
    a_version,
    many_lines,
    office,
    planner,
    public,
    stranger,
)

pytestmark = pytest.mark.django_db


def test_a_line_is_told_with_its_plan_and_its_exact_amount() -> None:
    version = a_version()
    line = a_line(
        version, "Jembatan", amounts={2025: "90071992547409.93"}, lat=-7.1, region_code="32.04.12"
    )

    row = tables.line_table(operator(), [version.pk]).row(0, named=True)

    assert row["id"] == line.pk
    assert row["identity"] == str(line.identity)
    assert (row["plan"], row["version"]) == (version.plan_id, version.pk)
    assert row["amount"] == 9007199254740993
    assert (row["region"], row["lat"], row["lon"]) == ("32.04.12", -7.1, None)
    assert row["is_transfer"] is False


def test_a_line_without_a_region_lies_in_that_of_its_plan() -> None:
    version = a_version(a_plan(region_code="32.73"))
    a_line(version)

    assert tables.line_table(operator(), [version.pk])["region"].to_list() == ["32.73"]


def test_columns_and_their_types_are_the_same_with_and_without_lines() -> None:
    version = a_version()
    empty = tables.line_table(operator(), [])
    a_line(version)
    full = tables.line_table(operator(), [version.pk])

    assert empty.schema == full.schema
    assert empty.height == 0
    assert tables.amount_table(operator(), []).schema == pl.Schema(tables.AMOUNT_COLUMNS)


def test_amounts_are_told_by_year_and_channel() -> None:
    version = a_version()
    line = a_line(version, amounts={(2025, "DAK_FISIK"): "2.50", (2026, ""): 7})

    table = tables.amount_table(operator(), [version.pk])

    assert table.rows() == [(line.pk, 2025, "DAK_FISIK", 250), (line.pk, 2026, "", 700)]


def test_sums_of_many_very_large_amounts_are_exact() -> None:
    version = a_version()
    many_lines(version, 90, total=Decimal("999999999999999.99"))

    assert (
        tables.line_table(operator(), [version.pk])["amount"].sum() == 90 * 99_999_999_999_999_999
    )


def test_versions_that_the_asker_may_not_read_are_left_out_and_counted() -> None:
    mine, theirs = a_version(), a_version(a_plan(office("bappeda-garut")))
    a_line(mine), a_line(theirs)
    by = planner()

    both = [mine.pk, theirs.pk]

    assert set(tables.line_table(by, both)["version"]) == {mine.pk}
    assert tables.amount_table(by, both).height == 1
    assert tables.left_out(by, both) == 1
    assert tables.left_out(by, [mine.pk]) == 0


def test_strangers_see_current_versions_of_public_plans_and_none_in_preparation() -> None:
    plan = public(a_plan())
    current, draft = a_version(plan), a_version(plan, VersionState.DRAFT)
    a_line(current), a_line(draft)

    both = [current.pk, draft.pk]

    assert set(tables.line_table(stranger(), both)["version"]) == {current.pk}
    assert tables.line_table(planner(), both).height == 2


def test_a_plan_put_away_is_in_no_table() -> None:
    version = a_version()
    a_line(version)
    version.plan.deleted_at = version.created
    version.plan.save()

    assert tables.line_table(operator(), [version.pk]).height == 0


def test_however_many_lines_two_queries_are_asked(django_assert_num_queries) -> None:
    version = a_version()
    many_lines(version, 50)

    with django_assert_num_queries(2):
        tables.line_table(operator(), [version.pk])
    with django_assert_num_queries(2):
        tables.amount_table(operator(), [version.pk])
