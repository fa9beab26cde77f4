"""What is wrong with files and with the reference: as tables, cell by cell."""

from typing import Any

from sinergi.cli import screen, tables
from sinergi.cli.language import chosen, ngettext, number, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.tables import Column, Table
from sinergi.evidence.imports.problems import Problems
from sinergi.reference.messages import message
from sinergi.reference.queries import Finding

SHOWN = 20
"""Problems of one kind that are listed in full."""


def severity(code: str) -> str:
    """Return how grave a finding is."""
    return {
        "error": pgettext("column", "error"),
        "warning": pgettext("column", "warning"),
        "note": pgettext("column", "note"),
    }.get(code, code)


def findings_table(found: list[Finding]) -> Table:
    """Return findings of a check of the reference."""
    columns = (
        Column("severity", pgettext("column", "Severity")),
        Column("subject", pgettext("column", "Where")),
        Column("message", _("What and what to do")),
        Column("code", pgettext("column", "Code"), screen=False),
    )
    rows = ((severity(one.severity), one.subject, _text(one), one.message_code) for one in found)
    return tables.table(columns, rows, pgettext("column", "Reference"))


def _text(one: Finding) -> str:
    lacks = one.details.get(f"lacks_{chosen()}", "")
    text = message(one.message_code, {**one.details, "lacks": lacks})
    return f"[{one.details['field']}] {text}" if one.details.get("field") else text


def show_problems(problems: Problems) -> None:
    """List the problems of a file on standard error: by kind, each with its cells and the remedy."""
    for example, count, kept in problems.groups():
        head = f"{severity(example.severity).upper()} – {example.title()} ({number(count)})"
        screen.note(head)
        for one in kept[:SHOWN]:
            screen.note(f"  {_line(one)}")
        if count > len(kept[:SHOWN]):
            left = count - len(kept[:SHOWN])
            text = ngettext("  … and {count} more", "  … and {count} more", left)
            screen.note(text.format(count=number(left)))
        screen.note(f"  → {example.remedy()}")


def _line(one: Any) -> str:
    place = "!".join(part for part in (one.sheet, one.cell) if part)
    text = f"{place}: {one.message()}" if place else one.message()
    if one.suggestion:
        text += " " + _("Meant: {meant}?").format(meant=one.suggestion)
    return text
