"""Totals of agencies that a file declares, to check a plan against."""

from sinergi.evidence.imports.problems import Problems, column_index
from sinergi.programs.imports.headings import factor_at
from sinergi.programs.imports.money import from_number, from_text, meant
from sinergi.programs.imports.reading import Reading
from sinergi.programs.imports.rows import TOTAL, columns_of
from sinergi.programs.imports.sheet import Sheet
from sinergi.programs.imports.totals import Total


def agency_totals(sheet: Sheet, reading: Reading, problems: Problems) -> list[Total]:
    """Return the total that each row declares for its agency; nothing is computed yet."""
    columns = columns_of(sheet, reading)
    index = column_index(reading.of("agency_total")[0])
    texts, numbers = sheet.grid.text[index], sheet.grid.number[index]
    factor = factor_at(sheet.grid, reading, index)
    found = []
    for row in range(reading.data_row, sheet.grid.height + 1):
        name, code = columns.at("agency", row), columns.at("agency_code", row)
        if not (name or code) or TOTAL.match(name):
            continue
        number, text = numbers[row - 1], texts[row - 1]
        if number is None and text is None:
            problems.add(
                "warning", "agency_without_total", row=row, column=index, value=name or code
            )
            continue
        if number is not None:
            amount = from_number(number, factor)
        else:
            amount = from_text(text or "", reading.numbers, factor)
        if amount.minor is None:
            code_told = amount.fault or "amount_unread"
            more = meant(code_told, text or "", reading.numbers, factor)
            problems.add("error", code_told, row=row, column=index, value=text or "", **more)
            continue
        found.append(Total("agency", code, name, name, amount.minor, 0, row))
    return found
