"""Plans are made, changed, put away and restored by those who may, each with its record."""

import json
from dataclasses import replace

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.programs.actions import plans
from sinergi.programs.queries.plans import plan, plans_put_away
from sinergi.programs.queries.plans import plans as readable
from sinergi.programs.rules import PlanDetails
from tests.programs.making import a_line, a_plan, a_version, office, planner, stranger

pytestmark = pytest.mark.django_db
DETAILS = PlanDetails("RKPD 2025", "rkpd", "32.04", 2025, 2025)


def test_a_plan_belongs_to_its_organisation_and_is_seen_by_nobody_else() -> None:
    by = planner()

    made = plans.create_plan(by, office(), DETAILS)

    assert plan(by, made.pk) == made
    with pytest.raises(UnseenError):
        plan(stranger(), made.pk)
    record = AuditRecord.objects.order_by("-sequence")[0]
    assert (record.verb, record.kind, json.loads(record.after)["region_code"]) == (
        "created",
        "plan",
        "32.04",
    )


def test_who_may_only_read_makes_no_plan() -> None:
    with pytest.raises(ForbiddenError):
        plans.create_plan(planner(role="viewer"), office(), DETAILS)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("kind", "apbdx"),
        ("region_code", "99.99"),
        ("first_year", None),
        ("first_year", 1999),
        ("last_year", 2061),
        ("last_year", 2024),
        ("note", "x" * 4001),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_cannot_be_is_told_at_its_field(field: str, value: object) -> None:
    with pytest.raises(InvalidError) as met:
        plans.create_plan(planner(), office(), replace(DETAILS, **{field: value}))

    assert set(met.value.fields) == {field}


def test_a_change_from_an_older_revision_is_refused() -> None:
    by = planner()
    made = plans.create_plan(by, office(), DETAILS)
    plans.edit_plan(by, made.pk, replace(DETAILS, title="RKPD"), revision=1)

    with pytest.raises(ConflictError):
        plans.edit_plan(by, made.pk, replace(DETAILS, title="Lain"), revision=1)


def test_years_that_leave_lines_outside_are_refused() -> None:
    made = a_plan()
    a_line(a_version(made), first_year=2025, last_year=2027)

    with pytest.raises(InvalidError) as met:
        plans.edit_plan(
            planner(), made.pk, replace(plans.details_of(made), first_year=2026, last_year=2026)
        )

    assert set(met.value.fields) == {"first_year", "last_year"}


def test_a_plan_put_away_is_gone_until_it_is_restored() -> None:
    made, by = a_plan(), planner(role="coordinator")

    plans.put_plan_away(by, made.pk, reason="ganda")
    assert not readable(by).exists()
    assert list(plans_put_away(by)) == [made]

    plans.restore_plan(by, made.pk)
    assert list(readable(by)) == [made]
