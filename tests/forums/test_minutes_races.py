"""Two who seal at once, on real connections: one deed, and only of what was read."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sinergi.accounts.errors import AccountsError
from sinergi.accounts.models import AuditRecord
from sinergi.forums.actions import minutes, points
from sinergi.forums.details import PointDetails
from sinergi.forums.minutes import hash_of
from sinergi.forums.models import Minutes

from .play import deliberating

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_of_many"),
]


def drawn():
    """A forum with a draft of its minutes."""
    made, _themes = deliberating("banjarbaru")
    points.agree(made.secretary, made.forum.pk, PointDetails(1, "Jalan", "advocacy"))
    signed = [("Wali Kota Banjarbaru", "")]
    return made, minutes.draw_up(made.secretary, made.forum.pk, signatories=signed)


def at_once(deeds):
    """Do the deeds at the same moment; return what each returned or raised."""
    ready = Barrier(len(deeds))

    def run(deed):
        ready.wait()
        try:
            return deed()
        except AccountsError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_two_who_seal_at_once_seal_once():
    made, row = drawn()
    sha256 = hash_of(row.content)

    def seal():
        return minutes.seal_minutes(made.secretary, made.forum.pk, 1, sha256).sealed_at

    first, second, third = at_once([seal] * 3)
    assert first == second == third
    assert AuditRecord.objects.filter(verb="minutes_sealed").count() == 1


def test_who_seals_while_another_draws_up_anew_seals_what_was_read_or_nothing():
    made, row = drawn()
    by, number, sha256 = made.secretary, made.forum.pk, hash_of(row.content)
    signed = [("Wali Kota Banjarbaru", "")]
    at_once(
        [
            lambda: minutes.seal_minutes(by, number, 1, sha256),
            lambda: minutes.draw_up(by, number, opening="Lain", signatories=signed),
        ]
    )
    [kept] = Minutes.objects.all()
    if kept.sealed_at is None:
        assert kept.content["opening"] == "Lain"
    else:
        assert kept.sha256 == sha256 == hash_of(kept.content)
