"""Who may vote is written to as soon as a ballot opens; what waits for somebody is listed and counted."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sinergi.accounts.models import Assignment, Organisation, Person
from sinergi.forums.actions import ballots, invitations, points
from sinergi.forums.actions.notices import choose_letters
from sinergi.forums.calling import call_to_vote, link_to, voters
from sinergi.forums.daily import digest
from sinergi.forums.details import PointDetails
from sinergi.forums.models import Forum, Point
from sinergi.forums.queries.notices import count
from sinergi.forums.stages import Stage
from tests.people import asks, organisation, person, signed_in

from .play import deliberating
from .voting import cast, opened, ranking, voting

pytestmark = pytest.mark.django_db
NOTICES = "/tindak-lanjut/pemberitahuan/"
TODAY = date(2024, 4, 21)


def called() -> dict[str, str]:
    """Address to text of the letters about ballots."""
    return {one.to[0]: one.body for one in mail.outbox if "/pilih/" in one.body}


def test_those_who_may_vote_are_written_to_at_once_and_nobody_else() -> None:
    made, _drawn = deliberating("banjarbaru", "banjarmasin")
    home = Organisation.objects.get(code="kota-banjarbaru")
    person("Sekda", ("approver", home), language="en")
    person("Pembaca", ("viewer", home))
    silent = person("Diam", ("coordinator", home))
    choose_letters(asks(silent), ["digest", "invitations"])
    former = person("Mantan", ("analyst", home))
    Assignment.objects.filter(person=former).update(ended_at=timezone.now())
    ballot = opened(made, secret=True)
    analysts = {Person.objects.get(pk=by.person_id).email for by in made.cities.values()}
    told = called()
    assert told.keys() == {*analysts, "sekda@contoh.test"}
    assert "Suara bersifat rahasia." in told[min(analysts)]
    assert "You may vote for: Kota Banjarbaru." in told["sekda@contoh.test"]
    assert f"/forum/{made.forum.pk}/suara/{ballot.pk}/pilih/" in told["sekda@contoh.test"]
    call_to_vote.func(ballot.pk)
    assert len(called()) == 3


def test_nobody_is_called_to_a_ballot_that_did_not_open_or_is_over() -> None:
    made, ballot = voting("banjarbaru")
    assert len(called()) == 1
    mail.outbox.clear()
    late = person("Baru", ("analyst", Organisation.objects.get(code="kota-banjarbaru")))
    ballots.close_ballot(made.secretary, made.forum.pk, ballot.pk)
    call_to_vote.func(ballot.pk)
    call_to_vote.func(0)
    assert called() == {}
    assert late in {one for one, _roles in voters(ballot)}


def test_a_letter_tells_nothing_of_what_needs_a_second_factor() -> None:
    made, _drawn = deliberating("banjarbaru")
    Organisation.objects.filter(code="kota-banjarbaru").update(requires_second_factor=True)
    opened(made)
    [letter] = [one for one in mail.outbox if "/pilih/" in one.body]
    assert "faktor kedua" in letter.body
    for words in ("Prioritas?", made.forum.title, "Banjarbaru"):
        assert words not in letter.subject + letter.body + letter.alternatives[0][0]


def test_what_waits_is_on_one_page_and_counted_above_every_page() -> None:
    made, ballot = voting("banjarbaru")
    by = made.cities["banjarbaru"]
    home = Organisation.objects.get(code="kota-banjarbaru")
    Forum.objects.filter(pk=made.forum.pk).update(begins=None, ends=None)
    other, _drawn = deliberating("banjarmasin", office="apeksi", title="Rakernas")
    details = PointDetails(
        1, "Jalan bersama", "own", addressees=(home.name,), meant=((home.name, home.code),)
    )
    point = points.agree(other.secretary, other.forum.pk, details)
    Forum.objects.filter(pk=other.forum.pk).update(stage=Stage.SEALED)
    third, _drawn = deliberating("samarinda", office="adkasi", title="Musyawarah")
    Forum.objects.filter(pk=third.forum.pk).update(stage=Stage.RAISING, begins=None, ends=None)
    invitations.invite(third.secretary, third.forum.pk, [home])
    browser = signed_in(Client(), Person.objects.get(pk=by.person_id))
    page = browser.get(NOTICES).content.decode()
    for words in ("Prioritas?", "Musyawarah", "1. Jalan bersama"):
        assert words in page
    assert '<span class="waits" aria-hidden="true">3</span>' in page
    cast(made, ballot, "banjarbaru", ranking(ballot, 1, 2, 3))
    Point.objects.filter(pk=point.pk).update(fate="received")
    page = browser.get(NOTICES).content.decode()
    assert "Prioritas?" not in page
    assert '<span class="waits" aria-hidden="true">1</span>' in page
    assert 'class="waits"' not in Client().get("/tindak-lanjut/").content.decode()


def test_the_count_is_one_query_and_none_for_those_who_hold_no_role() -> None:
    made, _ballot = voting("banjarbaru")
    for by, queries, waits in (
        (made.cities["banjarbaru"], 1, 1),
        (asks(person("Tanpa peran")), 0, 0),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert count(by, TODAY) == waits
        assert len(asked) == queries


def test_the_digest_names_a_point_to_its_addressees_once() -> None:
    made, drawn = deliberating("banjarbaru")
    ministry = organisation("kementerian-pu", name="Kementerian PU")
    details = PointDetails(
        1,
        "Percepatan jalan",
        "advocacy",
        addressees=("Kementerian PU",),
        meant=(("Kementerian PU", "kementerian-pu"),),
    )
    point = points.agree(made.secretary, made.forum.pk, details, points.Origin((drawn[0].pk,)))
    reader = person("Staf PU", ("viewer", ministry))
    digest(TODAY)
    assert mail.outbox == []
    Forum.objects.filter(pk=made.forum.pk).update(stage=Stage.SEALED)
    for _time in range(2):
        digest(TODAY)
    [letter] = mail.outbox
    assert letter.to == [reader.email]
    assert letter.subject == "Ada butir yang ditujukan kepada Anda"
    assert point.get_absolute_url() in letter.body
    assert "ditujukan kepada Kementerian PU" in letter.body


def test_links_begin_where_the_installation_is_told_to_be_else_where_it_is_served(settings) -> None:
    settings.SINERGI_BASE_URL, settings.SINERGI_SERVED_AT = "", ""
    assert link_to("/forum/") == "/forum/"
    settings.SINERGI_SERVED_AT = "http://127.0.0.1:8123"
    assert link_to("/forum/") == "http://127.0.0.1:8123/forum/"
    settings.SINERGI_BASE_URL = "https://sinergi.example.go.id/"
    assert link_to("/forum/") == "https://sinergi.example.go.id/forum/"
