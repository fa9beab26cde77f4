"""What a file itself says about the plan it holds: kind, government, years; a person confirms it."""

import re
from collections import Counter
from pathlib import PurePath

from sinergi.accounts.models import Organisation
from sinergi.evidence.imports.problems import column_index
from sinergi.evidence.imports.regions import region_index
from sinergi.programs.imports.preview import PlanPreview
from sinergi.programs.models import PlanKind
from sinergi.programs.queries.words import NATION, region_name
from sinergi.programs.rules import FIRST_YEAR, LAST_YEAR, PlanDetails

WORDS = (
    (PlanKind.RUP, r"\brup\b|sirup|kd rup|pengadaan|swakelola"),
    (PlanKind.RKP, r"krisna|renja k ?l|\bkro\b|rincian output|\brkp\b"),
    (PlanKind.KUA_PPAS, r"kua|ppas"),
    (PlanKind.RPJMD, r"rpjmd"),
    (PlanKind.RENSTRA, r"renstra"),
    (PlanKind.RKPD, r"rkpd|renja|prakiraan maju"),
    (PlanKind.APBD, r"apbd|dpa\b|penjabaran|pagu subkegiatan"),
)


def details_from(seen: PlanPreview, organisation: Organisation | None) -> PlanDetails:
    """Return what can be told of the plan from a preview that knew nothing of it."""
    name = re.sub(r"[_-]+", " ", PurePath(seen.filename).name.split(".")[0]).strip()
    words = re.sub(
        r"[^0-9a-z]+", " ", " ".join([name, seen.reading.sheet, *seen.headings]).casefold()
    )
    kind = next((kind for kind, pattern in WORDS if re.search(pattern, words)), PlanKind.OTHER)
    first, last = _years(seen, words)
    region = _region(seen) or (organisation.region_code if organisation else "")
    title = _title(kind, region, (first, last)) or name[:1].upper() + name[1:199]
    return PlanDetails(title, str(kind.value), region, first, last)


def _title(kind: PlanKind, region: str, years: tuple[int | None, int | None]) -> str:
    """Return how such a document is called (`APBD Kabupaten Bandung 2025`); empty where that is not known."""
    if kind == PlanKind.OTHER or None in years:
        return ""
    first, last = years
    called = str(kind.label).partition(" – ")[0]
    whose = "" if region in {"", NATION} else region_name(region)
    when = str(first) if first == last else f"{first}–{last}"
    return " ".join(part for part in (called, whose, when) if part)


def _years(seen: PlanPreview, words: str) -> tuple[int | None, int | None]:
    """Return the years of the amounts, as far as they follow on the most usual one.

    A year that stands apart, or on few lines, does not widen the plan unless name or headings of the file
    tell it: it may be a slip of the pen, so its cells are told as lying outside.
    """
    paid: Counter[int] = Counter()
    for amounts in seen.lines.amounts if seen.lines else ():
        paid.update({year for year, _ in amounts if year})
    named = {int(one) for one in re.findall(r"\b20\d\d\b", words)}
    years = _joined(paid, named) if paid else named
    years = {one for one in years if FIRST_YEAR <= one <= LAST_YEAR}
    return (min(years), max(years)) if years else (None, None)


def _joined(paid: Counter[int], named: set[int]) -> set[int]:
    most = max(paid.values())
    usual = min(year for year, number in paid.items() if number == most)
    held = {year for year, number in paid.items() if number * 20 >= most}
    found = {usual} | (held & named)
    for step in (-1, 1):
        year = usual
        while year + step in held:
            year += step
            found.add(year)
    return found


def _region(seen: PlanPreview) -> str:
    letters = seen.reading.of("government")
    if not letters or not seen.head:
        return ""
    index = column_index(letters[0])
    texts = {cells[index] for _, cells in seen.head if index < len(cells) and cells[index]}
    if len(texts) != 1:
        return ""
    match = region_index().match_all(texts, "auto")[texts.pop()]
    return match.place.code if match.place else ""
