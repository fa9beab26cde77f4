"""Scores of a portfolio from a ranking: for new projects, and for those that are in already."""

import json

import pytest
from django.test import Client

from sinergi.accounts.audit.history import history_for
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.models import AuditRecord, Share, Visibility
from sinergi.programs.actions import portfolio_projects as actions
from sinergi.programs.actions import priority
from sinergi.programs.models import Alternative, Plan
from sinergi.programs.priority.rules import RankingDetails
from sinergi.programs.queries.portfolio_scores import rescoring, scores_of
from tests.people import asks, organisation, person, signed_in
from tests.programs.making import office, planner
from tests.programs.portfolio.made import empty, scored
from tests.programs.priority.ranked import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    return person("Ani", ("analyst", office()))


@pytest.fixture
def scene(someone):
    """A portfolio with the five lines of a ranking as projects, none of which has a score."""
    by, ranking, rows = filled(asks(someone))
    one = empty(by)
    plan = rows[0].plan_id
    actions.take_lines(by, one.pk, plan, {row.identity for row in rows})
    return by, one, plan, ranking, rows


@pytest.fixture
def reader(client: Client, someone) -> Client:
    return signed_in(client, someone)


def test_taking_lines_again_with_a_ranking_sets_their_scores(scene):
    by, one, plan, ranking, rows = scene
    before = {row.pk: row.revision for row in one.projects.all()}
    assert not one.projects.filter(score__gt=0).exists()
    taken = actions.take_lines(by, one.pk, plan, {row.identity for row in rows}, ranking=ranking.pk)
    assert taken.new == 0
    scored = one.projects.exclude(score_source="")
    assert taken.scored == scored.count() > 0
    assert scored.filter(score__gt=0).exists()
    assert all(row.revision == before[row.pk] + 1 for row in scored)
    assert {row.score_source for row in scored} == {ranking.title}
    told = AuditRecord.objects.order_by("pk").last()
    assert json.loads(told.after)["rows"] == taken.scored
    again = actions.take_lines(by, one.pk, plan, {row.identity for row in rows}, ranking=ranking.pk)
    assert again == (0, 0, 0)


def test_lines_that_were_not_named_keep_their_scores(scene):
    by, one, plan, ranking, _rows = scene
    road = one.projects.get(title="Jalan A")
    taken = actions.take_lines(by, one.pk, plan, {road.identity}, ranking=ranking.pk)
    assert taken == (0, 1, 0)
    assert [row.title for row in one.projects.exclude(score_source="")] == ["Jalan A"]


def test_the_newest_ranking_of_the_lines_is_offered_and_what_it_did_is_told(reader, scene):
    _by, one, plan, ranking, rows = scene
    address = f"/en/portofolio/{one.pk}/proyek/?rencana={plan}"
    page = reader.get(address).content.decode()
    assert f'<option value="{ranking.pk}" selected>' in page
    sent = {"baris": [str(row.identity) for row in rows], "peringkat": ranking.pk}
    told = reader.post(address, sent, follow=True).content.decode()
    assert "already got a score from the ranking" in told
    assert "0 projects were taken in" not in told
    Alternative.objects.all().delete()
    assert " selected>Prioritas" not in reader.get(address).content.decode()


def test_several_projects_are_taken_out_at_once(reader, scene):
    _by, one, _plan, _ranking, _rows = scene
    address = f"/en/portofolio/{one.pk}/proyek/"
    page = reader.get(address).content.decode()
    assert page.count('type="checkbox" name="keluar"') == 5
    gone = list(one.projects.values_list("pk", flat=True)[:3])
    answer = reader.post(address, {"keluar": [*gone, "0"]}, follow=True)
    assert "3 projects were taken out" in answer.content.decode()
    assert one.projects.count() == 2
    answer = reader.post(address, {"keluar": "0"}, follow=True)
    assert "Tick the projects" in answer.content.decode()
    assert one.projects.count() == 2


@pytest.fixture
def by_hand(scene):
    """The scene after the ranking gave scores, with 12.5 written by hand for Jalan A."""
    by, one, plan, ranking, rows = scene
    named = {row.identity for row in rows}
    actions.take_lines(by, one.pk, plan, named, ranking=ranking.pk)
    road = one.projects.get(title="Jalan A")
    scored(by, one, road, 12.5)
    road.refresh_from_db()
    return by, one, plan, ranking, named, road


def changes(by, one, plan, ranking, named):
    return rescoring(by, one, plan, named, scores_of(by, ranking.pk, plan))


def test_a_score_written_by_hand_stays_unless_it_is_to_be_replaced(by_hand):
    by, one, plan, ranking, named, road = by_hand
    assert actions.take_lines(by, one.pk, plan, named, ranking=ranking.pk) == (0, 0, 1)
    road.refresh_from_db()
    assert (road.score, road.score_source) == (12.5, by.name)
    told = actions.take_lines(by, one.pk, plan, named, ranking=ranking.pk, replace_by_hand=True)
    assert told == (0, 1, 0)
    road.refresh_from_db()
    assert road.score != 12.5
    assert road.score_source == ranking.title


def test_the_history_keeps_the_old_score_and_the_new_one(by_hand):
    by, one, plan, ranking, named, road = by_hand
    actions.take_lines(by, one.pk, plan, named, ranking=ranking.pk, replace_by_hand=True)
    now = one.projects.get(pk=road.pk).score
    last = AuditRecord.objects.order_by("pk").last()
    name = str(road.pk)
    assert json.loads(last.before) == {"score_by_hand": {name: 12.5}}
    assert json.loads(last.after)["score_by_hand"] == {name: now}
    assert json.loads(last.after)["source"] == ranking.title
    assert by.name not in last.before + last.after


def test_scores_of_a_ranking_that_was_renamed_since_are_not_taken_for_written_by_hand(by_hand):
    by, one, plan, ranking, named, road = by_hand
    priority.edit_ranking(by, ranking.pk, RankingDetails("Judul lain"))
    found = changes(by, one, plan, ranking, named)
    assert [change.project.pk for change in found.changes if change.by_hand] == [road.pk]
    assert len(found.replaced) > 1


def test_a_score_whose_writer_was_erased_is_still_written_by_hand(by_hand):
    by, one, plan, ranking, named, road = by_hand
    one.projects.filter(pk=road.pk).update(score_source="")
    assert changes(by, one, plan, ranking, named).by_hand == 1


def test_what_was_not_shown_is_not_replaced(by_hand):
    by, one, plan, ranking, named, road = by_hand
    seen = changes(by, one, plan, ranking, named).digest
    scored(by, one, road, 20)
    asked = {"ranking": ranking.pk, "replace_by_hand": True, "seen": seen}
    with pytest.raises(ConflictError):
        actions.take_lines(by, one.pk, plan, named, **asked)
    assert one.projects.get(pk=road.pk).score == 20


def test_old_scores_are_told_to_readers_of_every_plan_alone(by_hand):
    by, one, plan, ranking, named, _road = by_hand
    actions.take_lines(by, one.pk, plan, named, ranking=ranking.pk, replace_by_hand=True)
    other = organisation("kota-cimahi")
    Share.objects.create(kind=one.KIND, object_id=one.pk, organisation=other, level="read")
    assert "scores" in {deed.part for deed in history_for(by, one)}
    assert "scores" not in {deed.part for deed in history_for(planner(other), one)}
    Plan.objects.filter(pk=plan).update(visibility=Visibility.PUBLIC)
    assert "scores" in {deed.part for deed in history_for(planner(other), one)}


def asked_first(reader, one, plan, ranking, named, language="en"):
    """The address, what is sent, and the page that asks."""
    address = f"/{language}/portofolio/{one.pk}/proyek/?rencana={plan}".replace("/id/", "/")
    sent = {"baris": [str(identity) for identity in named], "peringkat": ranking.pk}
    return address, sent, reader.post(address, sent)


@pytest.mark.parametrize(
    ("language", "heading", "counted", "keep", "replace"),
    [
        ("en", "Scores that would be replaced", "1 of them was written by hand.",
         "Keep them as they are", "Replace them with the scores of the ranking"),
        ("id", "Skor yang akan diganti", "1 di antaranya ditulis tangan.",
         "Biarkan seperti adanya", "Ganti dengan skor pemeringkatan"),
    ],
    ids=["en", "id"],
)  # fmt: skip
def test_the_page_tells_first_what_would_be_replaced(
    reader, by_hand, language, heading, counted, keep, replace
):
    _by, one, plan, ranking, named, road = by_hand
    address, sent, page = asked_first(reader, one, plan, ranking, named, language)
    told = page.content.decode()
    assert all(text in told for text in (heading, counted, keep, replace))
    assert ("12.50" if language == "en" else "12,50") in told
    assert one.projects.get(pk=road.pk).score == 12.5
    digest = page.context["found"].digest
    reader.post(address, {**sent, "dilihat": digest, "tangan": "tetap"})
    assert one.projects.get(pk=road.pk).score == 12.5
    reader.post(address, {**sent, "dilihat": digest, "tangan": "ganti"})
    assert one.projects.get(pk=road.pk).score_source == ranking.title
    history = reader.get(address.partition("proyek/")[0]).content.decode()
    assert f"{road.position}. Jalan A: {'12.50' if language == 'en' else '12,50'}" in history
    assert ranking.title in history
    assert str(one.projects.get(pk=road.pk).plan) in history


def test_a_page_that_shows_other_scores_by_now_is_shown_again(reader, by_hand):
    by, one, plan, ranking, named, road = by_hand
    address, sent, page = asked_first(reader, one, plan, ranking, named)
    scored(by, one, road, 20)
    answer = reader.post(
        address, {**sent, "dilihat": page.context["found"].digest, "tangan": "ganti"}
    )
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.content.decode()
    assert answer.context["replace"]
    assert one.projects.get(pk=road.pk).score == 20


def test_a_form_of_scores_that_is_sent_twice_is_done_once(reader, by_hand):
    _by, one, plan, ranking, named, road = by_hand
    address, sent, page = asked_first(reader, one, plan, ranking, named)
    sent |= {"dilihat": page.context["found"].digest, "tangan": "ganti"}
    assert [reader.post(address, sent).status_code for _time in range(2)] == [302, 302]
    assert one.projects.get(pk=road.pk).score_source == ranking.title
    assert AuditRecord.objects.filter(part="scores").count() == 2


def test_where_no_score_would_be_replaced_nothing_is_asked(reader, scene):
    _by, one, plan, ranking, rows = scene
    answer = asked_first(reader, one, plan, ranking, {row.identity for row in rows})[2]
    assert answer.status_code == 302
    assert one.projects.filter(score__gt=0).exists()
