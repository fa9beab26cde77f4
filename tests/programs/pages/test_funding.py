"""The pages of funding: a situation, a line, a plan, and their files."""

import csv
import io
import json

import pytest
from django.test import Client
from openpyxl import load_workbook

from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator
from sinergi.programs.actions.menus import load_menus, read_menu
from sinergi.programs.funding.conditions import Verdict
from sinergi.programs.models import FundingMenu
from sinergi.programs.queries.funding import facts_of
from sinergi.programs.queries.funding_plan import Narrowed, plan_funded
from tests.people import person, signed_in
from tests.programs.making import a_line, a_plan, a_version, many_lines, office, planner, public

pytestmark = pytest.mark.django_db
ROAD = {"wilayah": "Kab. Bandung", "kode": "1.03.10.2.01.0004", "fisik": "ya", "tahun": "2027"}
MENU = b"channel,year,code,title,source\nDAK_FISIK,2027,1.03.10,Jalan,Perpres contoh\n"


@pytest.fixture
def reader(client: Client) -> Client:
    return signed_in(client, person("Ani", ("analyst", office())))


def text(response) -> str:
    return response.content.decode()


def test_the_page_asks_before_it_answers(client):
    page = text(client.get("/pendanaan/"))
    assert "jawab-" not in page
    assert 'name="wilayah"' in page


def test_a_situation_in_the_address_is_answered_for_everybody(client):
    page = text(client.get("/pendanaan/", ROAD))
    assert 'id="jawab-yes"' in page
    assert "APBD kab/kota" in page
    assert "Februari 2026" in page


def test_the_same_page_speaks_english(client):
    page = text(client.get("/en/pendanaan/", ROAD))
    assert "Could not pay" in page
    assert "The menu of 2027 is not loaded in this installation." in page
    assert (
        "about February 2026 to May 2026 (every year; channels of the country pack; from knowledge; verify)"
        in page
    )


@pytest.mark.parametrize(
    ("field", "value"), [("tahun", "dua"), ("wilayah", "Kota Nirwana Xyz"), ("jumlah", "2 M")]
)
def test_a_mistake_is_told_at_its_field_and_kept(client, field, value):
    page = text(client.get("/pendanaan/", {**ROAD, field: value}))
    assert f'id="id_{field}_error"' in page
    assert f'value="{value}"' in page


def test_a_line_answers_with_what_its_plan_says(reader):
    line = a_line(a_version(a_plan()), land="ready", amounts={2025: 5_000_000})
    page = text(reader.get("/pendanaan/", {"baris": line.identity}))
    assert "Pembangunan jembatan Citarum" in page
    assert "Rp 5.000.000" in page
    assert "dari kata-katanya" in page or "from its words" in page


def test_the_page_of_a_line_shows_who_could_pay(reader):
    line = a_line(a_version(a_plan()), land="ready", amounts={2025: 5_000_000})
    plan = line.version.plan_id
    page = text(reader.get(f"/rencana/{plan}/baris/{line.identity}/"))
    assert f"/pendanaan/?baris={line.identity}" in page
    assert f"/pendanaan/?rencana={plan}" in text(reader.get(f"/rencana/{plan}/"))


@pytest.mark.parametrize("identity", ["x", "0d7f6a4e-4b1c-4f0e-9a53-5f6f0a2f7c11"])
def test_a_line_that_is_not_there_is_not_found(reader, identity):
    assert reader.get("/pendanaan/", {"baris": identity}).status_code == 404


def test_a_line_of_a_private_plan_is_not_found_by_others(client):
    line = a_line(a_version(a_plan()))
    assert client.get("/pendanaan/", {"baris": line.identity}).status_code == 404
    assert client.get("/pendanaan/", {"rencana": line.version.plan_id}).status_code == 404
    public(line.version.plan)
    assert client.get("/pendanaan/", {"baris": line.identity}).status_code == 200


def test_a_plan_shows_lines_with_channels_and_money_without_channel(reader):
    version = a_version(a_plan())
    a_line(version, amounts={2025: 1_500_000})
    a_line(version, "Penyusunan dokumen", amounts={(2025, "DAU_BG"): 250_000})
    page = text(reader.get("/pendanaan/", {"rencana": version.plan_id}))
    assert "Rp 1.750.000" in page
    assert "Rp 1.500.000" in page
    assert "DAU_BG" in page


def test_filters_of_a_plan_are_in_the_address(reader):
    version = a_version(a_plan())
    a_line(version)
    a_line(version, "Penyusunan dokumen")
    page = text(reader.get("/pendanaan/", {"rencana": version.plan_id, "kata": "dokumen"}))
    assert "Penyusunan dokumen" in page
    assert "Pembangunan jembatan Citarum" not in page
    page = text(reader.get("/pendanaan/", {"rencana": version.plan_id, "saluran": "DAK_FISIK"}))
    assert "Pembangunan jembatan Citarum" in page
    assert "Penyusunan dokumen" not in page


def test_a_plan_without_a_current_version_is_not_found(reader):
    assert reader.get("/pendanaan/", {"rencana": a_plan().pk}).status_code == 404


def test_a_plan_asks_the_database_as_often_for_many_lines(reader, django_assert_max_num_queries):
    version = a_version(a_plan())
    many_lines(version, 300)
    with django_assert_max_num_queries(25):
        assert reader.get("/pendanaan/", {"rencana": version.plan_id}).status_code == 200


def test_the_file_of_a_situation_holds_each_condition_with_its_source(client):
    response = client.get("/en/pendanaan.csv", ROAD)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert {row["Channel"] for row in rows} >= {"APBD_KABKOTA", "DAK_FISIK", "BTT"}


def test_what_leaves_a_private_plan_is_recorded(reader):
    version = a_version(a_plan())
    a_line(version)
    assert reader.get("/pendanaan.xlsx", {"rencana": version.plan_id}).content[:2] == b"PK"
    record = AuditRecord.objects.get(verb="exported")
    assert json.loads(record.after) == {"format": "xlsx", "rows": 1}


def test_a_loaded_menu_changes_the_answer(client):
    load_menus(operator(), MENU)
    page = text(client.get("/en/pendanaan/", {**ROAD, "lahan": "ready", "desain": "ready"}))
    assert "It is in the menu of 2027 that was loaded." in page


def test_a_menu_is_replaced_as_a_whole():
    load_menus(operator(), MENU)
    load_menus(operator(), MENU.replace(b"1.03.10", b"1.04"))
    assert [one.items for one in FundingMenu.objects.all()] == [
        [{"code": "1.04", "title": "Jalan"}]
    ]


def test_only_administrators_load_menus():
    with pytest.raises(ForbiddenError):
        load_menus(planner(), MENU)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"DAK_FISIK", b"DAK_X"),
        (b"2027", b"dua"),
        (b"1.03.10", b"jalan"),
        (b"Perpres contoh", b""),
        (b"channel,", b"saluran,"),
        (b"Jalan", b"\xff\xfe"),
        (b"DAK_FISIK,2027,1.03.10,Jalan,Perpres contoh\n", b""),
    ],
    ids=["channel", "year", "code", "source", "heading", "encoding", "empty"],
)
def test_a_menu_with_a_mistake_is_refused_whole(old, new):
    with pytest.raises(InvalidError):
        read_menu(MENU.replace(old, new))
    assert not FundingMenu.objects.exists()


@pytest.fixture
def two_stated(reader):
    """Lines that state a channel: not known whether it can pay, and one that cannot."""
    version = a_version(a_plan())
    a_line(version, "Cempaka", code="1.03.03.2.01.0001", amounts={(2025, "DAK_FISIK"): 10_000})
    a_line(version, "Pembangunan gedung", amounts={(2025, "APBD_PROV"): 20_000})
    return version


def by_line(page: str) -> list[str]:
    return page.partition('id="per-baris"')[2].partition("<tbody>")[2].split("<tr>")[1:]


@pytest.mark.parametrize(
    ("path", "unknown", "cannot"),
    [
        ("/pendanaan/", "belum diketahui", "tidak dapat membiayai"),
        ("/en/pendanaan/", "not known", "could not pay"),
    ],
    ids=["id", "en"],
)
def test_a_plan_tells_what_is_not_known_from_what_cannot_be(
    reader, two_stated, path, unknown, cannot
):
    page = text(reader.get(path, {"rencana": two_stated.plan_id}))
    first, second = by_line(page)
    assert f"<strong>{unknown}</strong><br>" in first
    assert f"<strong>{cannot}</strong>" not in first
    assert f"<strong>{cannot}</strong>" in second


def test_a_plan_tells_why_for_each_channel(reader, two_stated):
    first, second = by_line(text(reader.get("/en/pendanaan/", {"rencana": two_stated.plan_id})))
    unknown = first.partition('data-label="Not known"')[2].partition("</td>")[0]
    assert "Not known of the line: It pays for physical works only." in unknown
    refused = second.partition('data-label="Could not pay"')[2].partition("</td>")[0]
    assert "It pays for what is under the authority of: a province." in refused


def test_the_file_of_a_plan_tells_so_too(reader, two_stated):
    content = reader.get("/en/pendanaan.xlsx", {"rencana": two_stated.plan_id}).content
    book = load_workbook(io.BytesIO(content))
    head, *rows = book["Lines"].values
    told = [dict(zip(head, row, strict=True)) for row in rows]
    answers = [one["What channels stated answer"] for one in told]
    assert "not known. Not known of the line: It pays for physical works only." in answers[0]
    assert "could not pay. It goes to: a province. It pays for what is under" in answers[1]
    assert "Provincial" in told[1]["Could not pay"]
    assert "Provincial" not in told[1]["Not known"]
    reasons = {(row[1], row[2]): row[4:] for row in book["Reasons"].values}
    assert reasons["Cempaka", "DAK_FISIK"][0] == "not known"
    assert reasons["Pembangunan gedung", "APBD_PROV"] == (
        "could not pay",
        "It goes to: a province. It pays for what is under the authority of: a province.",
    )


@pytest.mark.parametrize(
    ("title", "built"),
    [
        ("Iuran Kota Banjarbaru untuk TPA Regional", False),
        ("Iuran/tipping fee TPA Regional", False),
        ("Pembangunan TPA Regional", True),
        ("Iurannya TPA Regional", True),
    ],
    ids=["fee", "slash", "works", "another_word"],
)
def test_a_fee_for_an_object_builds_nothing(reader, title, built):
    version = a_version(a_plan())
    line = a_line(version, title, object_code="TPA_REGIONAL", amounts={2025: 1_000})
    assert facts_of(line).physical is built
    same = a_line(version, "Pembangunan TPA", object_code="TPA_REGIONAL", amounts={2025: 1_000})
    rows = {one.title: one for one in plan_funded(operator(), version.plan_id, Narrowed()).rows}
    alike = {
        one.code: [reason.code for reason in one.of(Verdict.AGAINST)] for one in rows[title].answers
    }
    assert ("only_physical" in alike["DAK_FISIK"]) is not built
    assert ("only_physical" in alike["KPBU"]) is not built
    assert facts_of(same).physical is True
