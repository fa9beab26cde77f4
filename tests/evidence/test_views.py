import io
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from sinergi.evidence.models import ImportBatch, Observation

HEAD = "kode,indikator,tahun,nilai\n"
GOOD = HEAD + "63.71,poverty,2025,4.5\n63.72,poverty,2025,5.5\n"
BAD = HEAD + "63.71,poverty,2025,4.5\n99.99,poverty,2025,=cmd\n"


@pytest.fixture
def client(shipped: None, settings, tmp_path) -> Iterator[Client]:
    settings.HOME = tmp_path
    return Client()


def upload(client: Client, text: str, name: str = "angka.csv", prefix: str = "") -> str:
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(f"{prefix}/impor/", {"file": file})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        "/impor/",
        "/impor/batch/1/",
        "/data/",
        "/data/poverty/",
        "/data/density/?tingkat=provinsi&urut=-nilai",
        "/data/poverty/?urut=nama&halaman=2",
        "/data/price.beef/?urut=nilai",
        "/sumber/",
    ],
)
def test_every_page_answers_in_both_languages(client: Client, prefix: str, path: str) -> None:
    answer = client.get(prefix + path)
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/impor/?halaman=0", 400),
        ("/impor/?halaman=x", 400),
        ("/impor/?halaman=99999999999999999999", 400),
        ("/data/poverty/?urut=warna", 400),
        ("/data/poverty/?tingkat=desa", 400),
        ("/data/poverty/?halaman=-1", 400),
        ("/data/tidak-ada/", 404),
        ("/data/tidak-ada/unduh.csv", 404),
        ("/impor/batch/999999999999999999999999/", 404),
        (f"/impor/{'0' * 32}/", 404),
        (f"/impor/{'0' * 32}/masalah.csv", 404),
    ],
)
def test_nonsense_in_an_address_is_answered_with_a_way_back(
    client: Client, path: str, status: int
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "href" in answer.content.decode()


def test_a_good_file_goes_from_upload_to_load_to_undo(client: Client) -> None:
    preview = upload(client, GOOD)
    assert "Muat 2 nilai" in client.get(preview).content.decode()
    answer = client.post(preview, {"load": "1", "note": "uji"})
    batch = ImportBatch.objects.get(filename="angka.csv")
    assert answer["Location"] == f"/impor/batch/{batch.pk}/"
    assert (batch.rows, batch.note) == (2, "uji")
    assert client.get(preview).status_code == 404
    undone = client.post(f"/impor/batch/{batch.pk}/batal/", {"reason": "salah"})
    assert undone["Location"] == f"/impor/batch/{batch.pk}/"
    assert not Observation.objects.filter(batch=batch, active=True).exists()
    assert "salah" in client.get(undone["Location"]).content.decode()


def test_a_bad_file_shows_cell_and_remedy_and_cannot_be_loaded(client: Client) -> None:
    preview = upload(client, BAD, prefix="/en")
    page = client.get(preview).content.decode()
    assert "There is no region “99.99”" in page
    assert '<th scope="row">A3</th>' in page
    assert 'name="load"' not in page
    assert client.post(preview, {"load": "1"}).status_code == 422
    assert not ImportBatch.objects.filter(filename="angka.csv").exists()


def test_problems_are_downloaded_safe_to_open(client: Client) -> None:
    preview = upload(client, BAD)
    text = b"".join(client.get(preview + "masalah.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert ",'=cmd," in text
    content = client.get(preview + "masalah.xlsx").content
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        assert "'=cmd" in [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]


def fields(page: str) -> dict[str, str]:
    """Read the fields of the mapping form as a browser would send them."""
    form = page.split('id="mapping-title"')[1]
    found = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*?value="([^"]*)"', form))
    for name, body in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_how_a_file_is_read_can_be_changed_and_guessed_anew(client: Client) -> None:
    preview = upload(client, "kode;indikator;tahun;nilai\n63.71;production.eggs;2025;1.234\n")
    page = client.get(preview).content.decode()
    assert "1.234" in page
    assert 'name="load"' not in page
    answer = client.post(preview, fields(page) | {"numbers": "id"})
    assert answer.status_code == 302
    assert 'name="load"' in client.get(preview).content.decode()
    assert client.get(preview + "pemetaan.json").json()["numbers"] == "id"
    client.post(preview, {"again": "1"})
    assert 'name="load"' not in client.get(preview).content.decode()


def test_a_new_indicator_and_source_are_made_in_the_form(client: Client) -> None:
    preview = upload(client, "kode;tahun;nilai\n63.71;2025;3,5\n")
    given = fields(client.get(preview).content.decode())
    given |= {"new_code": "tpa.sisa_umur", "new_name": "Sisa umur TPA", "new_unit": "tahun"}
    given |= {"new_better": "higher", "new_source_name": "DLH"}
    assert client.post(preview, given).status_code == 302
    client.post(
        preview, fields(client.get(preview).content.decode()) | {"indicator_code": "tpa.sisa_umur"}
    )
    assert client.post(preview, {"load": "1"}).status_code == 302
    one = Observation.objects.select_related("indicator", "source").get(
        indicator__code="tpa.sisa_umur"
    )
    assert (one.indicator.name_id, one.source.name) == ("Sisa umur TPA", "DLH")


def test_a_form_with_a_wrong_field_is_shown_again(client: Client) -> None:
    preview = upload(client, GOOD)
    given = fields(client.get(preview).content.decode()) | {"layout": "round"}
    assert client.post(preview, given).status_code == 422


def test_another_sheet_is_guessed_anew(client: Client, workbook) -> None:
    rows = [["kode", "indikator", "tahun", "nilai"], ["63.71", "poverty", 2025, 4.5]]
    more = [["judul"], ["kode", "stunting"], ["63.71", 20], ["63.72", 21]]
    content = workbook(satu=rows, dua_2023=more).read_bytes()
    answer = client.post("/impor/", {"file": SimpleUploadedFile("a.xlsx", content)})
    preview = answer["Location"]
    given = fields(client.get(preview).content.decode())
    other = "satu" if given["sheet"] == "dua_2023" else "dua_2023"
    client.post(preview, given | {"sheet": other})
    assert fields(client.get(preview).content.decode())["sheet"] == other


def test_a_file_over_the_limit_is_refused_in_the_form(client: Client, settings) -> None:
    settings.SINERGI_IMPORT_MAX_BYTES = 10
    answer = client.post("/impor/", {"file": SimpleUploadedFile("a.csv", b"x" * 11)})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_a_form_without_a_file_is_shown_again(client: Client) -> None:
    assert client.post("/impor/", {}).status_code == 422


def test_an_undo_needs_a_reason(client: Client) -> None:
    assert client.post("/impor/batch/1/batal/", {}).status_code == 422
    assert client.get("/impor/batch/1/batal/").status_code == 405


def test_a_refused_undo_says_why(client: Client) -> None:
    for text in (GOOD, HEAD + "63.71,poverty,2025,9\n"):
        preview = upload(client, text)
        given = fields(client.get(preview).content.decode()) | {"on_existing": "replace"}
        client.post(preview, given)
        client.post(preview, {"load": "1"})
    second, first = ImportBatch.objects.all()[:2]
    answer = client.post(f"/impor/batch/{first.pk}/batal/", {"reason": "x"})
    assert answer.status_code == 409
    assert f"#{second.pk}" in answer.content.decode()


def test_forms_are_protected_against_forgery(shipped: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/impor/batch/1/batal/", {"reason": "x"}).status_code == 403


def test_an_indicator_is_downloaded_with_all_its_observations(client: Client) -> None:
    answer = client.get("/en/data/poverty/unduh.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("region code,region name,indicator code,period,value")
    assert len(lines) == 1 + Observation.objects.filter(indicator__code="poverty").count()
    workbook = client.get("/data/density/unduh.xlsx").content
    with CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as book:
        assert book.get_sheet_by_index(0).height > 500


def test_the_template_is_downloaded_with_all_codes(client: Client) -> None:
    with CalamineWorkbook.from_filelike(
        io.BytesIO(client.get("/impor/templat.xlsx").content)
    ) as book:
        assert book.get_sheet_by_index(1).height == 554


def test_a_table_too_long_for_a_sheet_points_to_the_csv_file(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("sinergi.evidence.exports.SHEET_ROWS", 10)
    answer = client.get("/data/poverty/unduh.xlsx")
    assert answer.status_code == 400
    assert "CSV" in answer.content.decode()


WIDE = "kode;nama;Persentase penduduk miskin;Garis kemiskinan\n63.71;Kota Banjarmasin;4,5;600,5\n"


def test_a_column_that_is_not_read_is_shown_first_and_can_be_given_by_name(client: Client) -> None:
    preview = upload(client, WIDE, "angka 2023.csv")
    page = client.get(preview).content.decode()
    problems = page.split('id="problems-title"')[1].split('id="mapping-title"')[0]
    assert problems.index("Kolom tidak dibaca") < problems.index("<details", 900)
    assert "Kolom D “Garis kemiskinan”" in problems
    given = fields(page) | {"column_C": "", "column_D": "Prevalensi stunting"}
    client.post(preview, given)
    again = client.get(preview).content.decode()
    assert "dibaca sebagai stunting" in again
    assert "Kolom C “Persentase penduduk miskin”" in again


@pytest.mark.parametrize(
    ("prefix", "name"), [("", "Penduduk miskin (P0)"), ("/en", "Poverty headcount rate")]
)
def test_codes_are_offered_with_their_names_where_one_is_typed(
    client: Client, prefix: str, name: str
) -> None:
    page = client.get(upload(client, WIDE, prefix=prefix)).content.decode()
    assert f'<option value="poverty">{name}</option>' in page
    assert re.search(r'<input[^>]*name="column_C"[^>]*list="indicator-codes"', page)
