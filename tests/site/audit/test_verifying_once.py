"""Verifications of the audit trail: one at a time in the whole installation."""

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sinergi.accounts.audit import checks
from sinergi.accounts.models import AuditCheck
from sinergi.accounts.principal import operator
from tests.people import organisation, person, signed_in
from tests.site.audit.test_pages import text_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return organisation("kota-palangka-raya")


@pytest.fixture
def there():
    return organisation("kota-banjarmasin")


@pytest.fixture
def in_background(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(checks, "AT_ONCE", 0)


def test_one_verification_is_under_way_at_a_time_whoever_asks(client, here, there, in_background):
    # given: one that was asked for
    row = write(operator(), here)
    signed_in(client, person("Budi", ("approver", here)))
    first = client.post("/en/audit/periksa/")["Location"]
    # when: the same person, and another of another organisation, ask with other hashes
    other = signed_in(Client(), person("Citra", ("administrator", there)))
    seen = [
        one.post("/en/audit/periksa/", {"expected": kept}, follow=True)
        for one, kept in ((client, row.hash), (other, "0" * 64), (other, ""))
    ]
    # then: all see the one that runs, and who asked for another comparison is told
    assert [answer.redirect_chain[-1][0] for answer in seen] == [first] * 3
    assert ["Another verification" in text_of(answer) for answer in seen] == [True, True, False]
    assert AuditCheck.objects.count() == DBTaskResult.objects.count() == 1


def test_the_next_verification_begins_when_the_one_before_is_done_or_was_given_up(
    here, in_background
):
    write(operator(), here)
    first = checks.begin_check(operator())
    checks.finish_check(first.pk)
    second = checks.begin_check(operator())
    assert second.pk != first.pk
    AuditCheck.objects.update(asked_at=timezone.now() - checks.GIVEN_UP, finished_at=None)
    assert checks.begin_check(operator()).pk not in {first.pk, second.pk}


def test_a_verification_that_fails_itself_keeps_nobody_waiting(here, monkeypatch):
    write(operator(), here)
    with monkeypatch.context() as broken:
        broken.setattr(checks, "verify", lambda _expected: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            checks.begin_check(operator())
    assert checks.begin_check(operator()).finished_at is not None
