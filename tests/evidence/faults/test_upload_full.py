"""What is told and what is left when the disk is full while a file is sent: words, and nothing."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergi.evidence import uploads
from tests.people import person, signed_in

LIMIT = 1024**2
IN_MEMORY, IN_A_FILE = 2 * LIMIT, 4 * LIMIT
"""Django keeps what is sent in memory up to 2.5 MB, and writes more to a temporary file."""


@contextmanager
def no_file_larger_than(most: int) -> Iterator[None]:
    """Let every write beyond fail, as on a full disk; for root, too."""
    before, sys.dont_write_bytecode = resource.getrlimit(resource.RLIMIT_FSIZE), True
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = False


@pytest.fixture
def client(db: None, settings, tmp_path: Path) -> Client:
    settings.HOME = tmp_path
    return signed_in(Client(), person("Ani", is_administrator=True))


def send(client: Client, address: str, size: int, **headers: str):
    file = SimpleUploadedFile("angka.csv", b"x" * size)
    with no_file_larger_than(LIMIT):
        return client.post(address, {"file": file}, **headers)


def left(home: Path) -> list[Path]:
    return list((home / "uploads").rglob("*"))


@pytest.mark.parametrize("size", [IN_MEMORY, IN_A_FILE])
@pytest.mark.parametrize(("prefix", "words"), [("", "penuh"), ("/en", "disk of this installation")])
def test_a_page_says_that_the_disk_is_full(client, tmp_path, size, prefix, words):
    answer = send(client, f"{prefix}/impor/", size)
    assert answer.status_code == 507
    assert words in answer.content.decode()
    assert left(tmp_path) == []


def test_the_script_of_the_page_is_told_the_same(client, tmp_path):
    answer = send(client, "/en/impor/", IN_MEMORY, HTTP_ACCEPT="application/json")
    assert answer.status_code == 507
    assert "disk" in answer.json()["errors"][0]
    assert left(tmp_path) == []


@pytest.mark.parametrize("size", [IN_MEMORY, IN_A_FILE])
def test_a_program_is_told_by_a_problem(client, tmp_path, size):
    answer = send(client, "/api/v1/uploads", size, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 507
    assert answer.json()["type"] == "urn:sinergi:problem:no-space"
    assert left(tmp_path) == []


def test_how_a_file_is_read_stays_as_it_was_when_it_cannot_be_written_down(client, tmp_path):
    # given: a file that waits, and a disk on which nothing can be written
    rows = b"kode,indikator,tahun,nilai\n63.71,poverty,2023,4.5\n"
    kept = uploads.keep(SimpleUploadedFile("a.csv", rows), None)
    before = sorted(left(tmp_path))
    # when
    with no_file_larger_than(10), pytest.raises(OSError) as raised:
        uploads.remember(kept)
    # then
    assert uploads.is_full(raised.value)
    assert sorted(left(tmp_path)) == before
    assert uploads.find(kept.token) == kept


def test_another_fault_of_the_disk_is_not_called_full():
    assert not uploads.is_full(PermissionError(13, "no"))
    assert not uploads.is_full(ValueError())
