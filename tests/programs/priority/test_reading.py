"""Where values come from, and what follows from them."""

import numpy as np
import pytest
from django.test.utils import CaptureQueriesContext

from sinergi.programs.actions import judging
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Alternative, Origin, PlanLine, VersionState
from sinergi.programs.priority.rules import CriterionDetails
from sinergi.programs.queries import priority as queries
from tests.programs.making import a_line, a_plan, a_version, office, planner, public, stranger
from tests.programs.priority.ranked import a_ranking, filled, lines_of

pytestmark = pytest.mark.django_db


def values_by(origin: str, **details: object) -> tuple[queries.Compared, list[float]]:
    by = planner()
    ranking = a_ranking(by)
    version = a_version(a_plan())
    lines = lines_of(version)
    given = CriterionDetails("X", origin=origin, **details)  # type: ignore[arg-type]
    actions.set_criterion(by, ranking.pk, given)
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity for line in lines])
    found = queries.comparison(by, ranking)
    order = {line.identity: n for n, line in enumerate(lines)}
    rows = sorted(range(len(found.rows)), key=lambda r: order[found.rows[r].identity])
    return found, [float(found.values[r, 0]) for r in rows]


def test_readiness_follows_from_land_design_and_permits_and_unknown_stays_missing() -> None:
    found, values = values_by(Origin.READINESS)
    assert values[:4] == [100.0, 50.0, 0.0, 100.0]
    assert np.isnan(values[4])
    told = [found.told(r, 0) for r in range(5)]
    assert {one.flag for one in told if one} == {"default"}
    assert sum(one is None for one in told) == 1


def test_cost_is_compared_among_lines_of_the_same_unit_only() -> None:
    found, values = values_by(Origin.COST)
    assert values[:3] == [0.5, 1.0, 2.0]
    assert np.isnan(values[3:]).all()
    told = [found.told(r, 0) for r in range(5) if found.values[r, 0] == 2.0]
    assert told[0] is not None
    assert "km" in told[0].note


def test_residents_are_those_of_the_region_with_their_date() -> None:
    found, values = values_by(Origin.POPULATION)
    assert all(value > 1_000_000 for value in values)
    told = found.told(0, 0)
    assert told is not None
    assert told.period
    assert told.flag == "estimate"


def test_an_indicator_that_has_no_value_stays_missing() -> None:
    by = planner()
    ranking = a_ranking(by)
    version = a_version(a_plan(region_code="99.99"))
    line = a_line(version)
    ranking.criteria.create(code="x", position=1, title="X", origin="indicator", indicator="hdi")
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity])
    found = queries.comparison(by, ranking)
    assert np.isnan(found.values).all()
    assert found.told(0, 0) is None


def test_an_indicator_that_is_gone_gives_nothing() -> None:
    by, ranking, _lines = filled()
    ranking.criteria.create(code="x", position=9, title="X", origin="indicator", indicator="gone")
    assert np.isnan(queries.comparison(by, ranking).values[:, 2]).all()


def test_fit_counts_other_plans_that_the_organisation_may_read() -> None:
    by = planner()
    ranking = a_ranking(by)
    version = a_version(a_plan())
    line = a_line(version)
    a_line(a_version(a_plan()))
    a_line(public(a_version(a_plan(office("lain"))).plan).versions.get())
    a_line(a_version(a_plan(office("rahasia"))))
    actions.set_criterion(by, ranking.pk, CriterionDetails("Sesuai", origin=Origin.MENTIONS))
    actions.add_lines(by, ranking.pk, version.plan_id, [line.identity])
    assert queries.comparison(by, ranking).values.tolist() == [[2.0]]


def test_without_an_object_there_is_no_need() -> None:
    _found, values = values_by(Origin.NEED)
    assert np.isnan(values).all()


def test_what_a_person_says_goes_before_the_evidence_and_tells_who() -> None:
    by, ranking, lines = filled()
    ready = ranking.criteria.get(code="kesiapan")
    judging.rate(by, ranking.pk, lines[2].pk, ready.pk, degree="low", note="Sengketa")
    found = queries.comparison(by, ranking)
    at = [row.number for row in found.rows].index(lines[2].pk)
    assert found.values[at, 0] == 25.0
    told = found.told(at, 0)
    assert told is not None
    assert (told.what, told.flag) == (by.name, "person")
    assert "Sengketa" in told.note


def test_too_little_evidence_gets_no_rank() -> None:
    by, ranking, lines = filled()
    scores = {one.identity: one for one in queries.scores(by, ranking.pk)}
    nothing = PlanLine.objects.get(title="Rapat E").identity
    assert scores[nothing].rank is None
    assert scores[nothing].coverage == 0
    assert [one.rank for one in scores.values() if one.identity != nothing].count(1) == 2
    del lines


def test_scores_for_other_rooms_hold_only_lines_that_the_reader_may_read() -> None:
    by, ranking, _lines = filled()
    ranking.visibility = "public"
    ranking.save()
    assert len(queries.scores(by, ranking.pk)) == 5
    assert queries.scores(stranger(), ranking.pk) == []


def test_hidden_lines_keep_their_places_so_that_everybody_reads_the_same_order() -> None:
    by, ranking, _lines = filled()
    ranking.visibility = "public"
    ranking.save()
    plan = a_plan(office("terbuka"))
    open_line = a_line(a_version(public(plan)), "Terbuka", land="under_way", design="ready")
    actions.add_lines(by, ranking.pk, plan.pk, [open_line.identity])
    mine = {one.identity: one.rank for one in queries.scores(by, ranking.pk)}
    theirs = {one.identity: one.rank for one in queries.scores(stranger(), ranking.pk)}
    assert theirs == {open_line.identity: mine[open_line.identity]}


def test_a_line_that_left_the_current_version_is_left_out() -> None:
    by, ranking, _lines = filled()
    version = PlanLine.objects.first().version
    version.state = VersionState.SUPERSEDED
    version.save()
    assert queries.comparison(by, ranking).rows == []
    assert queries.scores(by, ranking.pk) == []


def test_queries_do_not_grow_with_the_lines(django_assert_max_num_queries) -> None:
    by, ranking, _lines = filled()
    from django.db import connection

    with CaptureQueriesContext(connection) as few:
        queries.comparison(by, ranking)
    version = PlanLine.objects.first().version
    more = [a_line(version, f"Lagi {n}") for n in range(60)]
    Alternative.objects.bulk_create(
        Alternative(ranking=ranking, plan_id=version.plan_id, identity=line.identity)
        for line in more
    )
    with django_assert_max_num_queries(len(few)):
        assert len(queries.comparison(by, ranking).rows) == 65


def test_nothing_to_compare_is_no_result() -> None:
    by = planner()
    ranking = a_ranking(by)
    found = queries.comparison(by, ranking)
    assert queries.outcome(found, queries.weights_of(ranking, [])) is None


def test_one_persons_weights_or_even_ones_can_be_asked_for() -> None:
    by, ranking, _lines = filled()
    other = planner()
    judging.weigh(by, ranking.pk, "direct", {"kesiapan": 90, "manfaat": 10})
    judging.weigh(other, ranking.pk, "direct", {"kesiapan": 10, "manfaat": 90})
    criteria = list(ranking.criteria.all())
    alone = queries.weights_of(ranking, criteria, "2")
    assert alone.weights.tolist() == pytest.approx([0.1, 0.9])
    even = queries.weights_of(ranking, criteria, "sama")
    assert even.weights.tolist() == [0.5, 0.5]
    assert not even.by_default
