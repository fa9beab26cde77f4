"""All commands of `sinergi`; importing this is light, so that help answers at once."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sinergi.cli.commands import evidence, lists, method, opportunities, reference, server
from sinergi.cli.language import gettext_noop
from sinergi.cli.program import Program

RICH = "rich" if sys.stdout.isatty() else None


class LanguageChoice(StrEnum):
    """Languages of the command line."""

    id = "id"
    en = "en"


app = typer.Typer(
    name="sinergi",
    cls=Program,
    no_args_is_help=True,
    rich_markup_mode=RICH,  # type: ignore[arg-type]
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(
    help=gettext_noop("Find where local governments gain by cooperating, and explain why.")
)
def root(
    language: Annotated[
        LanguageChoice | None,
        typer.Option("--language", help=gettext_noop("Language of what is told.")),
    ] = None,
) -> None:
    """Find where local governments gain by cooperating, and explain why."""


FIND = gettext_noop("Find and explain")
EVIDENCE = gettext_noop("Bring in evidence")
LISTS = gettext_noop("Carry on")
KEEP = gettext_noop("Installation")


def _add(name: str, command: object, panel: str, summary: str, **extra: object) -> None:
    app.command(name, help=summary, rich_help_panel=panel, **extra)(command)  # type: ignore[arg-type, type-var]


_add(
    "map",
    opportunities.map_command,
    FIND,
    gettext_noop("Find where regions would gain by cooperating, with whom, on what."),
)
_add(
    "explain",
    opportunities.explain_command,
    FIND,
    gettext_noop("Explain one opportunity: members, reasons, law, money, what would change it."),
)
_add(
    "profile",
    opportunities.profile_command,
    FIND,
    gettext_noop("Describe a region: economy, indicators, needs, strengths, partners."),
)
_add(
    "missing",
    opportunities.missing_command,
    FIND,
    gettext_noop("List the evidence that is missing and would matter most."),
)
_add(
    "method",
    method.method_command,
    FIND,
    gettext_noop(
        "Run a method on your own table. Say which column is what with --region, --sector, --value, "
        "--period and so on; a column that has such a name is found by itself. Without --input: what "
        "the method takes."
    ),
    context_settings=method.ANY_OPTIONS,
)
_add(
    "import",
    evidence.import_command,
    EVIDENCE,
    gettext_noop("Import evidence from a file: all of it or, with any error, nothing."),
)
_add(
    "imports",
    evidence.imports_command,
    EVIDENCE,
    gettext_noop("List what was loaded, the newest first."),
)
_add(
    "undo",
    evidence.undo_command,
    EVIDENCE,
    gettext_noop("Take one import back as a whole; values that it replaced count again."),
)
_add(
    "lists",
    lists.lists_command,
    LISTS,
    gettext_noop("List the priority lists, the last changed first."),
)
_add("new-list", lists.new_list_command, LISTS, gettext_noop("Start an empty priority list."))
_add(
    "add-to-list",
    lists.add_to_list_command,
    LISTS,
    gettext_noop("Put an opportunity on a list, with its reasons as they are today."),
)
_add(
    "export-list",
    lists.export_list_command,
    LISTS,
    gettext_noop("Write a list in the form that planners hand in."),
)
app.add_typer(reference.app, name="reference", rich_help_panel=KEEP)
_add(
    "setup",
    server.setup_command,
    KEEP,
    gettext_noop(
        "Make this installation ready: tables, reference, shipped evidence. Safe to repeat."
    ),
)
_add("serve", server.serve_command, KEEP, gettext_noop("Serve the pages until Ctrl-C."))
_add(
    "version",
    server.version_command,
    KEEP,
    gettext_noop("Tell the version of Sinergi and of Python."),
)
