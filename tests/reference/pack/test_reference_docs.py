"""The documentation of the pack counts what is there."""

import csv
import gzip
import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[3] / "docs" / "reference-pack.md"


def rows(path: Path) -> int:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return sum(1 for _ in csv.reader(text.splitlines())) - 1


def test_the_table_of_files_names_every_file_and_counts_its_rows(folder: Path):
    told: dict[str, int | None] = {}
    table = DOCS.read_text(encoding="utf-8").split("## How an expert")[0]
    for line in table.splitlines():
        if line.startswith("| `"):
            names, counts = line.split("|")[1:3]
            found = re.findall(r"`([\w.]+\.(?:csv|gz|toml|csv\.gz))`", names)
            numbers = [int(one.replace(",", "")) for one in re.findall(r"[\d,]*\d", counts)]
            told |= dict(zip(found, numbers or [None] * len(found), strict=True))
    assert set(told) == {path.name for path in folder.iterdir()}
    counted = {name: count for name, count in told.items() if count is not None}
    assert {name: rows(folder / name) for name in counted} == counted
