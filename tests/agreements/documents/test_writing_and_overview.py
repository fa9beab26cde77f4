"""Writing a version: nothing changed is said so, faults stand beside their field; how far documents are."""

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from sinergi.accounts.principal import operator
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.documents_panel import panel
from sinergi.agreements.models import Acceptance, Signature, StoredFile, Template
from tests.agreements.documents.test_pages_of_documents import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return Room()


def test_saving_an_unchanged_text_says_that_nothing_changed(room: Room) -> None:
    row = room.begun()
    answer = room.keeper.post(room.url("document-write", row.pk), room.form(row))
    told = [str(one) for one in get_messages(answer.wsgi_request)]
    assert answer.status_code == 302
    assert row.versions.count() == 1
    assert "1" in told[-1]
    written = room.keeper.post(
        room.url("document-write", row.pk), room.form(row) | {"isi-k1": "Baru."}
    )
    assert [str(one) for one in get_messages(written.wsgi_request)][-1] != told[-1]
    assert row.versions.count() == 2


def test_a_fault_stands_beside_its_clause_with_a_link_from_the_top(room: Room) -> None:
    row = room.begun()
    sent = room.form(row) | {
        "isi-k2": "Isi dengan {tarip}.",
        "judul-k3": "",
        "judul-baru": "Tambahan",
        "isi-baru": "",
        "mengapa": "m" * 400,
    }
    page = room.keeper.post(room.url("document-write", row.pk), sent)
    html = page.content.decode()
    assert page.status_code == 422
    for place in ("i-k2", "j-k3", "i-baru", "mengapa"):
        assert f'href="#{place}"' in html
        assert f'id="{place}"' in html
    for fault in ("ie-k2", "je-k3", "ie-baru", "e-mengapa"):
        assert html.count(f'"{fault}"') == 2
    assert "Isi dengan {tarip}." in html
    assert row.versions.count() == 1


def test_a_template_that_was_put_away_is_told_and_stays_until_another_is_chosen(
    room: Room,
) -> None:
    row = room.begun()
    file = StoredFile.objects.create(sha256="0" * 64, size=1, media_type="x", text="", warnings=[])
    row.template = Template.objects.create(
        organisation=room.owner,
        title="Templat lama",
        document_kind="pks",
        file=file,
        filename="x.docx",
        deleted_at=timezone.now(),
    )
    row.save()
    html = room.keeper.get(room.url("document", row.pk)).content.decode()
    assert "Templat lama" in html
    assert room.url("document-edit", row.pk) in html
    edit = room.keeper.get(room.url("document-edit", row.pk))
    assert "Templat lama" in edit.content.decode()
    sent = {"title": "Judul lain", "template": str(row.template_id), "revision": row.revision}
    assert room.keeper.post(room.url("document-edit", row.pk), sent).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.template.title) == ("Judul lain", "Templat lama")
    sent |= {"template": "0", "revision": row.revision}
    room.keeper.post(room.url("document-edit", row.pk), sent)
    row.refresh_from_db()
    assert row.template is None


def test_the_overview_tells_who_accepts_what_contradicts_and_how_many_signed(room: Room) -> None:
    row = room.begun()
    text = "Kerja sama dilaksanakan PIHAK KELIMA."
    room.keeper.post(room.url("document-write", row.pk), room.form(row) | {"isi-k1": text})
    last = row.versions.latest("number")
    Acceptance.objects.create(version=last, party=room.first, accepted=True)
    Signature.objects.create(
        document=row, version=last.number, party=room.first, state="signed", means="paper"
    )
    _name, told = panel(operator(Channel.WORKER), room.agreement)
    one = told["documents"][0]
    assert (one.accepted, one.silent, one.rejected) == (
        ("Pemerintah Provinsi",),
        ("Pemerintah Kota",),
        (),
    )
    assert (one.against, one.signed, one.signers) == (1, 1, 2)
    html = room.keeper.get(room.url("agreement")).content.decode()
    assert 'id="h-panel-naskah"' in html
    assert "Pemerintah Kota" in html


def test_an_agreement_without_documents_says_so(room: Room) -> None:
    _name, told = panel(operator(Channel.WORKER), room.agreement)
    assert told["documents"] == []
