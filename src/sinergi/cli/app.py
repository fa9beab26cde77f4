"""All commands of `sinergi`; importing this is light, so that help answers at once."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sinergi.cli.commands import evidence, lists, method, opportunities, reference, server
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


@app.callback()
def root(
    language: Annotated[
        LanguageChoice | None, typer.Option("--language", help="Language of what is told.")
    ] = None,
) -> None:
    """Find where local governments gain by cooperating, and explain why."""


FIND, EVIDENCE, LISTS, KEEP = "Map", "Evidence", "Priority lists", "Installation"


def _add(name: str, command: object, panel: str, **extra: object) -> None:
    app.command(name, rich_help_panel=panel, **extra)(command)  # type: ignore[arg-type, type-var]


_add("map", opportunities.map_command, FIND)
_add("explain", opportunities.explain_command, FIND)
_add("profile", opportunities.profile_command, FIND)
_add("missing", opportunities.missing_command, FIND)
_add("method", method.method_command, FIND, context_settings=method.ANY_OPTIONS)
_add("import", evidence.import_command, EVIDENCE)
_add("imports", evidence.imports_command, EVIDENCE)
_add("undo", evidence.undo_command, EVIDENCE)
_add("lists", lists.lists_command, LISTS)
_add("new-list", lists.new_list_command, LISTS)
_add("add-to-list", lists.add_to_list_command, LISTS)
_add("export-list", lists.export_list_command, LISTS)
app.add_typer(reference.app, name="reference", rich_help_panel=KEEP)
_add("setup", server.setup_command, KEEP)
_add("serve", server.serve_command, KEEP)
_add("version", server.version_command, KEEP)
