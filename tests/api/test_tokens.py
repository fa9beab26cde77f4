"""Tokens: issued once, told once, ended for good."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import ApiToken, AuditRecord
from sinergi.accounts.tokens import TokenError, authenticate, issue, revoke, tokens_of
from sinergi.accounts.vocabulary import Channel, Scope
from tests.api.world import bearer
from tests.people import PASSWORD, asks, organisation, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return organisation("kota-palangka-raya")


@pytest.fixture
def ani(city):
    return person("Ani", ("analyst", city))


def new(someone, where, **options):
    usual = {"name": "uji", "scopes": ["read"], "days": 30}
    return issue(asks(someone), where, **{**usual, **options})


def test_only_the_digest_of_a_token_is_kept(ani, city) -> None:
    row, secret = new(ani, city)
    assert secret.startswith("snrg_")
    assert secret not in str(list(ApiToken.objects.values()))
    assert row.hint == secret[:10]


def test_a_token_speaks_for_its_person_in_one_organisation(ani, city) -> None:
    other = organisation("kota-banjarmasin")
    ani.assignments.create(organisation=other, role="approver")
    principal, _row = authenticate(new(ani, city)[1])
    assert (principal.person_id, principal.channel) == (ani.pk, Channel.API)
    assert set(principal.rights) == {city.pk}
    assert principal.scopes == {Scope.READ}


def test_an_administrator_of_the_installation_is_none_by_token(city) -> None:
    rani = person("Rani", ("viewer", city), is_administrator=True)
    principal, _row = authenticate(new(rani, city, scopes=list(Scope))[1])
    assert not principal.administrator


@pytest.mark.parametrize("second_factor", [True, False])
def test_a_required_second_factor_is_that_of_the_session(ani, city, second_factor) -> None:
    secret = new(ani, city, second_factor=second_factor)[1]
    city.requires_second_factor = True
    city.save()
    assert bool(authenticate(secret)[0].rights) is second_factor


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"days": 366},
        {"scopes": []},
        {"scopes": ["all"]},
        {"name": " "},
        {"name": "x" * 81},
        {"name": "a\x00b"},
    ],
)
def test_what_is_not_allowed_is_refused(ani, city, wrong) -> None:
    with pytest.raises(InvalidError):
        new(ani, city, **wrong)


def test_no_token_for_an_organisation_without_a_role(ani) -> None:
    with pytest.raises(ForbiddenError):
        new(ani, organisation("kota-banjarmasin"))


def test_a_token_issues_no_token(ani, city) -> None:
    principal, _row = authenticate(new(ani, city, scopes=list(Scope))[1])
    with pytest.raises(ForbiddenError):
        issue(principal, city, name="lagi", scopes=["read"], days=30)


def test_a_revoked_token_opens_nothing_and_stays_so(ani, city) -> None:
    row, secret = new(ani, city)
    revoke(asks(ani), row.pk)
    first = revoke(asks(ani), row.pk).revoked_at
    with pytest.raises(TokenError):
        authenticate(secret)
    assert ApiToken.objects.get().revoked_at == first
    assert list(AuditRecord.objects.values_list("verb", flat=True)) == [
        "token_revoked",
        "token_issued",
    ]


def test_nobody_sees_or_revokes_the_tokens_of_others(ani, city) -> None:
    row, _secret = new(ani, city)
    budi = asks(person("Budi", ("administrator", city)))
    assert list(tokens_of(budi)) == []
    with pytest.raises(UnseenError):
        revoke(budi, row.pk)


@pytest.mark.parametrize("wrong", ["", "snrg_", "snrg_salah", "x" * 300, "snrg_\ud800", "Bearer"])
def test_what_is_no_token_opens_nothing(wrong) -> None:
    with pytest.raises(TokenError):
        authenticate(wrong)


def test_the_last_use_is_written_down_once_a_minute(ani, city, django_assert_num_queries) -> None:
    secret = new(ani, city)[1]
    authenticate(secret)
    noted = ApiToken.objects.get().last_used_at
    with django_assert_num_queries(3):
        authenticate(secret)
    assert ApiToken.objects.get().last_used_at == noted
    ApiToken.objects.update(last_used_at=noted - timedelta(minutes=2))
    authenticate(secret)
    assert ApiToken.objects.get().last_used_at > noted - timedelta(minutes=1)


@pytest.fixture
def fresh(client, ani):
    """A session in which the person has just said again who they are."""
    signed_in(client, ani).post("/akun/pastikan/", {"password": PASSWORD})
    return client


def form(client, city, **more):
    page = client.get("/akun/token/baru/").content.decode()
    token = re.search(r'name="once" value="([^"]+)"', page)[1]
    values = {"name": "laporan", "organisation": city.pk, "scopes": ["read"], "days": 90}
    return {**values, "once": token, **more}


def test_the_page_shows_a_new_token_this_once(fresh, ani, city) -> None:
    sent = form(fresh, city)
    shown = fresh.post("/akun/token/baru/", sent).content.decode()
    secret = re.search(r"snrg_[A-Za-z0-9_-]+", shown)[0]
    assert fresh.get("/api/v1/me", headers=bearer(secret)).json()["person"] == ani.pk
    again = fresh.post("/akun/token/baru/", sent)
    assert again.status_code == 302
    assert ApiToken.objects.count() == 1
    assert secret not in fresh.get("/akun/token/").content.decode()


def test_a_new_token_wants_to_know_again_who_asks(client, ani, city) -> None:
    answer = signed_in(client, ani).get("/akun/token/baru/")
    assert answer.status_code == 302
    assert "pastikan" in answer["Location"] or "masuk" in answer["Location"]


def test_the_page_revokes_a_token(client, ani, city) -> None:
    row, secret = new(ani, city)
    signed_in(client, ani).post(f"/akun/token/{row.pk}/cabut/")
    with pytest.raises(TokenError):
        authenticate(secret)


def test_expired_tokens_open_nothing(ani, city) -> None:
    secret = new(ani, city)[1]
    ApiToken.objects.update(expires_at=timezone.now())
    with pytest.raises(TokenError):
        authenticate(secret)
