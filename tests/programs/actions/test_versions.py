"""Versions: begun empty or from another, one current at most, lines keep their identities."""

from decimal import Decimal

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.programs.actions import versions
from sinergi.programs.errors import StateError
from sinergi.programs.models import LineAmount, PlanLine, VersionState
from sinergi.programs.rules import VersionDetails
from tests.programs.making import a_line, a_plan, a_version, planner, public, stranger

pytestmark = pytest.mark.django_db


def test_a_new_version_copies_lines_with_identities_and_amounts() -> None:
    first = a_version()
    line = a_line(first, amounts={(2025, "DAK_FISIK"): "5.25", (2026, ""): 7}, remarks=["twice"])

    made = versions.make_version(planner(), first.plan_id, copy_of=first.pk)

    copy = PlanLine.objects.get(version=made)
    same = [f.name for f in PlanLine._meta.concrete_fields if f.name not in {"id", "version"}]
    assert {n: getattr(copy, n) for n in same} == {n: getattr(line, n) for n in same}
    told = LineAmount.objects.filter(line=copy).values_list("year", "channel", "amount")
    assert list(told) == [(2025, "DAK_FISIK", Decimal("5.25")), (2026, "", Decimal(7))]
    assert (made.number, made.state) == (2, VersionState.DRAFT)


def test_of_a_plan_one_version_is_current() -> None:
    first = a_version()
    by = planner()
    second = versions.make_version(by, first.plan_id, VersionDetails("perubahan"))

    versions.make_current(by, second.pk)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (VersionState.SUPERSEDED, VersionState.CURRENT)
    record = AuditRecord.objects.order_by("-sequence")[0]
    assert (record.verb, record.part) == ("version_current", "version:2")
    assert (record.before, record.after) == ('{"current":"1"}', '{"current":"2"}')


def test_a_superseded_version_can_be_current_again() -> None:
    first = a_version(state=VersionState.SUPERSEDED)

    assert versions.make_current(planner(), first.pk).state == VersionState.CURRENT


@pytest.mark.parametrize("state", [VersionState.CURRENT, VersionState.UNDONE])
def test_what_is_current_or_undone_is_not_made_current(state: VersionState) -> None:
    with pytest.raises(StateError):
        versions.make_current(planner(), a_version(state=state).pk)


def test_a_version_of_another_plan_is_not_copied() -> None:
    other = a_version(a_plan())

    with pytest.raises(UnseenError):
        versions.make_version(planner(), a_plan().pk, copy_of=other.pk)


def test_readers_and_strangers_make_no_versions() -> None:
    plan = public(a_plan())

    with pytest.raises(ForbiddenError):
        versions.make_version(stranger(), plan.pk)
    with pytest.raises(UnseenError):
        versions.make_version(stranger(), a_plan().pk)


def test_the_second_of_two_who_change_what_is_current_is_told() -> None:
    plan, by = a_plan(), planner()
    one, two = (versions.make_version(by, plan.pk) for _ in range(2))
    versions.make_current(by, one.pk, revision=1)

    with pytest.raises(ConflictError):
        versions.make_current(by, two.pk, revision=1)


def test_a_version_gets_another_name() -> None:
    version = a_version()

    versions.rename_version(planner(), version.pk, " murni ", seen="")
    version.refresh_from_db()

    assert version.label == "murni"
    with pytest.raises(StateError, match="murni"):
        versions.rename_version(planner(), version.pk, "perubahan", seen="")


def test_the_second_of_two_who_name_a_version_is_told_and_naming_twice_is_not() -> None:
    version, by = a_version(), planner()
    versions.rename_version(by, version.pk, "murni", seen="")

    versions.rename_version(by, version.pk, "murni", seen="")
    with pytest.raises(StateError, match="murni"):
        versions.rename_version(by, version.pk, "perubahan", seen="")

    version.refresh_from_db()
    assert version.label == "murni"
