"""`agreements import`, `list`, `show`, `reindex`: registers brought in, agreements told, search built."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import FINDINGS, CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, number, pgettext
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace, organisation_named

if TYPE_CHECKING:
    from sinergi.agreements.register_imports.preview import RegisterPreview
    from sinergi.agreements.register_imports.reading import RegisterReading

app = typer.Typer(no_args_is_help=True, help=gettext_noop("Agreements: bring in, list, show."))
PLACES = 5
"""Cells of each kind of doubt that are told."""


@app.command(
    "import",
    help=gettext_noop("Bring a register in from a file: all of it or, with any error, nothing."),
)
def import_register_command(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help=gettext_noop("Excel, ODS, CSV or CSV.GZ file."))
    ],
    organisation: Annotated[
        str | None, typer.Option("--organisation", help=gettext_noop("Code of the organisation."))
    ] = None,
    title: Annotated[str, typer.Option("--title", help=gettext_noop("Name of the register."))] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", help=gettext_noop("What a column holds, such as C=title; repeatable.")
        ),
    ] = None,
    as_above: Annotated[
        str,
        typer.Option(
            "--as-above",
            help=gettext_noop("Columns in which an empty cell means the one above, such as B,C."),
        ),
    ] = "",
    join_pairs: Annotated[
        bool,
        typer.Option(
            "--join-pairs",
            help=gettext_noop("Keep a memorandum and the agreement that follows it as one."),
        ),
    ] = False,
    doubts: Annotated[
        Path | None,
        typer.Option("--doubts", help=gettext_noop("Write every doubtful cell into this file.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=gettext_noop("Check only; load nothing."))
    ] = False,
) -> None:
    """Bring a register in from a file: all of it or, with any error, nothing."""
    if not path.is_file():
        raise CommandError(_("{file}: there is no such file.").format(file=path))
    open_workspace()
    from sinergi.agreements.actions.register_imports import (  # noqa: PLC0415 - needs Django
        RegisterWish,
        load_register,
        preview_wish,
    )

    by, wish = acting(), RegisterWish(organisation_named(organisation), title or path.stem)
    with screen.progress(path.name) as report:
        seen = preview_wish(by, path, wish, progress=report)
        chosen = _chosen(seen.reading, column or [], as_above, join_pairs=join_pairs)
        if chosen != seen.reading:
            seen = preview_wish(by, path, wish, chosen, progress=report)
    _tell(seen)
    if doubts is not None:
        _write_doubts(seen, doubts)
    if not seen.ok:
        raise CommandError(_("Nothing was loaded."), FINDINGS)
    numbers = {"new": number(len(seen.new)), "doubts": number(len(seen.doubts))}
    if dry_run:
        text = _("{new} new agreements, {doubts} doubts. Nothing loaded.")
        screen.say(text.format(**numbers))
        return
    with screen.progress(path.name) as report:
        register = load_register(by, seen, wish, progress=report)
    text = _("Register {register}: {new} new agreements loaded, {doubts} doubts.")
    screen.say(text.format(register=register.pk, **numbers))


def _chosen(
    reading: "RegisterReading", told: list[str], as_above: str, *, join_pairs: bool
) -> "RegisterReading":
    """Return a reading with what was said of columns; an empty field leaves a column out."""
    from sinergi.agreements.register_imports.fields import LABELS  # noqa: PLC0415 - needs Django
    from sinergi.evidence.imports.problems import column_index  # noqa: PLC0415 - needs Django

    columns = dict(reading.columns)
    above = [one.strip().upper() for one in as_above.split(",") if one.strip()]
    for one in [*told, *(f"{letter}=" for letter in above)]:
        letter, equal, name = (part.strip() for part in one.partition("="))
        try:
            column_index(letter)
        except ValueError:
            equal = ""
        if not equal or (name and name not in LABELS):
            text = _(
                "{column}: write a column and its field, such as C=title; fields are {fields}."
            )
            raise CommandError(text.format(column=one, fields=", ".join(LABELS)))
        if one in told:
            columns[letter.upper()] = name
    named = {letter: name for letter, name in columns.items() if name}
    return reading.with_(columns=named, as_above=tuple(above), join_pairs=join_pairs)


def _tell(seen: "RegisterPreview") -> None:
    """Tell what is wrong with the file, and doubts by kind with some of their cells."""
    from sinergi.agreements.register_imports.doubts import Doubt  # noqa: PLC0415 - needs Django
    from sinergi.agreements.register_imports.messages import reason, told  # noqa: PLC0415 - needs Django

    for one in seen.problems.kept[:PLACES]:
        screen.note(f"{one.place}: {told(one).message}")
    for code, count in seen.by_code.most_common():
        screen.note(f"{reason(Doubt(code, 0))} ({number(count)})")
        places = [one for one in seen.doubts if one.code == code][:PLACES]
        for doubt in places:
            screen.note(f"  {doubt.cell}: {doubt.written[:80]}")


def _write_doubts(seen: "RegisterPreview", path: Path) -> None:
    from sinergi.agreements.register_imports.messages import (  # noqa: PLC0415 - needs Django
        heading_of,
        read_text,
        reason,
    )

    columns = (
        Column("cell", pgettext("column", "Cell")),
        Column("heading", pgettext("column", "Column")),
        Column("written", pgettext("column", "Written")),
        Column("read", pgettext("column", "Read as")),
        Column("reason", pgettext("column", "Why")),
    )
    rows = [
        (one.cell, heading_of(one), one.written, read_text(one), reason(one)) for one in seen.doubts
    ]
    form = files.pick(None, path, files.TableFormat)
    files.write_table(tables.table(columns, rows, pgettext("column", "Doubts")), form, path)


@app.command("list", help=gettext_noop("List the agreements that one may read, the last first."))
def list_agreements_command(form: Format = None, out: Out = None) -> None:
    """List the agreements that one may read, the last first."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.agreements.queries.reading import agreements  # noqa: PLC0415 - needs Django

    columns = (
        Column("agreement", pgettext("column", "Agreement"), "count"),
        Column("number", pgettext("column", "Number")),
        Column("title", pgettext("column", "Title")),
        Column("family", pgettext("column", "Family")),
        Column("stage", pgettext("column", "Stage")),
        Column("state", pgettext("column", "State")),
        Column("begins", pgettext("column", "Begins")),
        Column("ends", pgettext("column", "Ends")),
        Column("organisation", pgettext("column", "Organisation")),
    )
    rows = [
        (
            one.pk,
            one.number,
            one.title,
            one.family,
            one.stage,
            one.state,
            str(one.begins or ""),
            str(one.ends or ""),
            one.organisation.code,
        )
        for one in agreements(acting())
    ]
    named = pgettext("column", "Agreements")
    files.write_table(tables.table(columns, rows, named), chosen_form, out)


@app.command("show", help=gettext_noop("Show one agreement with its parties."))
def show_agreement_command(
    agreement: Annotated[
        int, typer.Argument(metavar="NUMBER", help=gettext_noop("Number of the agreement."))
    ],
    form: Format = None,
    out: Out = None,
) -> None:
    """Show one agreement with its parties."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.agreements.queries import reading  # noqa: PLC0415 - needs Django

    row = reading.agreement(acting(), agreement)
    columns = (
        Column("what", pgettext("column", "What")),
        Column("told", pgettext("column", "Told")),
    )
    told = [
        (pgettext("column", "Title"), row.title),
        (pgettext("column", "Number"), row.number),
        (pgettext("column", "Family"), row.family),
        (pgettext("column", "Stage"), row.stage),
        (pgettext("column", "State"), row.state),
        (pgettext("column", "Begins"), str(row.begins or "")),
        (pgettext("column", "Ends"), str(row.ends or "")),
        *((pgettext("column", "Party"), one.name) for one in reading.parties(row)),
    ]
    named = pgettext("column", "Agreement")
    files.write_table(tables.table(columns, told, named), chosen_form, out)


@app.command("reindex", help=gettext_noop("Read the texts of all agreements anew for the search."))
def reindex_agreements_command() -> None:
    """Read the texts of all agreements anew for the search."""
    open_workspace()
    from sinergi.agreements.search.index import rebuild  # noqa: PLC0415 - needs Django

    with screen.progress(_("Search index")) as report:
        done = rebuild(report)
    screen.say(_("{n} agreements were read for the search.").format(n=number(done)))
