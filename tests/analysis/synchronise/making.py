"""Small tables of lines, plans and law, made where a test asks for them."""

import polars as pl

from sinergi.analysis.synchronise import AMOUNTS, LINES, NEAR, PAIRS, PLANS, PROMISES, Law
from sinergi.analysis.synchronise.tables import CLAIMS, NAMES, PHASES

BILLION = 100_000_000_000
A, B, PROVINCE, NATION = "11.01", "11.02", "11", "ID"
_usual = {
    "plan": 1, "code": "", "title": "", "activity": "", "agency": "", "place": "", "region": A,
    "object": "", "first_year": 2026, "last_year": 2026, "amount": BILLION, "unit": "",
    "target": None, "is_transfer": False,
}  # fmt: skip


def lines(*rows):
    """Return lines with ids from 1; what a row does not say is usual."""
    told = [{**_usual, "id": number, **row} for number, row in enumerate(rows, 1)]
    return pl.DataFrame(told, schema=LINES)


def plans(*rows):
    """Return plans from (home, level, stage), numbered from 1, of 2026."""
    told = [
        {"plan": number, "home": home, "level": level, "stage": stage, "first_year": 2026, "last_year": 2026}
        for number, (home, level, stage) in enumerate(rows, 1)
    ]  # fmt: skip
    return pl.DataFrame(told, schema=PLANS)


LOCAL = ((A, "KABKOTA", 2), (B, "KABKOTA", 2))


def pairs(*rows):
    """Return pairs from (a, b, probability, veto)."""
    told = [
        {"a": a, "b": b, "probability": p, "text": p, "place": p, "year": 1.0, "code": 1.0, "amount": 1.0,
         "shared": 0.8, "veto": veto}
        for a, b, p, veto in rows
    ]  # fmt: skip
    return pl.DataFrame(told, schema=PAIRS)


def amounts(*rows):
    """Return amounts from (line, channel, amount)."""
    told = [(line, 2026, channel, amount) for line, channel, amount in rows]
    return pl.DataFrame(told, schema=AMOUNTS, orient="row")


def promises(*rows):
    """Return promises from (promise, object, member, role, year)."""
    told = [
        (promise, "priority", promise, code, member, role, year, year)
        for promise, code, member, role, year in rows
    ]
    return pl.DataFrame(told, schema=PROMISES, orient="row")


def near(*rows):
    """Return lines close to a neighbour, from (line, region, km)."""
    return pl.DataFrame(list(rows), schema=NEAR, orient="row")


NOMENCLATURE = pl.DataFrame(
    {
        "code": ["1.03.10.2.01.0001", "1.03.10.2.01.0002", "1.03.10.1.01.0001", "X.XX.01.2.01.0001",
                 "1.01.02.1.01.0001"],
        "name": ["Pembangunan Jalan", "Pemeliharaan Jalan", "Pembangunan Jalan", "Penyusunan Dokumen",
                 "Pembangunan Unit Sekolah Baru SMA"],
        "level": ["KABKOTA", "KABKOTA", "PROVINSI", "KABKOTA", "PROVINSI"],
    }
)  # fmt: skip
CHANNELS = pl.DataFrame(
    {
        "channel": ["DAK", "TP", "APBD", "DEKON", "DAU_SG"],
        "payer": ["PUSAT", "PUSAT", "KABKOTA", "PUSAT", "PUSAT"],
        "earmarked": [True, True, False, True, False],
        "authorities": [["PROVINSI", "KABKOTA"], ["PUSAT"], ["KABKOTA"], [], ["PROVINSI", "KABKOTA"]],
        "recipients": [["PROVINSI", "KABKOTA"], ["PROVINSI", "KABKOTA"], ["KABKOTA"], ["PROVINSI"],
                       ["PROVINSI", "KABKOTA"]],
        "affairs": [[], [], [], [], ["1.01", "1.02", "1.03"]],
        "physical": [True, True, None, False, None],
    },
    schema_overrides={"authorities": pl.List(pl.String), "affairs": pl.List(pl.String)},
)  # fmt: skip
OBJECTS = pl.DataFrame(
    {
        "object": ["ROAD", "IRRIGATION", "PATROL"],
        "activity": ["1.03.10.2.01", "1.03.02.1.02", "1.05.02.2.01"],
        "authority": [["KABKOTA"], ["PROVINSI"], ["KABKOTA", "PROVINSI"]],
        "adjacent": [True, False, True],
        "physical": [True, True, False],
    }
)


def law(**more):
    """Return a small law; `more` replaces parts of it."""
    usual = {
        "nomenclature": NOMENCLATURE,
        "any_affair": "X.XX",
        "levels": (("1", "PROVINSI"), ("2", "KABKOTA")),
        "channels": CHANNELS,
        "objects": OBJECTS,
        "borders": pl.DataFrame({"a": [A], "b": [B]}),
        "names": pl.DataFrame({"region": [A, B], "name": ["alfa", "beta"]}, schema=NAMES),
        "claims": pl.DataFrame(
            [(r"\bjalan provinsi\b", "1.03", "PROVINSI", "jalan")], schema=CLAIMS, orient="row"
        ),
        "phases": pl.DataFrame(
            [
                ("design", r"\b(ded|perencanaan teknis|perencanaan)\b"),
                ("land", r"\bpengadaan tanah\b"),
                ("build", r"\bpembangunan\b"),
            ],
            schema=PHASES,
            orient="row",
        ),
        "works": r"\b(pembangunan|jembatan)\b",
        "ordinary": frozenset({"jembatan", "pembangunan", "gedung", "kantor"}),
    }  # fmt: skip
    return Law(**{**usual, **more})
