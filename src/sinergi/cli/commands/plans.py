"""`plans import`, `plans list`: bringing plans in from spreadsheets."""

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
    from sinergi.programs.imports.preview import PlanPreview

app = typer.Typer(no_args_is_help=True, help=gettext_noop("Plans: bring in, list."))
PLACES = 5
"""Places of each kind of problem that are told."""

File = Annotated[
    Path, typer.Argument(metavar="FILE", help=gettext_noop("Excel, ODS, CSV or CSV.GZ file."))
]


@app.command(
    "import",
    help=gettext_noop("Bring a plan in from a file: all of it or, with any error, nothing."),
)
def import_plan_command(
    path: File,
    plan: Annotated[
        int | None,
        typer.Option("--plan", help=gettext_noop("Number of the plan that gets a version.")),
    ] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help=gettext_noop("Code of the organisation."))
    ] = None,
    title: Annotated[
        str, typer.Option("--title", help=gettext_noop("Title of the new plan."))
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", help=gettext_noop("Kind: rkpd, apbd, renstra …"))
    ] = "",
    region: Annotated[
        str, typer.Option("--region", help=gettext_noop("Code of the government."))
    ] = "",
    years: Annotated[
        str, typer.Option("--years", help=gettext_noop("Years, such as 2025 or 2025-2029."))
    ] = "",
    label: Annotated[
        str, typer.Option("--label", help=gettext_noop("Name of the version, such as murni."))
    ] = "",
    multiplier: Annotated[
        int,
        typer.Option(
            "--multiplier", help=gettext_noop("What amounts are multiplied by; confirms it.")
        ),
    ] = 0,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column", help=gettext_noop("What a column holds, such as C=title; repeatable.")
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=gettext_noop("Check only; load nothing."))
    ] = False,
    leave_unread: Annotated[
        bool,
        typer.Option(
            "--leave-unread", help=gettext_noop("Leave out amounts that cannot be taken.")
        ),
    ] = False,
) -> None:
    """Bring a plan in from a file: all of it or, with any error, nothing."""
    if not path.is_file():
        raise CommandError(_("{file}: there is no such file.").format(file=path))
    open_workspace()
    from dataclasses import replace  # noqa: PLC0415 - kept out of the start of the command line

    from sinergi.programs.actions.imports import (  # noqa: PLC0415 - needs Django
        Wish,
        load_previewed,
        preview_plan,
    )
    from sinergi.programs.imports.guessing import details_from  # noqa: PLC0415 - needs Django

    owner = None if plan is not None else organisation_named(organisation)
    wish = Wish(plan=plan, organisation=owner, label=label)
    by = acting()
    seen = preview_plan(by, path, wish)
    columns = {**seen.reading.columns, **_columns(column or [])}
    named = {letter: name for letter, name in columns.items() if name}
    reading = seen.reading.with_(leave_unread=leave_unread, columns=named)
    if multiplier:
        reading = reading.with_(multiplier=multiplier, unit_confirmed=True)
    if plan is None:
        details = details_from(seen, owner)
        first, _dash, last = years.partition("-")
        if years:
            if not (first.isdecimal() and (last or first).isdecimal()):
                raise CommandError(
                    _("{years}: write years as 2025 or 2025-2029.").format(years=years)
                )
            details = replace(details, first_year=int(first), last_year=int(last or first))
        details = replace(
            details,
            title=title or details.title,
            kind=kind or details.kind,
            region_code=region or details.region_code,
        )
        wish = replace(wish, details=details)
    with screen.progress(path.name) as report:
        seen = preview_plan(by, path, wish, reading, progress=report)
    _tell(seen)
    if seen.problems.errors or seen.lines is None:
        raise CommandError(_("Nothing was loaded."), FINDINGS)
    if dry_run:
        screen.say(_("{n} lines. Nothing loaded.").format(n=number(len(seen.lines))))
        return
    with screen.progress(path.name) as report:
        version = load_previewed(by, seen, wish, progress=report)
    text = _("Plan {plan}, version {version}: {n} lines loaded.")
    filled = {"plan": version.plan_id, "version": version.number, "n": number(len(seen.lines))}
    screen.say(text.format(**filled))


def _columns(told: list[str]) -> dict[str, str]:
    """Return letter to field of what was said of columns; an empty field leaves the column out."""
    from sinergi.evidence.imports.problems import column_index  # noqa: PLC0415 - needs Django
    from sinergi.programs.imports.reading import is_field  # noqa: PLC0415 - needs Django

    found = {}
    for one in told:
        letter, equal, name = (part.strip() for part in one.partition("="))
        try:
            column_index(letter)
        except ValueError:
            equal = ""
        if not letter or not equal or (name and not is_field(name)):
            text = _("{column}: write a column and its field, such as C=title or D=amount:2026:.")
            raise CommandError(text.format(column=one))
        found[letter.upper()] = name
    return found


def _tell(seen: "PlanPreview") -> None:
    """Tell the problems by kind, with some of their places."""
    from sinergi.programs.imports.messages import told  # noqa: PLC0415 - needs Django

    for example, count, kept in seen.problems.groups():
        screen.note(f"{told(example).title} ({number(count)})")
        for one in kept[:PLACES]:
            screen.note(f"  {one.place}: {told(one).message}")


@app.command("list", help=gettext_noop("List the plans that one may read, the last first."))
def list_plans_command(form: Format = None, out: Out = None) -> None:
    """List the plans that one may read, the last first."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.programs.queries.plans import plans  # noqa: PLC0415 - needs Django

    columns = (
        Column("plan", pgettext("column", "Plan"), "count"),
        Column("title", pgettext("column", "Title")),
        Column("kind", pgettext("column", "Kind")),
        Column("region", pgettext("column", "Region")),
        Column("years", pgettext("column", "Years")),
        Column("organisation", pgettext("column", "Organisation")),
    )
    rows = [
        (
            one.pk,
            one.title,
            one.kind,
            one.region_code,
            f"{one.first_year}-{one.last_year}",
            one.organisation.code,
        )
        for one in plans(acting())
    ]
    files.write_table(tables.table(columns, rows, pgettext("column", "Plans")), chosen_form, out)
