"""Passwords as people have them: long, of any letters, with spaces; a reset beside a second factor."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache

from sinergi.accounts.models import Person
from tests.people import person


@pytest.fixture(autouse=True)
def _nobody_has_tried(db) -> None:
    cache.clear()


@pytest.mark.parametrize(
    "password",
    [
        " spasi di depan dan belakang ",
        "ñandú vuela 雪 kering 🌧",
        "k" * 4 + "tikar rotan biru " * 15,
    ],
    ids=["spaces", "letters", "long"],
)
def test_a_password_is_taken_exactly_as_it_is(client, password) -> None:
    ani = person()
    validate_password(password, ani)
    ani.set_password(password)
    ani.save()
    for wrong in (password.strip() + "x", password[:64] + "!", password.swapcase(), password[:-1]):
        client.post("/masuk/", {"login": ani.email, "password": wrong})
        assert "_auth_user_id" not in client.session
    cache.clear()
    client.post("/masuk/", {"login": ani.email, "password": password})
    assert client.session["_auth_user_id"] == str(ani.pk)


def test_a_reset_does_not_go_around_the_second_factor(
    client, django_capture_on_commit_callbacks
) -> None:
    ani = person()
    TOTP.activate(ani, generate_totp_secret())
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/kata-sandi/lupa/", {"email": ani.email})
    link = re.search(r"http://testserver(\S*kata-sandi/baru/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    fresh = "kuda poni menari di atap seng"
    client.post(form, {"password1": fresh, "password2": fresh})
    assert Person.objects.get(pk=ani.pk).check_password(fresh)
    assert client.get("/akun/").status_code == 302
    answer = client.post("/masuk/", {"login": ani.email, "password": fresh})
    assert answer["Location"] == "/masuk/kode/"
    assert client.get("/akun/").status_code == 302
