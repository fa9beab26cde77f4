"""Word templates that organisations hand in: what is dangerous or broken is told with its place."""

import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement

from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.agreements.actions.library import TemplateDetails, checked_template, create_template
from sinergi.agreements.documents import example, sandbox
from sinergi.agreements.files import store
from tests.agreements.making import bureau, officer, stranger


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.SINERGI_FILES = tmp_path / "files"


def a_template(*paragraphs: str, change: Callable[[Any], None] | None = None) -> bytes:
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    if change:
        change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, told: bytes) -> bytes:
    out = BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, told)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(InvalidError) as caught:
        checked_template(content, "templat.docx", "pks")
    return caught.value.fields["file"]


def remote(document: Any) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    document.part.relate_to("https://example.org/x.dotm", kind, is_external=True)


def included(document: Any) -> None:
    run = document.add_paragraph().add_run()
    code = OxmlElement("w:instrText")
    code.text = ' INCLUDETEXT "https://example.org/x.docx" '
    run._r.append(code)


def test_a_template_with_its_fields_is_taken_and_rendered() -> None:
    parts = ("{{ jenis }}", "{%p for satu in pihak %}", "{{ satu.nama }}", "{%p endfor %}")
    content = a_template(*parts, "{{p isi }}", "{{p tanda_tangan }}")
    assert checked_template(content, "x.docx", "pks").filename == "x.docx"
    made = sandbox.rendered(content, example.payload("pks"))
    text = "\n".join(one.text for one in Document(BytesIO(made)).paragraphs)
    assert "Pemerintah Daerah Contoh 2" in text
    assert "Pasal 1" in text


def test_macros_are_refused() -> None:
    assert "vba" in refusal(with_part(a_template("{{p isi }}"), "word/vbaProject.bin", b"x"))


@pytest.mark.parametrize("change", [remote, included], ids=["attached-template", "include-text"])
def test_what_reaches_out_is_refused(change: Callable[[Any], None]) -> None:
    assert refusal(a_template("{{p isi }}", change=change))


@pytest.mark.parametrize(
    ("paragraph", "named"),
    [
        ("Tarif {{ tarip }} saja", "tarip"),
        ("Rusak {{ judul saja", "Rusak"),
        ("{% for x in pihak %} tanpa akhir", "tanpa akhir"),
        ("{{ pihak[0].namaa }}", "namaa"),
        ("{{ judul.__class__.__mro__ }}", "__class__"),
        ("{{ range(3) }}", "range"),
    ],
    ids=["unknown", "unclosed", "no-end", "no-attribute", "inside", "range"],
)
def test_a_broken_field_is_named(paragraph: str, named: str) -> None:
    assert named in refusal(a_template("Judul", paragraph, "{{p isi }}"))


def test_a_template_without_a_place_for_the_text_is_refused() -> None:
    assert "isi" in refusal(a_template("{{ judul }}"))


def test_a_loop_that_does_not_end_is_stopped() -> None:
    deep = 12
    begun = "".join(f"{{% for a{n} in pihak * 99 %}}" for n in range(deep))
    content = a_template(f"{begun}x{'{% endfor %}' * deep}", "{{p isi }}")
    with pytest.raises(InvalidError):
        sandbox.rendered(content, example.payload("pks"), seconds=3)


def test_what_is_no_word_file_is_refused() -> None:
    assert refusal(b"%PDF-1.7")
    assert refusal(b"PK\x03\x04 broken")


@pytest.mark.django_db
def test_a_template_is_kept_by_who_may() -> None:
    owner = bureau()
    content = a_template("{{p isi }}")
    details = TemplateDetails("Templat biro", "pks")
    row = create_template(officer(owner), owner, details, content, "a\\b/templat.docx")
    assert row.filename == "templat.docx"
    assert store.content_of(row.file) == content
    with pytest.raises(ForbiddenError):
        create_template(stranger(), owner, details, content, "x.docx")


def picture(document: Any) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    document.part.relate_to("https://example.org/x.png", kind, is_external=True)


def linked_object(document: Any) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
    document.part.relate_to("file:///C:/x.xlsx", kind, is_external=True)


@pytest.mark.parametrize("change", [picture, linked_object], ids=["image", "ole"])
def test_pictures_and_objects_from_elsewhere_are_refused(change: Callable[[Any], None]) -> None:
    assert "document.xml.rels" in refusal(a_template("{{p isi }}", change=change))


def test_an_object_within_is_refused() -> None:
    assert refusal(
        with_part(a_template("{{p isi }}"), "word/embeddings/oleObject1.bin", b"\xd0\xcf")
    )


def test_a_file_that_says_it_holds_macros_is_refused() -> None:
    content = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(a_template("{{p isi }}"))) as there,
        zipfile.ZipFile(content, "w") as made,
    ):
        for name in there.namelist():
            told = there.read(name).replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                b"vnd.ms-word.document.macroEnabled.main",
            )
            made.writestr(name, told)
    assert "Content_Types" in refusal(content.getvalue())


def test_an_endless_loop_ends_when_its_time_is_over() -> None:
    begun = "".join(f"{{% for a{n} in pihak * 99 %}}" for n in range(12))
    content = a_template(f"{begun}{'{% endfor %}' * 12}", "{{p isi }}")
    started = time.monotonic()
    with pytest.raises(InvalidError) as caught:
        sandbox.rendered(content, example.payload("pks"), seconds=2)
    assert time.monotonic() - started < 8
    assert caught.value.fields["file"] == str(sandbox._texts()["too_long"])
