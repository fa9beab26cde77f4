"""Sessions: listed, ended one by one or all others."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from sinergi.accounts.actions.people import deactivate_person, reactivate_person
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator
from sinergi.accounts.signin.sessions import end_all
from sinergi.accounts.signin.store import BEGUN, SEEN, SessionStore
from tests.people import person

LIST = "/akun/sesi/"


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = time.time()

    def forward(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("sinergi.accounts.signin.store.time.time", lambda: made.now)
    return made


def opened(sign_in, agent: str, email: str = "ani@contoh.test") -> Client:
    client = Client(headers={"user-agent": agent})
    sign_in(client, email)
    return client


def session_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_all_sessions_of_a_person_are_listed_and_nobody_elses(sign_in):
    person()
    person("Budi")
    here = opened(sign_in, "Peramban kantor")
    opened(sign_in, "Ponsel")
    opened(sign_in, "Laptop Budi", "budi@contoh.test")
    page = here.get(LIST).content.decode()
    assert "Peramban kantor" in page
    assert "Ponsel" in page
    assert "Laptop Budi" not in page


def test_one_session_can_be_ended(sign_in):
    person()
    here, there = opened(sign_in, "sini"), opened(sign_in, "sana")
    here.post(f"{LIST}{session_of(there).pk}/akhiri/")
    assert there.get("/akun/").status_code == 302
    assert here.get("/akun/").status_code == 200
    assert AuditRecord.objects.filter(verb=Verb.SESSION_ENDED).count() == 1


def test_all_others_can_be_ended(sign_in):
    person()
    here, *others = (opened(sign_in, str(number)) for number in range(3))
    here.post(LIST)
    assert [one.get("/akun/").status_code for one in others] == [302, 302]
    assert here.get("/akun/").status_code == 200


def test_a_session_of_somebody_else_cannot_be_ended(sign_in):
    person()
    person("Budi")
    here, theirs = opened(sign_in, "sini"), opened(sign_in, "Budi", "budi@contoh.test")
    assert here.post(f"{LIST}{session_of(theirs).pk}/akhiri/").status_code == 404
    assert theirs.get("/akun/").status_code == 200


def test_ending_the_present_session_is_signing_out(sign_in):
    person()
    here = opened(sign_in, "sini")
    answer = here.post(f"{LIST}{session_of(here).pk}/akhiri/")
    assert answer["Location"] == "/keluar/"


def test_a_stolen_browser_name_is_shown_as_text(sign_in):
    person()
    here = opened(sign_in, "<script>alert(1)</script>")
    assert "<script>alert" not in here.get(LIST).content.decode()


def test_every_session_of_a_person_can_be_ended_by_the_house(sign_in):
    ani = person()
    here = opened(sign_in, "sini")
    assert end_all(ani) == 1
    assert here.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    ("passed", "ended"), [(59 * 60, False), (61 * 60, True)], ids=["idle", "too idle"]
)
def test_a_session_ends_after_an_hour_without_a_request(client, sign_in, clock, passed, ended):
    person()
    sign_in(client)
    clock.forward(passed)
    assert (client.get("/akun/").status_code == 302) is ended


def test_a_session_that_is_used_all_day_ends_after_twelve_hours(client, sign_in, clock):
    person()
    sign_in(client)
    for _ in range(23):
        clock.forward(30 * 60)
        assert client.get("/akun/").status_code == 200
    clock.forward(30 * 60)
    assert client.get("/akun/").status_code == 302
    clock.forward(-3 * 3600)
    assert client.get("/akun/").status_code == 302


def test_a_session_of_before_these_limits_is_over(client, sign_in):
    person()
    sign_in(client)
    kept = client.session
    for name in (BEGUN, SEEN):
        del kept[name]
    super(SessionStore, kept).save()
    assert client.get("/akun/").status_code == 302


def test_use_of_a_session_is_written_down_now_and_then_only(client, sign_in, clock):
    person()
    sign_in(client)
    before = client.session[SEEN]
    clock.forward(4 * 60)
    client.get("/akun/")
    assert client.session[SEEN] == before
    clock.forward(2 * 60)
    client.get("/akun/")
    assert client.session[SEEN] == before + 6 * 60


def test_who_was_shut_out_and_is_let_in_again_signs_in_again(client, sign_in):
    ani = person()
    sign_in(client)
    deactivate_person(operator(), ani)
    reactivate_person(operator(), ani)
    assert client.get("/akun/").status_code == 302
    assert not UserSession.objects.filter(user=ani).exists()
