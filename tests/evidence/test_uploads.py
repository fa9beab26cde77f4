import dataclasses
import os
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sinergi.evidence import uploads
from sinergi.evidence.imports.mapping import Mapping


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_an_uploaded_file_is_found_again_by_its_token() -> None:
    kept = uploads.keep(SimpleUploadedFile("../../etc/Data 2021.CSV", b"kode,nilai\n"))
    found = uploads.find(kept.token)
    assert found == kept
    assert found is not None
    assert (found.filename, found.path.name) == ("Data 2021.CSV", "upload.csv")
    assert found.path.read_bytes() == b"kode,nilai\n"


def test_how_it_is_to_be_read_is_remembered() -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"))
    changed = dataclasses.replace(kept, mapping=Mapping(region="B"), on_existing="replace")
    uploads.remember(changed)
    assert uploads.find(kept.token) == changed


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("C:\\\\dir\\\\angka.csv", "angka.csv"),
        ("angka\u202evsc.exe", "angkavsc.exe"),
        ("a\x00b\r\n.csv", "ab.csv"),
        ("<script>alert(1).csv", "<script>alert(1).csv"),
        ("\u200b\u2066", "file"),
    ],
)
def test_names_lose_paths_and_what_hides_or_turns_them(name: str, kept_as: str) -> None:
    assert uploads.clean_name(name) == kept_as


def test_whose_a_file_is_stays_with_it() -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"), 7, 3)
    found = uploads.find(kept.token)
    assert found is not None
    assert (found.person, found.organisation) == (7, 3)


def test_a_refusal_is_told_once() -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"))
    assert not uploads.is_refused(kept.token)
    uploads.refuse(kept.token, "penuh")
    assert uploads.is_refused(kept.token)
    assert (uploads.take_refusal(kept.token), uploads.take_refusal(kept.token)) == ("penuh", "")


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "../../../../etc/passwd", "A" * 32])
def test_an_unknown_token_finds_nothing(token: str) -> None:
    assert uploads.find(token) is None


def test_a_forgotten_file_is_gone() -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"))
    uploads.forget(kept.token)
    assert uploads.find(kept.token) is None
    assert not kept.path.exists()


def test_files_are_removed_after_a_day_and_not_before() -> None:
    old, young = (uploads.keep(SimpleUploadedFile("a.csv", b"x")) for _ in range(2))
    yesterday = time.time() - uploads.KEPT_SECONDS - 60
    os.utime(old.path.parent, (yesterday, yesterday))
    uploads.remove_old()
    assert uploads.find(old.token) is None
    assert uploads.find(young.token) == young


def test_without_any_uploads_there_is_nothing_to_remove() -> None:
    uploads.remove_old()


@pytest.mark.parametrize("name", ["a", "a.way-too-long-ending", "a.c/v"])
def test_strange_endings_are_not_kept_in_the_path(name: str) -> None:
    assert uploads.keep(SimpleUploadedFile(name, b"x")).path.name == "upload"


def test_a_file_whose_state_is_damaged_is_gone(own_home: Path) -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"))
    (kept.path.parent / "state.json").write_text('{"file": "upl')
    assert uploads.find(kept.token) is None


def test_a_state_without_its_file_is_gone() -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"))
    kept.path.unlink()
    assert uploads.find(kept.token) is None


def test_progress_is_written_down_and_read() -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"))
    assert uploads.progress(kept.token) is None
    report = uploads.reporter(kept.token)
    report("read", 20_000, 50_000)
    report("read", 40_000, 50_000)
    assert uploads.progress(kept.token) == ("read", 20_000, 50_000)


def test_progress_of_a_file_that_went_is_no_fault() -> None:
    kept = uploads.keep(SimpleUploadedFile("a.csv", b"x"))
    report = uploads.reporter(kept.token)
    uploads.forget(kept.token)
    report("load", 1, 2)
    assert uploads.progress(kept.token) is None
