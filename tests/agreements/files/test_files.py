"""Files are what they are, whatever they are called, and dangerous ones are refused with the part."""

import io
import zipfile

import pytest
from docx import Document as Word
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Person
from sinergi.agreements.actions.attachments import AttachmentDetails, attach, remove_attachment
from sinergi.agreements.errors import NotFoundError
from sinergi.agreements.files import looking
from sinergi.agreements.files.store import content_of, keep, store
from sinergi.agreements.files.text import text_of
from tests.agreements.making import an_agreement, officer, stranger
from tests.agreements.signing.pki import pdf
from tests.people import signed_in


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SINERGI_FILES = tmp_path / "files"
    return settings.SINERGI_FILES


def word(*paragraphs: str) -> bytes:
    document = Word()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one.filename, old.read(one))
        new.writestr(name, text)
    return out.getvalue()


def relation(kind: str, target: str) -> bytes:
    return (
        f'<Relationships><Relationship Id="a" Type="x/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    ).encode()


@pytest.mark.parametrize(
    ("content", "name", "kind", "called"),
    [
        (pdf(), "surat.docx", "pdf", "surat.docx.pdf"),
        (word("a"), "../../etc/Surat\x00 Satu.DOCX", "docx", "Surat Satu.DOCX"),
        (b"a;b\n1;2\n", "tabel.csv", "csv", "tabel.csv"),
        (b"halo", "", "txt", "berkas.txt"),
        (b"\xff\xd8\xff\xe0", "C:\\foto.jpg", "jpeg", "foto.jpg"),
    ],
    ids=["pdf", "docx", "csv", "txt", "jpeg"],
)
def test_the_content_says_what_it_is(content, name, kind, called):
    found = looking.look(content, name)
    assert (found.kind, found.filename) == (kind, called)


FIELD = b'<w:document xmlns:w="w"><w:instrText>DDEAUTO cmd</w:instrText></w:document>'


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("word/vbaProject.bin", b"x"),
        ("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://x/t.dotm")),
        ("word/_rels/document.xml.rels", relation("image", "http://x/a.png")),
        ("word/footer9.xml", FIELD),
    ],
    ids=["macro", "template", "remote picture", "dde"],
)
def test_what_acts_or_reaches_out_is_refused_with_the_part(part, text):
    with pytest.raises(InvalidError) as refused:
        looking.look(with_part(word("a"), part, text), "a.docx")
    assert part in refused.value.fields["file"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00program",
        b"<html><script>",
        b"PK\x03\x04rusak",
        b"%PDF-1.7 rusak",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1lama",
        b"awal" + word("a"),
        word("a") + b"ekor",
    ],
    ids=["empty", "program", "html", "zip", "pdf", "doc", "before", "behind"],
)
def test_what_is_not_taken_is_refused(content):
    with pytest.raises(InvalidError):
        looking.look(content, "a.docx")


def test_a_bomb_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * (40 * 2**20))
    with pytest.raises(InvalidError):
        looking.look(out.getvalue(), "a.docx")


def test_a_pdf_with_a_program_is_refused():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(InvalidError):
        looking.look(out.getvalue(), "a.pdf")


def test_the_text_of_a_word_file_is_read():
    content = word("Pengelolaan sampah & air", "Pasal 1")
    text, _codes = text_of(content, looking.look(content, "a.docx"))
    assert "Pengelolaan sampah & air\nPasal 1" in text


@pytest.mark.django_db
def test_the_same_content_is_kept_once(folder):
    assert keep(b"halo", "a.txt") == keep(b"halo", "b.txt")
    assert len(list(store().names())) == 1


@pytest.mark.django_db
def test_a_file_is_given_to_be_saved_and_only_to_who_may_read(client):
    agreement = an_agreement()
    by = officer(agreement.organisation)
    row = attach(by, agreement.pk, AttachmentDetails("letter"), b"halo", "a.txt")
    assert content_of(row.file) == b"halo"
    address = f"/kerja-sama/{agreement.pk}/berkas/{row.pk}/unduh/"
    assert (
        signed_in(client, Person.objects.get(pk=stranger().person_id)).get(address).status_code
        == 404
    )
    answer = signed_in(client, Person.objects.get(pk=by.person_id)).get(address)
    assert answer.content == b"halo"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_file_is_handed_in_once_and_taken_out_with_a_reason(client):
    agreement = an_agreement()
    by = officer(agreement.organisation)
    signed_in(client, Person.objects.get(pk=by.person_id))
    address = f"/kerja-sama/{agreement.pk}/berkas/baru/"
    token = client.get(address).context["form"]["once"].value()
    for _time in range(2):
        sent = {"file": io.BytesIO(b"halo"), "kind": "letter", "once": token}
        sent["file"].name = "a.txt"
        assert client.post(address, sent).status_code == 302
    row = agreement.attachments.get()
    with pytest.raises(InvalidError):
        remove_attachment(by, agreement.pk, row.pk, " ")
    with pytest.raises(NotFoundError):
        remove_attachment(stranger(), agreement.pk, row.pk, "salah")
    remove_attachment(by, agreement.pk, row.pk, "salah unggah")
    assert client.get(f"/kerja-sama/{agreement.pk}/berkas/").status_code == 200
    assert client.get(f"/kerja-sama/{agreement.pk}/berkas/{row.pk}/unduh/").status_code == 404
