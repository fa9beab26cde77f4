"""`prioritise`: a spreadsheet of alternatives by criteria, or a stored ranking, put in an order."""

from collections.abc import Callable
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
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace

if TYPE_CHECKING:
    import polars as pl

    from sinergi.analysis.priority import Outcome
    from sinergi.programs.priority.places import Place

LESS, MORE = "(-)", "(+)"


def prioritise_command(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help=gettext_noop(
                "CSV, XLSX or Parquet: names in the first column, a criterion in each other."
            ),
            dir_okay=False,
        ),
    ] = None,
    ranking: Annotated[
        int | None, typer.Option("--ranking", help=gettext_noop("Number of a stored ranking."))
    ] = None,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            "--weight",
            "-w",
            metavar="CRITERION=WEIGHT",
            help=gettext_noop("Weight of a criterion; without any all weigh the same."),
        ),
    ] = None,
    less: Annotated[
        list[str] | None,
        typer.Option(
            "--less",
            metavar="CRITERION",
            help=gettext_noop("Less is better; or write (-) behind the heading."),
        ),
    ] = None,
    least: Annotated[
        float,
        typer.Option(
            "--least-coverage",
            min=0.0,
            max=1.0,
            help=gettext_noop("Share of the weight that must be known for a rank."),
        ),
    ] = 0.5,
    top: Annotated[
        int,
        typer.Option("--top", min=1, help=gettext_noop("Places whose firmness is told.")),
    ] = 10,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help=gettext_noop("Sheet of an Excel file."))
    ] = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """Put alternatives in an order by several criteria, with methods side by side."""
    chosen = files.pick(form, out, files.TableFormat)
    if (source is None) == (ranking is None):
        raise CommandError(_("Give a file, or --ranking with the number of a stored ranking."))
    place: Callable[[int], Place] | None = None
    if source is not None:
        names, criteria, outcome = _of_file(
            read_table(source, sheet),
            weight or [],
            less or [],
            least,
            top,
            sheet=is_sheet(source),
        )
    else:
        names, criteria, outcome, place = _stored(int(ranking or 0))
    main = _order(names, outcome, place)
    others = [_turns(names, criteria, outcome, top), _reversals(outcome)]
    files.write_table(main, chosen, out, *others)
    if chosen == "table" and out is None:
        for table in others:
            screen.show(table)


def _of_file(
    frame: "pl.DataFrame",
    weight: list[str],
    less: list[str],
    least: float,
    top: int,
    *,
    sheet: bool,
) -> "tuple[list[str], list[str], Outcome]":
    import numpy as np  # noqa: PLC0415 - keeps `--help` fast

    from sinergi.analysis import priority  # noqa: PLC0415 - as above

    if frame.width < 2 or not frame.height:
        raise CommandError(
            _("The table needs names in its first column, a criterion in each other, and a row.")
        )
    headings = frame.columns[1:]
    titles = [name.removesuffix(LESS).removesuffix(MORE).strip() for name in headings]
    falls = {_named(name, titles) for name in less}
    falls |= {t for t, name in enumerate(titles) if headings[t].strip().endswith(LESS)}
    values = np.column_stack([_column(frame, name, sheet=sheet) for name in headings])
    criteria = tuple(
        priority.Criterion(title, rises=t not in falls) for t, title in enumerate(titles)
    )
    table = priority.table(values, criteria, np.array(_weights(weight, titles)))
    outcome = priority.prioritise(table, least_coverage=least, top=top)
    names = [str(one or "") for one in frame.get_column(frame.columns[0]).to_list()]
    return names, titles, outcome


def _named(name: str, titles: list[str]) -> int:
    found = [t for t, title in enumerate(titles) if title.casefold() == name.strip().casefold()]
    if not found:
        text = _("There is no criterion “{name}”. There are: {names}.")
        raise CommandError(text.format(name=name, names=", ".join(titles)))
    return found[0]


def _weights(given: list[str], titles: list[str]) -> list[float]:
    if not given:
        return [1.0] * len(titles)
    weights = [0.0] * len(titles)
    for text in given:
        name, _equals, number = text.rpartition("=")
        try:
            weights[_named(name, titles)] = read_column([number])[0]
        except NoNumberError as error:
            told = _("“{text}” is no weight. Write for example --weight Benefit=3.")
            raise CommandError(told.format(text=text)) from error
    return weights


def _column(frame: "pl.DataFrame", name: str, *, sheet: bool) -> list[float]:
    """Return the numbers of a column; an empty cell is missing.

    Raises
    ------
    CommandError
        Names the cell.
    """
    try:
        return read_column(frame.get_column(name).to_list(), sheet=sheet)
    except NoNumberError as error:
        told = _("Row {row}, column “{column}”: “{text}” is no number. Leave unknown values empty.")
        raise CommandError(error.told(told, name)) from error


def _stored(number: int) -> "tuple[list[str], list[str], Outcome, Callable[[int], Place]]":
    """Return what a stored ranking says, and who stands where as far as whoever asks may be told."""
    import numpy as np  # noqa: PLC0415 - keeps `--help` fast

    open_workspace()
    from sinergi.programs.priority import places  # noqa: PLC0415 - needs Django
    from sinergi.programs.queries import priority as queries  # noqa: PLC0415 - as above

    by = acting()
    found = queries.comparison(by, queries.ranking(by, number))
    weights = queries.weights_of(found.ranking, found.criteria)
    outcome = queries.outcome(found, weights)
    if outcome is None:
        raise CommandError(_("The ranking has no lines or no criteria yet."))
    names = [row.title if row.visible else _("not visible to you") for row in found.rows]
    away = np.full(len(names), np.nan)
    titles = [one.title for one in found.criteria]
    return names, titles, outcome, lambda one: places.place(found, outcome, one, away)


def _order(
    names: list[str], outcome: "Outcome", place: "Callable[[int], Place] | None"
) -> tables.Table:
    import numpy as np  # noqa: PLC0415 - keeps `--help` fast

    columns = (
        Column("rank", pgettext("column", "Rank"), "count"),
        Column("band", pgettext("column", "Band"), "count"),
        Column("name", pgettext("column", "Name")),
        Column("score", pgettext("column", "Score"), "number", 3),
        Column("low", pgettext("column", "Lowest"), "number", 3),
        Column("high", pgettext("column", "Highest"), "number", 3),
        Column("coverage", pgettext("column", "Coverage"), "number", 2),
        Column("top", pgettext("column", "Among the best"), "number", 2),
        *(Column(f"rank_{code}", code, "count") for code in outcome.ranks if code != "wsm"),
    )

    rank = outcome.ranks["wsm"]
    order = np.lexsort((-outcome.coverage, np.where(np.isfinite(rank), rank, np.inf)))
    rows = [
        _cells(names[one], outcome, one)
        if place is None
        else _told(names[one], outcome, place(one))
        for one in map(int, order)
    ]
    return tables.table(columns, rows, pgettext("column", "Order"))


def _cells(name: str, outcome: "Outcome", one: int) -> tuple[Any, ...]:
    score, ranked = outcome.scores["wsm"], bool(outcome.ranked[one])
    return (
        _whole(outcome.ranks["wsm"][one]),
        int(outcome.bands[one]) or None,
        name,
        float(score.score[one]) if ranked else None,
        float(score.low[one]),
        float(score.high[one]),
        float(outcome.coverage[one]),
        float(outcome.acceptability.top[one]) if ranked else None,
        *(_whole(each[one]) for code, each in outcome.ranks.items() if code != "wsm"),
    )


def _told(name: str, outcome: "Outcome", one: "Place") -> tuple[Any, ...]:
    """Return the cells of a line; of one that whoever asks may not read its place alone."""
    coverage = None if one.row is None else one.coverage
    ranks = [
        rank for code, (_n, rank) in zip(outcome.ranks, one.ranks, strict=True) if code != "wsm"
    ]
    return (
        one.rank,
        one.band or None,
        name,
        one.score,
        one.low,
        one.high,
        coverage,
        one.top,
        *ranks,
    )


def _whole(value: float) -> int | None:
    return None if isnan(value) else int(value)


def _turns(names: list[str], titles: list[str], outcome: "Outcome", top: int) -> tables.Table:
    import numpy as np  # noqa: PLC0415 - keeps `--help` fast

    from sinergi.analysis import priority  # noqa: PLC0415 - as above

    columns = (
        Column("criterion", pgettext("column", "Criterion")),
        Column("weight", pgettext("column", "Weight"), "number", 3),
        Column("first", pgettext("column", "First place changes at"), "number", 3),
        Column("best", pgettext("column", "The best change at"), "number", 3),
        Column("without", pgettext("column", "First without it")),
        Column("stay", pgettext("column", "Of the best, stay"), "count"),
    )
    found = zip(
        priority.turning_points(outcome),
        priority.turning_points(outcome, top=top),
        priority.without_each(outcome, top=top),
        strict=True,
    )
    rows = [
        (
            titles[one.criterion],
            one.weight,
            float(one.at) if np.isfinite(one.at) else None,
            float(wider.at) if np.isfinite(wider.at) else None,
            names[gone.first] if gone.first >= 0 else None,
            gone.stay,
        )
        for one, wider, gone in found
    ]
    return tables.table(columns, rows, pgettext("column", "Sensitivity"))


def _reversals(outcome: "Outcome") -> tables.Table:
    from sinergi.analysis import priority  # noqa: PLC0415 - keeps `--help` fast

    columns = (
        Column("method", pgettext("column", "Method")),
        Column("tried", pgettext("column", "Tried"), "count"),
        Column("first", pgettext("column", "The first changes"), "count"),
        Column("turned", pgettext("column", "Some order turns"), "count"),
        Column("share", pgettext("column", "Pairs that turn"), "number", 3),
        Column("moved", pgettext("column", "Places moved at most"), "count"),
    )
    rows = [
        (code, one.tried, one.first, one.turned, one.share, one.moved)
        for code, one in priority.reversals(outcome).items()
    ]
    return tables.table(columns, rows, pgettext("column", "Rank reversals"))
