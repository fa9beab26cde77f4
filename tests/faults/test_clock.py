"""A clock that is set back: nothing is valid for longer than its life and the jump, and nothing crashes."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.forms import default_token_generator
from django.core.cache import cache
from django.utils import timezone

from sinergi.accounts.actions import invitations
from sinergi.accounts.api import limits
from sinergi.accounts.api.problems import ProblemError
from sinergi.accounts.errors import UnseenError
from sinergi.accounts.models import ApiToken, TaskWorker
from sinergi.accounts.signin.store import SessionStore
from sinergi.accounts.tokens import TokenError, authenticate, issue
from sinergi.site.health import has_worker
from sinergi.site.tasks import life
from tests import people

pytestmark = pytest.mark.django_db
JUMP = timedelta(days=400)
BREATH = timedelta(minutes=1)


class Clock:
    """All clocks of the process, set by hand; the steady one goes on."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def seconds(self) -> float:
        return self.now.timestamp()

    def move(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda: made.now)
    monkeypatch.setattr(time, "time", made.seconds)
    monkeypatch.setattr(default_token_generator, "_now", lambda: made.now.replace(tzinfo=None))
    return made


def lasts(clock: Clock, life: timedelta, is_valid) -> None:
    """What was made now lasts, once the clock was set back, for its life and the jump, and no longer."""
    clock.move(-JUMP)
    assert is_valid()
    clock.move(JUMP + life - BREATH)
    assert is_valid()
    clock.move(2 * BREATH)
    assert not is_valid()


@pytest.fixture
def city():
    return people.organisation("jam")


def test_a_token(clock, city):
    ani = people.person("Ani", ("analyst", city))
    _row, secret = issue(people.asks(ani), city, name="uji", scopes=["read"], days=30)

    def opens() -> bool:
        try:
            return authenticate(secret)[1].person_id == ani.pk
        except TokenError:
            return False

    lasts(clock, timedelta(days=30), opens)


def test_the_last_use_of_a_token_that_lies_ahead_hinders_nobody(clock, city):
    ani = people.person("Ani", ("analyst", city))
    _row, secret = issue(people.asks(ani), city, name="uji", scopes=["read"], days=30)
    authenticate(secret)
    used = ApiToken.objects.get().last_used_at
    clock.move(-JUMP)
    assert authenticate(secret)[1].last_used_at == used


def test_an_invitation(clock, city, settings):
    keeper = people.person("Kepala", ("administrator", city))
    offer = invitations.invite(people.asks(keeper), city, "budi@contoh.test", "analyst")

    def opens() -> bool:
        try:
            return invitations.offered(offer.secret) == offer.invitation
        except UnseenError:
            return False

    lasts(clock, offer.invitation.expires_at - clock.now, opens)


def test_a_link_to_a_new_password(clock, settings):
    ani = people.person("Ani")
    token = default_token_generator.make_token(ani)
    lasts(
        clock,
        timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        lambda: default_token_generator.check_token(ani, token),
    )


def test_a_session(clock, settings):
    settings.SINERGI_SESSION_IDLE_SECONDS = settings.SESSION_COOKIE_AGE
    ani = people.person("Ani")
    made = SessionStore()
    made["_auth_user_id"] = str(ani.pk)
    made.save()
    lasts(
        clock,
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
        lambda: SessionStore(made.session_key).get("_auth_user_id") == str(ani.pk),
    )


def test_limits_refuse_for_no_longer_than_their_window(clock, settings, rf):
    cache.clear()
    settings.SINERGI_API_LIMITS = {"person": 3}
    request = rf.get("/")
    clock.now = clock.now.replace(second=0, microsecond=0)
    for _back in range(3):
        for left in (2, 1, 0):
            assert limits.count(request, "person", "ani").remaining == left
        with pytest.raises(ProblemError) as refused:
            limits.count(request, "person", "ani")
        assert 1 <= int(refused.value.headers["Retry-After"]) <= limits.WINDOW
        clock.move(-timedelta(hours=1))


def test_a_sign_of_life_from_the_future_is_none_until_the_worker_gives_the_next(clock):
    worker = life.enrol(("*",))
    assert has_worker()
    clock.move(-JUMP)
    assert not has_worker()
    life.beat(worker)
    assert has_worker()
    assert TaskWorker.objects.get().seen_at == clock.now
