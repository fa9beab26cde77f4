"""Things of others named in what is sent; rights that ended meanwhile; fields that nobody may fill."""

import json
from datetime import timedelta

import pytest
from django.forms.models import model_to_dict
from django.test import Client
from django.utils import timezone

from sinergi.accounts.actions import sharing
from sinergi.accounts.actions.people import deactivate_person, end_role
from sinergi.accounts.models import (
    ApiToken,
    Assignment,
    Invitation,
    Organisation,
    Person,
    Share,
    Visibility,
)
from sinergi.accounts.principal import operator
from sinergi.opportunities.models import PriorityEntry, PriorityList, SavedMap
from tests.api.world import bearer, token
from tests.people import person, signed_in


def call(client, method, path, body=None, secret="", **headers):
    """Ask the API."""
    told = {**bearer(secret), "If-Match": "*", **headers}
    return client.generic(
        method, f"/api/v1/{path}", json.dumps(body or {}), "application/json", headers=told
    )


@pytest.fixture
def outside(house) -> tuple[Client, Person, Organisation, str]:
    """Somebody who may do everything in another organisation, with a session and a token."""
    theirs = Organisation.objects.get(code="asing")
    one = house.people["outsider"]
    return house.clients["outsider"], one, theirs, token(one, theirs)


def test_an_entry_of_another_list_is_reached_through_no_list_of_ones_own(
    house, outside, client
) -> None:
    session, _one, theirs, secret = outside
    own = PriorityList.objects.create(organisation=theirs, name="Punya sendiri")
    foreign = PriorityEntry.objects.get(priority_list=house.things["priority_list", "private"].pk)
    before = model_to_dict(foreign)
    for deed, sent in (
        ("ubah", {"lead": "X"}),
        ("hapus", {}),
        ("pindah", {"ke": "1"}),
        ("perbarui", {}),
    ):
        answer = session.post(f"/daftar/{own.pk}/{foreign.pk}/{deed}/", {**sent, "revision": "1"})
        assert answer.status_code == 404, deed
    for method, path in (("PATCH", ""), ("DELETE", ""), ("POST", "/move"), ("POST", "/renew")):
        address = f"lists/{own.pk}/entries/{foreign.pk}{path}"
        answer = call(client, method, address, {"to": 1} if path == "/move" else {}, secret)
        assert answer.status_code in {404, 405}, (method, path)
    foreign.refresh_from_db()
    assert model_to_dict(foreign) == before


def test_nothing_is_shared_with_what_is_put_away_or_not_there(house, insider) -> None:
    plan = house.things["priority_list", "private"]
    away = Organisation.objects.get(code="mitra")
    Organisation.objects.filter(pk=away.pk).update(deleted_at=timezone.now())
    for code in ("mitra", "tidak-ada", "", "../pemilik", str(away.pk)):
        answer = insider.post(
            f"/bagikan/priority_list/{plan.pk}/", {"organisation": code, "level": "edit"}
        )
        assert answer.status_code < 500
    assert not Share.objects.filter(kind="priority_list", object_id=plan.pk).exists()


def test_tokens_sessions_uploads_and_invitations_of_others_are_not_there(
    house, outside, client
) -> None:
    session, _one, theirs, secret = outside
    analyst = house.people["analyst"]
    token(analyst, house.owner)
    theirs_not = ApiToken.objects.get(person=analyst)
    assert session.post(f"/akun/token/{theirs_not.pk}/cabut/").status_code == 404
    assert call(client, "DELETE", f"tokens/{theirs_not.pk}", None, secret).status_code == 404
    assert ApiToken.objects.get(pk=theirs_not.pk).revoked_at is None
    upload = house.uploads["evidence"]
    for path in (f"/impor/{upload}/", f"/impor/{upload}/memuat/"):
        assert session.get(path).status_code == 404
        assert session.post(path).status_code in {404, 405}
    assert call(client, "GET", f"uploads/{upload}", None, secret).status_code in {404, 405}
    assert call(client, "DELETE", f"uploads/{upload}", None, secret).status_code == 404
    for deed in ("kirim-ulang", "cabut"):
        there = f"/organisasi/asing/undangan/{house.invitation}/{deed}/"
        assert session.post(there).status_code == 404
    path = f"organisations/{theirs.code}/invitations/{house.invitation}"
    assert call(client, "DELETE", path, None, secret).status_code == 404
    assert Invitation.objects.get(pk=house.invitation).revoked_at is None


def test_roles_are_given_to_nobody_by_the_number_of_a_stranger(house, outside, client) -> None:
    session, _one, theirs, secret = outside
    analyst = house.people["analyst"]
    before = Assignment.objects.filter(person=analyst).count()
    sent = {"person": analyst.pk, "role": "administrator"}
    assert session.post("/organisasi/pemilik/peran/", sent).status_code in {403, 404}
    path = f"organisations/pemilik/people/{analyst.pk}/roles/administrator"
    assert call(client, "PUT", path, None, secret).status_code in {403, 404}
    assert Assignment.objects.filter(person=analyst).count() == before
    assert theirs.code == "asing"


def test_a_role_that_ends_ends_session_and_token_at_the_next_request(house, client) -> None:
    analyst, plan = house.people["analyst"], house.things["priority_list", "private"]
    session, secret = house.clients["analyst"], token(analyst, house.owner)
    assert session.get(f"/daftar/{plan.pk}/").status_code == 200
    assert call(client, "GET", f"lists/{plan.pk}", None, secret).status_code == 200
    end_role(operator(), house.owner, analyst, "analyst")
    assert session.get(f"/daftar/{plan.pk}/").status_code == 404
    assert session.post(f"/daftar/{plan.pk}/ubah/", {"name": "X", "revision": 1}).status_code == 404
    assert call(client, "GET", f"lists/{plan.pk}", None, secret).status_code == 404


def test_who_is_deactivated_is_out_at_the_next_request(house, client) -> None:
    analyst = house.people["analyst"]
    secret = token(analyst, house.owner)
    assert house.clients["analyst"].get("/akun/").status_code == 200
    deactivate_person(operator(), analyst)
    assert house.clients["analyst"].get("/akun/").status_code == 302
    assert call(client, "GET", "me", None, secret).status_code == 401


def test_a_share_that_ends_ends_what_it_opened(house) -> None:
    plan, reader = house.things["priority_list", "edit"], house.clients["partner analyst"]
    assert reader.get(f"/daftar/{plan.pk}/").status_code == 200
    sharing.unshare(operator(), plan, house.partner)
    assert reader.get(f"/daftar/{plan.pk}/").status_code == 404
    assert reader.post(f"/daftar/{plan.pk}/ubah/", {"name": "X"}).status_code == 404


MORE = {
    "organisation": "asing",
    "organisation_id": 1,
    "visibility": "public",
    "is_administrator": True,
    "created_by": 1,
    "revision": 99,
    "id": 1,
    "pk": 1,
    "deleted_at": None,
    "is_active": True,
}


def test_fields_that_nobody_may_fill_are_refused_by_the_api(house, client) -> None:
    secret = token(house.people["coordinator"], house.owner)
    plan, kept = house.things["priority_list", "private"], house.things["saved_map", "private"]
    plan.refresh_from_db()
    kept.refresh_from_db()
    before = (model_to_dict(plan), model_to_dict(kept))
    for path in (f"lists/{plan.pk}", f"maps/{kept.pk}"):
        for name, value in MORE.items():
            answer = call(client, "PATCH", path, {"purpose": "x", name: value}, secret)
            assert answer.status_code == 422, (path, name)
    rows = PriorityList.objects.get(pk=plan.pk), SavedMap.objects.get(pk=kept.pk)
    assert tuple(map(model_to_dict, rows)) == before


def test_fields_that_nobody_may_fill_are_passed_over_by_forms(house) -> None:
    session, plan = house.clients["coordinator"], house.things["priority_list", "private"]
    kept = house.things["saved_map", "private"]
    plan.refresh_from_db()
    told = {**MORE, "name": "Nama baru", "owner": "X", "revision": plan.revision, "deleted_at": ""}
    session.post(f"/daftar/{plan.pk}/ubah/", told)
    session.post(f"/peta-tersimpan/{kept.pk}/", {**told, "revision": kept.revision, "query": ""})
    for row in (PriorityList.objects.get(pk=plan.pk), SavedMap.objects.get(pk=kept.pk)):
        assert row.organisation == house.owner
        assert row.visibility == Visibility.PRIVATE
        assert row.revision <= 3
    mine = house.people["coordinator"]
    session.post("/akun/profil/", {**told, "name": "Saya", "language": "id", "email": "x@y.test"})
    fresh = Person.objects.get(pk=mine.pk)
    assert (fresh.is_administrator, fresh.email) == (False, mine.email)


def test_a_session_of_an_erased_or_forged_person_is_nobodys(house) -> None:
    session = signed_in(Client(), person("Sementara"))
    kept = session.session
    kept["_auth_user_id"] = str(house.people["installation"].pk)
    kept.save()
    assert session.get("/pengelolaan/").status_code in {302, 403}


def test_a_token_ends_with_its_time(house, client) -> None:
    secret = token(house.people["analyst"], house.owner)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert call(client, "GET", "me", None, secret).status_code == 401
    assert call(client, "GET", "me", None, secret[:-1] + "A").status_code == 401
    assert call(client, "GET", "me", None, "snrg_" + "x" * 190).status_code == 401
