"""Volumes pasted from a sheet: read as they are meant, doubts told, nothing saved until it was seen."""

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.forms.services import figure, figure_text
from sinergi.agreements.forms.volume_sheet import When, read_sheet, when
from sinergi.agreements.models import Service, Volume
from tests.agreements.making import a_party, an_agreement, bureau
from tests.agreements.making_money import BEGIN, a_service
from tests.people import organisation, person, signed_in

PARTIES = {
    "1": ["Pemerintah Kota Banjarbaru", "63.72"],
    "2": ["Pemerintah Kabupaten Banjar", "63.03"],
    "3": ["Pemerintah Kota Banjar", "32.79"],
    "": ["all together"],
}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2022-01", When(1, 2022)),
        ("01/2022", When(1, 2022)),
        ("Januari 2022", When(1, 2022)),
        ("Feb-22", When(2, 2022)),
        ("Pebruari 22", When(2, 2022)),
        ("Agt", When(8)),
        ("Des-22", When(12, 2022)),
        ("31/01/2022", When(1, 2022, 31)),
        ("2022-01-31 00:00:00", When(1, 2022, 31)),
        ("31 Januari 2022", When(1, 2022, 31)),
        ("29/02/2022", None),
        ("3.255", None),
        ("13/2022", None),
        ("2022", None),
        ("", None),
    ],
)
def test_months_and_days_are_read_as_officials_write_them(text, month) -> None:
    assert when(text) == month


def test_rows_of_month_party_and_tonnes_go_to_their_cells() -> None:
    rows = "Bulan\tDaerah\tTon\nJanuari 2022\tKota Banjarbaru\t2.790,5\nFeb-22\tKab. Banjar\t±60/h"
    sheet = read_sheet(rows, 2022, PARTIES)
    assert sheet.cells == {("1", 1): "2.790,5", ("2", 2): "±60/h"}
    assert not sheet.doubts


def test_a_grid_goes_to_its_cells_and_its_sums_are_left_out() -> None:
    rows = "No\tDaerah\tJan\tFeb\n1\tBanjarbaru\t2.790\t2.520\n2\t63.03\t\t1.680\n\tJumlah\t2.790\t4.200"
    sheet = read_sheet(rows, 2022, PARTIES)
    assert sheet.cells == {("1", 1): "2.790", ("1", 2): "2.520", ("2", 2): "1.680"}
    assert [one.line for one in sheet.doubts] == [4]


def test_months_one_below_the_other_with_a_column_for_each_party() -> None:
    rows = (
        "Tonase\nBulan\tKota Banjarbaru\tKab. Banjar\tJumlah\n"
        "1/2022\t2.790\t1.860\t4.650\nFebruari\t2.520\t-\t2.520\nJumlah\t5.310\t1.860\t7.170"
    )
    sheet = read_sheet(rows, 2022, PARTIES)
    assert sheet.cells == {("1", 1): "2.790", ("2", 1): "1.860", ("1", 2): "2.520"}
    assert [one.line for one in sheet.doubts] == [5]


def test_a_column_of_nobody_is_told_and_the_others_are_read() -> None:
    sheet = read_sheet("Bulan\tKota Banjarbaru\tKab. Banjar\tTapin\nJan\t1\t2\t3", 2022, PARTIES)
    assert sheet.cells == {("1", 1): "1", ("2", 1): "2"}
    assert [one.line for one in sheet.doubts] == [1]


def test_days_are_added_up_and_a_month_with_fewer_days_says_so() -> None:
    rows = "\n".join(f"{day:02}/02/2022\tBanjarbaru\t90,5" for day in range(1, 29))
    sheet = read_sheet(rows, 2022, PARTIES)
    assert sheet.cells == {("1", 2): figure_text(Decimal("90.5") * 28, False, False)}
    assert not sheet.doubts
    [doubt] = read_sheet(rows.rpartition("\n")[0], 2022, PARTIES).doubts
    assert doubt.cell == ("1", 2)


@pytest.mark.parametrize(
    "row",
    [
        "Jan 2022\tBanjar\t5",
        "Jan 2022\tKota Samarinda\t5",
        "Jan 2023\tBanjarbaru\t5",
        "Jan 2022\tBanjarbaru",
        "Jan 2022\t5",
        "Jan 2022",
        "Banjarbaru\t5\t6",
        "Jan 2022\tTotal\t5",
    ],
)
def test_what_can_be_meant_in_two_ways_or_in_none_is_a_doubt(row: str) -> None:
    sheet = read_sheet(row, 2022, PARTIES)
    assert sheet.cells == {}
    assert [one.line for one in sheet.doubts] == [1]


@pytest.mark.parametrize("typed", ["1,234", "tiga", "1.2.3"])
def test_an_unclear_number_stays_in_its_cell_with_its_doubt(typed: str) -> None:
    sheet = read_sheet(f"Jan 2022\tBanjarbaru\t{typed}", 2022, PARTIES)
    assert sheet.cells == {("1", 1): typed}
    assert [one.cell for one in sheet.doubts] == [("1", 1)]


def test_a_second_figure_for_a_month_is_a_doubt_and_the_first_stays() -> None:
    rows = "Jan 2022\tBanjarbaru\t5\nJan 2022\tKota Banjarbaru\t6"
    sheet = read_sheet(rows, 2022, PARTIES)
    assert sheet.cells == {("1", 1): "5"}
    assert [one.line for one in sheet.doubts] == [2]


def test_who_writes_for_one_party_need_not_name_it() -> None:
    sheet = read_sheet("Jan 2022\t5\nFeb 2022\t6", 2022, {"1": PARTIES["1"]})
    assert sheet.cells == {("1", 1): "5", ("1", 2): "6"}


WORDS = st.sampled_from(
    ["Jan 2022", "31/01/2022", "2022-02", "Banjarbaru", "Jumlah", "5", "1,234", "x", "", "±3/h"]
)


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.lists(WORDS, max_size=5).map("\t".join), max_size=6).map("\n".join),
    )
)
def test_any_text_gives_cells_of_the_parties_or_doubts(text: str) -> None:
    sheet = read_sheet(text, 2022, PARTIES)
    assert all(party in PARTIES and 1 <= month <= 12 for party, month in sheet.cells)
    doubtful = {one.cell for one in sheet.doubts}
    for cell, told in sheet.cells.items():
        if cell not in doubtful:
            figure(told)


@pytest.fixture
def service(db: None) -> Service:
    agreement = an_agreement(begins=BEGIN, known_on=BEGIN)
    a_party(agreement, "Provinsi", region_code="63", organisation=agreement.organisation)
    city = organisation("kota-banjarmasin", region_code="63.71")
    a_party(agreement, "Pemerintah Kota Banjarmasin", region_code="63.71", organisation=city)
    return a_service(agreement)


def test_pasted_rows_stand_in_the_grid_and_are_saved_only_then(service: Service) -> None:
    keeper = signed_in(Client(), person("Analis", ("analyst", bureau())))
    own = service.agreement.parties.get(position=2).pk
    address = f"/kerja-sama/{service.agreement_id}/layanan/{service.pk}/volume/2022/"
    rows = "Januari 2022\tKota Banjarmasin\t3.255\nFebruari 2022\tKota Palsu\t1"
    answer = keeper.post(address, {"baca": "1", "tempel": rows, f"v-{own}-3": "7"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="3.255"' in shown
    assert 'value="7"' in shown
    assert "Kota Palsu" in shown
    assert not Volume.objects.exists()
    keeper.post(address, {f"v-{own}-1": "3.255"})
    assert Volume.objects.get().quantity == 3255


def test_a_party_pastes_its_own_figures_alone(service: Service) -> None:
    client = signed_in(
        Client(),
        person("Kota", ("analyst", service.agreement.parties.get(position=2).organisation)),
    )
    own = service.agreement.parties.get(position=2).pk
    address = f"/kerja-sama/{service.agreement_id}/layanan/{service.pk}/volume/2022/"
    rows = "Jan 2022\tProvinsi\t9\nFeb 2022\tBanjarmasin\t8"
    answer = client.post(address, {"baca": "1", "tempel": rows})
    assert answer.status_code == 200
    assert f'name="v-{own}-2" value="8"' in answer.content.decode()
    assert 'value="9"' not in answer.content.decode()
