"""A small dictionary and lines to compare."""

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from sinergi.analysis.similarity import Dictionary

Lines = Callable[..., pl.DataFrame]


@pytest.fixture(scope="session")
def words() -> Dictionary:
    """A dictionary of a few words of planning."""
    return Dictionary(
        abbreviations={
            "jl": "jalan",
            "jln": "jalan",
            "thp": "tahap",
            "ds": "desa",
            "kec": "kecamatan",
            "pemb": "pembangunan",
            "rehab": "rehabilitasi",
            "sdn": "sekolah dasar negeri",
            "s d": "sampai",
        },
        synonyms={"perbaikan": "rehabilitasi", "air bersih": "air minum"},
        stop_words=frozenset({"belanja", "kegiatan", "tahun anggaran"}),
        place_words={"desa": "village", "kelurahan": "village", "kecamatan": "district"},
        number_words={
            "tahap": "stage",
            "paket": "package",
            "ruas": "section",
            "sta": "station",
            "rt": "rt",
            "rw": "rw",
        },
        name_words={
            "jalan": "road",
            "puskesmas": "clinic",
            "kelompok tani": "farmers",
            "sekolah dasar negeri": "school",
        },
        unit_words=frozenset({"unit", "m", "ruang"}),
        connectors=frozenset({"sampai", "dan"}),
        ordinary={"pembangunan": 0.05, "jalan": 0.02, "rehabilitasi": 0.03, "raya": 0.01},
    )


@pytest.fixture(scope="session")
def lines() -> Lines:
    """Make lines of different plans; what is not given is unknown."""

    def made(titles: Sequence[str], **columns: object) -> pl.DataFrame:
        count = len(titles)
        given = {
            "id": range(count),
            "plan": range(count),
            "code": "",
            "title": list(titles),
            "place": "",
            "region": "",
            "lat": None,
            "lon": None,
            "first_year": 0,
            "last_year": 0,
            "amount": 0,
        } | columns
        alike = {
            name: value for name, value in given.items() if isinstance(value, str | int | None)
        }
        listed = {name: list(value) for name, value in given.items() if name not in alike}  # type: ignore[call-overload]
        table = pl.DataFrame(listed).with_columns(pl.lit(v).alias(n) for n, v in alike.items())
        return table.cast({"lat": pl.Float64, "lon": pl.Float64, "title": pl.String})

    return made
