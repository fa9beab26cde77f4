"""A register that goes out and comes back holds the same agreements; a load that fails leaves nothing."""

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergi.accounts.errors import ForbiddenError
from sinergi.agreements.actions import register_imports as actions
from sinergi.agreements.actions.register_imports import (
    ImportRefusedError,
    RegisterWish,
    load_register,
    preview_wish,
    undo_register_import,
)
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Agreement, Party, RegisterImport, RegisterRow
from sinergi.agreements.queries.register_imports import made_by
from sinergi.agreements.register_imports import tables
from tests.agreements.making import officer
from tests.agreements.register_imports.making_registers import (
    WASTE,
    WATER,
    kota,
    numbered,
    workbook,
)

pytestmark = pytest.mark.django_db
ROWS = st.tuples(
    st.sampled_from(["PKS", "MoU", "Nota Kesepakatan", "Adendum"]),
    st.sampled_from(["Air minum", "Pengelolaan sampah", "Rujukan pasien", "Data kependudukan"]),
    st.integers(1, 9999).map(lambda n: f"119/{n}/2023"),
    st.sampled_from(
        [
            "Pemkot Banjarbaru dengan Pemkab Banjar",
            "Pemkot Banjarbaru; PT Air Contoh; DLH Kab. Banjar",
            "Universitas Contoh dan Pemkot Banjarbaru",
            "Banjar dengan Toko Makmur",
        ]
    ),
    st.sampled_from(["12 Agustus 2023", "12/8/23", "Agustus 2023", "31 Februari 2023", ""]),
    st.sampled_from(["5 tahun", "s.d. 31 Desember 2025", "tidak terbatas", "", "1 tahun 6 bulan"]),
    st.sampled_from(["", "masih berlaku", "berakhir", "dibatalkan"]),
    st.sampled_from(["", "DLH", "Dinas Pemuda dan Olahraga"]),
    st.sampled_from(["", "Rp 1.000.000", "APBD"]),
)


def load(folder: Path, *rows, name: str = "register.xlsx") -> RegisterImport:
    owner = kota()
    by = officer(owner, "coordinator")
    path = workbook(folder, numbered(*(rows or (WASTE, WATER))), name=name)
    wish = RegisterWish(owner)
    return load_register(by, preview_wish(by, path, wish), wish)


def handed_out(folder: Path, register: RegisterImport) -> Path:
    made = made_by(register).prefetch_related("parties", "documents").order_by("pk")
    path = folder / "keluar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Register")
        page.write_row(0, 0, tables.REGISTER)
        for number, line in enumerate(tables.register_rows(made), start=1):
            page.write_row(number, 0, line)
    return path


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ROWS, min_size=1, max_size=5, unique_by=lambda one: one[2]))
def test_what_goes_out_comes_back_as_the_same_agreements(tmp_path, rows):
    register = load(tmp_path, *rows)
    owner = register.organisation
    again = preview_wish(officer(owner), handed_out(tmp_path, register), RegisterWish(owner))
    sure = [one for one in again.drafts if one.parties]
    assert again.problems.errors == 0
    assert {one.matches for one in sure} <= set(made_by(register).values_list("pk", flat=True))
    told = {one.matches: one.differs for one in again.drafts if one.differs}
    assert not told
    assert again.same == len(again.drafts)
    undo_register_import(officer(owner, "coordinator"), register.pk)


def test_nothing_is_left_of_a_load_that_fails(tmp_path, monkeypatch):
    def fail(*_args, **_options):
        raise RuntimeError

    monkeypatch.setattr(actions, "record_on", fail)
    with pytest.raises(RuntimeError):
        load(tmp_path)
    counts = [one.objects.count() for one in (Agreement, Party, RegisterImport, RegisterRow)]
    assert counts == [0, 0, 0, 0]


def test_who_may_not_make_agreements_loads_none(tmp_path):
    path, owner = workbook(tmp_path, numbered(WASTE)), kota()
    with pytest.raises(ForbiddenError):
        preview_wish(officer(owner, "viewer"), path, RegisterWish(owner))


def test_a_file_with_errors_is_refused_with_the_first_of_them(tmp_path):
    path, owner = workbook(tmp_path, [["warna"], ["merah"]]), kota()
    by, wish = officer(owner), RegisterWish(owner)
    with pytest.raises(ImportRefusedError, match=r"register\.xlsx: "):
        load_register(by, preview_wish(by, path, wish), wish)


def test_an_undone_import_is_not_undone_again(tmp_path):
    register = load(tmp_path)
    by = officer(register.organisation, "coordinator")
    undo_register_import(by, register.pk, "salah berkas")
    with pytest.raises(StateError):
        undo_register_import(by, register.pk)


def test_registers_of_two_organisations_know_nothing_of_each_other(tmp_path):
    load(tmp_path)
    other = kota("kab-banjar", region_code="63.03", name="Kabupaten Banjar")
    path = workbook(tmp_path, numbered(WASTE, WATER))
    seen = preview_wish(officer(other), path, RegisterWish(other))
    assert seen.ok
    assert len(seen.new) == 2


def test_an_undone_and_a_past_agreement_say_so(tmp_path):
    past = ("PKS", "Pelatihan", "1/PKS/2015", WASTE[3], "1 Mei 2015", "5 tahun", "", "", "")
    register = load(tmp_path, past)
    agreement = made_by(register).get()
    assert (agreement.state, str(agreement.ended_on), agreement.end_ground) == (
        "ended",
        "2020-05-01",
        "time",
    )
    assert agreement.origin_told["signed"] == "2015-05-01"
    assert agreement.register_rows.get().written["Tentang"] == "Pelatihan"
