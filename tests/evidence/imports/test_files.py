import zipfile
from pathlib import Path

import pytest

from sinergi.evidence.imports import files
from sinergi.evidence.imports.files import FileFacts, inspect
from sinergi.evidence.imports.problems import Problems


def look(path: Path) -> tuple[FileFacts | None, list[tuple[str, str]]]:
    problems = Problems()
    facts = inspect(path, problems)
    return facts, [(one.severity, one.code) for one in problems.kept]


def make(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert look(make(tmp_path, "a.csv", content)) == (None, [("error", "empty_file")])


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path, settings) -> None:
    settings.SINERGI_IMPORT_MAX_BYTES = 10
    assert look(make(tmp_path, "a.csv", b"x" * 11)) == (None, [("error", "too_large")])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("kode;nilai\n1;é\n".encode(), "utf-8"),
        ("kode;nilai\n1;é\n".encode("utf-8-sig"), "utf-8-sig"),
        ("kode;nilai\n1;é\n".encode("utf-16"), "utf-16"),
        ("kode;nilai\n1;2\n".encode("utf-16-le"), "utf-16-le"),
        ("kode;nilai\n1;2\n".encode("utf-16-be"), "utf-16-be"),
        ("kode;nilai\n1;é – “x”\n".encode("cp1252"), "windows-1252"),
    ],
)
def test_the_encoding_of_text_is_found(tmp_path: Path, content: bytes, encoding: str) -> None:
    facts, found = look(make(tmp_path, "a.csv", content))
    assert facts == FileFacts("text", encoding, ";")
    assert found == ([] if encoding.startswith("utf-8") else [("warning", "encoding")])


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n63.71;2021;12,5\n", ";"),
        ("a\tb\n1,5\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("Judul tabel, tahun 2021\n\nkode;nilai\n1;2\n3;4\n", ";"),
        ("sep=;\na;b\n1;2\n", ";"),
        ("satu kolom\n1\n", ","),
    ],
)
def test_the_mark_between_columns_is_found(tmp_path: Path, text: str, delimiter: str) -> None:
    facts, _ = look(make(tmp_path, "a.csv", text.encode()))
    assert facts is not None
    assert facts.delimiter == delimiter


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7", "a.xlsx"),
        (b"\x89PNG\r\n", "a.csv"),
        (b"<html><table></table>", "a.xls"),
        (b"\x1f\x8b\x08", "a.csv"),
        (b"PK\x03\x04broken", "a.xlsx"),
    ],
)
def test_what_is_no_table_is_refused_whatever_its_name(
    tmp_path: Path, content: bytes, name: str
) -> None:
    assert look(make(tmp_path, name, content)) == (None, [("error", "not_a_table")])


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    content = bytes(range(1, 256)) + b"\x00" * 20
    assert look(make(tmp_path, "a.csv", content)) == (None, [("error", "not_text")])


def test_a_workbook_named_as_text_is_refused(workbook, tmp_path: Path) -> None:
    path = workbook(name="a.xlsx", data=[["kode", "nilai"]]).rename(tmp_path / "a.csv")
    assert look(path) == (None, [("error", "wrong_extension")])


def test_text_named_as_a_workbook_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path, "a.xlsx", b"kode;nilai\n1;2\n")
    assert look(path) == (None, [("error", "wrong_extension")])


def test_a_table_whose_name_says_nothing_is_read_by_its_content(tmp_path: Path) -> None:
    facts, found = look(make(tmp_path, "a.dat", b"kode;nilai\n1;2\n"))
    assert facts is not None
    assert (facts.kind, found) == ("text", [("warning", "wrong_extension")])


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a",
        b"kode;nilai\n<!DOCTYPE html>\n",
    ],
)
def test_a_workbook_behind_something_else_is_refused(workbook, tmp_path: Path, content) -> None:
    path = workbook(name="a.xlsx", data=[["kode", "nilai"]])
    both = make(tmp_path, "polyglot.xlsx", content + path.read_bytes())
    facts, found = look(both)
    assert facts is None
    assert found[0][0] == "error"


def test_a_workbook_before_something_else_is_refused(workbook, tmp_path: Path) -> None:
    path = workbook(name="a.xlsx", data=[["kode", "nilai"]])
    path.write_bytes(path.read_bytes() + b"<script>alert(1)</script>")
    assert look(path) == (None, [("error", "polyglot")])


def test_an_archive_that_only_has_the_parts_of_a_workbook_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("xl/workbook.xml", "<workbook/>")
        target.writestr("evil.exe", "MZ")
    assert look(path) == (None, [("error", "not_a_table")])


BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&lol2;</t></si></sst>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_entities_is_refused(workbook, tmp_path, encoding) -> None:
    whole = workbook(name="whole.xlsx", data=[["kode", "nilai"]])
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for member in source.infolist():
            if member.filename != "xl/sharedStrings.xml":
                target.writestr(member, source.read(member))
        target.writestr("xl/sharedStrings.xml", BILLION_LAUGHS.encode(encoding))
    assert look(path) == (None, [("error", "entities")])


def test_a_workbook_of_very_many_parts_is_refused(workbook, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "MEMBERS_MAX", 3)
    path = workbook(name="a.xlsx", data=[["kode", "nilai"]])
    assert look(path) == (None, [("error", "zip_bomb")])


def archive(path: Path, megabytes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<Types>spreadsheetml</Types>")
        target.writestr("xl/workbook.xml", "<workbook/>")
        with target.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(megabytes):
                sheet.write(b"0" * 1024**2)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.xlsx", 120)
    assert path.stat().st_size < 200_000
    assert look(path) == (None, [("error", "zip_bomb")])


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "liar.xlsx", 2)
    content = path.read_bytes()
    size = (2 * 1024**2).to_bytes(4, "little")
    assert size in content
    path.write_bytes(content.replace(size, (1024).to_bytes(4, "little")))
    facts, found = look(path)
    assert (facts, found[0][1]) == (None, "unreadable")


def test_a_large_archive_is_refused_whatever_its_ratio(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(files, "UNPACKED_MAX", 1024)
    path = archive(tmp_path / "large.xlsx", 1)
    assert look(path)[1] == [("error", "zip_bomb")]
