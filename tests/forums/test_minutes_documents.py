"""Minutes as Word and PDF, and files from outside held against them."""

import io
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils import timezone, translation
from docx import Document
from pypdf import PdfReader

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import AuditRecord
from sinergi.forums import minutes as contents
from sinergi.forums.actions import points
from sinergi.forums.details import PointDetails
from sinergi.forums.documents import checking, export_minutes, file_name, render
from sinergi.forums.documents.sheet import values
from sinergi.forums.models import Minutes
from sinergi.forums.stages import Stage

from .minuting import NASTY, agreed, drawn, edited, pdf_text, sealed, word_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """A forum that deliberates, with one agreed point."""
    return agreed()


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sealed_version_gives_the_same_file_whatever_becomes_of_the_forum(made, fmt, language):
    row = sealed(made)
    first = render(row, fmt, language)
    made.move(Stage.SEALED)
    point = made.forum.points.get()
    points.watch_point(made.secretary, made.forum.pk, point.pk, due=date(2030, 1, 1), review=None)
    made.forum.title = "Lain"
    made.forum.save()
    assert render(Minutes.objects.get(pk=row.pk), fmt, language) == first


def test_word_and_pdf_say_who_what_and_how_it_was_sealed(made):
    row = sealed(made)
    pdf, word = pdf_text(render(row, "pdf", "id")), render(row, "docx", "id")
    for words in (
        "BERITA ACARA",
        "Pada hari ini, Minggu, tanggal dua puluh satu bulan April",
        "Percepatan jalan",
        "Dialamatkan kepada: Kemen PU",
        "Wali Kota Banjarmasin",
        "H. Contoh",
    ):
        assert words in pdf
        assert words in word_text(word)
    assert row.sha256 in pdf
    assert row.sha256 in Document(io.BytesIO(word)).sections[0].footer.paragraphs[0].text
    assert "RANCANGAN" not in pdf


def test_a_draft_says_so_on_every_page_and_in_its_name(made):
    row = drawn(made)
    assert "RANCANGAN" in pdf_text(render(row, "pdf", "id"))
    header = Document(io.BytesIO(render(row, "docx", "id"))).sections[0].header
    assert "RANCANGAN" in header.paragraphs[0].text
    with translation.override("id"):
        assert file_name(row, "pdf") == "berita-acara-raker-komwil-v-v1-rancangan.pdf"


def test_in_english_the_file_is_english(made):
    text = pdf_text(render(sealed(made), "pdf", "en"))
    assert "On this day, Sunday, 21 April 2024" in text
    assert "Addressed to: Kemen PU" in text
    assert "hari ini" not in text


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_text_of_people_is_never_read_as_markup(made, fmt):
    details = PointDetails(2, "Butir " + NASTY, "own", text=NASTY, addressees=(NASTY,))
    points.agree(made.secretary, made.forum.pk, details)
    row = sealed(made, opening=NASTY, signatories=[(NASTY, NASTY)])
    content = render(row, fmt, "id")
    text = word_text(content) if fmt == "docx" else pdf_text(content)
    # A PDF is read back by its letters: where a line breaks, a space may stand.
    assert text.replace(" ", "").count(NASTY.replace(" ", "")) >= 5


def test_a_paste_of_forty_pages_is_set_page_by_page(made):
    for number in range(2, 30):
        details = PointDetails(number, f"Butir {number}", "own", text="Kalimat contoh. " * 370)
        points.agree(made.secretary, made.forum.pk, details)
    row = sealed(made)
    assert len(PdfReader(io.BytesIO(render(row, "pdf", "id"))).pages) >= 40
    assert word_text(render(row, "docx", "id")).count("Kalimat contoh.") == 28 * 370


def test_minutes_without_days_place_or_anybody_are_rendered_too(made):
    row = drawn(made, opening="", signatories=[])
    row.content |= {"begins": "", "ends": "", "place": "", "coming": [], "points": []}
    with translation.override("id"):
        assert values(row)["intro"].startswith("Telah dilaksanakan")
    assert "Tidak ada butir" in pdf_text(render(row, "pdf", "id"))
    assert "Tidak ada butir" in word_text(render(row, "docx", "id"))


def test_several_days_are_told_from_first_to_last(made):
    made.forum.ends = date(2024, 4, 23)
    made.forum.save()
    with translation.override("id"):
        assert "sampai dengan hari Selasa" in values(drawn(made))["intro"]


def test_that_a_file_left_a_private_forum_is_recorded_with_its_hash(made):
    row = sealed(made)
    _name, content = export_minutes(made.secretary, made.forum.pk, row.version, "docx")
    last = AuditRecord.objects.first()
    assert (last.verb, last.part) == ("exported", "minutes:1")
    assert contents.file_hash(content) in last.after


@pytest.mark.parametrize("fmt", ["docx", "pdf"])
def test_the_file_that_was_given_is_known_byte_for_byte(made, fmt):
    row = sealed(made)
    content = render(row, fmt, "en")
    assert checking.check(made.forum, row, content).same
    _name, given = export_minutes(made.secretary, made.forum.pk, 1, fmt)
    found = checking.check(made.forum, row, given)
    assert found.same
    assert found.given is not None
    assert found.given <= timezone.now()


def test_a_word_file_changed_outside_shows_which_words(made):
    row = sealed(made)
    changed = edited(render(row, "docx", "id"), "Baris dua.", "Baris dua setengah.")
    found = checking.check(made.forum, row, changed)
    assert not found.same
    [change] = found.changes
    assert (change.before, change.after) == ("Baris dua.", "Baris dua setengah.")
    assert [one.state for one in change.pieces] == ["same", "gone", "new"]


def test_a_word_file_only_saved_again_says_the_same(made):
    row = sealed(made)
    found = checking.check(made.forum, row, edited(render(row, "docx", "id"), "\0", ""))
    assert (found.same, found.changes) == (False, ())


def test_of_a_changed_pdf_only_the_whole_is_compared(made):
    row = sealed(made)
    found = checking.check(made.forum, row, render(row, "pdf", "id") + b"\n")
    assert (found.same, found.changes) == (False, None)


def archive(text):
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", text)
    return out.getvalue()


def damaged(content):
    """The same archive with its content overwritten: its packing cannot be undone."""
    begin = content.index(b"document.xml") + len(b"document.xml")
    return content[:begin] + b"\xff" * 8 + content[begin + 8 :]


UNREADABLE = {
    "empty": b"",
    "text": b"bukan berkas kantor",
    "broken-archive": b"PK\x03\x04rusak",
    "open-element": archive("<tidak selesai"),
    "entity": archive('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
    "entity-utf-16": archive('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("utf-16")),
    "unknown-encoding": archive('<?xml version="1.0" encoding="foo"?><x/>'),
    "idna": archive('<?xml version="1.0" encoding="idna"?><x/>'),
    "deep": archive("<x>" * 8000 + "</x>" * 8000),
    "damaged": damaged(archive("<x>" + "isi " * 500 + "</x>")),
    "large": b"%PDF-" + b"0" * (checking.MOST_BYTES + 1),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_neither_word_nor_pdf_is_refused_with_a_reason(made, kind):
    with pytest.raises(InvalidError) as refused:
        checking.check(made.forum, sealed(made), UNREADABLE[kind])
    assert set(refused.value.fields) == {"file"}


def test_a_file_with_more_text_than_minutes_hold_is_refused():
    w = checking.W.strip("{}")
    lines = "<w:p><w:r><w:t>baris</w:t></w:r></w:p>" * (checking.MOST_LINES + 1)
    with pytest.raises(InvalidError):
        checking.lines_of(archive(f'<w:document xmlns:w="{w}">{lines}</w:document>'))


def test_paragraphs_within_paragraphs_are_read_once_each():
    w = checking.W.strip("{}")
    nested = (
        "<w:p><w:r><w:t>luar</w:t><w:p><w:r><w:t>dalam</w:t></w:r></w:p><w:t>nya</w:t></w:r></w:p>"
    )
    found = checking.lines_of(archive(f'<w:document xmlns:w="{w}">{nested}</w:document>'))
    assert found == ["dalam", "luarnya"]
