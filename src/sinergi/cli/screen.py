"""What a person sees: tables with rules and colour on a terminal, plain aligned text when piped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop
from sinergi.cli.tables import NUMBERS, Table

Report = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done and how much there is."""

STEPS = {
    "read": gettext_noop("reading"),
    "check": gettext_noop("checking"),
    "load": gettext_noop("storing"),
    "regions": gettext_noop("storing regions"),
    "borders": gettext_noop("storing borders"),
    "shapes": gettext_noop("storing shapes"),
    "cells": gettext_noop("drawing cells"),
    "rows": gettext_noop("storing rows"),
}
"""Steps that the rooms report, in words; these are translated."""


def say(text: str = "") -> None:
    """Write a line that belongs to the result."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Write a line beside the result, so that a pipe gets only the result."""
    sys.stderr.write(text + "\n")


def show(table: Table) -> None:
    """Show a table: drawn on a terminal, plain otherwise."""
    if sys.stdout.isatty():
        _draw(table)
    else:
        sys.stdout.write(plain(table))


def plain(table: Table) -> str:
    """Return a table as aligned text, two spaces apart, cut nowhere."""
    columns, rows = table.texts()
    heading = [column.label for column in columns]
    lines = [heading, *rows] if any(heading) else rows
    widths = [max((len(line[x]) for line in lines), default=0) for x in range(len(columns))]
    out = [table.title] if table.title else []
    for line in lines:
        cells = [
            cell.rjust(width) if column.kind in NUMBERS else cell.ljust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        ]
        out.append("  ".join(cells).rstrip())
    return "\n".join(out) + "\n"


def _draw(table: Table) -> None:
    from rich import box  # noqa: PLC0415 - not needed when piped
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.table import Table as Drawn  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    drawn = Drawn(
        title=table.title or None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        header_style="bold",
        show_header=any(column.label for column in table.columns),
    )
    columns, rows = table.texts()
    for column in columns:
        drawn.add_column(
            Text(column.label),
            justify="right" if column.kind in NUMBERS else "left",
            no_wrap=column.kind in NUMBERS,
        )
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


@contextmanager
def progress(title: str) -> Iterator[Report]:
    """Give a function that shows progress on standard error: a bar, or one line a step when piped."""
    if sys.stderr.isatty():
        with _bar(title) as report:
            yield report
        return
    told: set[str] = set()

    def line(step: str, done: int, total: int) -> None:
        words = _(STEPS.get(step, step))
        if words not in told:
            told.add(words)
            note(f"{title}: {words}")

    yield line


@contextmanager
def _bar(title: str) -> Iterator[Report]:
    from rich.console import Console  # noqa: PLC0415 - only on a terminal
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    bar: Any = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task(title, total=None)

        def report(step: str, done: int, total: int) -> None:
            words = _(STEPS.get(step, step))
            bar.update(task, description=f"{title}: {words}", completed=done, total=total or None)

        yield report
