"""The lines of a plan as a file tells them, a list for each field, ready to be stored."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from sinergi.programs.imports.amounts import Amounts, Money, read_money, year_of
from sinergi.programs.imports.codes import CENTRAL_LEVEL, SUBACTIVITY, Checked, check
from sinergi.programs.imports.context import Context
from sinergi.programs.imports.fields import TARGET, label
from sinergi.programs.imports.location import Location, locate
from sinergi.programs.imports.money import LARGEST, rupiah_text
from sinergi.programs.imports.reading import Numbers
from sinergi.programs.imports.rows import LEVEL_NAMES
from sinergi.programs.imports.transfers import are_transfers, is_transfer
from sinergi.programs.models.plans import Readiness
from sinergi.programs.rules import LINE_LENGTHS

TEXTS = (
    "agency_code",
    "agency",
    "place",
    "output",
    "unit",
    "object_code",
    "transfer_to",
    "external_id",
)
QUANTITY = re.compile(r"^([\d.,]+)\s*(.*)$", re.DOTALL)
READY = {
    **dict.fromkeys(
        ("ready", "siap", "ada", "sudah", "sudah ada", "lengkap", "ya", "v", "√"), "ready"
    ),
    **dict.fromkeys(("under_way", "proses", "dalam proses", "sedang proses"), "under_way"),
    **dict.fromkeys(("absent", "belum", "belum ada", "tidak ada", "tidak"), "absent"),
    **dict.fromkeys(("not_needed", "tidak perlu", "tidak diperlukan"), "not_needed"),
    **dict.fromkeys(("", "-", "?"), ""),
    **{str(one.value): str(one.value) for one in Readiness},
}
TRUE = frozenset({"1", "true", "ya", "yes", "benar", "v", "x"})
NOT_TAKEN = frozenset(
    {
        "amount_merged",
        "amount_unread",
        "amount_unclear",
        "amount_unit",
        "amount_negative",
        "amount_foreign",
        "amount_large",
        "formula_error",
    }
)
"""Remarks of lines that have an amount in the file, though none was taken."""
LONGEST_NAME = 500
"""Characters kept of the name of a programme or activity above a line."""
MOST_TARGET = Decimal(10) ** 14
Table = dict[str, list[Any]]


@dataclass(slots=True)
class Lines:
    """Lines in the order of the file; all lists are of the same length.

    Attributes
    ----------
    fields
        Name of a field of `PlanLine` to its values.
    amounts
        Year and channel to minor units, of each line.
    """

    rows: list[int]
    fields: Table
    amounts: list[Amounts]
    money: Money
    heads: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> int:
        """Sum of all amounts, in minor units."""
        return sum(sum(one.values()) for one in self.amounts)


def read_lines(context: Context) -> Lines:
    """Read everything that a sheet says of its lines."""
    fields: Table = {}
    fields["title"] = _fitting(context, "title", context.texts("title"))
    _read_codes(context, fields)
    for name in ("program_name", "activity_name"):
        fields[name] = _fitting(context, name, _names_above(context, name))
    for name in TEXTS:
        fields[name] = _fitting(context, name, context.texts(name))
    _read_outputs(context, fields)
    for name in ("land", "design", "permits"):
        fields[name] = _readiness(context, name)
    money = read_money(context)
    _read_years(context, fields, money.lines)
    _read_places(context, fields, locate(context))
    _read_transfers(context, fields)
    _tell_lacking(context, fields, money)
    notes = context.texts("note")
    rows = context.rows.lines
    fields["note"] = [
        "\n".join(part for part in (note, *context.notes.get(row, ())) if part)
        for row, note in zip(rows, notes, strict=True)
    ]
    fields["total"] = [sum(one.values()) for one in money.lines]
    _tell_large(context, fields)
    fields["remarks"] = [context.remarks.get(row, []) for row in rows]
    return Lines(rows, fields, money.lines, money, context.rows.heads)


def _tell_large(context: Context, fields: Table) -> None:
    """Refuse lines that come to more than one line can hold, each at its first amount."""
    for row, title, total in zip(context.rows.lines, fields["title"], fields["total"], strict=True):
        if total > LARGEST:
            name = next(context.reading.columns[one] for one in context.reading.amounts())
            context.tell(row, "amount_large", name, str(title)[:80], "error")


def _fitting(context: Context, name: str, texts: list[str]) -> list[Any]:
    """Cut texts that are longer than can be kept; the whole text goes into the note."""
    longest = LINE_LENGTHS.get(name, LONGEST_NAME)
    if max(map(len, texts), default=0) <= longest:
        return list(texts)
    found: list[Any] = []
    for row, text in zip(context.rows.lines, texts, strict=True):
        if len(text) > longest:
            code = "title_cut" if name == "title" else "text_cut"
            context.tell(row, code, name, text[:80], length=str(longest))
            context.notes.setdefault(row, []).append(f"{label(name)}: {text}")
        found.append(text[:longest])
    return found


def _read_codes(context: Context, fields: Table) -> None:
    rows = context.rows
    has_codes = bool(context.reading.of("code"))
    checked = {
        one: check(one, context.plan.region_code, context.known)
        for one in {rows.codes[row] for row in rows.lines}
        if one
    }
    codes: list[Any] = []
    written: list[Any] = []
    for row in rows.lines:
        text = rows.codes[row]
        found = checked.get(text)
        if found is None:
            if has_codes:
                context.tell(row, "code_missing", "code", "")
            codes.append("")
            written.append("")
            continue
        for remark in found.remarks:
            context.tell(row, remark, "code", text, read=found.code, suggestion=found.suggestion)
        codes.append(found.code)
        written.append(text[:60] if text != found.code else "")
    fields["code"], fields["code_written"] = codes, written
    fields["activity"] = _activities(context, fields, checked)


def _activities(context: Context, fields: Table, checked: dict[str, Checked]) -> list[Any]:
    """Return the name of what each code stands for, as the plan writes it."""
    told = context.texts("activity")
    above = context.texts("activity_name")
    fine = {text for text, one in checked.items() if one.level in {SUBACTIVITY, CENTRAL_LEVEL}}
    longest = LINE_LENGTHS["activity"]
    rows = zip(context.rows.lines, fields["title"], told, above, strict=True)
    return [
        (own or (title if context.rows.codes[row] in fine or not higher else higher))[:longest]
        for row, title, own, higher in rows
    ]


def _names_above(context: Context, name: str) -> list[str]:
    """Return the name of the programme or activity above each line: beside it, or in a row above."""
    rows = context.rows
    level = name.removesuffix("_name")
    titles = {
        row: context.columns.at("title", row)
        for row, depth in rows.heads.items()
        if LEVEL_NAMES[depth] == level
    }
    return [
        beside or next((titles[one] for one in rows.above.get(row, ()) if one in titles), "")
        for row, beside in zip(rows.lines, context.texts(name), strict=True)
    ]


def _read_outputs(context: Context, fields: Table) -> None:
    """Read targets with their units, and lay rows that go on with a line to it."""
    targets, units = context.texts("target"), fields["unit"]
    dated = sorted(name for name in context.columns.text if TARGET.fullmatch(name))
    if dated and not any(targets):
        targets, dated = context.texts(dated[0]), dated[1:]
    read: dict[str, tuple[Decimal | None, str]] = {}
    values: list[Any] = []
    for place, (row, text) in enumerate(zip(context.rows.lines, targets, strict=True)):
        if text not in read:
            read[text] = quantity(text, context.reading.numbers)
        value, unit = read[text]
        if unit and not units[place]:
            units[place] = unit[: LINE_LENGTHS["unit"]]
        if text and value is None and text != "-":
            context.tell(row, "target_in_words", "target", text)
            context.notes.setdefault(row, []).append(f"{label('target')}: {text}")
        values.append(value)
    fields["target"] = values
    for name in dated:
        for row, text in zip(context.rows.lines, context.texts(name), strict=True):
            if text and text != "-":
                context.notes.setdefault(row, []).append(f"{label(name)}: {text}")
    for row, line in context.rows.continued.items():
        told = [
            context.columns.at(name, row) for name in ("output", "target", "unit", "place", "note")
        ]
        context.notes.setdefault(line, []).append(" · ".join(one for one in told if one))


def quantity(text: str, numbers: Numbers = "auto") -> tuple[Decimal | None, str]:
    """Return number and unit of a target; no number where the text begins with none.

    Examples
    --------
    >>> quantity("12 Bulan"), quantity("2,5 km"), quantity("1.200 orang"), quantity("satu paket")
    ((Decimal('12'), 'Bulan'), (Decimal('2.5'), 'km'), (Decimal('1200'), 'orang'), (None, ''))
    """
    found = QUANTITY.match(text.strip())
    if found is None:
        return None, ""
    digits = found[1].rstrip(".,")
    mark = "." if numbers == "en" else ","
    other = "," if mark == "." else "."
    if re.fullmatch(rf"\d{{1,3}}(?:\{other}\d{{3}})+(?:\{mark}\d+)?", digits):
        digits = digits.replace(other, "")
    try:
        value = Decimal(digits.replace(",", "."))
    except InvalidOperation:
        return None, ""
    exact = value.quantize(Decimal("0.0001")) if value < MOST_TARGET else None
    if exact is None:
        return None, ""
    return (value if value == exact else exact), found[2].strip()


def _readiness(context: Context, name: str) -> list[Any]:
    if not context.reading.of(name):
        return [""] * len(context.rows.lines)
    found: list[Any] = []
    for row, text in zip(context.rows.lines, context.texts(name), strict=True):
        known = READY.get(text.casefold().strip())
        if known is None:
            context.notes.setdefault(row, []).append(f"{label(name)}: {text}")
        found.append(known or "")
    return found


def _read_years(context: Context, fields: Table, amounts: list[Amounts]) -> None:
    """Read the years of each line: those written, otherwise those of its amounts, otherwise the plan's."""
    named = ("first_year", "last_year", "year")
    written = zip(*(context.texts(one) for one in named), strict=True)
    read: dict[tuple[Any, ...], tuple[int, int, int]] = {}
    found = []
    for row, texts, paid in zip(context.rows.lines, written, amounts, strict=True):
        key = (texts, *paid)
        if key not in read:
            read[key] = _years(context, texts, [year for year, _ in paid if year])
        found.append(read[key])
        if outside := read[key][2]:
            first, last = str(context.plan.first_year), str(context.plan.last_year)
            told = next(
                (n for n, t in zip(named, texts, strict=True) if year_of(t) == outside), "year"
            )
            context.tell(row, "year_outside", told, str(outside), first=first, last=last)
    fields["first_year"] = [first for first, _, _ in found]
    fields["last_year"] = [last for _, last, _ in found]


def _years(context: Context, texts: tuple[str, str, str], paid: list[int]) -> tuple[int, int, int]:
    """Return first and last year of a line, and one that lies outside the plan; 0: none does."""
    plan = context.plan
    first, last, single = map(year_of, texts)
    own = [one for one in (first, last) if one] or [one for one in (single, *paid) if one]
    years = own or [context.reading.year or plan.first_year, plan.last_year or plan.first_year]
    first, last = min(years), max(years)
    outside = (one for one in (first, last, *paid) if not plan.first_year <= one <= plan.last_year)
    return first, last, next(outside, 0) if plan.first_year else 0


def _read_places(context: Context, fields: Table, places: list[Location]) -> None:
    fields["region_code"] = [one.region_code for one in places]
    fields["place_certainty"] = [str(one.certainty) for one in places]
    fields["lat"], fields["lon"] = [one.lat for one in places], [one.lon for one in places]
    if not (context.reading.of("lat") and context.reading.of("lon")):
        return
    lats = [_degrees(text, 90) for text in context.texts("lat")]
    lons = [_degrees(text, 180) for text in context.texts("lon")]
    for place, (lat, lon) in enumerate(zip(lats, lons, strict=True)):
        if lat is not None and lon is not None:
            fields["place_certainty"][place] = "point"
            fields["lat"][place], fields["lon"][place] = lat, lon


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) <= most else None


def _read_transfers(context: Context, fields: Table) -> None:
    if context.reading.of("is_transfer"):
        told = context.texts("is_transfer")
        fields["is_transfer"] = [one.casefold() in TRUE for one in told]
        return
    titles, accounts = fields["title"], context.texts("account")
    found = are_transfers(titles)
    for place, (row, account) in enumerate(zip(context.rows.lines, accounts, strict=True)):
        if not found[place] and account:
            found[place] = is_transfer("", account)
        if found[place]:
            context.tell(row, "transfer_recognised", "title", titles[place])
    fields["is_transfer"] = found


def _tell_lacking(context: Context, fields: Table, money: Money) -> None:
    """Remark lines without any amount, and those whose parts do not add up to what they declare."""
    if not context.reading.amounts():
        return
    for place, row in enumerate(context.rows.lines):
        held = money.lines[place]
        if not held and not NOT_TAKEN.intersection(context.remarks.get(row, ())):
            context.remark(row, "amount_missing")
        declared = money.declared[place]
        if declared is not None and held and declared != sum(held.values()):
            context.tell(
                row,
                "line_total_differs",
                next(iter(context.reading.columns[one] for one in context.reading.amounts())),
                str(fields["title"][place])[:80],
                declared=rupiah_text(declared),
                computed=rupiah_text(sum(held.values())),
            )
