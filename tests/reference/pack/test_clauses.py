"""The clause library that ships: what law asks a document to hold is there, and faults are told."""

import csv
import shutil
from pathlib import Path

import pytest

from sinergi.reference import queries as reference
from sinergi.reference.pack.clauses import COLUMNS, parse_clauses
from sinergi.reference.pack.issues import Issues

SHIPPED = Path(reference.__file__).parents[1] / "indonesia"
MEMORANDUM = (
    "considerations",
    "purpose",
    "object",
    "scope",
    "duration",
    "funding",
    "implementation",
)
AGREEMENT = (
    "purpose",
    "object",
    "scope",
    "duties",
    "rights",
    "duration",
    "funding",
    "dispute",
    "force-majeure",
    "correspondence",
    "addendum",
    "ending",
)


def written(folder: Path, **cells: str) -> list[tuple[str, str]]:
    usual = dict.fromkeys(COLUMNS, "x") | {
        "kinds": "pks",
        "position": "1",
        "text_id": "{objek}",
        "needs": "objek",
    }
    with (folder / "clauses.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerow(usual | cells)
    issues = Issues()
    parse_clauses(folder, issues)
    return [(one.field, one.message_code) for one in issues.found]


@pytest.mark.parametrize(("kind", "codes"), [("kb", MEMORANDUM), ("pks", AGREEMENT)])
def test_minimum_content_of_a_document_is_in_the_library(kind: str, codes: tuple[str, ...]) -> None:
    there = {one.code for one in reference.clauses().values() if kind in one.kinds}
    assert set(codes) <= there


@pytest.mark.parametrize(
    "kind", ["kak", "offer", "answer", "kb", "pks", "nota", "addendum", "minutes"]
)
def test_every_document_has_clauses_in_an_order(kind: str) -> None:
    positions = [one.position for one in reference.clauses().values() if kind in one.kinds]
    assert len(positions) >= 4
    assert positions == sorted(positions)


def test_every_clause_says_where_it_comes_from() -> None:
    assert all(one.source and one.provenance for one in reference.clauses().values())
    assert reference.clauses()["billing"].default
    assert not reference.clauses()["duties"].default


def test_the_shipped_file_has_no_faults(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "clauses.csv", tmp_path)
    issues = Issues()
    assert len(parse_clauses(tmp_path, issues)) == len(reference.clauses())
    assert not issues.found


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"kinds": "contract"}, "kinds"),
        ({"kinds": ""}, "kinds"),
        ({"needs": "tujuan"}, "needs"),
        ({"code": "a" * 41}, "code"),
        ({"heading_id": ""}, "heading_id"),
        ({"position": "0"}, "position"),
        ({"source": ""}, "source"),
    ],
    ids=["kind", "no-kind", "needs", "long-code", "no-heading", "position", "no-source"],
)
def test_a_fault_is_told_in_its_column(tmp_path: Path, cells: dict[str, str], where: str) -> None:
    assert where in [column for column, _code in written(tmp_path, **cells)]


def test_a_clause_named_twice_is_told(tmp_path: Path) -> None:
    written(tmp_path)
    row = (tmp_path / "clauses.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "clauses.csv").write_text("\n".join([*row, row[1]]), encoding="utf-8")
    issues = Issues()
    parse_clauses(tmp_path, issues)
    assert [one.message_code for one in issues.found] == ["code_twice"]
