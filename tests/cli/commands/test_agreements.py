"""Bringing registers in from the command line, and telling agreements there."""

import pytest

from sinergi.agreements.models import Agreement, AgreementWords, RegisterImport
from tests.agreements.making import a_party, an_agreement
from tests.agreements.register_imports.making_registers import (
    WASTE,
    WATER,
    kota,
    numbered,
    workbook,
)

pytestmark = pytest.mark.django_db
OWNER = ("--organisation", "kota-banjarbaru")


@pytest.fixture(autouse=True)
def owner(db):
    return kota()


@pytest.fixture
def register(tmp_path):
    return workbook(tmp_path, numbered(WASTE, WATER))


def test_a_register_is_brought_in_and_listed(run, register):
    told = run("agreements", "import", register, *OWNER, "--title", "Register 2024")
    assert told.code == 0, told.err
    assert RegisterImport.objects.get().title == "Register 2024"
    assert Agreement.objects.count() == 2
    assert "Pengelolaan sampah" in run("agreements", "list", "--format", "csv").out


def test_a_dry_run_tells_doubts_with_their_cells_and_loads_nothing(run, register, tmp_path):
    table = tmp_path / "ragu.csv"
    told = run("agreements", "import", register, *OWNER, "--dry-run", "--doubts", table)
    assert told.code == 0, told.err
    assert "F3: Maret 2024" in told.out + told.err
    assert "Maret 2024" in table.read_text()
    assert not Agreement.objects.exists()


def test_a_register_is_loaded_once(run, register):
    assert run("agreements", "import", register, *OWNER).code == 0
    told = run("agreements", "import", register, *OWNER)
    assert told.code == 1
    assert Agreement.objects.count() == 2


def test_columns_are_named_and_left_out(run, register):
    chosen = ("--column", "J=", "--column", "I=note", "--as-above", "B", "--join-pairs")
    told = run("agreements", "import", register, *OWNER, *chosen)
    assert told.code == 0, told.err
    reading = RegisterImport.objects.get().reading
    assert "J" not in reading["columns"]
    assert (reading["columns"]["I"], reading["as_above"]) == ("note", ["B"])
    assert reading["join_pairs"]


@pytest.mark.parametrize("wrong", ["C", "1=title", "C=warna"])
def test_a_column_that_is_none_is_told(run, register, wrong):
    told = run("agreements", "import", register, *OWNER, "--column", wrong)
    assert told.code != 0
    assert wrong in told.err


def test_a_file_that_is_not_there_is_told(run):
    assert run("agreements", "import", "tidak-ada.xlsx").code != 0


def test_one_agreement_is_shown_with_its_parties(run, owner):
    row = an_agreement(owner, title="TPA Regional")
    a_party(row, "Pemerintah Kota Banjarbaru")
    told = run("agreements", "show", row.pk, "--format", "csv")
    assert "TPA Regional" in told.out
    assert "Pemerintah Kota Banjarbaru" in told.out
    assert run("agreements", "show", "999999").code != 0


def test_the_search_index_is_built_anew(run):
    agreement = an_agreement(title="Pasokan cabai rawit")
    AgreementWords.objects.create(agreement=agreement, seen=agreement.updated, words="ekosong")
    told = run("agreements", "reindex")
    assert told.code == 0, told.err
    assert "1 " in told.out
    assert "ncabai" in AgreementWords.objects.get(agreement=agreement).words.split()
