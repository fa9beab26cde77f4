import io
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sinergi.evidence import uploads
from sinergi.evidence.models import ImportBatch
from sinergi.evidence.queries import evidence_version
from tests.people import person, signed_in

HEAD = "kode,indikator,tahun,nilai\n"
GOOD = HEAD + "63.71,poverty,2023,4.5\n63.72,poverty,2023,5.5\n"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def client(shipped: None, settings, tmp_path) -> Iterator[Client]:
    settings.HOME = tmp_path
    return signed_in(Client(), person("Ani", is_administrator=True))


def upload(client: Client, text: str = GOOD, prefix: str = "", **headers: str):
    file = SimpleUploadedFile("angka.csv", text.encode())
    return client.post(f"{prefix}/impor/", {"file": file}, **headers)


class Endless(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize(("prefix", "words"), [("", "lebih besar dari"), ("/en", "larger than")])
def test_a_file_declared_too_long_is_refused_unread(
    client: Client, prefix: str, words: str
) -> None:
    declared = {"CONTENT_LENGTH": str(300 * 1024**2), "wsgi.input": Endless(b"x")}
    kind = "multipart/form-data; boundary=x"
    answer = client.post(f"{prefix}/impor/", b"", content_type=kind, **declared)
    assert answer.status_code == 413
    assert words in answer.content.decode()


def test_a_script_is_told_that_a_file_is_too_long(client: Client) -> None:
    declared = {"CONTENT_LENGTH": str(300 * 1024**2), "wsgi.input": Endless(b"x")}
    kind = "multipart/form-data; boundary=x"
    answer = client.post("/en/impor/", b"", content_type=kind, **declared, **JSON)
    assert (answer.status_code, len(answer.json()["errors"])) == (413, 1)


@pytest.mark.parametrize("length", ["", "-5", "x", "9" * 30])
def test_a_length_that_is_no_length_is_no_fault(client: Client, length: str) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = client.post("/impor/", b"", content_type=kind, CONTENT_LENGTH=length)
    assert answer.status_code in {400, 422}


def test_an_upload_without_the_token_of_its_form_is_refused(shipped: None) -> None:
    answer = upload(Client(enforce_csrf_checks=True))
    assert answer.status_code == 403


def test_a_form_without_a_file_says_so(client: Client) -> None:
    answer = client.post("/en/impor/", {})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_a_script_learns_where_the_preview_and_its_progress_are(client: Client) -> None:
    told = upload(client, prefix="/en", **JSON).json()
    assert client.get(told["address"]).status_code == 200
    progress = client.get(told["progress"]).json()
    assert progress == {"text": "Checking 2 values", "share": None} or "Reading" in progress["text"]


def test_storing_tells_its_share(client: Client) -> None:
    address = upload(client)["Location"]
    token = address.strip("/").rsplit("/", 1)[-1]
    uploads.reporter(token)("load", 20_000, 80_000)
    told = client.get(f"{address}kemajuan.json").json()
    assert told == {"text": "Menyimpan nilai 20.000 dari 80.000", "share": 0.25}


def test_progress_of_an_unknown_file_is_empty(client: Client) -> None:
    answer = client.get(f"/impor/{'0' * 32}/kemajuan.json")
    assert answer.json() == {"text": "", "share": None}


def test_a_file_that_goes_while_it_is_previewed_is_a_404(client: Client, monkeypatch) -> None:
    address = upload(client)["Location"]
    kept = uploads.find(address.strip("/").rsplit("/", 1)[-1])
    uploads.forget(kept.token)
    monkeypatch.setattr(uploads, "find", lambda _token: kept)
    assert client.get(address).status_code == 404
    assert client.post(address, {"load": "1"}).status_code == 404
    assert client.post(address, {"again": "1"}).status_code == 404


def test_the_same_file_loaded_in_two_windows_is_loaded_once(client: Client) -> None:
    first, second = upload(client)["Location"], upload(client)["Location"]
    before = ImportBatch.objects.count()
    assert client.post(first, {"load": "1"}).status_code == 302
    assert client.post(second, {"load": "1"}).status_code == 422
    batch = ImportBatch.objects.first()
    assert batch is not None
    assert client.post(first, {"load": "1"})["Location"] == f"/impor/batch/{batch.pk}/"
    assert ImportBatch.objects.count() == before + 1


def test_a_note_with_invisible_characters_is_kept_without_them(client: Client) -> None:
    client.post(upload(client)["Location"], {"load": "1", "note": "se\x00belum"})
    assert ImportBatch.objects.order_by("-pk")[0].note == "sebelum"


def test_evidence_is_as_before_after_an_undo(client: Client) -> None:
    before = evidence_version()
    place = client.post(upload(client)["Location"], {"load": "1"})["Location"]
    assert evidence_version() != before
    client.post(f"{place}batal/", {"reason": "uji"})
    assert evidence_version() == before
    assert client.post(f"{place}batal/", {"reason": "lagi"}).status_code == 409


def test_a_problem_names_its_sheet_beside_its_cell(client: Client, workbook) -> None:
    path = workbook(
        Angka=[["kode", "indikator", "tahun", "nilai"], ["99.99", "poverty", 2023, 4.0]]
    )
    with path.open("rb") as file:
        address = client.post("/impor/", {"file": file})["Location"]
    assert "Angka!A2" in client.get(address).content.decode()


def test_pages_of_an_import_carry_their_script_and_what_it_fills(client: Client) -> None:
    address = upload(client)["Location"]
    for path in ("/impor/", address):
        page = client.get(path).content.decode()
        assert "evidence/working" in page
        assert 'aria-live="polite"' in page
