"""Two people with the same form open: nobody takes back what the other wrote."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sinergi.accounts.audit.history import history
from sinergi.accounts.audit.verbs import Verb
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.forms import ListForm
from sinergi.opportunities.lists.merging import merge, remember
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.maps.actions import MapDetails, edit_map, save_map
from sinergi.opportunities.models import PriorityEntry, PriorityList
from tests.people import person, signed_in

from .factories import BY, bappeda

TEXT = st.sampled_from(["", "DLH", "PUPR", "baris\nkedua", "  tepi "])


@pytest.fixture
def budi(shipped: None, client: Client) -> Client:
    return signed_in(client, person("Budi", ("coordinator", bappeda())))


@pytest.fixture
def entry(shipped: None, handed_in: PriorityList) -> PriorityEntry:
    return handed_in.entries.get(position=1)


def form_in(response, action: str) -> dict[str, str]:
    """Return what a browser would send of the form that goes to an address."""
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.select_one(f'form[action^="{action}"]:has([name$=revision])') if action else None
    form = form or soup.select_one("details form:has([name=query])")
    found = {}
    for tag in form.select("[name]"):
        if tag.name == "select":
            value = (tag.select_one("option[selected]") or {}).get("value", "")
        elif tag.name == "textarea":
            value = tag.get_text().removeprefix("\n").replace("\n", "\r\n")
        else:
            value = tag.get("value", "").replace("\n", "\r\n")
        found[tag["name"]] = value
    return found


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def at(entry: PriorityEntry) -> str:
    return f"/daftar/{entry.priority_list_id}/butir/{entry.pk}/ubah/"


def changed(entry: PriorityEntry, **values: object) -> None:
    """Somebody else changes an entry."""
    entry.refresh_from_db()
    details = {f: getattr(entry, f) for f in EntryDetails.__dataclass_fields__}
    actions.edit_entry(BY, entry.priority_list_id, entry.pk, EntryDetails(**{**details, **values}))


def test_what_one_did_not_touch_is_not_taken_back(budi: Client, entry: PriorityEntry) -> None:
    sent = form_in(budi.get(f"/daftar/{entry.priority_list_id}/"), at(entry))
    changed(entry, proposer="Dinas PUPR", reason="baris\nkedua")
    sent[f"b{entry.pk}-lead"] = "Gubernur"
    conflict = budi.post(at(entry), sent)
    assert conflict.status_code == 409
    again = form_in(conflict, at(entry))
    assert again[f"b{entry.pk}-proposer"] == "Dinas PUPR"
    assert again[f"b{entry.pk}-lead"] == "Gubernur"
    assert "Keduanya" not in text_of(conflict)
    assert budi.post(at(entry), again).status_code == 302
    last = next(d for d in history("priority_list", entry.priority_list_id))
    assert (last.verb, last.after) == (Verb.ENTRY_CHANGED, {"lead": "Gubernur"})


def test_nothing_is_saved_before_its_writer_saw_the_change(
    budi: Client, entry: PriorityEntry
) -> None:
    sent = form_in(budi.get(f"/daftar/{entry.priority_list_id}/"), at(entry))
    changed(entry, proposer="Dinas PUPR")
    conflict = budi.post(at(entry), sent | {f"b{entry.pk}-lead": "Gubernur"})
    entry.refresh_from_db()
    assert entry.lead == "DLH Provinsi"
    for words in ("Pengusul", "Dinas PUPR", "DLH & PUPR"):
        assert words in text_of(conflict)


def test_a_field_that_both_changed_is_marked_and_asked(budi: Client, entry: PriorityEntry) -> None:
    sent = form_in(budi.get(f"/daftar/{entry.priority_list_id}/"), at(entry))
    changed(entry, lead="Bupati", funding_channel="KSD_SHARE")
    name = f"b{entry.pk}-lead"
    conflict = budi.post(at(entry), sent | {name: "Gubernur", f"b{entry.pk}-note": "x"})
    soup = BeautifulSoup(conflict.content, "html.parser")
    assert [tag["name"] for tag in soup.select("[aria-invalid=true]")] == [name]
    assert soup.find("input", {"name": name})["value"] == "Gubernur"
    assert "Bupati" in text_of(conflict)
    assert "Iuran jasa pelayanan" in text_of(conflict)
    budi.post(at(entry), form_in(conflict, at(entry)))
    entry.refresh_from_db()
    assert (entry.lead, entry.funding_channel, entry.note) == ("Gubernur", "KSD_SHARE", "x")


def test_a_form_refused_for_a_fault_still_knows_what_was_seen(
    budi: Client, entry: PriorityEntry
) -> None:
    sent = form_in(budi.get(f"/daftar/{entry.priority_list_id}/"), at(entry))
    refused = budi.post(at(entry), sent | {f"b{entry.pk}-target_year": "x"})
    assert refused.status_code == 422
    changed(entry, proposer="Dinas PUPR")
    again = form_in(refused, at(entry)) | {f"b{entry.pk}-target_year": "2030"}
    merged = form_in(budi.post(at(entry), again), at(entry))
    assert merged[f"b{entry.pk}-proposer"] == "Dinas PUPR"
    assert merged[f"b{entry.pk}-target_year"] == "2030"


def test_what_was_typed_never_passes_for_what_was_seen(budi: Client, entry: PriorityEntry) -> None:
    values = {"proposer": "Budi", "target_year": "x", "revision": "1"}
    sent = {f"b{entry.pk}-{name}": value for name, value in values.items()}
    again = form_in(budi.post(at(entry), sent), at(entry)) | {f"b{entry.pk}-target_year": "2030"}
    changed(entry, proposer="Dinas PUPR")
    merged = form_in(budi.post(at(entry), again), at(entry))
    assert merged[f"b{entry.pk}-proposer"] == "Budi"


def test_details_of_a_list_are_merged(budi: Client, handed_in: PriorityList) -> None:
    path = f"/daftar/{handed_in.pk}/ubah/"
    sent = form_in(budi.get(path), path)
    actions.rename_list(BY, handed_in.pk, ListDetails("Baru", "Biro Pemerintahan Kalsel"))
    conflict = budi.post(path, sent | {"purpose": "Musrenbang"})
    merged = form_in(conflict, path)
    assert (conflict.status_code, merged["name"]) == (409, "Baru")
    assert (merged["purpose"], merged["planning_document"]) == ("Musrenbang", "")
    assert budi.post(path, merged).status_code == 302


def test_a_saved_map_is_merged(budi: Client) -> None:
    row = save_map(BY, bappeda(), MapDetails("Sampah", "objek=TPA_REGIONAL", "lama"))
    path = f"/peta-tersimpan/{row.pk}/"
    sent = form_in(budi.get(path), "")
    edit_map(BY, row.pk, MapDetails("Sampah", "objek=TPA_REGIONAL&dalam=63", "baru"))
    conflict = budi.post(path, sent | {"name": "TPA"})
    assert conflict.status_code == 409
    assert budi.post(path, form_in(conflict, "")).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.note, row.query) == ("TPA", "baru", "objek=TPA_REGIONAL&dalam=63")


@given(seen=TEXT, mine=TEXT, theirs=TEXT)
def test_a_merge_loses_no_change(seen: str, mine: str, theirs: str) -> None:
    values = {"name": "x", "initial-name": "x", "purpose": mine, "initial-purpose": seen}
    form = ListForm({**values, "revision": "1"})
    assert form.is_valid()
    remember(form)
    now, before, sent = theirs.strip(), seen.strip(), mine.strip()
    met = merge(form, {"name": "x", "purpose": now}, 2)
    kept = sent if sent != before else now
    assert form["purpose"].value().strip() == kept
    assert [one.both for one in met] == ([sent != before] if now not in (before, sent) else [])
    assert form.data["initial-purpose"] == now
    assert form.data["revision"] == "2"
