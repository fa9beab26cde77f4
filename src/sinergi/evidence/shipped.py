"""The evidence that ships with Sinergi: files with sources, indicators and observations."""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from sinergi.evidence.models import Flag, Indicator, Source

DATA = Path(__file__).resolve().parent / "data"
FILES = ("sources.csv", "indicators.csv", "observations.parquet")


def fingerprint(folder: Path = DATA) -> str:
    """Return the SHA-256 of the shipped files together."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def store_sources(folder: Path = DATA) -> dict[str, int]:
    """Create or correct the shipped sources; return their primary keys by code."""
    fields = ("name", "publisher", "period", "licence", "origin", "note")
    sources = [Source(**record) for record in _records(folder / "sources.csv")]
    Source.objects.bulk_create(
        sources, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
    return dict(Source.objects.values_list("code", "pk"))


def store_indicators(sources: dict[str, int], folder: Path = DATA) -> dict[str, int]:
    """Create or correct the shipped indicators; return primary keys by code.

    Indicators of the user's own, and those of organisations, are left as they are.
    """
    fields = ("name_id", "name_en", "unit", "better", "minimum", "maximum", "group", "flag")
    indicators = [_indicator(record, sources) for record in _records(folder / "indicators.csv")]
    common = Indicator.objects.filter(organisation=None)
    known = dict(common.values_list("code", "pk"))
    for one in indicators:
        one.pk = known.get(one.code)
    Indicator.objects.bulk_create([one for one in indicators if one.pk is None])
    Indicator.objects.bulk_update(
        [one for one in indicators if one.code in known],
        [*fields, "note_id", "note_en", "source", "shipped"],
    )
    return dict(common.values_list("code", "pk"))


def _indicator(record: dict[str, str], sources: dict[str, int]) -> Indicator:
    text = ("code", "name_id", "name_en", "unit", "better", "group", "note_id", "note_en")
    return Indicator(
        **{name: record[name] for name in text},
        minimum=float(record["minimum"]) if record["minimum"] else None,
        maximum=float(record["maximum"]) if record["maximum"] else None,
        flag=Flag[record["flag"].upper()],
        source_id=sources[record["source"]],
        shipped=True,
    )


def observations(
    regions: dict[str, int],
    indicators: dict[str, int],
    sources: dict[str, int],
    folder: Path = DATA,
) -> pl.DataFrame:
    """Read the shipped observations with primary keys instead of codes.

    Returns
    -------
    polars.DataFrame
        Columns `region`, `indicator`, `source` (primary keys), `period`, `value`, `flag`. Observations
        of regions that this installation does not know are left out.
    """
    frame = pl.read_parquet(folder / "observations.parquet")
    keys = {"region": regions, "indicator": indicators, "source": sources}
    for name, known in keys.items():
        codes = pl.DataFrame({name: list(known), "key": list(known.values())})
        codes = codes.with_columns(pl.col(name).cast(frame.schema[name]))
        frame = frame.join(codes, on=name, how="inner").with_columns(pl.col("key").alias(name))
        frame = frame.drop("key")
    return frame.with_columns(pl.col("period").cast(pl.String)).sort(
        "indicator", "region", "period"
    )
