"""`sync`: what does not fit across plans, of an installation or of tables in files."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, pgettext
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE...",
        help=gettext_noop(
            "Excel, ODS, CSV or CSV.GZ files, each a plan of one government, as an import reads them."
        ),
    ),
]
Plans = Annotated[
    str, typer.Option("--plans", help=gettext_noop("Numbers of plans here, parted by commas."))
]
Regions = Annotated[
    str, typer.Option("--regions", help=gettext_noop("Code of the region of each file, by commas."))
]

LONGEST = 15
"""Digits of the longest number that a plan can have."""


def sync_command(
    paths: Files = None,
    plans: Plans = "",
    regions: Regions = "",
    form: Format = None,
    out: Out = None,
) -> None:
    """Tell what does not fit across plans: work planned twice, gaps, conflicts, authority, codes."""
    chosen = files.pick(form, out, files.TableFormat)
    named = [one.strip() for one in plans.split(",") if one.strip()]
    if not all(one.isdecimal() for one in named):
        raise CommandError(
            _("{text}: write numbers of plans, parted by commas.").format(text=plans)
        )
    if bool(named) == bool(paths):
        raise CommandError(_("Give files, or numbers of plans with --plans."))
    open_workspace()
    found = _of_plans(named) if named else _of_files(paths or [], regions.split(","))
    columns = (
        Column("weight", pgettext("column", "Weight"), "count"),
        Column("kind", pgettext("column", "Kind")),
        Column("rule", pgettext("column", "Rule")),
        Column("told", pgettext("column", "Told")),
        Column("stake", pgettext("column", "Rupiah at stake"), "count"),
        Column("lines", pgettext("column", "Lines")),
    )
    files.write_table(tables.table(columns, found, pgettext("column", "Findings")), chosen, out)


def _of_plans(named: list[str]) -> list[tuple[Any, ...]]:
    from sinergi.analysis.synchronise import Settings  # noqa: PLC0415 - needs Django beside it
    from sinergi.programs.queries.plans import current_versions  # noqa: PLC0415 - needs Django
    from sinergi.programs.synchronise.compute import found_among  # noqa: PLC0415 - needs Django

    by = acting()
    numbers = {one: int(one) for one in named if len(one) <= LONGEST}
    compared = current_versions(by, plans=numbers.values())
    there = {one.plan_id for one in compared}
    missing = [one for one in named if numbers.get(one) not in there]
    if missing:
        told = _("{plans}: no such plan with a current version is open to you.")
        raise CommandError(told.format(plans=", ".join(_short(one) for one in missing)))
    lines, found = found_among(by, compared, Settings())
    return _rows(lines, found)


def _short(number: str) -> str:
    return number if len(number) <= LONGEST else f"{number[:LONGEST]}…"


def _of_files(paths: list[Path], regions: list[str]) -> list[tuple[Any, ...]]:
    from sinergi.analysis.synchronise import Settings  # noqa: PLC0415 - slow to load
    from sinergi.programs.imports.messages import told  # noqa: PLC0415 - needs Django
    from sinergi.programs.synchronise.files import (  # noqa: PLC0415 - needs Django
        UnreadError,
        found_in_files,
    )

    for path in paths:
        if not path.is_file():
            raise CommandError(_("{file}: there is no such file.").format(file=path))
    try:
        lines, found = found_in_files(paths, [one.strip() for one in regions], Settings())
    except UnreadError as error:
        for example, _count, kept in error.seen.problems.groups():
            screen.note(f"{kept[0].place}: {told(example).message}".removeprefix(": "))
        raise CommandError(_("{file}: no plan could be read.").format(file=error)) from None
    return _rows(lines, found)


def _rows(lines: Any, found: Any) -> list[tuple[Any, ...]]:
    from sinergi.programs.synchronise.telling import told  # noqa: PLC0415 - needs Django

    titles = dict(lines.select("id", "title").iter_rows())
    rows = []
    for one in found.iter_rows(named=True):
        named = " | ".join(titles[number] for number in one["lines"][:3])
        stake = None if one["stake"] is None else one["stake"] // 100
        text = told(one["rule"], json.loads(one["facts"]))
        rows.append((one["severity"], one["kind"], one["rule"], text, stake, named))
    return rows
