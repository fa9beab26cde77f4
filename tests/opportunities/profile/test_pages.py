"""The pages, JSON and CSV of regions, as a visitor gets them."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django.utils import translation

from sinergi.opportunities.profile import profile
from sinergi.opportunities.profile.tables import TABLES, to_csv

REGIONS = ("63.71", "33.75", "92.12", "94.01", "93", "63", "31.71")


def rows_of(response: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("code", REGIONS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_kind_of_region_has_a_page_in_both_languages(browser: Client, code, language):
    response = browser.get(f"{language}/wilayah/{code}/")
    text = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{language[1:] or "id"}"' in text
    assert 'id="bukti"' in text
    assert "style=" not in text
    assert re.search(r"<script>(?!</script>)", text) is None, "no inline script"
    assert not re.search(r">\s*(None|nan|inf)\b", text)


def test_the_page_speaks_indonesian_and_english(browser: Client):
    assert "Siapa menghubungi siapa" in browser.get("/wilayah/63.71/").content.decode()
    english = browser.get("/en/wilayah/63.71/").content.decode()
    assert "Who should call whom" in english
    assert "Kebutuhan" not in english


def test_each_figure_has_its_data_in_the_page(browser: Client):
    text = browser.get("/wilayah/63.71/").content.decode()
    sources = re.findall(r'data-source="([^"]+)"', text)
    assert len(sources) == len(set(sources)) > 20
    for name in sources:
        found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', text)
        assert json.loads(found[1])["rows"]


def test_what_is_missing_is_said_and_not_shown_as_zero(browser: Client):
    text = browser.get("/wilayah/63.71/").content.decode()
    rice = text.index("Produksi padi")
    row = text[rice : text.index("</tr>", rice)]
    assert "flag-missing" in row
    assert not re.search(r">0(,0+)?<", row)


def test_a_blank_year_is_told(browser: Client):
    text = browser.get("/wilayah/33.75/").content.decode()
    assert "Tidak lengkap pada 2014" in text


def test_a_region_of_papua_tells_of_the_split_and_of_the_missing_total(browser: Client):
    text = browser.get("/wilayah/93.01/").content.decode()
    assert "25 Juli 2022" in text
    assert "tidak dibandingkan" in text
    assert "Sumber tidak mencatat jumlah" in text


def test_estimates_and_imputed_values_are_marked(browser: Client):
    text = browser.get("/wilayah/63.71/").content.decode()
    for mark in ("flag-estimate", "flag-imputed", "flag-proxy"):
        assert mark in text


def test_an_unknown_code_is_a_404_that_leads_on(browser: Client):
    response = browser.get("/wilayah/6371/")
    assert response.status_code == 404
    assert 'href="/wilayah/63.71/"' in response.content.decode()


@pytest.mark.parametrize("code", ["%3Cscript%3E", "x" * 300, "63.71'--", "%00"])
def test_nonsense_in_place_of_a_code_is_a_404(browser: Client, code):
    response = browser.get(f"/wilayah/{code}/")
    assert response.status_code == 404
    assert b"<script>" not in response.content


@pytest.mark.parametrize("query", ["bobot_need=x", "penduduk_min=-1", "objek=TIDAK_ADA"])
def test_nonsense_settings_are_a_400(browser: Client, query):
    assert browser.get(f"/wilayah/63.71/?{query}").status_code == 400


def test_json_says_what_the_profile_says(browser: Client):
    response = browser.get("/wilayah/63.71.json")
    found = json.loads(response.content)
    one = profile("63.71")
    assert response["Content-Type"] == "application/json"
    assert found["facts"]["name"] == "Kota Banjarmasin"
    assert len(found["indicators"]) == len(one.indicators)
    assert found["economy"]["sectors"][0]["against"]["nation"]["lq"] == pytest.approx(
        one.economy.sectors[0].against["nation"].lq
    )
    assert found["opportunities"]["total"] == one.opportunities_total
    assert [p["code"] for p in found["partners"]] == [p.code for p in one.partners]


def test_json_is_the_same_in_both_languages(browser: Client):
    assert (
        browser.get("/wilayah/33.75.json").content == browser.get("/en/wilayah/33.75.json").content
    )


def test_json_and_csv_of_an_unknown_region_are_404(browser: Client):
    assert browser.get("/wilayah/99.99.json").status_code == 404
    assert browser.get("/wilayah/99.99/mitra.csv").status_code == 404
    assert browser.get("/wilayah/63.71/rahasia.csv").status_code == 404


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("code", ["63.71", "93"])
def test_every_table_is_a_csv_with_a_name_for_each_column(browser: Client, name, code):
    response = browser.get(f"/wilayah/{code}/{name}.csv")
    header = next(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response["Content-Type"].startswith("text/csv")
    assert f"-{name}.csv" in response["Content-Disposition"]
    assert len(header) == len(set(header))
    assert all(header)


def test_csv_of_indicators_leaves_what_is_missing_empty(browser: Client):
    found = {row["Kode"]: row for row in rows_of(browser.get("/wilayah/63.71/indikator.csv"))}
    rice = found["production.rice_paddy"]
    assert (rice["Nilai"], rice["Peringkat"], rice["Status"]) == ("", "", "")


def test_a_cell_that_a_spreadsheet_would_run_is_made_safe():
    content = to_csv(["=a", "b"], [["@SUM(A1)", None], ["-1", -1.5]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [
        ["'=a", "b"],
        ["'@SUM(A1)", ""],
        ["'-1", "-1.5"],
    ]


def test_the_directory_lists_every_region_under_its_province(browser: Client):
    text = browser.get("/wilayah/").content.decode()
    assert text.count('href="/wilayah/') >= 552
    assert text.index("Aceh") < text.index("Kalimantan Selatan") < text.index("Papua Barat Daya")


def test_the_directory_is_filtered_and_sorted_by_its_address(browser: Client):
    text = browser.get("/wilayah/?asosiasi=APEKSI_KOMWIL_V&urut=penduduk").content.decode()
    found = re.findall(r'<th scope="row"><a href="/wilayah/([\d.]+)/"', text)
    assert len(found) == 9
    assert found[0] == "64.72", "Samarinda is the largest"


def test_an_empty_directory_leads_back(browser: Client):
    text = browser.get("/wilayah/?cari=atlantis").content.decode()
    assert 'class="empty"' in text


@pytest.mark.parametrize("query", ["pulau=X", "asosiasi=X", "tingkat=desa", "urut=acak"])
def test_a_directory_of_nonsense_is_a_400(browser: Client, query):
    assert browser.get(f"/wilayah/?{query}").status_code == 400


def test_the_directory_is_a_csv_with_the_same_filters(browser: Client):
    with translation.override("en"):
        rows = rows_of(browser.get("/en/wilayah.csv?asosiasi=APEKSI_KOMWIL_V"))
    assert len(rows) == 9
    assert {row["Province"][:10] for row in rows} == {"Kalimantan"}
