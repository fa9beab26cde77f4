"""A second generator of plan lines, unlike the first: other works, names, short forms, no code, no place.

`python -m bench.matching_others [works]` tells precision, recall and F1 from several probabilities. It shows
how much the figures of `bench.matching` owe to its own kind of lines.
"""

import random
import sys
from typing import Any

import polars as pl

from bench.matching import shipped, words
from sinergi.analysis.similarity import match

TITLES = (
    "Pembangunan Tembok Penahan Tanah Kampung {n} Desa {v} Kecamatan {k}",
    "Rehabilitasi Rumah Tidak Layak Huni Desa {v} Kec. {k}",
    "Pengadaan Sarana Posyandu {n} Kelurahan {v}",
    "Normalisasi Sungai {n} Desa {v}",
    "Pembangunan Embung {n} Desa {v} Kecamatan {k}",
    "Peningkatan Jalan Lingkungan Gang {n} RT {r} RW {s} Kelurahan {v}",
    "Revitalisasi Pasar {n} Kecamatan {k}",
    "Pembangunan Sumur Bor Dusun {n} Desa {v}",
    "Pelebaran Ruas Jalan {n} - {m}",
    "Bantuan Bibit Kopi Kelompok Tani {n} Desa {v}",
    "Pemeliharaan Gedung SMP Negeri {r} {k}",
    "Pengadaan Mobil Ambulans Puskesmas {n}",
)
SYLLABLES = (
    *(
        "ba",
        "be",
        "bo",
        "ca",
        "ci",
        "da",
        "gu",
        "ja",
        "ka",
        "la",
        "ma",
        "na",
        "pa",
        "ra",
        "sa",
        "ta",
    ),
    *("wa", "su", "mu", "lo", "ri", "ti", "ndo", "ngke", "mbang", "rta"),
)
REGIONS, VILLAGES, DISTRICTS = 40, 80, 12
TWICE, OTHER = 0.35, 0.4
LEASTS = (0.3, 0.5, 0.6, 0.7, 0.8)


def lines_and_truth(works: int, seed: int = 5) -> tuple[pl.DataFrame, set[tuple[int, int]]]:
    """Return lines of two plans and the pairs that are one work; the same for the same seed."""
    rng = random.Random(seed)
    regions = [f"{11 + i % 30}.{i // 30 + 1:02d}" for i in range(REGIONS)]
    villages = {r: [_name(rng) for _ in range(VILLAGES)] for r in regions}
    districts = {r: [_name(rng) for _ in range(DISTRICTS)] for r in regions}
    rows: list[dict[str, Any]] = []
    truth = set()
    for _ in range(works):
        region, title, year = rng.choice(regions), rng.choice(TITLES), rng.randrange(2025, 2028)
        amount, first = rng.randrange(50, 5000) * 10**8, len(rows)
        draw = {
            "n": lambda: _name(rng), "m": lambda: _name(rng), "r": lambda: rng.randrange(1, 9),
            "v": lambda r=region: rng.choice(villages[r]), "s": lambda: rng.randrange(1, 15),
            "k": lambda r=region: rng.choice(districts[r]),
        }  # fmt: skip
        said = {key: one() for key, one in draw.items()}
        rows.append(_row(first, 1, region, title.format(**said), amount, year))
        lot = rng.random()
        if lot < TWICE:
            where = region if rng.random() < 0.85 else region[:2]
            again = _written(title.format(**said), said, rng)
            cost = amount if rng.random() < 0.5 else int(amount * rng.uniform(0.85, 1.15))
            cost = 0 if rng.random() < 0.15 else cost
            rows.append(_row(first + 1, 2, where, again, cost, year + (rng.random() < 0.1)))
            truth.add((first, first + 1))
        elif lot < TWICE + OTHER:
            key = rng.choice([key for key in draw if f"{{{key}}}" in title])
            other = {**said, key: draw[key]()}
            if other[key] != said[key]:
                text = _short(title.format(**other), other, rng)
                cost = int(amount * rng.uniform(0.8, 1.2)) if rng.random() < 0.7 else amount
                rows.append(_row(first + 1, 2, region, text, cost, year))
    return pl.DataFrame(rows, schema_overrides={"lat": pl.Float64, "lon": pl.Float64}), truth


def _row(number: int, plan: int, region: str, title: str, amount: int, year: int) -> dict[str, Any]:
    return {
        "id": number, "plan": plan, "code": "", "title": title, "place": "", "region": region, "lat": None,
        "lon": None, "first_year": year, "last_year": year, "amount": amount,
    }  # fmt: skip


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((3, 3, 4)))).capitalize()


def _written(title: str, said: dict[str, Any], rng: random.Random) -> str:
    if rng.random() < 0.5:
        title = _short(title, said, rng)
    if rng.random() < 0.4:
        at = rng.randrange(3, len(title) - 2)
        title = title[:at] + title[at + 1 :]
    if rng.random() < 0.3:
        title = title.upper()
    lot = rng.random()
    if lot < 0.06:
        return title.partition(" ")[2]
    return f"Kegiatan {title}" if lot < 0.2 else title


def _short(title: str, said: dict[str, Any], rng: random.Random) -> str:
    """Return a title with some long words that are no names shortened."""
    names, told = {str(name) for name in said.values()}, []
    for word in title.split():
        bones = word[0] + "".join(sign for sign in word[1:] if sign not in "aiueo")
        forms = (bones[:5] + ".", word[:4] + ".", bones[:3].upper())
        may = len(word) > 6 and word not in names and rng.random() < 0.3
        told.append(rng.choice(forms) if may else word)
    return " ".join(told)


def main(works: int) -> None:
    """Print how good the matching is on these lines."""
    lines, truth = lines_and_truth(works)
    found = match(lines, words=words(), model=shipped(), least=min(LEASTS))
    print(f"{len(lines)} lines, {len(truth)} pairs that are one work")
    for least in LEASTS:
        sure = found.filter(pl.col("probability") >= least)
        hits = len(truth & set(sure.select("a", "b").iter_rows()))
        precision, recall = hits / max(len(sure), 1), hits / len(truth)
        f1 = 2 * hits / (len(sure) + len(truth))
        print(f"from {least}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12_000)
