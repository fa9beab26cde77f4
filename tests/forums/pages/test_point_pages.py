"""Pages of points: recorded, changed, followed, forwarded; refusals keep what was written."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sinergi.accounts.actions.sharing import share
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Level, Person
from sinergi.accounts.once import new_token
from sinergi.forums import minutes as contents
from sinergi.forums.actions import minutes, points
from sinergi.forums.details import PointDetails
from sinergi.forums.models import FollowUp, Point
from sinergi.forums.stages import Stage
from tests.people import organisation, person, signed_in

from ..play import DAY, deliberating

pytestmark = pytest.mark.django_db
NEW = {
    "number": 1,
    "title": "Percepatan jalan lintas Kalimantan",
    "type": "advocacy",
    "addressees": "Kementerian PU\nPemprov Kalsel",
}


def as_(principal) -> Client:
    """A client in a session of the person who asks."""
    return signed_in(Client(), Person.objects.get(pk=principal.person_id))


def address(name: str, *numbers: int) -> str:
    return reverse(f"forums:{name}", args=numbers)


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def seal(made) -> None:
    """Seal the minutes and begin to follow up."""
    by, number = made.secretary, made.forum.pk
    minutes.draw_up(by, number, opening="Pembukaan", signatories=[("Wali Kota", "")])
    draft = made.forum.minutes.get()
    minutes.seal_minutes(by, number, draft.version, contents.hash_of(draft.content))
    made.move(Stage.SEALED, Stage.FOLLOWING_UP)


def followed(**values):
    """A forum that follows up, and its point."""
    made, drawn = deliberating()
    details = PointDetails(1, "Percepatan jalan", "advocacy", **values)
    origin = points.Origin((drawn[0].pk,))
    point = points.agree(made.secretary, made.forum.pk, details, origin)
    seal(made)
    return made, point


def report(client: Client, point: Point, **values):
    sent = {"fate": "sent", "day": "2024-05-02", "revision": point.revision, **values}
    return client.post(address("point-report", point.forum_id, point.pk), sent)


def test_the_secretariat_records_a_point_once_however_often_the_form_is_sent() -> None:
    made, drawn = deliberating()
    client, where = as_(made.secretary), address("point-new", made.forum.pk)
    page = client.get(where, {"tema": drawn[0].pk})
    assert drawn[0].title in page.context["form"]["title"].value()
    sent = {**NEW, "themes": [drawn[0].pk], "once": new_token()}
    for _time in range(2):
        answer = client.post(where, sent)
        assert answer.status_code == 302
    point = made.forum.points.get()
    assert set(point.addressees.values_list("name", flat=True)) == {
        "Kementerian PU",
        "Pemprov Kalsel",
    }
    told = text_of(client.get(answer.url))
    assert drawn[0].title in told
    assert "Kementerian PU" in told


def test_a_point_that_cannot_be_is_shown_again_as_it_was_written() -> None:
    made, _drawn = deliberating()
    client, long = as_(made.secretary), "panjang " * 20_000
    sent = {**NEW, "number": 0, "text": long, "addressees": "x" * 300, "objects_named": "TAK_ADA"}
    answer = client.post(address("point-new", made.forum.pk), sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"number", "text", "addressees", "objects_named"}
    assert answer.context["form"]["text"].value().strip() == long.strip()
    assert not made.forum.points.exists()


@pytest.mark.parametrize("who", ["delegate", "stranger", "visitor"])
def test_only_the_secretariat_words_points(who: str) -> None:
    made, _drawn = deliberating()
    client = Client()
    if who == "delegate":
        client = as_(made.cities["banjarbaru"])
    if who == "stranger":
        home = organisation("kota-lain")
        client = signed_in(Client(), person("Orang Lain", ("coordinator", home)))
    answer = client.post(address("point-new", made.forum.pk), NEW)
    assert answer.status_code == (403 if who == "delegate" else 404)
    assert not made.forum.points.exists()


def test_two_who_change_a_point_at_once_lose_nothing() -> None:
    made, _drawn = deliberating()
    point = points.agree(made.secretary, made.forum.pk, PointDetails(1, "Jalan", "advocacy"))
    client, where = as_(made.secretary), address("point-edit", made.forum.pk, point.pk)
    form = client.get(where).context["form"]
    seen = {f"initial-{name}": form[name].value() or "" for name in form.fields}
    details = PointDetails(1, "Jalan nasional", "synergy")
    points.edit_point(made.secretary, made.forum.pk, point.pk, details, revision=1)
    sent = {**seen, "number": 1, "type": "advocacy", "title": "Jalan provinsi", "revision": 1}
    answer = client.post(where, {**sent, "objects_named": ["TPA_REGIONAL"]})
    assert answer.status_code == 409
    form = answer.context["form"]
    assert form["title"].value() == "Jalan provinsi"
    assert form["type"].value() == "synergy"
    again = {**sent, "type": "synergy", "revision": form["revision"].value()}
    assert client.post(where, {**again, "objects_named": ["TPA_REGIONAL"]}).status_code == 302
    point.refresh_from_db()
    assert (point.title, point.type) == ("Jalan provinsi", "synergy")
    assert point.objects_named == ["TPA_REGIONAL"]


def test_a_point_is_struck_with_a_reason_that_the_history_keeps() -> None:
    made, _drawn = deliberating()
    point = points.agree(made.secretary, made.forum.pk, PointDetails(1, "Jalan", "advocacy"))
    client = as_(made.secretary)
    where = address("point-strike", made.forum.pk, point.pk)
    client.post(where, {"revision": 1, "mengapa": "Tidak jadi"})
    point.refresh_from_db()
    assert point.struck_at is not None
    assert client.get(point.get_absolute_url()).status_code == 404


def test_after_sealing_only_due_and_review_change() -> None:
    made, point = followed()
    client = as_(made.secretary)
    edit = address("point-edit", made.forum.pk, point.pk)
    assert client.get(edit).status_code == 302
    assert client.post(edit, {**NEW, "revision": 1}).status_code == 422
    watch = address("point-watch", made.forum.pk, point.pk)
    sent = {"due": "2024-12-31", "review": "2024-06-30", "revision": point.revision}
    assert client.post(watch, {**sent, "due": "besok"}).status_code == 422
    assert client.post(watch, sent).status_code == 302
    point.refresh_from_db()
    assert str(point.review) == "2024-06-30"
    assert client.post(watch, sent).status_code == 409
    assert client.get(watch).status_code == 302


def test_news_moves_a_point_and_is_shown_with_its_evidence() -> None:
    made, point = followed()
    client = as_(made.secretary)
    answer = report(client, point, text="Surat dikirim", link="https://contoh.test/surat.pdf")
    assert answer.status_code == 302
    told = text_of(client.get(point.get_absolute_url()))
    assert "Surat dikirim" in told
    assert "https://contoh.test/surat.pdf" in told
    point.refresh_from_db()
    assert point.fate == "sent"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("fate", {"fate": "received"}),
        ("fate", {"fate": "selesai"}),
        ("evidence", {"fate": "delivered"}),
        ("day", {"day": "2999-01-01"}),
        ("day", {"day": "kemarin"}),
        ("link", {"link": "javascript:alert(1)"}),
        ("text", {"fate": "agreed"}),
        ("text", {"text": "panjang " * 20_000}),
    ],
)
def test_news_that_cannot_be_is_refused_beside_its_field_and_kept(field, values) -> None:
    made, point = followed()
    answer = report(as_(made.secretary), point, **values)
    assert answer.status_code == 422
    assert field in answer.context["news_form"].errors
    assert not FollowUp.objects.exists()
    assert 'href="javascript' not in answer.content.decode()


def test_news_from_an_old_page_meets_the_news_of_another() -> None:
    made, point = followed()
    client, token = as_(made.secretary), new_token()
    assert report(client, point, once=token, text="Pertama").status_code == 302
    assert report(client, point, once=token, text="Pertama").status_code == 302
    answer = report(client, point, once=new_token(), text="Kedua")
    assert answer.status_code == 409
    assert "Kedua" in answer.content.decode()
    assert FollowUp.objects.count() == 1
    revision = answer.context["news_form"]["revision"].value()
    sent = {"fate": "received", "revision": revision, "text": "Kedua"}
    assert report(client, point, **sent).status_code == 302


def test_those_it_is_addressed_to_say_what_became_of_it_and_others_do_not() -> None:
    ministry = organisation("kementerian-pu", name="Kementerian PU")
    meant = (("Kementerian PU", "kementerian-pu"),)
    made, point = followed(addressees=("Kementerian PU",), meant=meant)
    clerk = signed_in(Client(), person("Staf PU", ("analyst", ministry)))
    assert report(clerk, point).status_code == 422
    assert report(clerk, point, fate="received").status_code == 302
    assert FollowUp.objects.get().told_by == ministry
    delegate = as_(made.cities["banjarbaru"])
    point.refresh_from_db()
    assert report(delegate, point, fate="received").status_code == 403
    assert delegate.get(point.get_absolute_url()).context["news_form"] is None


def test_an_addressee_that_was_renamed_is_shown_by_both_names() -> None:
    ministry = organisation("kementerian-pu", name="Kementerian PUPR")
    meant = (("Kementerian PUPR", "kementerian-pu"),)
    made, point = followed(addressees=("Kementerian PUPR",), meant=meant)
    ministry.name = "Kementerian Pekerjaan Umum"
    ministry.save()
    for where in (point.get_absolute_url(), address("points", made.forum.pk)):
        told = text_of(as_(made.secretary).get(where))
        assert "Kementerian PUPR" in told
        assert "Kementerian Pekerjaan Umum" in told


def test_the_list_of_points_tells_what_nobody_touched() -> None:
    made, point = followed()
    past = timezone.localdate() - timedelta(days=1)
    Point.objects.filter(pk=point.pk).update(review=DAY + timedelta(days=30), due=past)
    page = as_(made.secretary).get(address("points", made.forum.pk))
    [one] = page.context["rows"]
    assert one.marks.untouched
    assert one.marks.overdue
    assert page.context["tally"] == {
        "all": 1,
        "settled": 0,
        "open": 1,
        "untouched": 1,
        "overdue": 1,
    }


def test_points_are_forwarded_to_a_higher_forum_and_lead_both_ways() -> None:
    made, lower = followed(addressees=("Kementerian PU",))
    higher, _drawn = deliberating("banjarbaru", office="apeksi", title="Rakernas")
    client = as_(higher.secretary)
    share(made.secretary, made.forum, higher.forum.organisation, Level.READ)
    where = address("points-take", higher.forum.pk)
    assert lower.title in text_of(client.get(where))
    form = client.get(where, {"butir": lower.pk}).context["form"]
    assert form["addressees"].value() == "Kementerian PU"
    sent = {**NEW, "butir": lower.pk, "forum": higher.forum.pk, "once": new_token()}
    for _time in range(2):
        answer = client.post(where, sent)
    point = higher.forum.points.get()
    assert answer.url == point.get_absolute_url()
    told = text_of(client.get(answer.url))
    assert f"1. {lower.title}" in told
    assert "Isu banjarbaru" in told
    back = text_of(as_(made.secretary).get(lower.get_absolute_url()))
    assert NEW["title"] not in back
    kept = Point.objects.get(pk=lower.pk)
    assert (kept.fate, kept.revision, kept.news.count()) == ("agreed", lower.revision, 0)


def test_whoever_signed_in_finds_the_way_to_forward_and_a_visitor_does_not() -> None:
    made, point = followed()
    type(made.forum).objects.filter(pk=made.forum.pk).update(visibility="public")
    way = address("points-forward", made.forum.pk)
    for where in (point.get_absolute_url(), address("points", made.forum.pk)):
        assert way in as_(made.secretary).get(where).content.decode()
        assert way not in Client().get(where).content.decode()


def test_what_is_not_to_be_forwarded_is_explained_in_place() -> None:
    made, lower = followed()
    client, where = as_(made.secretary), address("points-forward", made.forum.pk)
    assert client.get(where).context["targets"] == []
    answer = client.post(where, {**NEW, "butir": lower.pk, "forum": 1})
    assert answer.status_code == 422
    assert "forum" in answer.context["form"].errors
    early, _drawn = deliberating("banjarbaru", office="apeksi", title="Rakernas")
    page = as_(early.secretary).get(address("points-forward", early.forum.pk))
    assert page.context["refusal"]
    none = as_(early.secretary).post(
        address("points-take", early.forum.pk), {**NEW, "forum": early.forum.pk, "butir": "abc"}
    )
    assert none.status_code == 422
    hidden = {**NEW, "title": "Lain", "forum": early.forum.pk, "butir": lower.pk}
    refused = as_(early.secretary).post(address("points-take", early.forum.pk), hidden)
    assert refused.status_code == 422
    assert lower.title not in refused.content.decode()


@pytest.mark.parametrize("number", ["9" * 25, "-1", "²"])
def test_numbers_that_no_column_holds_are_refused_in_place(number: str) -> None:
    made, point = followed()
    client = as_(made.secretary)
    assert report(client, point, revision=number).status_code in {409, 422}
    watched = client.post(address("point-watch", made.forum.pk, point.pk), {"revision": number})
    assert watched.status_code in {409, 422}
    open_forum, _drawn = deliberating("banjarbaru", office="apeksi", title="Rakernas")
    where = address("point-new", open_forum.forum.pk)
    sent = {**NEW, "number": number, "once": new_token()}
    answer = as_(open_forum.secretary).post(where, sent)
    assert (answer.status_code, "number" in answer.context["form"].errors) == (422, True)
    assert Client().get("/tindak-lanjut/", {"forum": number}).status_code == 200
    take = address("points-take", open_forum.forum.pk)
    assert as_(open_forum.secretary).get(take, {"butir": number}).status_code == 200


def test_what_lapsed_is_taken_up_again_with_a_reason() -> None:
    made, point = followed()
    Point.objects.filter(pk=point.pk).update(fate="lapsed")
    client = as_(made.secretary)
    refused = report(client, point, fate="agreed", text="")
    assert "text" in refused.context["news_form"].errors
    assert report(client, point, fate="agreed", text="Dianggarkan lagi").status_code == 302
    assert Point.objects.get(pk=point.pk).fate == "agreed"


def test_no_point_is_due_or_looked_at_again_before_the_meeting_is_over() -> None:
    made, point = followed()
    client = as_(made.secretary)
    sent = {"due": "2024-04-20", "review": "2019-01-01", "revision": point.revision}
    refused = client.post(address("point-watch", made.forum.pk, point.pk), sent)
    assert refused.status_code == 422
    assert {*refused.context["watch_form"].errors} == {"due", "review"}
    assert "21 April 2024" in refused.context["watch_form"].errors["due"][0]
    sent |= {"due": "2024-04-21", "review": "2024-05-01"}
    assert client.post(address("point-watch", made.forum.pk, point.pk), sent).status_code == 302
    other, _drawn = deliberating(office="adkasi")
    early = PointDetails(1, "Jalan", "advocacy", due=date(2019, 1, 1))
    with pytest.raises(InvalidError) as caught:
        points.agree(other.secretary, other.forum.pk, early)
    assert set(caught.value.fields) == {"due"}
    kept = points.agree(other.secretary, other.forum.pk, replace(early, due=None))
    Point.objects.filter(pk=kept.pk).update(due=early.due, review=early.due)
    said = replace(points.details_of(Point.objects.get(pk=kept.pk)), title="Jalan lintas")
    assert points.edit_point(other.secretary, other.forum.pk, kept.pk, said).due == early.due
