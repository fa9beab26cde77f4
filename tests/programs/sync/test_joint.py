"""Lines of one joint object, or paid as shares of it, are parts of one work for a run."""

import pytest

from sinergi.accounts.models import Visibility
from sinergi.programs.models import JointObject
from tests.programs.making import office, planner, stranger
from tests.programs.sync.playing import BANDUNG, BILLION, CITY, a_run, line, neighbours

pytestmark = pytest.mark.django_db


def joint_of(owner, *lines):
    """A joint object whose members pay from lines."""
    made = JointObject.objects.create(organisation=owner, title="TPA bersama", year=2025)
    for position, (code, one) in enumerate(zip((BANDUNG, CITY), lines, strict=True)):
        made.shares.create(
            position=position,
            region_code=code,
            parts=1,
            plan=one.version.plan,
            identity=one.identity,
        )
    return made


def duplicates(by, owner, versions):
    return set(a_run(by, owner, versions).findings.filter(kind="duplicate").values_list("rule"))


def test_lines_that_a_joint_object_names_are_no_duplicates():
    owner = office()
    versions = neighbours(owner)
    lines = [line(version) for version in versions]
    by = planner(owner)
    assert duplicates(by, owner, versions)
    joint_of(owner, *lines)
    assert not duplicates(by, owner, versions)


def test_shares_of_a_cooperation_are_no_duplicates():
    owner = office()
    versions = neighbours(owner)
    for version in versions:
        line(version, amounts={(2025, "KSD_SHARE"): BILLION})
    assert not duplicates(planner(owner), owner, versions)


def test_a_joint_object_that_one_may_not_read_tells_nothing():
    owner, other = office(), office("kota-jauh")
    versions = neighbours(owner)
    lines = [line(version) for version in versions]
    for version in versions:
        version.plan.visibility = Visibility.PUBLIC
        version.plan.save()
    joint_of(owner, *lines)
    assert duplicates(stranger(), other, versions)
