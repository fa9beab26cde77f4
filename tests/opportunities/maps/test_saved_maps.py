"""Saved maps: what they keep, what they refuse, and their pages."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sinergi.accounts.actions.sharing import share
from sinergi.accounts.audit.history import history
from sinergi.accounts.errors import ConflictError, ForbiddenError
from sinergi.accounts.models import Level, Organisation
from sinergi.accounts.principal import operator, visitor
from sinergi.opportunities.lists import errors
from sinergi.opportunities.maps import actions, queries
from sinergi.opportunities.maps.actions import MapDetails
from sinergi.opportunities.models import SavedMap
from tests.people import asks, organisation, person, signed_in

BY = operator()
QUERY = "objek=TPA_REGIONAL&dalam=63&jarak=90"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def home(db: None) -> Organisation:
    return organisation("bappeda", name="Bappeda")


@pytest.fixture
def saved(home: Organisation) -> SavedMap:
    return actions.save_map(BY, home, MapDetails("Sampah", QUERY))


def test_settings_are_kept_in_their_shortest_form(home: Organisation) -> None:
    row = actions.save_map(BY, home, MapDetails(" Sampah ", "?dalam=63&objek=TPA&jarak=&x=1"))
    assert (row.name, row.query) == ("Sampah", "objek=TPA&dalam=63")


@pytest.mark.parametrize("query", ["anggota=9..2", "bobot_need=abc", "jarak=99999", "x" * 4001])
def test_settings_that_no_map_can_have_are_refused(home: Organisation, query: str) -> None:
    with pytest.raises(errors.InvalidError) as caught:
        actions.save_map(BY, home, MapDetails("Sampah", query))
    assert set(caught.value.fields) == {"query"}
    assert not SavedMap.objects.exists()


def test_a_map_without_a_name_is_refused(home: Organisation) -> None:
    with pytest.raises(errors.InvalidError) as caught:
        actions.save_map(BY, home, MapDetails("\x00 "))
    assert set(caught.value.fields) == {"name"}


def test_every_deed_is_in_the_history_and_a_change_of_nothing_is_not(saved: SavedMap) -> None:
    actions.edit_map(BY, saved.pk, MapDetails("Sampah", QUERY), revision=1)
    actions.edit_map(BY, saved.pk, MapDetails("TPA", QUERY, "rapat"), revision=1)
    actions.put_map_away(BY, saved.pk, reason="usang")
    actions.restore_map(BY, saved.pk)
    deeds = history("saved_map", saved.pk)
    assert [deed.verb for deed in deeds] == ["restored", "put_away", "changed", "created"]
    assert (deeds[2].before, deeds[2].after) == (
        {"name": "Sampah", "note": ""},
        {"name": "TPA", "note": "rapat"},
    )
    assert deeds[1].reason == "usang"


def test_a_change_from_an_old_revision_overwrites_nothing(saved: SavedMap) -> None:
    actions.edit_map(BY, saved.pk, MapDetails("A", QUERY), revision=1)
    for deed in (
        lambda: actions.edit_map(BY, saved.pk, MapDetails("B", QUERY), revision=1),
        lambda: actions.put_map_away(BY, saved.pk, revision=1),
    ):
        with pytest.raises(ConflictError, match="operator"):
            deed()
    assert queries.get_map(BY, saved.pk).name == "A"


def test_a_map_put_away_is_closed_until_it_is_restored(saved: SavedMap) -> None:
    actions.put_map_away(BY, saved.pk)
    with pytest.raises(errors.NotFoundError):
        queries.get_map(BY, saved.pk)
    with pytest.raises(errors.NotFoundError):
        actions.edit_map(BY, saved.pk, MapDetails("B"))
    assert [row.pk for row in queries.maps_put_away(BY)] == [saved.pk]
    actions.restore_map(BY, saved.pk)
    with pytest.raises(errors.NotFoundError):
        actions.restore_map(BY, saved.pk)


def test_only_those_who_may_do_something_with_a_map(saved: SavedMap, home: Organisation) -> None:
    other = organisation("lain")
    viewer, stranger = (
        asks(person(name, (role, where)))
        for name, role, where in (("Ani", "viewer", home), ("Tono", "analyst", other))
    )
    with pytest.raises(ForbiddenError):
        actions.edit_map(viewer, saved.pk, MapDetails("B"))
    for who in (stranger, visitor()):
        with pytest.raises(errors.NotFoundError):
            actions.edit_map(who, saved.pk, MapDetails("B"))
        assert not queries.saved_maps(who).exists()
    share(BY, saved, other, Level.EDIT)
    assert actions.edit_map(stranger, saved.pk, MapDetails("B", QUERY)).name == "B"
    with pytest.raises(ForbiddenError):
        actions.put_map_away(stranger, saved.pk)
    assert list(queries.saved_maps(stranger, organisation=home)) == [saved]


@pytest.fixture
def ani(shipped: None, client: Client, home: Organisation) -> Client:
    return signed_in(client, person("Ani", ("coordinator", home)))


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_settings_of_the_map_are_saved_opened_changed_and_put_away(
    ani: Client, home: Organisation
) -> None:
    page = BeautifulSoup(ani.get(f"/?{QUERY}").content, "html.parser")
    button = page.find("a", string="Simpan setelan ini")["href"]
    form = BeautifulSoup(ani.get(button).content, "html.parser")
    sent = {tag["name"]: tag.get("value", "") for tag in form.select("form.card input[name]")}
    sent |= {"name": "Sampah", "organisation": home.pk, "note": "baris\nkedua"}
    first, second = (ani.post(button, sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    saved = SavedMap.objects.get()
    assert saved.query == QUERY
    shown = ani.get(first["Location"])
    assert f'href="/?{saved.query.replace("&", "&amp;")}"' in shown.content.decode()
    assert "Milik Bappeda" in text_of(shown)
    change = {"name": "TPA", "note": "", "query": saved.query, "revision": 1}
    assert ani.post(first["Location"], change).status_code == 302
    conflict = ani.post(first["Location"], change | {"name": "Lain"})
    assert conflict.status_code == 409
    assert "Diubah oleh Ani" in text_of(conflict)
    away = ani.post(f"{first['Location']}hapus/", {"revision": 2, "mengapa": "usang"}, follow=True)
    assert "Peta yang diarsipkan" in text_of(away)
    assert ani.post(f"{first['Location']}pulihkan/").status_code == 302


def test_nonsense_in_the_address_is_told_when_it_is_saved(ani: Client, home: Organisation) -> None:
    data = {"name": "X", "organisation": home.pk, "query": "anggota=9..2"}
    assert ani.post("/peta-tersimpan/baru/", data).status_code == 422
    assert ani.get("/peta-tersimpan/baru/?anggota=9..2&x=%00").status_code == 200


def test_a_visitor_is_sent_to_sign_in_to_save(client: Client, shipped: None) -> None:
    response = client.get(f"/peta-tersimpan/baru/?{QUERY}")
    assert response.status_code == 302
    assert "next=" in response["Location"]
    assert client.get("/peta-tersimpan/").status_code == 200


def test_a_reader_gets_no_form(shipped: None, saved: SavedMap, home: Organisation) -> None:
    viewer = signed_in(Client(), person("Vira", ("viewer", home)))
    page = viewer.get(f"/peta-tersimpan/{saved.pk}/")
    assert not BeautifulSoup(page.content, "html.parser").main.select("form, button, input")
    assert viewer.post(f"/peta-tersimpan/{saved.pk}/", {"name": "X"}).status_code == 403
    assert viewer.get("/peta-tersimpan/baru/").status_code == 403


def test_a_map_of_another_organisation_is_404(shipped: None, saved: SavedMap) -> None:
    stranger = signed_in(Client(), person("Tono", ("approver", organisation("lain"))))
    for deed in ("", "hapus/", "pulihkan/"):
        assert stranger.post(f"/peta-tersimpan/{saved.pk}/{deed}").status_code == 404
    assert stranger.get(f"/peta-tersimpan/{saved.pk}/").status_code == 404


def test_script_in_a_saved_map_stays_text(ani: Client, home: Organisation) -> None:
    row = actions.save_map(BY, home, MapDetails(SCRIPT, f"objek={SCRIPT}", SCRIPT))
    for path in ("/peta-tersimpan/", f"/peta-tersimpan/{row.pk}/"):
        assert SCRIPT not in ani.get(path).content.decode()
