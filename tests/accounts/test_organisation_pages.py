"""Pages of organisations show to each reader what is theirs to see, and do what their forms say."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from sinergi.accounts.actions import invitations, organisations
from sinergi.accounts.models import Affiliation, Assignment, Invitation, Organisation, Person, Role
from sinergi.accounts.organisation_rules import OrganisationDetails
from sinergi.accounts.principal import operator
from tests.people import PASSWORD, organisation, person, signed_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def city():
    return organisation(kind="government", region_code="62.71")


@pytest.fixture
def keeper(city):
    return person("Kepala", ("administrator", city))


@pytest.fixture
def root():
    return person("Root", is_administrator=True)


def to(name, *arguments):
    return reverse(f"organisations:{name}", args=arguments)


def text(answer):
    return answer.content.decode()


def test_visitors_see_names_and_people_who_signed_in_a_directory(client, city, keeper):
    told = text(client.get(to("directory")))
    assert city.name in told
    assert "62.71" not in told
    assert "62.71" in text(signed_in(client, keeper).get(to("directory")))


def test_the_directory_is_searched_and_paged(client, city):
    for place in range(60):
        organisation(f"badan-{place}")
    assert "badan" in text(client.get(to("directory")))
    found = text(client.get(to("directory"), {"q": "Palangka"}))
    assert city.name in found
    assert "Badan" not in found
    assert (
        client.get(to("directory"), {"q": "\x00", "jenis": "x", "halaman": "9z"}).status_code == 200
    )
    assert client.get(to("directory"), {"halaman": "2"}).status_code == 200


def test_a_visitor_sees_no_people(client, city, keeper):
    told = text(client.get(to("page", city.code)))
    assert city.name in told
    assert keeper.email not in told
    assert "csrfmiddlewaretoken" not in re.sub(r"<header.*?</header>", "", told, flags=re.DOTALL)


def test_its_administrator_sees_people_roles_and_invitations(client, city, keeper):
    invitations.invite(operator(), city, "ani@contoh.test", "analyst")
    told = text(signed_in(client, keeper).get(to("page", city.code)))
    assert keeper.email in told
    assert "ani@contoh.test" in told


def test_what_is_not_there_is_answered_with_404(client, keeper, root):
    signed_in(client, root)
    for address in (
        to("page", "tidak-ada"),
        to("change", "tidak-ada"),
        to("person", 10**30),
        to("invitation", "palsu"),
    ):
        assert client.get(address).status_code == 404, address


def test_an_administrator_of_the_installation_makes_an_organisation(client, root):
    signed_in(client, root)
    form = {"name": "Kementerian Uji", "kind": "ministry", "code": "", "reason": "SK 1"}
    answer = client.post(to("create"), form)
    assert answer["Location"].endswith("/organisasi/kementerian-uji/")
    again = client.post(to("create"), form)
    assert again.status_code == 422
    assert Organisation.objects.filter(kind="ministry").count() == 1


def test_a_form_names_the_character_that_deceives(client, root):
    form = {"name": "Dinas\u202eAir", "kind": "ministry"}
    answer = signed_in(client, root).post(to("create"), form)
    assert answer.status_code == 422
    assert "U+202E" in text(answer)


def test_a_change_over_the_change_of_somebody_else_is_a_conflict(client, city, root):
    signed_in(client, root)
    form = {"kind": "government", "region_code": "62.71", "parent": "", "revision": "1"}
    assert client.post(to("change", city.code), form | {"name": "Satu"}).status_code == 302
    answer = client.post(to("change", city.code), form | {"name": "Dua"})
    assert answer.status_code == 409
    assert "Satu" in text(answer)
    city.refresh_from_db()
    assert city.name == "Satu"


def test_an_organisation_administrator_changes_the_name_only(client, city, keeper):
    signed_in(client, keeper)
    form = {
        "name": "Kota Cantik",
        "revision": "1",
        "kind": "ministry",
        "region_code": "63.71",
        "code": "lain",
        "requires_second_factor": "1",
    }
    assert client.post(to("change", city.code), form).status_code == 302
    city.refresh_from_db()
    assert (city.name, city.kind, city.region_code) == ("Kota Cantik", "government", "62.71")
    assert (city.code, city.requires_second_factor) == ("kota-palangka-raya", False)


def test_an_invitation_by_letter_leads_to_an_account(client, city, keeper):
    signed_in(client, keeper)
    form = {"email": "ani@contoh.test", "role": "analyst", "is_administrator": "1"}
    assert client.post(to("invite", city.code), form).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["ani@contoh.test"]
    link = re.search(r"http://testserver(/undangan/\S+/)", letter.body)[1]
    client.logout()
    shown = client.get(link)
    assert city.name in text(shown)
    assert Invitation.objects.get().accepted_at is None
    form = {"name": "Ani", "password": PASSWORD, "again": PASSWORD, "is_administrator": "1"}
    answer = client.post(link, form | {"role": "administrator", "organisation": "1"})
    assert answer.status_code == 302
    ani = Person.objects.get(email="ani@contoh.test")
    assert not ani.is_administrator
    assert list(ani.assignments.values_list("organisation", "role")) == [(city.pk, "analyst")]
    assert client.get(link).status_code == 404


def test_the_page_of_an_invitation_is_kept_to_itself(client, city):
    offer = invitations.invite(operator(), city, "ani@contoh.test", "viewer")
    for secret in (offer.secret, "palsu"):
        answer = client.get(to("invitation", secret))
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "noindex" in answer["X-Robots-Tag"]


def test_dead_invitations_look_alike(client, city):
    offers = [
        invitations.invite(operator(), city, f"p{place}@contoh.test", "viewer")
        for place in range(3)
    ]
    invitations.revoke(operator(), offers[0].invitation)
    Invitation.objects.filter(pk=offers[1].invitation.pk).update(expires_at="2020-01-01T00:00:00Z")
    secrets = ["palsu", offers[0].secret, offers[1].secret]
    pages = {
        text(client.get(to("invitation", one))).replace(one, "").replace(one[:40], "")
        for one in secrets
    }
    cleaned = {
        re.sub(r'(nonce|csrf\w*|X-CSRFToken|value)["\']?[=:] ?["\'][^"\']*["\']', "", one)
        for one in pages
    }
    assert len(cleaned) == 1


def test_somebody_else_who_is_signed_in_cannot_accept(client, city, keeper):
    offer = invitations.invite(operator(), city, "ani@contoh.test", "approver")
    signed_in(client, keeper)
    shown = text(client.get(to("invitation", offer.secret)))
    assert "ani@contoh.test" not in shown
    assert client.post(to("invitation", offer.secret)).status_code == 403
    assert not Assignment.objects.filter(role="approver").exists()


def test_who_has_an_account_signs_in_and_accepts(client, city):
    ani = person("Ani")
    offer = invitations.invite(operator(), city, ani.email, "coordinator")
    assert "next=" in text(client.get(to("invitation", offer.secret)))
    signed_in(client, ani)
    assert client.post(to("invitation", offer.secret)).status_code == 302
    assert Assignment.objects.get().role == "coordinator"


@pytest.mark.parametrize(
    ("name", "password", "again"),
    [
        ("", PASSWORD, PASSWORD),
        ("Ani", "", ""),
        ("Ani", PASSWORD, "lain"),
        ("Ani", "pendek", "pendek"),
    ],
)
def test_a_newcomer_is_told_what_is_wrong(client, city, name, password, again):
    offer = invitations.invite(operator(), city, "ani@contoh.test", "viewer")
    form = {"name": name, "password": password, "again": again}
    answer = client.post(to("invitation", offer.secret), form)
    assert answer.status_code == 422
    assert 'class="field-error"' in text(answer)
    assert not Person.objects.filter(email="ani@contoh.test").exists()


def test_roles_are_given_and_ended_on_the_page(client, city, keeper):
    ani = person("Ani", ("viewer", city))
    signed_in(client, keeper)
    form = {"person": ani.pk, "role": "analyst", "reason": ""}
    assert client.post(to("give-role", city.code), form).status_code == 302
    assert client.post(to("end-role", city.code), form | {"role": "viewer"}).status_code == 302
    live = ani.assignments.filter(ended_at=None)
    assert list(live.values_list("role", flat=True)) == ["analyst"]


def test_only_people_of_the_organisation_are_in_the_choice(client, city, keeper):
    stranger = person("Asing")
    form = {"person": stranger.pk, "role": "analyst"}
    answer = signed_in(client, keeper).post(to("give-role", city.code), form)
    assert answer.status_code == 422
    assert not stranger.assignments.exists()


def test_nobody_raises_their_own_rights_by_a_form(client, city, keeper):
    signed_in(client, keeper)
    form = {"person": keeper.pk, "role": "approver"}
    assert client.post(to("give-role", city.code), form).status_code == 403
    form = {"email": keeper.email, "role": "approver"}
    assert client.post(to("invite", city.code), form).status_code == 403
    form = {"lakukan": "jadikan-pengelola"}
    assert client.post(to("person-deed", keeper.pk), form).status_code == 403
    keeper.refresh_from_db()
    assert not keeper.is_administrator
    assert list(keeper.assignments.values_list("role", flat=True)) == ["administrator"]


def test_the_last_administrator_is_told_to_find_another(client, city, keeper):
    form = {"person": keeper.pk, "role": "administrator"}
    signed_in(client, keeper).post(to("end-role", city.code), form)
    assert keeper.assignments.filter(ended_at=None).exists()


def test_members_come_and_go(client, city, root):
    made = organisations.create_organisation(
        operator(), OrganisationDetails("Asosiasi", "association")
    )
    signed_in(client, root)
    form = {"member": city.code}
    assert client.post(to("add-member", made.code), form).status_code == 302
    assert city.name in text(client.get(to("page", made.code)))
    assert client.post(to("add-member", made.code), {"member": "tidak-ada"}).status_code == 422
    assert client.post(to("add-member", city.code), {"member": made.code}).status_code == 422
    assert client.post(to("remove-member", made.code), form).status_code == 302
    assert not Affiliation.objects.exists()


def test_invitations_are_sent_again_and_revoked(client, city, keeper):
    offer = invitations.invite(operator(), city, "ani@contoh.test", "viewer")
    signed_in(client, keeper)
    number = offer.invitation.pk
    assert client.post(to("invitation-resend", city.code, number)).status_code == 302
    assert client.get(to("invitation", offer.secret)).status_code == 404
    assert client.post(to("invitation-revoke", city.code, number)).status_code == 302
    assert Invitation.objects.get().revoked_at is not None
    assert client.post(to("invitation-revoke", city.code, number)).status_code == 302


def test_the_invitation_of_another_organisation_is_not_there(client, city, keeper):
    other = organisation("kota-banjarmasin")
    offer = invitations.invite(operator(), other, "ani@contoh.test", "viewer")
    signed_in(client, keeper)
    for name in ("invitation-resend", "invitation-revoke"):
        assert client.post(to(name, city.code, offer.invitation.pk)).status_code == 404
        assert client.post(to(name, other.code, offer.invitation.pk)).status_code == 403
    assert invitations.offered(offer.secret)


def test_the_second_factor_is_required_by_a_button(client, city, keeper):
    signed_in(client, keeper)
    client.post(to("second-factor", city.code), {"wajib": "1"})
    city.refresh_from_db()
    assert city.requires_second_factor
    assert keeper.email not in text(client.get(to("page", city.code)))
    assert client.post(to("second-factor", city.code), {"wajib": "0"}).status_code == 403


GETS = ("create", "change", "installation", "people", "person")
POSTS = (
    "create",
    "change",
    "put-away",
    "restore",
    "second-factor",
    "give-role",
    "invite",
    "add-member",
    "remove-member",
    "person-deed",
)
INSTALLATION = {"create", "installation", "people", "person", "put-away", "restore", "person-deed"}


@pytest.mark.parametrize("role", [*Role.values, "foreign", "visitor"])
def test_pages_and_forms_are_closed_to_who_may_not(client, role, city):
    other = organisation("kota-banjarmasin")
    if role != "visitor":
        held = ("administrator", other) if role == "foreign" else (role, city)
        signed_in(client, person("Ani", held))
    someone = person("Budi").pk
    before = Organisation.objects.values_list("name", "revision", "deleted_at", "kind")
    kept = list(before)
    for way, names in (("get", GETS), ("post", POSTS)):
        for name in names:
            arguments = [] if name in {"create", "installation", "people"} else [city.code]
            arguments = [someone] if name.startswith("person") else arguments
            answer = getattr(client, way)(to(name, *arguments))
            if role == "administrator" and name not in INSTALLATION:
                assert answer.status_code in {200, 302, 404, 422}, name
            elif role == "visitor" and way == "get":
                assert answer.status_code == 302, name
                assert "next=" in answer["Location"]
            else:
                assert answer.status_code == 403, (way, name)
    if role != "administrator":
        assert list(before) == kept


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_script_in_a_name_is_shown_as_text_on_every_page(client, city, root, prefix):
    ani = person("Ani", ("administrator", city))
    Person.objects.filter(pk=ani.pk).update(name=SCRIPT, email=f'{SCRIPT}"@x.test')
    Organisation.objects.filter(pk=city.pk).update(name=SCRIPT, kind="association")
    offer = invitations.invite(operator(), city, "x@contoh.test", "viewer")
    Invitation.objects.update(email=f"{SCRIPT}@x.test", invited_by=ani)
    member = organisation("anggota", name=SCRIPT)
    Affiliation.objects.create(association=city, member=member)
    away = organisation("pergi", name=SCRIPT)
    organisations.put_organisation_away(operator(), away)
    signed_in(client, root)
    for address in (
        to("directory"),
        to("directory") + f"?q={SCRIPT}&jenis={SCRIPT}",
        to("page", city.code),
        to("page", member.code),
        to("change", city.code),
        to("create"),
        to("installation"),
        to("people") + f"?q={SCRIPT}",
        to("person", ani.pk),
        to("invitation", offer.secret),
    ):
        answer = client.get(prefix + address)
        assert answer.status_code == 200, address
        assert SCRIPT not in text(answer), address


def test_the_history_of_an_organisation_names_people_and_members(client, city, keeper, root):
    association = organisation("apeksi-uji", kind="association", name="APEKSI Uji")
    head = person("Kepala Asosiasi", ("administrator", association), ("administrator", city))
    reader = person("Pembaca", ("viewer", association))
    signed_in(client, head)
    client.post(to("add-member", association.code), {"member": city.code})
    told = text(client.get(to("page", association.code)))
    history = told[told.index('id="riwayat"') :]
    assert city.name in history
    assert head.name in history
    assert 'id="riwayat"' not in text(signed_in(client, reader).get(to("page", association.code)))


def test_settings_of_an_organisation_lead_to_sign_in_by_its_provider(client, city, keeper):
    told = text(signed_in(client, keeper).get(to("page", city.code)))
    assert reverse("account:provider", args=[city.code]) in told
