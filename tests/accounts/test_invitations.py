"""An invitation opens one role to one address once; every other link is answered alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sinergi.accounts.actions import invitations as actions
from sinergi.accounts.actions.organisations import put_organisation_away
from sinergi.accounts.actions.people import deactivate_person, end_role
from sinergi.accounts.audit.history import history
from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.models import Assignment, AuditRecord, Invitation, Person, Role
from sinergi.accounts.principal import operator, visitor
from sinergi.accounts.vocabulary import Channel, Right, Scope
from tests.people import PASSWORD, asks, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return organisation()


@pytest.fixture
def keeper(city):
    return person("Kepala", ("administrator", city))


@pytest.fixture
def offer(city, keeper):
    return actions.invite(asks(keeper), city, "Ani@Contoh.test ", "analyst")


def accept_new(secret, name="Ani", password=PASSWORD):
    return actions.accept_as_new(visitor(), secret, name, password, language="en")


def test_only_the_digest_of_the_secret_is_stored(offer):
    row = Invitation.objects.get()
    assert len(offer.secret) >= 43
    assert offer.secret not in str(Invitation.objects.values().get())
    assert row.digest == actions.digest_of(offer.secret)
    assert row.email == "ani@contoh.test"


def test_it_lasts_as_many_days_as_the_installation_says(offer, city, settings):
    left = offer.invitation.expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    settings.SINERGI_INVITATION_DAYS = 2
    short = actions.invite(operator(), city, "budi@contoh.test", "viewer")
    assert short.invitation.expires_at - timezone.now() <= timedelta(days=2)


def test_the_trail_names_no_address(offer, city):
    accept_new(offer.secret)
    assert [deed.verb for deed in history("organisation", city.pk)] == [
        "invitation_accepted",
        "invited",
    ]
    for row in AuditRecord.objects.all():
        assert "contoh" not in f"{row.name}{row.before}{row.after}{row.reason}".lower()
        assert offer.secret not in str(row.__dict__)


def test_somebody_new_gets_an_account_and_the_role(offer, city):
    made = accept_new(offer.secret, "  Ani   Wijaya ")
    ani = Person.objects.get(email="ani@contoh.test")
    assert (made.person, made.organisation, made.role) == (ani, city, "analyst")
    assert (ani.name, ani.language, ani.is_administrator) == ("Ani Wijaya", "en", False)
    assert ani.check_password(PASSWORD)
    assert asks(ani).has(Right.EDIT, city.pk)
    record = AuditRecord.objects.order_by("-sequence").first()
    assert record.actor == ani.pk


def test_a_person_with_an_account_accepts_signed_in(offer, city):
    ani = person("Ani")
    actions.accept(asks(ani), offer.secret)
    assert asks(ani).has(Right.EDIT, city.pk)
    row = Invitation.objects.get()
    assert (row.accepted_by, row.accepted_at is not None) == (ani, True)


def test_looking_at_it_consumes_nothing(offer):
    for _again in range(3):
        assert actions.offered(offer.secret).pk == offer.invitation.pk
    accept_new(offer.secret)


@pytest.mark.parametrize("way", ["forged", "used", "revoked", "expired", "resent", "put away"])
def test_every_dead_link_is_answered_alike(way, offer, city, keeper):
    secret = offer.secret
    if way == "forged":
        secret = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    elif way == "used":
        accept_new(secret)
    elif way == "revoked":
        actions.revoke(asks(keeper), offer.invitation)
    elif way == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif way == "resent":
        actions.resend(asks(keeper), offer.invitation)
    else:
        put_organisation_away(operator(), city)
    people = Person.objects.count()
    for try_it in (
        lambda: actions.offered(secret),
        lambda: actions.accept(asks(keeper), secret),
        lambda: accept_new(secret, "Lain"),
    ):
        with pytest.raises(UnseenError) as caught:
            try_it()
        assert caught.value.message == actions.dead().message
        assert "@" not in caught.value.message
    assert Person.objects.count() == people


@pytest.mark.parametrize("way", ["role ended", "deactivated"])
def test_an_invitation_dies_with_the_right_of_who_invited(way, offer, city, keeper):
    # given an open invitation by somebody who is then shut out
    other = person("Penerus", ("administrator", city))
    if way == "role ended":
        end_role(asks(other), city, keeper, "administrator")
    else:
        deactivate_person(operator(), keeper)
    # then its link opens nothing
    for try_it in (lambda: actions.offered(offer.secret), lambda: accept_new(offer.secret)):
        with pytest.raises(UnseenError):
            try_it()
    # until somebody who may invite vouches for it
    again = actions.resend(asks(other), offer.invitation)
    assert accept_new(again.secret).role == "analyst"


def test_nobody_vouches_for_an_invitation_to_themselves(offer, city):
    ani = person("Ani", ("administrator", city))
    with pytest.raises(ForbiddenError):
        actions.resend(asks(ani), offer.invitation)


@pytest.mark.parametrize("secret", ["", "x", "é" * 40, "A" * 5000, "../..", "\x00"])
def test_nonsense_is_no_invitation(secret):
    with pytest.raises(UnseenError):
        actions.offered(secret)


def test_the_invitation_of_another_address_is_refused_without_saying_which(offer, city):
    budi = person("Budi")
    with pytest.raises(ForbiddenError) as caught:
        actions.accept(asks(budi), offer.secret)
    assert "ani" not in caught.value.message.lower()
    assert not asks(budi).rights
    actions.offered(offer.secret)


def test_an_address_with_an_account_gets_no_second_one(offer):
    ani = person("Ani")
    with pytest.raises(InvalidError) as caught:
        accept_new(offer.secret, password="lain-sama-sekali-99")
    assert set(caught.value.fields) == {"email"}
    ani.refresh_from_db()
    assert ani.check_password(PASSWORD)


def test_who_is_signed_in_makes_no_second_account(offer, keeper):
    with pytest.raises(ForbiddenError):
        actions.accept_as_new(asks(keeper), offer.secret, "Ani", PASSWORD)


def test_the_provider_of_another_organisation_does_not_accept_for_a_person(offer):
    ani = person("Ani")
    with pytest.raises(ForbiddenError):
        actions.accept(asks(ani, organisation=organisation("apeksi").pk), offer.secret)
    assert not Assignment.objects.filter(person=ani).exists()


def test_visitors_and_tokens_do_not_accept_for_a_person(offer):
    ani = person("Ani")
    token = asks(ani, Channel.API, scopes=frozenset(Scope))
    for by in (visitor(), token, operator()):
        with pytest.raises(ForbiddenError):
            actions.accept(by, offer.secret)


@pytest.mark.parametrize(
    ("name", "password", "fields"),
    [
        ("", PASSWORD, {"name"}),
        ("A\u202eni", PASSWORD, {"name"}),
        ("Ani", "", {"password"}),
        ("", "", {"name", "password"}),
    ],
)
def test_a_newcomer_is_told_what_is_wrong_and_the_link_still_works(offer, name, password, fields):
    with pytest.raises(InvalidError) as caught:
        accept_new(offer.secret, name, password)
    assert set(caught.value.fields) == fields
    accept_new(offer.secret)


def test_a_weak_password_is_refused(offer, settings):
    settings.AUTH_PASSWORD_VALIDATORS = [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 10},
        }
    ]
    with pytest.raises(InvalidError) as caught:
        accept_new(offer.secret, password="pendek")
    assert set(caught.value.fields) == {"password"}


@pytest.mark.parametrize("email", ["", "ani", "ani@", "a@b.test\nBcc: c@d.test", "a b@c.test"])
def test_what_is_no_address_is_not_invited(city, keeper, email):
    with pytest.raises(InvalidError) as caught:
        actions.invite(asks(keeper), city, email, "viewer")
    assert set(caught.value.fields) == {"email"}


def test_the_same_offer_is_made_once(offer, city, keeper):
    with pytest.raises(InvalidError):
        actions.invite(asks(keeper), city, "ani@contoh.test", "analyst")
    actions.invite(asks(keeper), city, "ani@contoh.test", "viewer")
    accept_new(offer.secret)
    with pytest.raises(InvalidError):
        actions.invite(asks(keeper), city, "ANI@contoh.test", "analyst")


def test_an_expired_offer_is_made_anew_or_sent_again(offer, city, keeper):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    again = actions.resend(asks(keeper), offer.invitation)
    assert again.secret != offer.secret
    accept_new(again.secret)


def test_what_was_accepted_or_revoked_is_neither_sent_again_nor_revoked(offer, city, keeper):
    accept_new(offer.secret)
    for deed in (actions.resend, actions.revoke):
        with pytest.raises(InvalidError):
            deed(asks(keeper), offer.invitation)


def test_nobody_invites_themselves(city, keeper):
    with pytest.raises(ForbiddenError):
        actions.invite(asks(keeper), city, keeper.email.upper(), "approver")


def test_who_takes_the_invited_address_later_does_not_accept_their_own_offer(city, keeper):
    offer = actions.invite(asks(keeper), city, "lain@contoh.test", "approver")
    keeper.email = "lain@contoh.test"
    keeper.save()
    with pytest.raises(ForbiddenError):
        actions.accept(asks(keeper), offer.secret)


def test_mailboxes_are_not_flooded(city, keeper, monkeypatch):
    monkeypatch.setattr(actions, "A_DAY", 3)
    for place in range(3):
        actions.invite(asks(keeper), city, f"p{place}@contoh.test", "viewer")
    with pytest.raises(InvalidError):
        actions.invite(asks(keeper), city, "p4@contoh.test", "viewer")
    Invitation.objects.update(created=timezone.now() - timedelta(days=2))
    actions.invite(asks(keeper), city, "p4@contoh.test", "viewer")


DEEDS = {
    "invite": lambda by, city, _one: actions.invite(by, city, "baru@contoh.test", "administrator"),
    "resend": lambda by, _city, one: actions.resend(by, one),
    "revoke": lambda by, _city, one: actions.revoke(by, one),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [*Role.values, "foreign", "installation", "visitor"])
def test_who_may_invite(role, deed, city, offer):
    other = organisation("kota-banjarmasin")
    if role in Role.values:
        by = asks(person("Coba", (role, city)))
    elif role == "visitor":
        by = visitor()
    else:
        held = [("administrator", other)] if role == "foreign" else []
        by = asks(person("Coba", *held, is_administrator=role == "installation"))
    if role in {"administrator", "installation"}:
        DEEDS[deed](by, city, offer.invitation)
        return
    before = Invitation.objects.values_list("digest", "revoked_at").get()
    with pytest.raises(ForbiddenError):
        DEEDS[deed](by, city, offer.invitation)
    assert Invitation.objects.values_list("digest", "revoked_at").get() == before


def test_a_second_acceptance_of_the_same_role_from_another_offer_is_one_role(city, keeper, offer):
    ani = person("Ani", ("analyst", city))
    actions.accept(asks(ani), offer.secret)
    assert Assignment.objects.filter(person=ani, ended_at=None).count() == 1
