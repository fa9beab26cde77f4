import csv
import dataclasses
import io
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from sinergi.accounts.models import Organisation
from sinergi.evidence import uploads
from sinergi.evidence.models import ImportBatch, Observation
from tests.people import organisation, person, signed_in

HEAD = "kode,indikator,tahun,nilai\n"
GOOD = HEAD + "63.71,poverty,2025,4.5\n63.72,poverty,2025,5.5\n"
BAD = HEAD + "63.71,poverty,2025,4.5\n99.99,poverty,2025,=cmd\n"


@pytest.fixture
def client(shipped: None, settings, tmp_path) -> Iterator[Client]:
    settings.HOME = tmp_path
    return signed_in(Client(), person("Ani", is_administrator=True))


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
    assert client.get(preview).status_code == 410
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


def history_of(page: str) -> str:
    return page.partition('id="riwayat"')[2].partition("</details>")[0]


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", ("nilai", "dilewati", "peringatan")), ("/en", ("values", "left out", "warnings"))],
)
def test_the_history_of_a_load_names_its_numbers_in_words(
    client: Client, prefix: str, words: tuple[str, ...]
) -> None:
    answer = client.post(upload(client, GOOD, prefix=prefix), {"load": "1"})
    told = history_of(client.get(answer["Location"]).content.decode())
    for word in words:
        assert f"<li>{word}: –" in told
    assert "SHA-256" in told
    for raw in ("rows", "skipped", "sha256", "replaced:"):
        assert raw not in told


def test_undoing_a_load_does_not_repeat_its_numbers(client: Client) -> None:
    place = client.post(upload(client, GOOD), {"load": "1"})["Location"]
    client.post(f"{place}batal/", {"reason": "keliru"})
    told = history_of(client.get(place).content.decode())
    assert "keliru" in told
    assert told.count("nilai: – → 2") == 1


def test_a_load_shows_its_values_and_what_they_replaced(client: Client) -> None:
    client.post(upload(client, HEAD + "63.71,poverty,2023,4.5\n"), {"load": "1"})
    again = upload(client, HEAD + "63.71,poverty,2023,4.625\n63.72,poverty,2023,45.25\n")
    number = _loaded_over(client, again)
    shown = client.get(f"/impor/batch/{number}/").content.decode()
    table = shown.partition('id="values"')[2].partition("</table>")[0]
    first, second = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL)
    assert "Kota Banjarmasin" in first
    assert "4,625 persen" in first
    assert '<td class="num">4,5</td>' in first
    assert "45,25 persen" in second
    assert '<td class="num">–</td>' in second


def _loaded_over(client: Client, address: str) -> int:
    """Load a waiting file over what is stored; return the number of the load."""
    token = address.strip("/").rsplit("/", 1)[-1]
    waiting = uploads.find(token)
    assert waiting is not None
    uploads.remember(dataclasses.replace(waiting, on_existing="replace"))
    place = client.post(address, {"load": "1"})["Location"]
    return int(place.strip("/").rsplit("/", 1)[-1])


def test_a_long_load_shows_its_first_values_and_offers_all(client: Client) -> None:
    page = client.get("/en/impor/batch/1/").content.decode()
    table = page.partition('id="values"')[2].partition("</table>")[0]
    assert table.count("<tr>") == 1 + 20
    assert "The first 20 of" in table
    assert 'href="/en/impor/batch/1/nilai.csv"' in table


def test_the_values_of_a_load_are_a_file_that_an_import_reads_back(client: Client) -> None:
    place = client.post(upload(client, GOOD), {"load": "1"})["Location"]
    answer = client.get(f"{place}nilai.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["nilai"] for row in rows] == ["4.5", "5.5"]
    assert list(rows[0])[-1] == "nilai yang diganti"
    client.post(f"{place}batal/", {"reason": "uji"})
    preview = client.get(upload(client, text)).content.decode()
    assert "Muat 2 nilai" in preview


def test_the_values_of_a_load_are_hidden_from_whom_it_is_hidden(client: Client) -> None:
    path = upload_for(client, organisation(), GOOD)
    place = client.post(path, {"load": "1"})["Location"]
    assert client.get(f"{place}nilai.csv").status_code == 200
    assert Client().get(f"{place}nilai.csv").status_code in {302, 404}


def upload_for(client: Client, owner: Organisation, text: str) -> str:
    ani = person("Budi", ("analyst", owner))
    signed_in(client, ani)
    file = SimpleUploadedFile("angka.csv", text.encode())
    answer: str = client.post("/impor/", {"file": file})["Location"]
    return answer


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "sudah dimuat sebagai muatan"), ("/en", "was loaded as load")],
)
def test_going_back_to_a_file_that_was_loaded_leads_on_to_its_load(
    client: Client, prefix: str, words: str
) -> None:
    preview = upload(client, GOOD, prefix=prefix)
    place = client.post(preview, {"load": "1"})["Location"]
    answer = client.get(preview)
    assert answer.status_code == 410
    assert words in answer.content.decode()
    assert f'href="{place}"' in answer.content.decode()


def test_a_loaded_file_of_somebody_else_only_waits_no_longer(client: Client) -> None:
    preview = upload(client, GOOD)
    place = client.post(preview, {"load": "1"})["Location"]
    other = signed_in(Client(), person("Citra", is_administrator=True))
    for asker in (other, Client()):
        answer = asker.get(preview)
        assert answer.status_code == 404
        assert "tidak lagi menunggu" in answer.content.decode()
        assert place not in answer.content.decode()
        assert 'href="/impor/"' in answer.content.decode().partition("<main")[2]


@pytest.mark.parametrize(("prefix", "label"), [("", "jiwa per km²"), ("/en", "people per km²")])
def test_units_of_area_are_written_alike_in_both_languages(
    client: Client, prefix: str, label: str
) -> None:
    page = client.get(f"{prefix}/data/density/").content.decode()
    assert label in page
    assert "km2" not in page
