"""What a ranking tells those who may not read all of it: no money of hidden lines, and no names."""

import pytest

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import Visibility
from sinergi.programs.actions import judging
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Origin
from sinergi.programs.priority.rules import CriterionDetails
from sinergi.programs.queries import priority as queries
from sinergi.programs.telling import _sees_ranking
from tests.people import person, signed_in
from tests.programs.making import a_line, a_plan, a_version, planner, public, stranger
from tests.programs.priority.ranked import a_ranking, filled

pytestmark = pytest.mark.django_db
ROAD = {"unit": "km", "target": 10}


def opened(ranking):
    ranking.refresh_from_db()
    ranking.visibility = Visibility.PUBLIC
    ranking.save()
    return ranking


def test_the_cost_of_a_hidden_line_is_not_told_by_a_median() -> None:
    by = planner()
    ranking = a_ranking(by)
    seen, hidden = a_version(public(a_plan())), a_version(a_plan())
    actions.set_criterion(by, ranking.pk, CriterionDetails("Biaya", origin=Origin.COST))
    for version, costs in ((seen, (1_000, 3_000, 4_000)), (hidden, (2_000,))):
        lines = [a_line(version, f"Jalan {n}", amounts={2025: n}, **ROAD) for n in costs]
        actions.add_lines(by, ranking.pk, version.plan_id, [line.identity for line in lines])
    opened(ranking)
    for reader, median, count in ((by, 250, 4), (stranger(), 300, 3)):
        found = queries.comparison(reader, ranking)
        told = {row.total: found.told(r, 0) for r, row in enumerate(found.rows) if row.visible}
        values = found.values[:, 0][[row.visible for row in found.rows]]
        assert sorted(values * median) == pytest.approx(
            [100, 200, 300, 400] if count == 4 else [100, 300, 400]
        )
        assert all(f" {count} " in one.note for one in told.values())
        assert all(one.note.endswith(f"Rp {median}") for one in told.values())


def test_plans_that_the_reader_may_not_read_are_not_counted() -> None:
    by = planner()
    ranking = a_ranking(by)
    seen = a_version(public(a_plan()))
    line = a_line(seen)
    a_line(a_version(a_plan()))
    actions.set_criterion(by, ranking.pk, CriterionDetails("Sesuai", origin=Origin.MENTIONS))
    actions.add_lines(by, ranking.pk, seen.plan_id, [line.identity])
    opened(ranking)
    assert queries.comparison(by, ranking).values.tolist() == [[1.0]]
    assert queries.comparison(stranger(), ranking).values.tolist() == [[0.0]]


def test_names_and_numbers_of_people_are_told_to_those_of_the_ranking_alone(client) -> None:
    by, ranking, lines = filled()
    judging.weigh(by, ranking.pk, "direct", {"kesiapan": 90, "manfaat": 10})
    ready = ranking.criteria.get(code="kesiapan")
    judging.rate(by, ranking.pk, lines[2].pk, ready.pk, degree="low")
    public(lines[2].plan)
    opened(ranking)
    address = ranking.get_absolute_url()
    anonymous = client.get(address)
    assert by.name not in anonymous.content.decode()
    assert [one["number"] for one in anonymous.context["people"]] == ["1"]
    found = queries.comparison(stranger(), ranking)
    at = [row.number for row in found.rows].index(lines[2].pk)
    told = found.told(at, 0)
    assert told is not None
    assert told.what != by.name
    staff = signed_in(client, person("Ani", ("viewer", ranking.organisation)))
    assert by.name in staff.get(address).content.decode()


def test_history_of_a_ranking_hides_criteria_where_a_hidden_line_was_taken_out() -> None:
    by, ranking, lines = filled()
    plan = lines[0].plan
    actions.remove_lines(by, ranking.pk, [one.pk for one in lines])
    opened(ranking)
    assert not _sees_ranking(stranger(), ranking)
    public(plan)
    assert _sees_ranking(stranger(), ranking)


def test_history_tells_of_criteria_but_not_what_was_said_of_hidden_lines(client) -> None:
    by, ranking, lines = filled()
    seen = a_version(public(a_plan()))
    line = a_line(seen, "Jalan Terbuka")
    actions.add_lines(by, ranking.pk, seen.plan_id, [line.identity])
    opened(ranking)
    ranking.visibility = Visibility.PRIVATE
    ranking.save()
    approver = planner(role="approver")
    sharing.set_visibility(approver, ranking, Visibility.PUBLIC, reason="")
    ready = ranking.criteria.get(code="kesiapan")
    judging.rate(by, ranking.pk, lines[0].pk, ready.pk, value=41, note="tersembunyi")
    judging.rate(by, ranking.pk, ranking.alternatives.last().pk, ready.pk, value=42)
    actions.set_criterion(by, ranking.pk, CriterionDetails("Baru"))
    text = " ".join(client.get(f"/en/pemeringkatan/{ranking.pk}/").content.decode().split())
    assert "Baru" in text
    assert "value: – → 42" in text
    assert "value: – → 41" not in text
    assert "tersembunyi" not in text


def test_a_reader_is_told_which_criteria_count_only_what_they_may_read(client) -> None:
    by = planner()
    ranking = a_ranking(by)
    seen, hidden = a_version(public(a_plan())), a_version(a_plan())
    actions.set_criterion(by, ranking.pk, CriterionDetails("Biaya", origin=Origin.COST))
    actions.set_criterion(by, ranking.pk, CriterionDetails("Sesuai", origin=Origin.MENTIONS))
    for version in (seen, hidden):
        line = a_line(version, **ROAD)
        actions.add_lines(by, ranking.pk, version.plan_id, [line.identity])
    opened(ranking)
    assert queries.comparison(by, ranking).partly == []
    told = [one.title for one in queries.comparison(stranger(), ranking).partly]
    assert told == ["Biaya", "Sesuai"]
    public(hidden.plan)
    assert queries.comparison(stranger(), ranking).partly == []


def test_names_of_people_whose_weights_do_not_count_are_not_told_in_public(client) -> None:
    by, ranking, lines = filled()
    judging.weigh(by, ranking.pk, "equal", {})
    actions.set_criterion(by, ranking.pk, CriterionDetails("Baru"))
    public(lines[0].plan)
    opened(ranking)
    text = client.get(ranking.get_absolute_url()).content.decode()
    assert by.name not in text
