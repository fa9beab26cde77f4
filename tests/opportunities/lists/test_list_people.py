"""The pages of lists for several people: whose is shown, what is offered, what is refused."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sinergi.accounts.actions.sharing import set_visibility, share
from sinergi.accounts.models import DoneOnce, Level, Organisation, Visibility
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.models import PriorityEntry, PriorityList
from tests.people import organisation, person, signed_in

from .factories import BY, SETTINGS, bappeda, explanation

pytestmark = pytest.mark.usefixtures("shipped")
BANJARBAKULA = "/daftar/tambah/?objek=TPA_REGIONAL&anggota=63.71+63.72"
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FIELDS = {"proposer": "DLH", "target_year": "2028", "funding_channel": "", "lead": ""}


@pytest.fixture
def other(shipped: None) -> Organisation:
    return organisation("lain", name="Kota Lain")


@pytest.fixture
def plan(shipped: None) -> PriorityList:
    return actions.create_list(BY, bappeda(), ListDetails("RKPD 2028"))


def of(role: str, where: Organisation, name: str = "Ani") -> Client:
    return signed_in(Client(), person(name, (role, where)))


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


def hidden(response, name: str) -> str:
    return str(soup(response).find("input", {"name": name})["value"])


def test_the_page_of_lists_groups_them_by_how_one_comes_to_them(plan, other) -> None:
    theirs = actions.create_list(BY, other, ListDetails("Bersama"))
    share(BY, theirs, bappeda(), Level.READ)
    public = actions.create_list(BY, other, ListDetails("Umum"))
    set_visibility(BY, public, Visibility.PUBLIC)
    actions.create_list(BY, other, ListDetails("Rahasia"))
    page = of("analyst", bappeda()).get("/daftar/")
    rows = [" ".join(row.get_text(" ").split()) for row in soup(page).select("tbody tr")]
    assert [row.split()[0] for row in rows] == [
        "Milik",
        "RKPD",
        "Dibagikan",
        "Bersama",
        "Terbuka",
        "Umum",
    ]
    assert "Bappeda Kalsel" in rows[1]
    assert "dibagikan dengan Bappeda Kalsel" in rows[3]
    assert "semua orang" in rows[5]


def test_a_visitor_sees_public_lists_only_and_no_form(client: Client, plan) -> None:
    page = client.get("/daftar/")
    assert "RKPD 2028" not in text_of(page)
    set_visibility(BY, plan, Visibility.PUBLIC)
    page = client.get("/daftar/")
    assert "RKPD 2028" in text_of(page)
    assert not soup(page).main.select("form[method=post]")
    assert client.post("/daftar/", {"name": "X"}).status_code == 403
    assert client.get(f"/daftar/{plan.pk}/ekspor.csv").status_code == 200


def test_a_visitor_who_wants_to_add_is_sent_to_sign_in_and_back(client: Client) -> None:
    response = client.get(BANJARBAKULA)
    assert response.status_code == 302
    assert "next=%2Fdaftar%2Ftambah" in response["Location"]


def test_lists_are_filtered_by_organisation(plan, other) -> None:
    set_visibility(BY, actions.create_list(BY, other, ListDetails("Umum")), Visibility.PUBLIC)
    client = of("viewer", bappeda())
    assert "Umum" not in text_of(client.get("/daftar/?organisasi=bappeda-kalsel"))
    assert "RKPD 2028" not in text_of(client.get("/daftar/?organisasi=lain"))
    assert client.get("/daftar/?organisasi=%00&halaman=abc").status_code == 200


def test_only_lists_one_may_edit_are_offered(plan, other) -> None:
    share(BY, actions.create_list(BY, other, ListDetails("Baca")), bappeda(), Level.READ)
    share(BY, actions.create_list(BY, other, ListDetails("Ubah")), bappeda(), Level.EDIT)
    page = soup(of("analyst", bappeda()).get(BANJARBAKULA))
    offered = [option.get_text() for option in page.select("#id_to option")]
    assert offered == ["Ubah – Kota Lain", "RKPD 2028 – Bappeda Kalsel", "Daftar baru"]


def test_who_may_only_read_gets_no_control_at_all(plan) -> None:
    actions.add_entry(BY, plan.pk, explanation(), SETTINGS)
    entry = actions.add_entry(BY, plan.pk, explanation(("63.01", "63.04")), SETTINGS)
    actions.remove_entry(BY, plan.pk, entry.pk)
    viewer = of("viewer", bappeda())
    page = viewer.get(f"/daftar/{plan.pk}/")
    assert not soup(page).main.select("form, button, input, select, textarea")
    for deed in ("ubah", "hapus", "pulihkan"):
        assert viewer.post(f"/daftar/{plan.pk}/{deed}/", {"revision": 1}).status_code == 403
    for deed in ("ubah", "pindah", "hapus", "pulihkan", "perbarui"):
        path = f"/daftar/{plan.pk}/butir/{entry.pk}/{deed}/"
        assert viewer.post(path, {"ke": "1", "revision": 1}).status_code == 403
    assert viewer.get(f"/daftar/{plan.pk}/ubah/").status_code == 403
    assert viewer.get(BANJARBAKULA).status_code == 403


def test_an_analyst_is_not_offered_to_put_a_list_away(plan) -> None:
    page = text_of(of("analyst", bappeda()).get(f"/daftar/{plan.pk}/ubah/"))
    assert "Arsipkan" not in page


@pytest.mark.parametrize("deed", ["", "ubah/", "hapus/", "pulihkan/", "ekspor.csv"])
def test_a_list_of_another_organisation_is_404_everywhere(plan, other, deed: str) -> None:
    entry = actions.add_entry(BY, plan.pk, explanation(), SETTINGS)
    stranger = of("approver", other)
    path = f"/daftar/{plan.pk}/{deed}"
    if deed in {"", "ubah/", "ekspor.csv"}:
        assert stranger.get(path).status_code == 404
    for sent in (path, f"/daftar/{plan.pk}/butir/{entry.pk}/{deed or 'ubah/'}"):
        assert stranger.post(sent, {"revision": 1}).status_code in {404, 405}


def test_a_foreign_list_or_organisation_in_the_form_is_refused(plan, other) -> None:
    client = of("approver", other)
    data = {**FIELDS, "to": plan.pk, "reason": "", "note": ""}
    assert client.post(BANJARBAKULA, data).status_code == 422
    data = {**data, "to": "baru", "name": "X", "organisation": bappeda().pk}
    assert client.post(BANJARBAKULA, data).status_code == 422
    assert client.post("/daftar/", {"name": "X", "organisation": bappeda().pk}).status_code == 422
    assert PriorityList.objects.count() == 1
    assert not PriorityEntry.objects.exists()


def test_a_form_for_a_new_list_that_is_sent_twice_makes_one(plan) -> None:
    client = of("analyst", bappeda())
    token = hidden(client.get("/daftar/"), "once")
    data = {"name": "Dua kali", "organisation": bappeda().pk, "once": token}
    first, second = (client.post("/daftar/", data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert PriorityList.objects.filter(name="Dua kali").count() == 1
    client.post("/daftar/", {**data, "name": "Lain"})
    assert PriorityList.objects.count() == 3


def test_a_form_that_adds_to_a_list_and_is_sent_twice_adds_once(plan) -> None:
    client = of("analyst", bappeda())
    token = hidden(client.get(BANJARBAKULA), "once")
    new = {"to": "baru", "name": "Baru", "organisation": bappeda().pk}
    data = {**FIELDS, **new, "reason": "", "note": "", "once": token}
    first, second = (client.post(BANJARBAKULA, data) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert PriorityEntry.objects.count() == PriorityList.objects.filter(name="Baru").count() == 1
    assert DoneOnce.objects.count() == 1


def test_a_conflict_names_the_other_and_the_input_can_be_sent_again(plan) -> None:
    ani, budi = of("analyst", bappeda()), of("analyst", bappeda(), "Budi")
    path = f"/daftar/{plan.pk}/ubah/"
    seen = hidden(budi.get(path), "revision")
    ani.post(path, {"name": "RKPD dari Ani", "revision": seen})
    response = budi.post(path, {"name": "RKPD dari Budi", "revision": seen})
    assert response.status_code == 409
    assert "Diubah oleh Ani pada" in text_of(response)
    assert "RKPD dari Ani" in text_of(response)
    again = {"name": "RKPD dari Budi", "revision": hidden(response, "revision")}
    assert budi.post(path, again).status_code == 302
    plan.refresh_from_db()
    assert plan.name == "RKPD dari Budi"


def test_a_reason_is_asked_and_shown_in_the_history(plan) -> None:
    client = of("coordinator", bappeda())
    entry = actions.add_entry(BY, plan.pk, explanation(), SETTINGS)
    path = f"/daftar/{plan.pk}/butir/{entry.pk}/hapus/"
    client.post(path, {"revision": 1, "mengapa": "ditunda gubernur"})
    page = text_of(client.get(f"/daftar/{plan.pk}/"))
    assert "Mengeluarkan butir" in page
    assert "Alasan: ditunda gubernur" in page


def test_script_in_any_text_stays_text(plan) -> None:
    details = ListDetails(SCRIPT, SCRIPT[:160], SCRIPT[:80], SCRIPT, SCRIPT[:120])
    hostile = actions.create_list(BY, organisation("jahat", name=SCRIPT), details)
    texts = EntryDetails(SCRIPT, 2028, "", SCRIPT, SCRIPT, SCRIPT)
    entry = actions.add_entry(BY, hostile.pk, explanation(), SETTINGS, texts)
    actions.remove_entry(BY, hostile.pk, entry.pk, reason=SCRIPT)
    actions.restore_entry(BY, hostile.pk, entry.pk)
    share(BY, hostile, bappeda(), Level.EDIT, reason=SCRIPT)
    client = signed_in(
        Client(), person("x", ("approver", organisation("jahat")), ("analyst", bappeda()))
    )
    for path in ("/daftar/", f"/daftar/{hostile.pk}/", f"/daftar/{hostile.pk}/ubah/", BANJARBAKULA):
        page = client.get(path).content.decode()
        assert "alert(1)" in page, path
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_the_page_of_lists_costs_the_same_for_ten_and_for_ten_thousand(
    django_assert_max_num_queries, other
) -> None:
    client = of("analyst", bappeda())
    counts = []
    for size in (10, 9_990):
        rows = [
            PriorityList(name=f"{n}", owner="x", organisation=(bappeda(), other)[n % 2])
            for n in range(size)
        ]
        PriorityList.objects.bulk_create(rows, batch_size=2000)
        with django_assert_max_num_queries(30) as seen:
            assert client.get("/daftar/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert len(soup(client.get("/daftar/?halaman=2")).select("tbody tr")) == 51


def test_evidence_that_the_reader_may_not_read_is_named_and_not_computed_with(plan, other) -> None:
    entry = actions.add_entry(BY, plan.pk, explanation(), SETTINGS.but(evidence=other.code))
    page = text_of(of("viewer", bappeda()).get(f"/daftar/{plan.pk}/"))
    assert "bukti milik organisasi lain yang tidak boleh Anda baca" in page
    assert "Angka telah berubah" not in page
    path = f"/daftar/{plan.pk}/butir/{entry.pk}/perbarui/"
    assert of("analyst", bappeda(), "Budi").post(path, {"revision": 1}).status_code == 404
