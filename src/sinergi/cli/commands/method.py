"""`method`: each method of `analysis` on the user's own table; needs no database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, pgettext
from sinergi.cli.tables import Column

if TYPE_CHECKING:
    import polars as pl

    from sinergi.analysis.methods.registry import Method

NAMES = "lq, dlq, shift-share, klassen, rca, eci, williamson, theil, gini, gravity, scalogram, food-balance"
ANY_OPTIONS = {"allow_extra_args": True, "ignore_unknown_options": True}


def method_command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="METHOD", help=NAMES)],
    source: Annotated[
        Path | None,
        typer.Option(
            "--input", "-i", help=gettext_noop("Your table: CSV, XLSX or Parquet."), dir_okay=False
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help=gettext_noop("Sheet of an Excel file."))
    ] = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """Run a method on your own table.

    Say which column is what with --region, --sector, --value, --period and so on; a column that
    already has such a name is found by itself. Without --input: what the method takes.
    """
    from sinergi.analysis.methods.registry import METHODS  # noqa: PLC0415 - keeps `--help` fast

    method = METHODS.get(name)
    if method is None:
        raise CommandError(
            _("There is no method “{name}”. Choose one of: {names}.").format(
                name=name, names=", ".join(METHODS)
            )
        )
    given = pairs(context.args)
    if source is None:
        screen.show(takes(method))
        return
    chosen_form = files.pick(form, out, files.TableFormat)
    frame = read_table(source, sheet)
    columns, settings = split(method, given, frame.columns)
    result = method.run(frame, columns, **settings)
    files.write_table(tables.of_frame(result), chosen_form, out)


def pairs(arguments: list[str]) -> dict[str, str]:
    """Return options that are not declared, by name: `--value pdrb`, `--value=pdrb`, `--symmetric`.

    Raises
    ------
    CommandError
        For an argument that belongs to no option.
    """
    found: dict[str, str] = {}
    waiting = ""
    for argument in arguments:
        if argument.startswith("--") and len(argument) > 2:
            name, equals, value = argument[2:].partition("=")
            waiting = "" if equals else name.replace("-", "_")
            found[name.replace("-", "_")] = value if equals else "true"
        elif waiting:
            found[waiting], waiting = argument, ""
        else:
            raise CommandError(
                _("“{argument}” belongs to no option. Write for example --value COLUMN.").format(
                    argument=argument
                )
            )
    return found


def split(
    method: "Method", given: dict[str, str], available: list[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return which column is what, and the settings of the method.

    Raises
    ------
    CommandError
        For an option that the method does not have.
    """
    settings = {option.name for option in method.options}
    roles = [role.name for role in (*method.roles, *method.other_roles)]
    for name in given:
        if name not in settings and name not in roles:
            raise CommandError(
                _("{method} has no option --{name}. It has: {names}.").format(
                    method=method.name,
                    name=name.replace("_", "-"),
                    names=", ".join(f"--{one.replace('_', '-')}" for one in (*roles, *settings)),
                )
            )
    columns = {name: value for name, value in given.items() if name in roles}
    first_form = {role.name for role in method.roles}
    usual = first_form if set(columns) <= first_form else set(roles) - first_form
    for role in roles:
        if role in usual and role in available:
            columns.setdefault(role, role)
    return columns, {name: value for name, value in given.items() if name in settings}


def takes(method: "Method") -> tables.Table:
    """Return the columns and settings that a method takes."""
    rows: list[tuple[Any, ...]] = [
        (
            f"--{role.name.replace('_', '-')}",
            pgettext("column", "column"),
            role.required,
            _(role.summary),
        )
        for role in (*method.roles, *method.other_roles)
    ]
    rows += [
        (
            f"--{option.name.replace('_', '-')}",
            pgettext("column", "setting"),
            False,
            _(option.summary),
        )
        for option in method.options
    ]
    columns = (
        Column("option", pgettext("column", "Option")),
        Column("kind", pgettext("column", "Kind")),
        Column("required", pgettext("column", "Required"), "yes_no"),
        Column("summary", pgettext("column", "Meaning")),
    )
    return tables.table(columns, rows, f"{method.name}: {_(method.summary)}")


def read_table(path: Path, sheet: str | None = None) -> "pl.DataFrame":
    """Read a table whose first row holds the names of the columns.

    Raises
    ------
    CommandError
        When it is no table of the kind that its name tells.
    """
    import polars as pl  # noqa: PLC0415 - keeps `--help` fast

    if not path.is_file():
        raise CommandError(_("{file}: there is no such file.").format(file=path))
    try:
        kind = path.suffix.lower()
        if kind in {".parquet", ".pq"}:
            return pl.read_parquet(path)
        if kind in {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}:
            return _sheet(path, sheet)
        return _text(path)
    except CommandError:
        raise
    except Exception as error:  # every reader has errors of its own, and all mean the same here
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        text = _("{file} cannot be read as a table: {why}")
        raise CommandError(text.format(file=path, why=why)) from error


def _text(path: Path) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 - as above

    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("windows-1252")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    frame = pl.read_csv(text.encode(), separator=mark, infer_schema=False)
    return frame.rename({name: name.strip() for name in frame.columns})


def _sheet(path: Path, sheet: str | None) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 - as above
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - as above

    book = CalamineWorkbook.from_path(str(path))
    name = sheet or book.sheet_names[0]
    if name not in book.sheet_names:
        raise CommandError(
            _("{file} has no sheet “{sheet}”. It has: {sheets}.").format(
                file=path, sheet=name, sheets=", ".join(book.sheet_names)
            )
        )
    head, *rows = book.get_sheet_by_name(name).to_python()
    names = [str(cell).strip() for cell in head]
    cells = [[_cell(cell) for cell in row] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")


def _cell(cell: object) -> str | None:
    if cell in ("", None):
        return None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
