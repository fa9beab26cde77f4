"""Where plans show themselves elsewhere: search, regions, history, purging, tabs, panels."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from sinergi.accounts.actions import sharing
from sinergi.accounts.audit.history import history_for
from sinergi.accounts.models import Visibility
from sinergi.accounts.principal import operator
from sinergi.programs import panels, tabs
from sinergi.programs.actions import lines, versions
from sinergi.programs.models import LineAmount, Plan
from sinergi.programs.queries.finding import lines_with, plans_of_region, plans_with
from sinergi.programs.rules import LineDetails
from sinergi.site.keeping.retention import purge
from sinergi.site.search import find
from tests.programs.making import a_line, a_plan, a_version, planner, stranger

pytestmark = pytest.mark.django_db


def test_plans_and_lines_are_found_by_their_words_by_those_who_may_read_them() -> None:
    plan = a_plan(title="RKPD Bandung")
    line = a_line(a_version(plan), "Pembangunan jembatan")
    by = planner()

    assert plans_with(by, "bandung rkpd", 5) == [plan]
    assert lines_with(by, "JEMBATAN", 5) == [line]
    assert lines_with(by, "1.03.10", 5) == [line]
    assert plans_with(stranger(), "bandung", 5) == lines_with(stranger(), "jembatan", 5) == []
    found = {hit.kind for group in find("jembatan", 24, by=by) for hit in group.hits}
    assert "line" in found


def test_a_region_shows_its_plans_and_a_province_those_within() -> None:
    plan = a_plan()
    a_line(a_version(plan), amounts={2025: 5})
    by = planner()

    for code in ("32.04", "32"):
        [told] = plans_of_region(by, code)
        assert (told.plan, told.lines, told.total) == (plan, 1, 5)
    assert plans_of_region(by, "62") == []


def test_readers_in_public_learn_nothing_of_versions_in_preparation() -> None:
    by = planner(role="coordinator")
    plan = a_plan()
    sharing.set_visibility(operator(), plan, Visibility.PUBLIC)
    plan.refresh_from_db()
    draft = versions.make_version(by, plan.pk)
    lines.add_line(by, draft.pk, LineDetails("Rahasia"))

    assert {deed.verb for deed in history_for(by, plan)} >= {"version_made", "line_added"}
    assert {deed.verb for deed in history_for(stranger(), plan)} == {"published"}


def test_a_plan_is_purged_with_its_lines_after_the_retention_period() -> None:
    plan = a_plan()
    a_line(a_version(plan))
    plan.deleted_at = timezone.now() - timedelta(days=settings.SINERGI_RETENTION_DAYS + 1)
    plan.save()

    purge()

    assert not Plan.objects.exists()
    assert not LineAmount.objects.exists()


def test_tabs_leave_out_pages_that_do_not_exist(monkeypatch) -> None:
    monkeypatch.setattr(
        tabs, "TABS", [("Rencana", "programs:plans"), ("Tidak ada", "programs:tidak-ada")]
    )

    [tab] = tabs.tabs("/rencana/1/")

    assert (tab.label, tab.current) == ("Rencana", "true")


def test_panels_of_a_line_are_those_that_have_something_to_show(monkeypatch) -> None:
    monkeypatch.setattr(panels, "PANELS", [lambda by, line: None, lambda by, line: ("a.html", {})])

    assert panels.panels_of(planner(), a_line(a_version())) == [("a.html", {})]
