"""The page of one opportunity on the shipped evidence."""

import csv
import io
import re

import orjson
import pytest

from sinergi.opportunities import queries
from sinergi.opportunities.settings import MapSettings

GROUP = "63.01+63.03+63.04+63.71+63.72"
PAGE = f"/peluang/TPA_REGIONAL/{GROUP}/"


def text(response) -> str:
    return response.content.decode()


def numbers(page: str, attribute: str) -> list[float]:
    found = re.findall(rf'{attribute}="([0-9.e-]*)"', page)
    return [float(value) for value in found if value]


@pytest.mark.parametrize("group", [GROUP, "63.71+63.72", "11.01+91.71"])
def test_the_points_of_the_parts_add_up_to_the_score(client, group):
    page = text(client.get(f"/peluang/TPA_REGIONAL/{group}/"))
    parts = re.findall(r'data-part="\w+" data-points="([0-9.e-]+)"', page)
    assert len(parts) == 4
    assert sum(map(float, parts)) == pytest.approx(numbers(page, "data-score")[0], abs=1e-8)


def test_the_points_of_the_observations_add_up_to_need_and_strength(client):
    page = text(client.get(PAGE))
    body, foot = page.split("<tfoot>")[-2:]
    observed = re.findall(r'data-points="([0-9.e-]+)"', body)
    sides = re.findall(r'data-part="(?:need|strength)" data-points="([0-9.e-]+)"', foot)
    assert sum(map(float, observed)) == pytest.approx(sum(map(float, sides)), abs=1e-8)


def test_the_headline_says_who_could_do_what_in_both_languages(client):
    assert "Kota Banjarbaru dapat menjadi tuan rumah TPA/TPST regional" in text(client.get(PAGE))
    assert "Kota Banjarbaru could host regional landfill" in text(client.get("/en" + PAGE))


def test_money_is_marked_as_an_estimate_with_its_formula_and_source(client):
    page = text(client.get("/en" + PAGE))
    assert "billion a year" in page
    assert "What a Waste" in page
    assert "Not a tariff and not a budget figure" in page


def test_law_is_left_to_a_person(client):
    page = text(client.get("/en" + PAGE))
    assert "A person decides." in page
    assert "Does the cooperation burden the people and the region?" in page
    assert "must be a party: Kalimantan Selatan" in page
    assert "only for non-physical activity, and this object is physical" in page


def test_what_would_change_the_rank_is_said_in_sentences(client):
    page = text(client.get(PAGE))
    assert re.search(r"Jika bobot kebutuhan (turun|naik) dari 40% ke \d+%, peringkat berubah", page)


def test_a_group_the_map_would_not_form_says_why(client):
    page = text(client.get("/en/peluang/TPA_REGIONAL/11.01+91.71/"))
    assert "The map does not propose this group" in page
    assert "longer than the reach" in page


def test_every_computable_object_has_a_page_for_its_best_group(client):
    for code in sorted(queries.ground().objects):
        found = queries.opportunity_map(MapSettings(objects=(code,), top=1)).opportunities
        for one in found:
            response = client.get(f"/peluang/{code}/{one.key}/")
            assert response.status_code == 200, code


def test_the_order_of_members_does_not_matter_to_the_address(client):
    response = client.get("/peluang/TPA_REGIONAL/63.72+63.71/?bobot_need=10")
    assert response.status_code == 302
    assert (
        response["Location"]
        == "/peluang/TPA_REGIONAL/63.71+63.72/?" + response["Location"].split("?")[1]
    )
    assert "bobot_need=10" in response["Location"]


def test_settings_in_the_address_change_the_score(client):
    usual = numbers(text(client.get(PAGE)), "data-score")
    other = numbers(text(client.get(PAGE + "?bobot_need=100&bobot_gain=0")), "data-score")
    assert usual != other


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/peluang/TPA_REGIONAL/6371+6372/", 404, "/en/peluang/TPA_REGIONAL/63.71+63.72/"),
        ("/peluang/TPA_REGONAL/63.71+63.72/", 404, "/en/peluang/TPA_REGIONAL/63.71+63.72/"),
        ("/peluang/METROLOGI/63.71+63.72/", 404, "cannot be computed"),
        ("/peluang/TPA_REGIONAL/63.71+qqqq/", 404, "qqqq"),
        ("/peluang/TPA_REGIONAL/63.71/", 400, "at least two"),
        ("/peluang/TPA_REGIONAL/63.71+63.71/", 400, "each once"),
        ("/peluang/TPA_REGIONAL/63+63.71/", 400, "not a regency or a city"),
        (f"{PAGE}?bobot_need=x", 400, "Weight of Need"),
        (f"{PAGE}?dalam=ZZ", 400, "ZZ"),
        (f"/peluang/TPA_REGIONAL/{'+'.join(f'11.{n:02}' for n in range(1, 40))}/", 400, "2–24"),
        ("/peluang/TPA_REGIONAL/63.71.json", 400, "at least two"),
    ],
)
def test_bad_addresses_lead_back(client, address, status, said):
    response = client.get("/en" + address)
    assert response.status_code == status
    assert said in text(response)


def test_a_script_in_the_address_is_shown_as_text(client):
    page = text(client.get("/peluang/TPA_REGIONAL/<script>alert(1)<script>+63.71/"))
    assert "<script>alert" not in page


def test_the_page_holds_no_inline_script_or_style(client):
    page = text(client.get(PAGE))
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "<style" not in page


def test_the_form_for_members_leads_to_the_new_group(client):
    response = client.get("/peluang/TPA_REGIONAL/?daerah=63.71&tambah=banjarbaru&bobot_need=10")
    assert response.status_code == 302
    assert response["Location"].startswith("/peluang/TPA_REGIONAL/63.71+63.72/?")
    assert "bobot_need=10" in response["Location"]


def test_the_form_for_members_says_which_name_it_does_not_know(client):
    response = client.get("/en/peluang/TPA_REGIONAL/?daerah=63.71&tambah=xqzw")
    assert response.status_code == 404
    assert "xqzw" in text(response)


def test_an_empty_form_leads_to_the_object(client):
    assert client.get("/peluang/TPA_REGIONAL/")["Location"] == "/objek/TPA_REGIONAL/"


def test_reasons_as_json_hold_the_whole_explanation(client):
    found = orjson.loads(client.get(PAGE[:-1] + ".json").content)
    assert sum(found["contributions"].values()) == pytest.approx(found["score"])
    assert {member["code"] for member in found["members"]} == set(GROUP.split("+"))
    assert found["evidence"]["version"]
    assert found["legal"]["mandatory_candidate"] is True


def test_reasons_as_csv_add_up_to_the_score(client):
    response = client.get("/en" + PAGE[:-1] + ".csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    score = queries.explain("TPA_REGIONAL", GROUP.split("+")).opportunity.score
    assert sum(float(row["Points"] or 0) for row in rows) == pytest.approx(score * 100, abs=0.01)


def test_reasons_as_excel_open_with_three_sheets(client):
    from python_calamine import CalamineWorkbook

    content = client.get("/en" + PAGE[:-1] + ".xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names[0] == "Reasons"
    assert len(book.sheet_names) == 3
