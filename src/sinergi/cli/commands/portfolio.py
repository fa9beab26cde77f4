"""`portfolio`: the best set of projects of a spreadsheet, or of a stored portfolio, within ceilings."""

import re
from collections.abc import Callable
from decimal import Decimal
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.method import read_table
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, pgettext
from sinergi.cli.numbers import NoNumberError, is_sheet, read_column
from sinergi.cli.render.portfolio import status, told_about
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace

if TYPE_CHECKING:
    import polars as pl

    from sinergi.analysis.portfolio import Instance, RegionShare, Result, Variety, Violation

    Asked = tuple[list[str], list[int], Instance, Callable[[Violation], str]]
    """Names, years, instance, and what tells a rule of it in words."""

YEAR = re.compile(r"^(19|20)\d\d$")
DOTTED = re.compile(r"^\d{1,3}(\.\d{3})+(,\d{1,2})?$")
NEEDED = ("name", "score", "channel")
EMPTY = frozenset({"", "-", "–"})


def portfolio_command(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help=gettext_noop(
                "CSV, XLSX or Parquet: name, score, channel (several parted by |), region, last start, "
                "and rupiah by year."
            ),
            dir_okay=False,
        ),
    ] = None,
    ceilings: Annotated[
        Path | None,
        typer.Option(
            "--ceilings",
            help=gettext_noop("Table of channel and a column of rupiah for each year."),
            dir_okay=False,
        ),
    ] = None,
    number: Annotated[
        int | None, typer.Option("--portfolio", help=gettext_noop("Number of a stored portfolio."))
    ] = None,
    least: Annotated[
        list[str] | None,
        typer.Option(
            "--least",
            metavar="REGION=PERCENT",
            help=gettext_noop("Least share of a region of all money."),
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.5, help=gettext_noop("How long to search."))
    ] = 30.0,
    gap: Annotated[
        float,
        typer.Option(
            "--gap", min=0.0, max=0.5, help=gettext_noop("Stop when proven so near the best, 0–1.")
        ),
    ] = 0.0,
    solver: Annotated[
        str, typer.Option("--solver", help=gettext_noop("highs, scip or cpsat."))
    ] = "highs",
    others: Annotated[
        int,
        typer.Option(
            "--choices",
            min=1,
            max=8,
            help=gettext_noop(
                "How many choices side by side that truly differ and lose at most 2%."
            ),
        ),
    ] = 1,
    form: Format = None,
    out: Out = None,
) -> None:
    """Choose the projects that score most within the money of each year and channel."""
    chosen = files.pick(form, out, files.TableFormat)
    if (source is None) == (number is None) or (source is None) != (ceilings is None):
        raise CommandError(
            _("Give a file with --ceilings, or --portfolio with the number of a stored portfolio.")
        )
    from sinergi.analysis.portfolio import solve, variants  # noqa: PLC0415 - keeps `--help` fast

    if source is not None and ceilings is not None:
        names, years, instance, told_of = _of_files(
            read_table(source), read_table(ceilings), least or [], sheet=is_sheet(source)
        )
    else:
        names, years, instance, told_of = _stored(int(number or 0))
    result = solve(instance, seconds=seconds, gap=gap, solver=solver)
    if result.choice is None:
        screen.show(told_about(result, conflict=_conflict(instance, result, told_of)))
        raise CommandError(_("Nothing was chosen: {status}.").format(status=status(result)))
    told = variants(instance, result, count=others, seconds=seconds) if others > 1 else None
    result = told.best if told else result
    about = told_about(result, told)
    files.write_table(_chosen(names, years, instance, result, told), chosen, out, about)
    if chosen == "table" and out is None:
        screen.show(about)


def _of_files(
    projects: "pl.DataFrame", money: "pl.DataFrame", least: list[str], *, sheet: bool = False
) -> "Asked":
    import numpy as np  # noqa: PLC0415 - keeps `--help` fast

    from sinergi.analysis.portfolio import PPM, Instance, RegionShare  # noqa: PLC0415 - as above

    rows = _rows(projects, NEEDED)
    limits = _rows(money, ("channel",))
    years = sorted({int(name) for name in money.columns if YEAR.match(name)})
    if not years or not rows:
        raise CommandError(_("The ceilings need a column for each year, the projects a row each."))
    channels = [str(row["channel"] or "").strip() for row in limits]
    ceilings = np.array(
        [
            [_money(row.get(str(year)), at, str(year)) for at, row in enumerate(limits)]
            for year in years
        ],
        np.int64,
    )
    regions = sorted({str(row.get("region") or "") for row in rows})
    costs = [_cost(row, at, years, channels) for at, row in enumerate(rows)]
    owner = [at for at, (ways, _first, _last) in enumerate(costs) for _way in ways]
    longest = max(way.shape[0] for ways, _first, _last in costs for way in ways)
    cost = np.zeros((len(owner), longest, len(channels)), np.int64)
    for at, way in enumerate(way for ways, _first, _last in costs for way in ways):
        cost[at, : len(way)] = way
    benefit = np.zeros((len(rows), len(regions)), np.int64)
    for at, row in enumerate(rows):
        benefit[at, regions.index(str(row.get("region") or ""))] = PPM
    shares = []
    for text in least:
        name, _equals, percent = text.rpartition("=")
        if not name or not percent.replace(".", "", 1).isdecimal():
            told = _("“{text}” is no share. Write for example --least 63.07=12.5.")
            raise CommandError(told.format(text=text))
        if name not in regions:
            told = _("--least {text}: no project of the file is in region {name}.")
            raise CommandError(told.format(text=text, name=name))
        shares.append(RegionShare(regions.index(name), minimum=int(float(percent) * 10_000)))
    instance = Instance(
        score=np.array(_scores(rows, sheet=sheet)),
        way_project=np.array(owner, np.int64),
        cost=cost,
        first=np.array([first for _ways, first, _last in costs], np.int64),
        last=np.array([last for _ways, _first, last in costs], np.int64),
        ceilings=ceilings,
        benefit=benefit,
        shares=tuple(shares),
    )
    names = [str(row["name"]) for row in rows]

    def told_of(one: "Violation") -> str:
        open_workspace()
        return _in_words(one, years, channels, [regions[share.region] for share in shares], shares)

    return names, years, instance, told_of


def _rows(frame: "pl.DataFrame", needed: tuple[str, ...]) -> list[dict[str, Any]]:
    frame = frame.rename({name: name.strip().casefold() for name in frame.columns})
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        told = _("The table has no column “{name}”. It has: {names}.")
        raise CommandError(told.format(name=missing[0], names=", ".join(frame.columns)))
    return frame.to_dicts()


def _cost(row: dict[str, Any], at: int, years: list[int], channels: list[str]) -> Any:
    """Return ways of paying, and the first and last year in which the project may start, as offsets."""
    from sinergi.analysis.portfolio import ways_of  # noqa: PLC0415 - keeps `--help` fast

    amounts = [_money(row.get(str(year)), at, str(year)) for year in years]
    paid = [number for number, amount in enumerate(amounts) if amount]
    if not paid:
        told = _("Row {row} has no amount in a year of the ceilings.")
        raise CommandError(told.format(row=at + 2))
    named = [one.strip() for one in str(row["channel"] or "").split("|")]
    unknown = [one for one in named if one not in channels]
    if unknown:
        told = _("Row {row}: the ceilings have no channel “{channel}”.")
        raise CommandError(told.format(row=at + 2, channel=unknown[0]))
    profile = amounts[paid[0] : paid[-1] + 1]
    last = _last(row.get("last start"), at, years, paid[0])
    ways = ways_of([(profile, [channels.index(one) for one in named])], len(channels))
    return ways, paid[0], last


def _last(value: object, at: int, years: list[int], first: int) -> int:
    """Return the last year in which a project may start, as an offset; that of its first amount without one.

    Raises
    ------
    CommandError
        Names the row, where it is no year of the ceilings from the first amount on.
    """
    text = str(value if value is not None else "").strip().removesuffix(".0")
    if text in EMPTY:
        return first
    if not YEAR.match(text) or int(text) not in years[first:]:
        told = _("Row {row}, column “last start”: “{text}” is none of {years}.")
        allowed = ", ".join(map(str, years[first:]))
        raise CommandError(told.format(row=at + 2, text=text[:40], years=allowed))
    return years.index(int(text))


def _money(value: object, row: int, column: str) -> int:
    """Return rupiah as minor units.

    Raises
    ------
    CommandError
        Names the cell.
    """
    from sinergi.reference.rupiah import minor  # noqa: PLC0415 - needs Django

    text = str(value if value is not None else "").replace("Rp", "").replace(" ", "").strip()
    if text in EMPTY:
        return 0
    if DOTTED.match(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        units = minor(Decimal(text))
    except (ArithmeticError, ValueError):
        units = -1
    if units < 0:
        told = _("Row {row}, column “{column}”: “{text}” is no amount of rupiah.")
        raise CommandError(told.format(row=row + 2, column=column, text=text[:40]))
    return units


def _scores(rows: list[dict[str, Any]], *, sheet: bool) -> list[float]:
    try:
        found = read_column([row["score"] for row in rows], sheet=sheet)
    except NoNumberError as error:
        told = _("Row {row}: “{text}” is no score.")
        raise CommandError(error.told(told, "score")) from error
    for at, number in enumerate(found):
        if isnan(number):
            raise CommandError(_("Row {row}: “{text}” is no score.").format(row=at + 2, text=""))
    return found


def _in_words(
    one: "Violation",
    years: list[int],
    channels: list[str],
    regions: list[str],
    shares: "list[RegionShare]",
) -> str:
    """Return a rule of a file that has to give way, in the words of the page; files hold no other kinds."""
    from sinergi.programs.models import Measure  # noqa: PLC0415 - needs Django
    from sinergi.programs.portfolio.giving_way import relaxed  # noqa: PLC0415 - as above

    told: dict[str, Any] = {"kind": one.kind, "amount": one.amount, "least": one.least}
    if one.kind == "ceiling":
        year, channel = one.index
        told |= {"year": years[year], "channel": channels[channel]}
    else:
        place = one.index[0]
        told |= {"region": regions[place], "limit": shares[place].minimum}
        told["measure"] = Measure.AVAILABLE
    return relaxed(told, {})


def _stored(number: int) -> "Asked":
    open_workspace()
    from sinergi.programs.portfolio.compute import violation  # noqa: PLC0415 - needs Django
    from sinergi.programs.portfolio.giving_way import relaxed  # noqa: PLC0415 - as above
    from sinergi.programs.portfolio.problem import problem_of  # noqa: PLC0415 - needs Django
    from sinergi.programs.queries import portfolio as queries  # noqa: PLC0415 - as above

    by = acting()
    one = queries.portfolio(by, number)
    if queries.hidden_projects(by, one):
        raise CommandError(_("You may not read all plans of this portfolio."))
    problem = problem_of(one)
    titles = {project.pk: project.title for project in problem.projects}

    def told_of(one: "Violation") -> str:
        return relaxed(violation(problem, one), titles)

    return list(titles.values()), problem.years, problem.instance, told_of


def _chosen(
    names: list[str],
    years: list[int],
    instance: "Instance",
    result: "Result",
    told: "Variety | None",
) -> tables.Table:
    assert result.choice is not None
    others = told.found[1:] if told else ()
    columns = (
        Column("name", pgettext("column", "Project")),
        Column("chosen", pgettext("column", "Chosen"), "yes_no"),
        Column("start", pgettext("column", "Start"), "text"),
        Column("cost", pgettext("column", "Cost, Rp"), "number", 2),
        Column("score", pgettext("column", "Score"), "number", 3),
        *(
            Column(f"choice_{number}", _("Choice {n}").format(n=number), "yes_no")
            for number in range(2, len(others) + 2)
        ),
    )
    rows: list[tuple[Any, ...]] = []
    for at, name in enumerate(names):
        start, way = int(result.choice.start[at]), int(result.choice.way[at])
        row = int(instance.first_way[at]) + max(way, 0)
        cost = int(instance.cost[row].sum()) / 100
        year = str(years[start]) if start >= 0 else None
        also = [bool(one.choice.chosen[at]) for one in others]
        rows.append((name, start >= 0, year, cost, float(instance.score[at]), *also))
    rows.sort(key=lambda one: (not one[1], -one[4]))
    return tables.table(columns, rows, pgettext("column", "Projects"))


def _conflict(
    instance: "Instance", result: "Result", told_of: "Callable[[Violation], str]"
) -> list[str]:
    """Return in words what would have to give way, where nothing can be chosen."""
    if result.status != "infeasible":
        return []
    from sinergi.analysis.portfolio import conflict_of, promised  # noqa: PLC0415 - keeps `--help` fast
    from sinergi.programs.portfolio.giving_way import beyond  # noqa: PLC0415 - needs Django

    rows = [told_of(one) for one in conflict_of(instance, seconds=30.0).relaxed]
    first = beyond(promised(instance))
    return [first, *rows] if first else rows
