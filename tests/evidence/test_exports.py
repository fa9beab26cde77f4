import csv
import io

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sinergi.accounts.principal import operator
from sinergi.evidence import exports
from sinergi.evidence.actions import load_import, preview_import, undo_import
from sinergi.evidence.exports import csv_lines, xlsx_bytes
from sinergi.evidence.imports.problems import Problem
from sinergi.evidence.models import Indicator, Observation
from sinergi.evidence.queries import ObservationFilter
from sinergi.evidence.safe_cells import safe_cell
from sinergi.evidence.scope import reading, whole_shelf
from sinergi.reference.models import Region
from tests.people import organisation


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@given(st.text() | st.floats() | st.integers() | st.none())
def test_a_safe_cell_never_begins_like_a_formula(value: object) -> None:
    safe = safe_cell(value)
    assert not isinstance(safe, str) or not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert isinstance(value, str) or safe is value


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=2)
    )
)
def test_csv_reads_back_as_safe_cells(rows: list[list[str]]) -> None:
    text = "".join(csv_lines(["=a", "b"], rows)).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["'=a", "b"], *[[safe_cell(cell) for cell in row] for row in rows]]


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers(tmp_path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx_bytes({"data": (["kode", "nilai"], [["=1+1", 4.5]])}))
    with CalamineWorkbook.from_path(tmp_path / "a.xlsx") as book:
        assert book.get_sheet_by_name("data").to_python() == [["kode", "nilai"], ["'=1+1", 4.5]]


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(exports, "SHEET_ROWS", 2)
    with pytest.raises(ValueError, match="data"):
        xlsx_bytes({"data": (["a"], [["1"], ["2"]])})


def test_problems_are_exported_with_message_and_remedy() -> None:
    problem = Problem("error", "not_a_number", "Data", 14, 2, "abc")
    with override("en"):
        (cells,) = exports.problem_cells([problem])
        assert len(cells) == len(exports.problem_headings())
    assert cells[:5] == ["error", "Data", "C14", "abc", "“abc” is not a number."]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_filled_template_can_be_loaded(shipped: None, tmp_path, language: str) -> None:
    with override(language):
        regions = Region.objects.values_list("code", "name")[:5]
        (tmp_path / "t.xlsx").write_bytes(exports.template_bytes(regions))
    with CalamineWorkbook.from_path(tmp_path / "t.xlsx") as book:
        headings = book.get_sheet_by_index(0).to_python()[0]
        assert len(book.sheet_names) == 4
    rows = [["63.71", "Kota Banjarmasin", "poverty", "2025", 4.5, "", ""]]
    (tmp_path / "f.xlsx").write_bytes(xlsx_bytes({"data": (headings, rows)}))
    assert preview_import(operator(), tmp_path / "f.xlsx").ok


def exported(batch: int) -> str:
    """The export of a load as a file, without its number, which another load of the same has not."""
    rows = exports.observation_cells(ObservationFilter(batch=batch))
    number = exports.observation_headings().index(_("load number"))
    numbered = [*rows]
    assert {row[number] for row in numbered} == {batch}
    for row in numbered:
        row[number] = ""
    return "".join(csv_lines(exports.observation_headings(), numbered))


values = (
    st.floats(0, 1e15) | st.integers(0, 10**9).map(float) | st.sampled_from([1.234, 0.001, 12.345])
)
keys = st.tuples(
    st.sampled_from(["63.71", "63.72", "11.10", "11.01", "ID", "32"]),
    st.sampled_from(["grdp.A", "production.eggs"]),
    st.sampled_from(["2025", "2023-08", "2024-10"]),
)


@pytest.mark.parametrize("language", ["id", "en"])
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.dictionaries(keys, st.tuples(values, st.integers(1, 4)), min_size=1, max_size=8))
def test_export_import_export_is_the_identity(shipped: None, tmp_path, language, rows) -> None:
    names = ["official", "estimate", "imputed", "default"]
    lines = ["region code;indicator code;period;value;flag;source code"]
    for (region, indicator, period), (value, flag) in rows.items():
        text = exports.unambiguous(value)
        lines.append(f"{region};{indicator};{period};{text};{names[flag - 1]};bps-grdp")
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with override(language):
        first = load_import(operator(), path)
        before = exported(first.pk)
        undo_import(operator(), first.pk)
        path.write_text(before, encoding="utf-8", newline="")
        second = load_import(operator(), path)
        after = exported(second.pk)
        undo_import(operator(), second.pk)
    assert before.count("\n") == len(rows) + 1
    assert after == before


def test_an_export_says_whose_a_value_is(shipped: None, tmp_path) -> None:
    whose = organisation("kota-banjarmasin")
    path = tmp_path / "a.csv"
    path.write_text("kode,indikator,tahun,nilai\n63.71,poverty,2031,41.5\n", encoding="utf-8")
    batch = load_import(operator(), path, organisation=whose)
    with reading(whole_shelf(whose)):
        cells = [*exports.observation_cells(ObservationFilter(indicator="poverty"))]
    owners = {row[3]: row[-2:] for row in cells if row[0] == "63.71"}
    assert owners.pop("2031") == [batch.pk, whose.name]
    assert [*owners.values()] == [["", ""]] * len(owners)
    assert owners


def test_a_whole_shipped_indicator_survives_export_and_import(shipped: None, tmp_path) -> None:
    rows = exports.observation_cells(ObservationFilter(indicator="health_worker_load"))
    path = tmp_path / "a.csv"
    path.write_text(
        "".join(csv_lines(exports.observation_headings(), rows)), encoding="utf-8", newline=""
    )
    preview = preview_import(operator(), path, on_existing="skip_identical")
    key = Indicator.objects.get(code="health_worker_load").pk
    assert preview.problems.errors == 0
    assert preview.unchanged == Observation.objects.filter(indicator_id=key, active=True).count()
