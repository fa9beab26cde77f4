"""Makes plan lines with known duplicates and hard negatives; the same ones for the same seed.

A *work* is one thing to be done at one place (`SECTORS`: roads, bridges, irrigation, schools, health, water,
buildings, farming, and office routine). Of all lines about

- 24% stand for a work that another plan holds too (two plans; every sixth time three): the later wordings
  are rewritten by `_rewritten`: short forms (every other wording, each word with probability 0.35), reordered
  (0.25), typing mistakes (0.3, every fourth of them a second one), dropped words (0.3), words put in front
  (0.25), the place moved between title and place column (0.4); the code is that of another level (0.4)
  or missing (0.2), the amount is within 15% (0.45), the same (0.35) or missing (0.2), the year next door
  (0.1), the region that of the province (0.15);
- 24% are hard negatives (`_sibling`): works that read like another one but for the next stage, package,
  section, station, number, or village; in other plans, in the same year and region, rewritten;
- 52% stand alone, an eighth of them office routine with the same title in every region.

Short forms are made by rule (`short_forms`) and those a dictionary lists are left out, so that no method
knows them beforehand.
"""

import random
from collections.abc import Callable, Container
from typing import Any

import numpy as np
import polars as pl

from bench.matching_words import (
    BOILERPLATE,
    FIRST,
    LAST,
    PEOPLE,
    ROMAN,
    ROUTINES,
    SECTORS,
    Work,
)

DUPLICATES, SIBLINGS, ROUTINE = 0.24, 0.24, 0.12
PLANS = 4
"""Plans of a region: regional work plan, budget, procurement plan; and one of its province."""


def plan_lines(
    count: int, seed: int, listed: Container[str] = ()
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return lines as `similarity.match` takes them, and the pairs of different plans that are one work.

    Parameters
    ----------
    count
        Lines.
    seed
        The same lines come from the same seed and count.
    listed
        Short forms a dictionary knows; none of them is used.
    """
    table = _made(count, seed, listed)
    return table.drop("work", "kind"), _truth(table)


def kinds_of_lines(
    count: int, seed: int, listed: Container[str] = ()
) -> list[tuple[str, str, str]]:
    """Return which kinds of lines there are, their share and, of hard negatives, what differs."""
    kinds = _made(count, seed, listed)["kind"].value_counts(sort=True)
    return [
        (kind.partition(":")[0], f"{100 * lines / count:.1f}%", kind.partition(":")[2])
        for kind, lines in kinds.iter_rows()
    ]


def _made(count: int, seed: int, listed: Container[str]) -> pl.DataFrame:
    rng = random.Random(seed)
    regions = _regions(rng, count)
    short: Callable[[str], list[str]] = lambda word: short_forms(word, listed)  # noqa: E731
    rows: list[tuple[Any, ...]] = []
    number = 0
    while len(rows) < count:
        number = _add(rows, number, rng, regions, short)
    rows = rows[:count]
    order = list(range(count))
    rng.shuffle(order)
    names = ["work", *(name for name in SCHEMA if name != "id"), "kind"]
    table = pl.DataFrame([rows[place] for place in order], schema=names, orient="row")
    return table.with_row_index("id").cast(SCHEMA)


SCHEMA = {
    "id": pl.Int64,
    "plan": pl.Int32,
    "code": pl.String,
    "title": pl.String,
    "place": pl.String,
    "region": pl.String,
    "lat": pl.Float64,
    "lon": pl.Float64,
    "first_year": pl.Int16,
    "last_year": pl.Int16,
    "amount": pl.Int64,
}


def short_forms(word: str, listed: Container[str] = ()) -> list[str]:
    """Return short forms of a word as people make them, without those that are listed."""
    lower = word.lower()
    if len(lower) < 6 or not lower.isalpha():
        return []
    bones = lower[0] + "".join(sign for sign in lower[1:] if sign not in "aiueo")
    forms = [
        bones,
        bones[:4],
        bones[:5],
        lower[:4],
        lower[:5],
        lower[:6],
        lower[0] + lower[1:3] + bones[-1],
    ]
    return [
        form for form in dict.fromkeys(forms) if form not in listed and len(form) < len(lower) - 1
    ]


def _regions(rng: random.Random, count: int) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return regions, each with its districts and their villages; names recur between regions."""
    first, last = FIRST.split(), LAST.split()
    names = sorted({(a + b).capitalize() for a in first for b in last})
    rng.shuffle(names)
    found = []
    for place in range(514):
        code = f"{11 + place % 38}.{1 + place // 38:02d}"
        districts = [(_name(rng, names), [_name(rng, names) for _ in range(9)]) for _ in range(14)]
        found.append((code, districts))
    return found


def _name(rng: random.Random, names: list[str]) -> str:
    """Return a name; some are frequent, most are not, every fifth has a second word."""
    plain = names[min(int(rng.expovariate(1.0) * len(names) / 5), len(names) - 1)]
    if rng.random() < 0.2:
        return f"{plain} {rng.choice(('Kidul', 'Lor', 'Hilir', 'Hulu', 'Timur', 'Barat', 'Baru'))}"
    return plain


def _add(
    rows: list[tuple[Any, ...]],
    number: int,
    rng: random.Random,
    regions: list[tuple[str, list[tuple[str, list[str]]]]],
    short: Callable[[str], list[str]],
) -> int:
    """Append the lines of one work, or of a work and its siblings; return the next work's number."""
    lot = rng.random()
    work = _work(rng, regions)
    plan = int(work.region[:2]) * 1_000 + int(work.region[3:]) * 10
    if lot < ROUTINE * 0.52:
        title = rng.choice(ROUTINES)
        row = _row(number, plan + rng.randrange(3), work, title, "", rng)
        rows.append((*row, "routine"))
        return number + 1
    first = rng.randrange(PLANS)
    title, place = _written(work)
    share = _share(lot)
    kind = "alone" if share == "alone" else f"first of {share}s"
    rows.append((*_row(number, plan + first, work, title, place, rng), kind))
    others = [(first + step) % PLANS for step in range(1, PLANS)]
    if share == "duplicate":
        for other in others[: 2 if rng.random() < 1 / 6 else 1]:
            title, place = _rewritten(work, rng, short)
            row = _row(number, plan + other, work, title, place, rng, again=True)
            rows.append((*row, "duplicate"))
    elif share == "sibling":
        for other in others[: rng.choice((1, 1, 2))]:
            number += 1
            before, work = work, _sibling(work, rng, regions)
            title, place = _rewritten(work, rng, short)
            row = _row(number, plan + other, work, title, place, rng, again=True)
            rows.append((*row, f"hard negative:{_difference(before, work)}"))
    return number + 1


def _share(lot: float) -> str:
    """Return what a work becomes; shares are of lines, and a work that has others makes more of them."""
    pair, sibling = DUPLICATES / 2.17, SIBLINGS / 2.33
    alone = 1.0 - DUPLICATES - SIBLINGS
    whole = pair + sibling + alone
    at = lot - ROUTINE * 0.52
    rest = 1.0 - ROUTINE * 0.52
    scaled = at / rest * (whole - ROUTINE * 0.52 * whole)
    if scaled < pair:
        return "duplicate"
    return "sibling" if scaled < pair + sibling else "alone"


def _work(rng: random.Random, regions: list[tuple[str, list[tuple[str, list[str]]]]]) -> Work:
    region, districts = rng.choice(regions)
    district, villages = rng.choice(districts)
    sector = rng.randrange(len(SECTORS))
    some = SECTORS[sector]
    people = rng.random() < 0.05
    return Work(
        sector,
        rng.choice(some.actions),
        rng.choice(PEOPLE.split()).capitalize() if people else rng.choice(villages),
        rng.choice(rng.choice(districts)[1]),
        rng.choice(villages),
        district,
        rng.randrange(1, 9),
        rng.randrange(1, 15),
        region,
        rng.randrange(2024, 2030),
        int(10 ** rng.uniform(7.5, 10.5)) // 100_000 * 100_000 * 100,
        f"{some.code}.{rng.randrange(1, 40):04d}",
    )


def _sibling(
    work: Work, rng: random.Random, regions: list[tuple[str, list[tuple[str, list[str]]]]]
) -> Work:
    """Return a work that differs in one thing only."""
    field = rng.choice(SECTORS[work.sector].siblings)
    if field in ("number", "part"):
        new: Any = getattr(work, field) + rng.choice((1, 2))
    else:
        districts = next(found for code, found in regions if code == work.region)
        others = [v for _, villages in districts for v in villages if v != getattr(work, field)]
        new = rng.choice(others)
    amount = int(work.amount * rng.choice((1.0, rng.uniform(0.7, 1.3)))) // 100 * 100
    return work._replace(**{field: new, "amount": amount})


def _difference(one: Work, two: Work) -> str:
    """Return where two works differ: the words of the pattern before what does."""
    field = next(
        name for name in SECTORS[one.sector].siblings if getattr(one, name) != getattr(two, name)
    )
    words = SECTORS[one.sector].pattern.replace("{from_}", "{part}").split()
    at = words.index(f"{{{field}}}") if f"{{{field}}}" in words else words.index("{where}")
    lead = [word for word in words[max(at - 2, 0) : at] if word.isalpha()]
    return f"{' '.join(lead)} {'village' if words[at] == '{where}' else field}"


def _written(work: Work) -> tuple[str, str]:
    where = f"Desa {work.village}"
    title = _filled(work, where)
    return title, f"{where} Kecamatan {work.district}"


def _filled(work: Work, where: str) -> str:
    fields = work._asdict() | {"where": where}
    fields["from_"] = f"{work.part}+{work.number * 100:03d}"
    fields["to"] = f"{work.part + 1}+{work.number * 100:03d}"
    return " ".join(SECTORS[work.sector].pattern.format(**fields).split())


def _rewritten(
    work: Work, rng: random.Random, short: Callable[[str], list[str]]
) -> tuple[str, str]:
    """Return the same work in other words; see the module."""
    where, place = f"Desa {work.village}", f"Kecamatan {work.district}"
    moved = rng.random()
    if moved < 0.2:
        where, place = "", f"Desa {work.village} Kecamatan {work.district}"
    elif moved < 0.4:
        where, place = f"{where} {place}", ""
    title = _filled(work, where)
    parts = title.split()
    parts = _numbered(parts, rng)
    if rng.random() < 0.25:
        parts = _reordered(parts, rng)
    if rng.random() < 0.5:
        parts = [_shortened(word, work, rng, short) for word in parts]
    if rng.random() < 0.3:
        parts = _dropped(parts, work, rng)
    if rng.random() < 0.25:
        parts = [rng.choice(BOILERPLATE), *parts]
    for chance in (0.3, 0.075):
        if rng.random() < chance:
            parts = _mistyped(parts, rng)
    title = " ".join(parts)
    return rng.choice((title, title, title.upper(), title.lower())), place


def _numbered(parts: list[str], rng: random.Random) -> list[str]:
    """Return words with stages as Roman numerals and glued numbers, sometimes."""
    roman = ROMAN
    written = list(parts)
    for at in range(1, len(written)):
        if written[at].isdigit() and written[at - 1] in ("Tahap", "Paket") and rng.random() < 0.5:
            written[at] = roman[int(written[at]) - 1]
        elif written[at].isdigit() and rng.random() < 0.4:
            written[at] = f"{int(written[at]):02d}"
    return written


def _reordered(parts: list[str], rng: random.Random) -> list[str]:
    """Return words with what follows a word of place, number or name put in front as one piece."""
    leads = [
        at
        for at, word in enumerate(parts)
        if word in ("Desa", "Tahap", "Paket", "Puskesmas") and at
    ]
    if not leads:
        return parts
    cut = rng.choice(leads)
    return [*parts[cut:], *parts[:cut]]


def _shortened(word: str, work: Work, rng: random.Random, short: Callable[[str], list[str]]) -> str:
    names = {*work.name.split(), *work.other.split(), *work.village.split(), *work.district.split()}
    if word in names or rng.random() > 0.35:
        return word
    forms = short(word)
    return rng.choice(forms).capitalize() + rng.choice(("", ".")) if forms else word


def _dropped(parts: list[str], work: Work, rng: random.Random) -> list[str]:
    may = [
        w for w in ("Lingkungan", "Jaringan", "Saluran", "Sistem", "Gedung", "Ruas") if w in parts
    ]
    if not may:
        return parts
    gone = rng.choice(may)
    return [word for word in parts if word != gone]


def _mistyped(parts: list[str], rng: random.Random) -> list[str]:
    long = [at for at, word in enumerate(parts) if len(word) >= 6 and word.isalpha()]
    if not long:
        return parts
    at = rng.choice(long)
    word = parts[at]
    spot = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        word = word[:spot] + word[spot + 1 :]
    elif kind == 1:
        word = word[:spot] + rng.choice("aeiounrstl") + word[spot:]
    elif kind == 2:
        word = word[:spot] + rng.choice("aeiounrstl") + word[spot + 1 :]
    else:
        word = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    return [*parts[:at], word, *parts[at + 1 :]]


def _row(
    number: int,
    plan: int,
    work: Work,
    title: str,
    place: str,
    rng: random.Random,
    *,
    again: bool = False,
) -> tuple[Any, ...]:
    code, amount, year, region = work.code, work.amount, work.year, work.region
    if again:
        lot = rng.random()
        code = "" if lot < 0.2 else code.rsplit(".", 1)[0] if lot < 0.6 else code
        lot = rng.random()
        amount = 0 if lot < 0.2 else amount if lot < 0.55 else int(amount * rng.uniform(0.87, 1.15))
        year += rng.choice((1, -1)) if rng.random() < 0.1 else 0
        region = region[:2] if rng.random() < 0.15 else region
    return (number, plan, code, title, place, region, None, None, year, year, amount)


def _truth(table: pl.DataFrame) -> pl.DataFrame:
    """Return the ids of lines of different plans that are one work, a below b."""
    some = table.filter(pl.len().over("work") > 1).select("id", "plan", "work")
    pairs = some.join(some, on="work", suffix="_b")
    pairs = pairs.filter((pl.col("id") < pl.col("id_b")) & (pl.col("plan") != pl.col("plan_b")))
    return pairs.select(a="id", b="id_b").sort("a", "b")


def shuffled(lines: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Return the lines in another order."""
    return lines[np.random.default_rng(seed).permutation(len(lines))]
