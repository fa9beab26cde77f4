"""Forums of the demo: the founding meetings as far as their sources go, and one that is an example."""

import re
from datetime import date

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.models import AuditRecord, Organisation, Visibility
from sinergi.accounts.principal import operator, visitor
from sinergi.forums import permissions
from sinergi.forums.actions import minutes, news
from sinergi.forums.details import NewsDetails
from sinergi.forums.errors import StageError
from sinergi.forums.minutes import hash_of
from sinergi.forums.models import Ballot, Forum, Minutes, Point, StrategicIssue
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.site.demo.meetings import ensure_meetings, facts
from sinergi.site.demo.people import acts_as, ensure_organisations
from sinergi.site.demo.prepare import prepare_demo
from sinergi.site.demo.trial import TITLE, ensure_trial

BANJARBARU = "Raker Komwil V APEKSI Kalimantan 2024"


@pytest.fixture
def founding(shipped):
    """The founding meetings alone, without the people and the lists of the demo."""
    ensure_organisations(operator())
    ensure_meetings(operator())


def counts():
    models = (Forum, StrategicIssue, Point, Ballot, Minutes, Organisation, AuditRecord)
    return [model.objects.count() for model in models]


def test_every_fact_of_the_file_names_its_source():
    assert len(facts()) == 5
    for one in facts():
        assert one["source"]
        assert isinstance(one["begins"], date)
        assert one["begins"] <= one["ends"] < timezone.localdate()
        keys = {issue.get("key") for issue in one.get("issue", ())}
        assert all(key in keys for point in one.get("point", ()) for key in point.get("issues", ()))


def test_no_person_is_named_but_by_office():
    text = " ".join(str(value) for one in facts() for value in one.values())
    assert not re.search(r"\b(Dr|H|Hj|Ir|Drs|S\.E|M\.Si)\.", text)


def test_the_five_founding_meetings_are_followed_up_and_name_their_source(founding):
    entered = Forum.objects.all()
    assert entered.count() == 5
    assert set(entered.values_list("stage", flat=True)) == {"following_up"}
    assert all(one.source for one in entered)
    assert {one.place for one in entered} == {
        "Palangka Raya",
        "Surabaya",
        "Banjarbaru",
        "Balikpapan",
    }


def test_everybody_may_read_them_but_not_the_example(demo):
    titles = set(forums(visitor()).values_list("title", flat=True))
    assert len(titles) == 5
    assert TITLE not in titles


def test_no_vote_no_delegation_and_no_minutes_are_made_up(founding):
    for one in Forum.objects.all():
        assert not one.delegations.exists()
        assert not one.ballots.exists()
        assert not one.minutes.exists()


def test_of_the_nine_points_of_banjarbaru_only_those_that_sources_word_are_there(founding):
    forum = Forum.objects.get(title=BANJARBARU)
    assert "sembilan butir" in forum.purpose
    assert "tidak diketahui" in forum.purpose
    found = list(forum.points.all())
    assert len(found) == 4
    assert all(one.source and "tidak diketahui" in one.text for one in found)
    assert not any(one.addressees.exists() or one.owner_name or one.due for one in found)


def test_what_became_of_them_ends_where_the_sources_end(founding):
    for point in Forum.objects.get(title=BANJARBARU).points.all():
        [news] = point.news.all()
        assert (point.fate, news.day) == ("agreed", date(2024, 6, 5))
        assert point.review is None
        assert "pinusi.com" in news.evidence
        assert news.told_by is None


def test_a_point_leads_back_to_the_issue_that_was_discussed(founding):
    point = Point.objects.get(title__startswith="Kerja sama lintas batas")
    graph = lineage_from([Node("point", point.pk)])
    [origin] = graph.origins(Node("point", point.pk))
    issue = StrategicIssue.objects.get(pk=origin.number)
    assert issue.raised_by is None
    assert issue.title.startswith("Kerja sama lintas batas")


def test_kota_bima_raised_its_three_issues_and_nobody_else_is_named(founding):
    told = StrategicIssue.objects.all()
    named = told.exclude(raised_by=None)
    assert [one.raised_by.name for one in named] == ["Pemerintah Kota Bima"] * 3
    assert all(one.source for one in told)


def test_what_became_of_the_nine_points_is_told_at_one_address(founding, client):
    forum = Forum.objects.get(title=BANJARBARU)
    page = client.get("/tindak-lanjut/", {"forum": forum.pk})
    assert " ".join(page.context["summary"]) == (
        "Publikasi menyebut 9 rekomendasi atau butir dari forum ini. Yang disebut pokoknya, dan dicatat "
        "di sini, hanya 4; dari 5 lainnya hanya jumlahnya yang diketahui. Forum ini diketahui dari "
        "publikasi; tidak diselenggarakan di sini. Nasibnya: 4 disepakati. Apakah ada yang dikirim kepada "
        "siapa pun tidak diketahui dari sumber. Kabar terakhir: 5 Juni 2024."
    )
    national = Forum.objects.get(type="national")
    page = client.get("/tindak-lanjut/", {"forum": national.pk})
    assert page.context["summary"] == [
        "Publikasi menyebut 19 rekomendasi atau butir dari forum ini; bunyinya tidak satu pun.",
        "Forum ini diketahui dari publikasi; tidak diselenggarakan di sini.",
    ]
    assert (
        "19 rekomendasi atau butir" in client.get(f"/forum/{national.pk}/butir/").content.decode()
    )


def test_the_rakernas_says_that_its_recommendations_are_known_by_number_only(founding):
    forum = Forum.objects.get(type="national")
    assert "19 rekomendasi" in forum.purpose
    assert not forum.points.exists()
    assert forum.agenda.count() == 4


def test_minutes_of_a_meeting_held_elsewhere_cannot_be_drawn_up_here(founding):
    forum = Forum.objects.get(title=BANJARBARU)
    with pytest.raises(StageError):
        minutes.draw_up(operator(), forum.pk, signatories=[("Wali Kota", "")])


def test_the_history_says_that_it_was_entered_from_publications(founding):
    forum = Forum.objects.get(title=BANJARBARU)
    moved = AuditRecord.objects.get(kind="forum", object_id=str(forum.pk), verb="stage_moved")
    assert moved.reason == forum.source


def test_the_example_says_so_everywhere_and_can_be_tried(demo):
    forum = Forum.objects.get(title=TITLE)
    assert forum.title.startswith("Demo – ")
    assert (forum.stage, forum.visibility) == ("deliberating", Visibility.PRIVATE)
    texts = [*forum.issues.values_list("title", flat=True)]
    texts += forum.themes.values_list("title", flat=True)
    texts += forum.points.values_list("title", flat=True)
    assert all(text.startswith("Contoh: ") for text in texts)
    assert forum.ballots.get().state == Ballot.State.OPEN
    assert forum.delegations.filter(answer="coming").count() == 3


def test_the_minutes_of_the_example_can_be_drawn_up_and_sealed(demo):
    forum = Forum.objects.get(title=TITLE)
    secretary = acts_as("sekretariat.komwil5")
    row = minutes.draw_up(secretary, forum.pk, signatories=[("Wali Kota (contoh)", "")])
    minutes.seal_minutes(secretary, forum.pk, 1, hash_of(row.content))
    assert forum.minutes.get().sealed_at is not None


def test_twice_in_a_row_makes_nothing_more(demo, tmp_path):
    before = counts()
    prepare_demo(tmp_path)
    assert counts() == before


def test_a_forum_put_away_by_somebody_does_not_come_back(demo):
    Forum.objects.update(deleted_at=timezone.now())
    assert ensure_meetings(operator()) == 0
    assert not ensure_trial()


def test_the_ministry_of_the_example_reads_its_point_once_sealed_and_reports_on_it(demo):
    number = Forum.objects.get(title=TITLE).pk
    reader, analyst = acts_as("pembaca.kementerian"), acts_as("analis.kementerian")
    point = Point.objects.get(forum=number)
    assert not permissions.reads_point(analyst, point)
    Forum.objects.filter(pk=number).update(stage=Forum.Stages.FOLLOWING_UP)
    with pytest.raises(ForbiddenError):
        news.report(reader, number, point.pk, NewsDetails("received", timezone.localdate()))
    told = news.report(analyst, number, point.pk, NewsDetails("received", timezone.localdate()))
    assert told.told_by.code == "kementerian-demo"
