"""The pages of priority lists on the shipped evidence, as a browser without JavaScript uses them."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sinergi.opportunities.lists import actions, queries
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.models import PriorityEntry, PriorityList
from tests.people import person, signed_in

from .factories import BY, bappeda

pytestmark = pytest.mark.usefixtures("shipped")
BANJARBAKULA = "/daftar/tambah/?objek=TPA_REGIONAL&anggota=63.01+63.03+63.04+63.71+63.72"
FIELDS = {"proposer": "DLH", "target_year": "2028", "funding_channel": "APBD_PROV"}
TEXTS = {"lead": "", "reason": "TPA penuh", "note": ""}
VALUES = {**FIELDS, **TEXTS}


@pytest.fixture
def plan(shipped: None) -> PriorityList:
    return actions.create_list(BY, bappeda(), ListDetails("RKPD 2028", "Bappeda Kalsel"))


@pytest.fixture
def client(shipped: None, client: Client) -> Client:
    """A session of Ani, coordinator of Bappeda."""
    return signed_in(client, person("Ani", ("coordinator", bappeda())))


@pytest.fixture
def entry(plan: PriorityList, client: Client) -> PriorityEntry:
    return add(client, plan, BANJARBAKULA)


def add(client: Client, plan: PriorityList, address: str) -> PriorityEntry:
    response = client.post(address, {**VALUES, "to": plan.pk})
    assert response.status_code == 302, text_of(response)
    return PriorityEntry.objects.latest("pk")


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def values_of(response, prefix: str) -> dict[str, str]:
    soup = BeautifulSoup(response.content, "html.parser")
    found = {}
    for tag in soup.select(f"[name^={prefix}-]"):
        name = tag["name"].removeprefix(f"{prefix}-")
        chosen = tag.select_one("option[selected]")
        value = (chosen or {}).get("value", "") if tag.name == "select" else tag.get("value")
        found[name] = (tag.string or "").strip() if value is None else value
    return found


def address(entry: PriorityEntry, deed: str) -> str:
    return f"/daftar/{entry.priority_list_id}/butir/{entry.pk}/{deed}/"


def test_without_lists_the_page_says_how_to_start(client: Client) -> None:
    response = client.get("/daftar/")
    assert response.status_code == 200
    assert "Belum ada daftar" in text_of(response)


def test_a_list_is_made_and_shown(client: Client) -> None:
    data = {"name": "RKPD <2028>", "owner": "Bappeda", "planning_document": "RKPD 2028"}
    data["organisation"] = bappeda().pk
    response = client.post("/daftar/", data, follow=True)
    assert "RKPD <2028>" in text_of(response)
    assert "Daftar ini masih kosong" in text_of(response)


def test_a_list_without_an_organisation_keeps_what_was_written(client: Client) -> None:
    response = client.post("/daftar/", {"name": "RKPD 2028", "organisation": ""})
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert soup.find("input", {"name": "name"})["value"] == "RKPD 2028"
    assert soup.find("select", {"name": "organisation"})["aria-invalid"] == "true"


def test_a_list_without_an_owner_is_handed_in_by_its_organisation(client: Client) -> None:
    client.post("/daftar/", {"name": "RKPD 2028", "organisation": bappeda().pk})
    assert PriorityList.objects.get().owner == "Bappeda Kalsel"


def test_the_form_to_add_is_filled_with_the_reasons(client: Client, plan: PriorityList) -> None:
    response = client.get(BANJARBAKULA)
    soup = BeautifulSoup(response.content, "html.parser")
    assert "Skor" in soup.find("textarea", {"name": "reason"}).string
    assert "Kota Banjarmasin" in text_of(response)
    groups = [group["label"] for group in soup.select("optgroup")]
    assert groups == ["Sesuai aturan", "Tidak sesuai aturan"]


def test_an_opportunity_goes_to_an_existing_list(
    client: Client, plan: PriorityList, entry: PriorityEntry
) -> None:
    assert entry.members_key == "63.01+63.03+63.04+63.71+63.72"
    page = text_of(client.get(f"/daftar/{plan.pk}/"))
    for words in ("TPA/TPST regional", "DLH", "APBD provinsi", "TPA penuh", "wajib ikut serta"):
        assert words in page


def test_an_opportunity_starts_a_new_list_or_nothing_at_all(client: Client) -> None:
    data = {**VALUES, "to": "baru", "name": "Baru", "owner": "", "target_year": "28"}
    assert client.post(BANJARBAKULA, data).status_code == 422
    assert not PriorityList.objects.exists()
    response = client.post(
        BANJARBAKULA, {**data, "organisation": bappeda().pk, "target_year": "2028"}
    )
    assert response.status_code == 302
    assert queries.lists(BY).get().size == 1


def test_a_refused_entry_leaves_no_new_list(client: Client) -> None:
    data = {**VALUES, "to": "baru", "name": "Baru", "reason": "x" * 4001}
    data["organisation"] = bappeda().pk
    assert client.post(BANJARBAKULA, data).status_code == 422
    assert not PriorityList.objects.exists()


def test_the_same_opportunity_twice_is_refused_in_place(
    client: Client, plan: PriorityList, entry: PriorityEntry
) -> None:
    swapped = "/daftar/tambah/?objek=TPA_REGIONAL&anggota=63.72,63.71,63.04,63.03,63.01"
    response = client.post(swapped, {**VALUES, "note": "jangan hilang", "to": plan.pk})
    assert response.status_code == 422
    assert "sudah ada dalam “RKPD 2028” sebagai nomor 1" in text_of(response)
    assert "jangan hilang" in text_of(response)


def test_the_settings_of_the_map_are_kept(client: Client, plan: PriorityList) -> None:
    kept = add(client, plan, f"{BANJARBAKULA}&dalam=63&anggota=2..5&bobot_need=90").snapshot
    assert kept["settings"]["within"] == ["63"]
    assert kept["settings"]["members_max"] == 5
    assert kept["settings"]["weights"]["need"] == 0.9
    page = client.get(f"/daftar/{plan.pk}/").content.decode()
    assert "dalam=63" in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "objek=TPA_REGIONAL",
        "objek=TPA_REGIONAL&anggota=63.71",
        "objek=NONSENSE&anggota=63.71+63.72",
        "objek=TPA_REGIONAL&anggota=63.71+99.99",
        "objek=TPA_REGIONAL&anggota=63.71+63.71",
        "objek=TPA_REGIONAL&anggota=63.71+63.72&bobot_need=abc",
        "objek=TPA_REGIONAL&anggota=63.71+63.72&anggota=9..2",
        "objek=TPA_REGIONAL&anggota=63.71+63.72&dalam=%00",
        "objek=%F0%9F%8C%B6&anggota=a+b",
    ],
)
def test_a_nonsense_address_is_400_with_a_way_back(client: Client, query: str) -> None:
    response = client.get(f"/daftar/tambah/?{query}")
    assert response.status_code == 400
    assert b"href=" in response.content


@pytest.mark.parametrize(
    "path",
    [
        "/daftar/999/",
        "/daftar/99999999999999999999999/",
        "/daftar/abc/",
        "/daftar/999/ekspor.pdf",
        "/daftar/999/ubah/",
    ],
)
def test_a_list_that_is_not_there_is_404_and_leads_to_all_lists(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one('.page-error a[href="/daftar/"]')


def test_an_unknown_format_is_404(client: Client, plan: PriorityList) -> None:
    assert client.get(f"/daftar/{plan.pk}/ekspor.exe").status_code == 404


def test_an_edit_is_saved(client: Client, entry: PriorityEntry) -> None:
    page = client.get(f"/daftar/{entry.priority_list_id}/")
    data = {**values_of(page, f"b{entry.pk}"), "note": "Perlu Perda", "target_year": "2029"}
    sent = {f"b{entry.pk}-{name}": value for name, value in data.items()}
    response = client.post(address(entry, "ubah"), sent)
    entry.refresh_from_db()
    assert response["Location"].endswith(f"#butir-{entry.pk}")
    assert (entry.note, entry.target_year, entry.proposer) == ("Perlu Perda", 2029, "DLH")


def test_a_bad_year_is_shown_in_place_with_the_input(client: Client, entry: PriorityEntry) -> None:
    data = {**VALUES, "target_year": "dua ribu", "note": "jangan hilang", "revision": 1}
    sent = {f"b{entry.pk}-{name}": value for name, value in data.items()}
    response = client.post(address(entry, "ubah"), sent)
    assert response.status_code == 422
    assert values_of(response, f"b{entry.pk}")["note"] == "jangan hilang"
    assert "empat angka" in text_of(response)


def test_a_conflict_shows_both_and_can_be_saved_again(client: Client, entry: PriorityEntry) -> None:
    details = EntryDetails(proposer="Orang lain", target_year=2030)
    actions.edit_entry(BY, entry.priority_list_id, entry.pk, details)
    sent = {f"b{entry.pk}-{name}": value for name, value in {**VALUES, "revision": 1}.items()}
    response = client.post(address(entry, "ubah"), sent)
    entry.refresh_from_db()
    assert (response.status_code, entry.proposer) == (409, "Orang lain")
    assert "Orang lain" in text_of(response)
    again = values_of(response, f"b{entry.pk}")
    assert (again["proposer"], again["revision"]) == ("DLH", "2")
    client.post(address(entry, "ubah"), {f"b{entry.pk}-{k}": v for k, v in again.items()})
    entry.refresh_from_db()
    assert entry.proposer == "DLH"


def test_a_form_without_its_revision_is_a_conflict(client: Client, entry: PriorityEntry) -> None:
    sent = {f"b{entry.pk}-{name}": value for name, value in VALUES.items()}
    assert client.post(address(entry, "ubah"), sent).status_code == 409


def test_details_of_a_list_conflict_in_place(client: Client, plan: PriorityList) -> None:
    actions.rename_list(BY, plan.pk, ListDetails("Nama lain", "Bappeda Kalsel"))
    data = {"name": "Nama saya", "owner": "Saya", "revision": 1}
    response = client.post(f"/daftar/{plan.pk}/ubah/", data)
    assert response.status_code == 409
    assert "Nama lain" in text_of(response)
    assert b'value="Nama saya"' in response.content
    assert client.post(f"/daftar/{plan.pk}/ubah/", {**data, "revision": 2}).status_code == 302


def test_entries_move_up_down_and_to_a_number(client: Client, plan: PriorityList) -> None:
    pairs = ("63.71+63.72", "63.71+63.03", "63.71+63.04")
    query = "/daftar/tambah/?objek=TPA_REGIONAL&anggota="
    a, b, c = (add(client, plan, query + pair) for pair in pairs)
    for entry, to, order in ((c, "naik", [a, c, b]), (a, "turun", [c, a, b]), (b, "1", [b, c, a])):
        revision = queries.get_list(BY, plan.pk).revision
        client.post(address(entry, "pindah"), {"ke": to, "revision": revision})
        assert [e.pk for e in queries.entries(plan)] == [e.pk for e in order]


def test_a_move_from_an_old_page_says_so(client: Client, entry: PriorityEntry) -> None:
    data = {"ke": "2", "revision": "x"}
    response = client.post(address(entry, "pindah"), data, follow=True)
    assert "Ubahan Anda tidak disimpan" in text_of(response)


@pytest.mark.parametrize("to", ["", "ke mana", "-1", "1e3", "٣"])
def test_a_move_to_nowhere_is_400(client: Client, entry: PriorityEntry, to: str) -> None:
    assert client.post(address(entry, "pindah"), {"ke": to}).status_code == 400


def test_a_removed_entry_can_be_put_back(client: Client, entry: PriorityEntry) -> None:
    gone = client.post(address(entry, "hapus"), {"revision": 1}, follow=True)
    assert "Butir yang dikeluarkan" in text_of(gone)
    back = client.post(address(entry, "pulihkan"), follow=True)
    assert "Butir yang dikeluarkan" not in text_of(back)
    assert "Mengembalikan butir" in text_of(back)


def test_a_list_put_away_can_be_restored(client: Client, plan: PriorityList) -> None:
    page = client.post(f"/daftar/{plan.pk}/hapus/", {"revision": 1}, follow=True)
    assert "Daftar yang diarsipkan" in text_of(page)
    assert client.get(f"/daftar/{plan.pk}/").status_code == 404
    assert client.post(f"/daftar/{plan.pk}/pulihkan/").status_code == 302
    assert client.get(f"/daftar/{plan.pk}/").status_code == 200


def test_changed_evidence_is_said_and_reasons_can_be_renewed(
    client: Client, entry: PriorityEntry
) -> None:
    now = entry.snapshot["opportunity"]["score"]
    entry.snapshot["opportunity"]["score"] = 0.125
    entry.snapshot["evidence"]["version"] = "older"
    entry.save()
    page = text_of(client.get(f"/daftar/{entry.priority_list_id}/"))
    assert "Angka telah berubah sejak dipilih" in page
    assert re.search(r"12,5 → \d+,\d", page)
    client.post(address(entry, "perbarui"), {"revision": 1})
    entry.refresh_from_db()
    assert entry.snapshot["opportunity"]["score"] == now
    assert "Angka telah berubah" not in text_of(client.get(f"/daftar/{entry.priority_list_id}/"))


def test_an_opportunity_the_map_lost_keeps_its_reasons(
    client: Client, entry: PriorityEntry
) -> None:
    entry.object_code = "GONE"
    entry.snapshot["catalogue"] = "older"
    entry.save()
    page = text_of(client.get(f"/daftar/{entry.priority_list_id}/"))
    assert "Peta tidak dapat lagi menghitung peluang ini" in page
    assert client.post(address(entry, "perbarui"), {"revision": 1}).status_code == 400


@pytest.mark.parametrize("fmt", ["xlsx", "docx", "pdf", "csv", "json"])
def test_every_format_downloads_with_a_readable_name(
    client: Client, entry: PriorityEntry, fmt: str
) -> None:
    response = client.get(f"/en/daftar/{entry.priority_list_id}/ekspor.{fmt}")
    assert response.status_code == 200
    assert re.search(
        rf'"cooperation-list-rkpd-2028-[\d-]+\.{fmt}"', response["Content-Disposition"]
    )


def test_the_pages_speak_english_too(client: Client, entry: PriorityEntry) -> None:
    page = text_of(client.get(f"/en/daftar/{entry.priority_list_id}/"))
    assert "Regional landfill" in page
    assert "Target year" in page


def test_deeds_cannot_be_done_by_a_link(client: Client, entry: PriorityEntry) -> None:
    for deed in ("pindah", "hapus", "pulihkan", "perbarui"):
        assert client.get(address(entry, deed)).status_code == 405
    there = f"/daftar/{entry.priority_list_id}/#butir-{entry.pk}"
    assert client.get(address(entry, "ubah"))["Location"] == there


def test_every_control_has_a_label(client: Client, entry: PriorityEntry) -> None:
    pages = [
        client.get(p) for p in ("/daftar/", BANJARBAKULA, f"/daftar/{entry.priority_list_id}/")
    ]
    for page in pages:
        soup = BeautifulSoup(page.content, "html.parser").main
        ids = [tag["id"] for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids))
        labels = {label["for"] for label in soup.select("label[for]")}
        controls = soup.select("input:not([type=hidden]), select, textarea")
        assert controls
        assert not [tag for tag in controls if tag["id"] not in labels]
        assert all(tag.get_text(strip=True) for tag in soup.select("button, a"))


def test_putting_a_changed_list_away_from_an_old_page_is_refused(
    client: Client, plan: PriorityList
) -> None:
    page = client.post(f"/daftar/{plan.pk}/hapus/", {"revision": 7}, follow=True)
    assert "Ubahan Anda tidak disimpan" in text_of(page)
    assert client.get(f"/daftar/{plan.pk}/").status_code == 200


@pytest.mark.parametrize("deed", ["hapus", "pulihkan"])
def test_a_list_that_is_not_there_can_be_neither_put_away_nor_restored(
    client: Client, deed: str
) -> None:
    assert client.post(f"/daftar/999/{deed}/", {"revision": 1}).status_code == 404


def test_a_name_of_control_characters_is_no_name(client: Client) -> None:
    response = client.post("/daftar/", {"name": "\x0b\x0c", "organisation": bappeda().pk})
    assert response.status_code == 422
    assert not PriorityList.objects.exists()


def test_an_entry_of_another_list_is_404(
    client: Client, plan: PriorityList, entry: PriorityEntry
) -> None:
    other = actions.create_list(BY, bappeda(), ListDetails("Lain", "Bappeda"))
    for deed in ("ubah", "pindah", "perbarui"):
        path = f"/daftar/{other.pk}/butir/{entry.pk}/{deed}/"
        assert client.post(path, {"ke": "1"}).status_code == 404
