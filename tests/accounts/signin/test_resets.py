"""Forgotten passwords: the link that arrives, works once, and tells nobody who has an account."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import ApiToken, AuditRecord, Letter, Person
from tests.accounts.signin.conftest import signed_in_as, with_token
from tests.people import person

FRESH = "hutan-gambut-kering-9"


def asked(email: str = "ani@contoh.test", path: str = "/kata-sandi/lupa/"):
    return Client().post(path, {"email": email})


def link() -> str:
    found = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def follows(client: Client, address: str, password: str = FRESH):
    """Open a link and set a password, as a browser would."""
    opened = client.get(address)
    if opened.status_code != 302:
        return opened
    return client.post(opened["Location"], {"password1": password, "password2": password})


def test_the_link_sets_a_password_and_ends_all_sessions(client, sign_in):
    ani = person()
    sign_in(client)
    asked()
    follows(Client(), link())
    assert client.get("/akun/").status_code == 302
    fresh = Client()
    sign_in(fresh, password=FRESH)
    assert signed_in_as(fresh) == ani.pk
    assert AuditRecord.objects.filter(verb=Verb.PASSWORD_RESET, object_id=str(ani.pk)).exists()


def test_a_reset_revokes_the_tokens_of_the_person_and_of_nobody_else():
    ani = person()
    other = with_token(person("Budi"))
    with_token(ani)
    with_token(ani)
    asked()
    follows(Client(), link())
    live = ApiToken.objects.filter(revoked_at=None)
    assert list(live) == [other]
    revoked = AuditRecord.objects.filter(verb=Verb.TOKEN_REVOKED)
    assert [one.actor for one in revoked] == [ani.pk, ani.pk]


def test_a_link_that_is_only_opened_revokes_nothing():
    with_token(person())
    asked()
    Client().get(link())
    assert ApiToken.objects.filter(revoked_at=None).count() == 1


def test_the_answer_is_the_same_for_an_unknown_address_and_nothing_is_sent_there():
    person()
    known, unknown = asked(), asked("tidak.ada@contoh.test")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [one.to for one in mail.outbox] == [["ani@contoh.test"]]


def test_the_page_does_the_same_work_for_every_address(django_assert_num_queries, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    person()
    asked("hangat@contoh.test")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as known:
        asked()
    with CaptureQueriesContext(connection) as unknown:
        asked("tidak.ada@contoh.test")
    shape = [[query["sql"].split(" ")[0] for query in one] for one in (known, unknown)]
    assert shape[0] == shape[1]


def test_a_deactivated_person_gets_no_link():
    person(is_active=False)
    asked()
    assert not mail.outbox


def test_a_link_works_once():
    person()
    asked()
    address = link()
    follows(Client(), address)
    assert follows(Client(), address).context["token_fail"]


def test_a_newer_password_makes_older_links_worthless(client, sign_in):
    ani = person()
    asked()
    address = link()
    ani.set_password(FRESH)
    ani.save()
    assert follows(Client(), address).context["token_fail"]


def test_another_address_makes_older_links_worthless():
    ani = person()
    asked()
    address = link()
    ani.email = "ani.baru@contoh.test"
    ani.save()
    assert follows(Client(), address).context["token_fail"]


def test_a_link_is_worthless_after_two_hours(monkeypatch):
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    person()
    asked()
    address = link()
    later = datetime.now() + timedelta(hours=2, minutes=1)  # noqa: DTZ005 - as the library counts
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert follows(Client(), address).context["token_fail"]


def test_a_forged_link_is_refused():
    person()
    budi = person("Budi")
    asked()
    key = link().rstrip("/").rpartition("/")[2].partition("-")[2]
    for forged in (f"{budi.pk}-{key}", f"1-{key[:-1]}x", "zzzzzzzzzzzzzzzz-1", "1-a-b-c"):
        assert follows(Client(), f"/kata-sandi/baru/{forged}/").context["token_fail"]


def test_a_weak_password_is_refused_and_the_link_still_works():
    ani = person()
    asked()
    visitor = Client()
    assert follows(visitor, link(), "pendek").status_code == 200
    ani.refresh_from_db()
    assert not ani.check_password("pendek")
    assert follows(Client(), link()).status_code == 302


def test_asking_again_and_again_is_stopped():
    person()
    answers = [asked().status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]


def test_the_letter_speaks_the_language_that_the_person_chose():
    Person.objects.filter(pk=person().pk).update(language="en")
    asked()
    assert mail.outbox[0].subject == "Set a new password"
    assert "/en/kata-sandi/baru/" in mail.outbox[0].body


def test_the_link_is_stored_nowhere():
    person()
    asked()
    key = link().rstrip("/").rpartition("-")[2]
    assert key not in str(list(Letter.objects.values()))


@pytest.mark.parametrize("host", ["jahat.test", "testserver.jahat.test"])
def test_a_forged_host_gets_no_link_of_its_own(host):
    person()
    answer = Client(headers={"host": host}).post("/kata-sandi/lupa/", {"email": "ani@contoh.test"})
    assert answer.status_code == 400
    assert not mail.outbox
