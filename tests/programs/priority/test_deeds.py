"""What people do with rankings: begin, choose criteria and lines, weigh, say."""

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.programs.actions import judging
from sinergi.programs.actions import priority as actions
from sinergi.programs.models import Ranking
from sinergi.programs.priority.rules import MOST_CRITERIA, CriterionDetails, RankingDetails
from sinergi.programs.queries import priority as queries
from tests.programs.making import a_plan, a_version, office, planner, public, stranger
from tests.programs.priority.ranked import HUNDRED, a_ranking, filled, lines_of, two_criteria

pytestmark = pytest.mark.django_db


def verbs(ranking: Ranking) -> list[str]:
    rows = AuditRecord.objects.filter(kind="ranking", object_id=str(ranking.pk))
    return list(rows.order_by("sequence").values_list("verb", flat=True))


def test_a_ranking_begins_with_the_usual_criteria_each_with_its_origin() -> None:
    ranking = actions.create_ranking(planner(), office(), RankingDetails("Prioritas"))

    codes = list(ranking.criteria.values_list("code", flat=True))
    assert codes == ["need", "people", "access", "risk", "readiness", "fit", "equity", "cost"]
    assert verbs(ranking) == ["created"]


@pytest.mark.parametrize(
    ("details", "field"),
    [
        pytest.param(RankingDetails(""), "title", id="no title"),
        pytest.param(RankingDetails("x", top=0), "top", id="no place"),
        pytest.param(RankingDetails("x", least_coverage=1.5), "least_coverage", id="no share"),
        pytest.param(RankingDetails("x" * 201), "title", id="too long"),
    ],
)
def test_details_that_cannot_be_are_refused_at_their_field(
    details: RankingDetails, field: str
) -> None:
    with pytest.raises(InvalidError) as refused:
        actions.create_ranking(planner(), office(), details)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(
    ("details", "field"),
    [
        pytest.param(CriterionDetails(""), "title", id="no name"),
        pytest.param(CriterionDetails("x", origin="stars"), "origin", id="origin"),
        pytest.param(
            CriterionDetails("x", origin="indicator", indicator="no"), "indicator", id="indicator"
        ),
        pytest.param(CriterionDetails("x", scale="fixed"), "high", id="no ends"),
        pytest.param(CriterionDetails("x", scale="fixed", low=5, high=5), "high", id="one end"),
        pytest.param(CriterionDetails("x", scale="target"), "target", id="no target"),
        pytest.param(CriterionDetails("x", veto=-1), "veto", id="negative veto"),
        pytest.param(
            CriterionDetails("x", indifference=5, preference=1), "preference", id="thresholds"
        ),
        pytest.param(CriterionDetails("x", veto=float("nan")), "veto", id="no number"),
    ],
)
def test_a_criterion_that_cannot_be_is_refused_at_its_field(
    details: CriterionDetails, field: str
) -> None:
    by = planner()
    ranking = a_ranking(by)
    with pytest.raises(InvalidError) as refused:
        actions.set_criterion(by, ranking.pk, details)
    assert field in refused.value.fields


def test_a_criterion_is_changed_and_taken_out_with_a_record_of_both() -> None:
    by, ranking, _lines = filled()
    one = ranking.criteria.get(code="manfaat")
    ranking.refresh_from_db()

    actions.set_criterion(by, ranking.pk, CriterionDetails("Guna", **HUNDRED), criterion_id=one.pk)
    actions.remove_criterion(by, ranking.pk, one.pk)

    assert ranking.criteria.count() == 1
    assert verbs(ranking)[-2:] == ["criterion_set", "criterion_set"]


def test_more_criteria_than_people_can_tell_apart_are_refused() -> None:
    by = planner()
    ranking = a_ranking(by)
    for _number in range(MOST_CRITERIA):
        actions.set_criterion(by, ranking.pk, CriterionDetails("Sama"))
    with pytest.raises(InvalidError):
        actions.set_criterion(by, ranking.pk, CriterionDetails("Lagi"))
    assert len(set(ranking.criteria.values_list("code", flat=True))) == MOST_CRITERIA


def test_a_change_from_an_older_revision_is_refused() -> None:
    by, ranking, _lines = filled()
    with pytest.raises(ConflictError):
        actions.edit_ranking(by, ranking.pk, RankingDetails("Lain"), revision=1)


def test_a_ranking_is_put_away_and_comes_back() -> None:
    by, ranking, _lines = filled(planner(role="coordinator"))
    actions.put_ranking_away(by, ranking.pk)
    assert not queries.rankings(by).exists()
    actions.restore_ranking(by, ranking.pk)
    assert queries.ranking(by, ranking.pk).title == "Prioritas 2026"


def test_strangers_see_and_do_nothing() -> None:
    by, ranking, lines = filled()
    other = stranger()
    with pytest.raises(UnseenError):
        queries.ranking(other, ranking.pk)
    with pytest.raises(UnseenError):
        judging.weigh(other, ranking.pk, "equal", {})
    with pytest.raises(UnseenError):
        judging.rate(other, ranking.pk, lines[0].pk, ranking.criteria.first().pk, value=1)
    del by


def test_readers_of_a_public_ranking_change_nothing() -> None:
    _by, ranking, lines = filled()
    ranking.visibility = "public"
    ranking.save()
    other = stranger()
    with pytest.raises(ForbiddenError):
        judging.weigh(other, ranking.pk, "equal", {})
    with pytest.raises(ForbiddenError):
        actions.remove_lines(other, ranking.pk, [lines[0].pk])


def test_lines_of_a_plan_that_may_not_be_read_cannot_be_put_in() -> None:
    by = planner()
    ranking = a_ranking(by)
    theirs = a_version(a_plan(office("rahasia")))
    identities = [line.identity for line in lines_of(theirs)]
    with pytest.raises(UnseenError):
        actions.add_lines(by, ranking.pk, theirs.plan_id, identities)
    public(theirs.plan)
    assert actions.add_lines(by, ranking.pk, theirs.plan_id, identities) == 5
    assert actions.add_lines(by, ranking.pk, theirs.plan_id, identities) == 0


def test_lines_are_taken_out_with_what_was_said_of_them() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    judging.rate(by, ranking.pk, lines[0].pk, benefit.pk, value=80)
    assert actions.remove_lines(by, ranking.pk, [lines[0].pk, 999]) == 1
    assert benefit.values.count() == 0
    assert verbs(ranking)[-1] == "line_removed"


def test_comparisons_in_pairs_become_weights_with_their_consistency() -> None:
    by, ranking, _lines = filled()
    kept = judging.weigh(by, ranking.pk, "ahp", {"kesiapan|manfaat": 3.0})
    assert kept.weights == pytest.approx({"kesiapan": 0.75, "manfaat": 0.25})
    assert kept.ratio == 0.0
    assert verbs(ranking)[-1] == "weighed"


def test_comparisons_that_contradict_each_other_are_kept_with_a_high_ratio() -> None:
    by = planner()
    ranking = a_ranking(by)
    for title in ("A", "B", "C"):
        actions.set_criterion(by, ranking.pk, CriterionDetails(title))
    kept = judging.weigh(by, ranking.pk, "ahp", {"a|b": 5, "b|c": 5, "c|a": 5})
    assert kept.ratio is not None
    assert kept.ratio > 1


@pytest.mark.parametrize(
    ("method", "said", "field"),
    [
        pytest.param("ahp", {}, "", id="nothing compared"),
        pytest.param("ahp", {"kesiapan|manfaat": -1.0}, "", id="negative comparison"),
        pytest.param("direct", {"kesiapan": 50, "manfaat": 40}, "", id="not 100"),
        pytest.param("direct", {"kesiapan": 50}, "manfaat", id="one left open"),
        pytest.param("swing", {"kesiapan": 0, "manfaat": 0}, "", id="all zero"),
        pytest.param("swing", {"kesiapan": 50, "manfaat": 20}, "", id="no largest swing"),
        pytest.param("swing", {"kesiapan": 100, "manfaat": 900}, "manfaat", id="too large"),
        pytest.param("stars", {}, "", id="no such way"),
    ],
)
def test_weights_that_cannot_be_are_refused(
    method: str, said: dict[str, float], field: str
) -> None:
    by, ranking, _lines = filled()
    with pytest.raises(InvalidError) as refused:
        judging.weigh(by, ranking.pk, method, said)
    assert set(refused.value.fields) == {field}


def test_the_group_is_the_geometric_mean_of_its_people_and_their_spread() -> None:
    by, ranking, _lines = filled()
    judging.weigh(by, ranking.pk, "direct", {"kesiapan": 80, "manfaat": 20})
    judging.weigh(planner(), ranking.pk, "swing", {"kesiapan": 25, "manfaat": 100})

    found = queries.weights_of(ranking, list(ranking.criteria.all()))

    assert found.weights.tolist() == pytest.approx([0.5, 0.5])
    assert found.group is not None
    assert found.group.spread.tolist() == pytest.approx([0.6, 0.6])


def test_weights_of_other_criteria_do_not_count_until_they_are_given_again() -> None:
    by, ranking, _lines = filled()
    judging.weigh(by, ranking.pk, "equal", {})
    actions.set_criterion(by, ranking.pk, CriterionDetails("Baru"))

    found = queries.weights_of(ranking, list(ranking.criteria.all()))

    assert found.group is None
    assert found.by_default
    assert found.stale == (by.name,)


def test_weights_of_an_older_revision_do_not_overwrite_newer_ones() -> None:
    by, ranking, _lines = filled()
    judging.weigh(by, ranking.pk, "equal", {})
    judging.weigh(by, ranking.pk, "equal", {}, revision=1)
    with pytest.raises(ConflictError):
        judging.weigh(by, ranking.pk, "equal", {}, revision=1)


def test_a_word_stands_for_a_share_of_the_ends_and_can_be_taken_back() -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")

    kept = judging.rate(by, ranking.pk, lines[1].pk, benefit.pk, degree="high", note="Dihuni")
    assert kept is not None
    assert (kept.value, kept.note, kept.person_id) == (75.0, "Dihuni", by.person_id)
    assert judging.rate(by, ranking.pk, lines[1].pk, benefit.pk) is None
    assert benefit.values.count() == 0
    assert verbs(ranking)[-2:] == ["rated", "rated"]


@pytest.mark.parametrize(
    ("value", "degree", "field"),
    [
        pytest.param(101.0, "", "value", id="above 100"),
        pytest.param(float("inf"), "", "value", id="endless"),
        pytest.param(None, "huge", "degree", id="no such word"),
    ],
)
def test_what_cannot_be_said_is_refused(value: float | None, degree: str, field: str) -> None:
    by, ranking, lines = filled()
    benefit = ranking.criteria.get(code="manfaat")
    with pytest.raises(InvalidError) as refused:
        judging.rate(by, ranking.pk, lines[0].pk, benefit.pk, value=value, degree=degree)
    assert set(refused.value.fields) == {field}


def test_two_criteria_of_one_name_have_codes_of_their_own() -> None:
    by = planner()
    ranking = a_ranking(by)
    two_criteria(by, ranking)
    two_criteria(by, ranking)
    codes = list(ranking.criteria.values_list("code", flat=True))
    assert codes == ["kesiapan", "manfaat", "kesiapan-2", "manfaat-2"]
