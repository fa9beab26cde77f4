"""All commands of `sinergi`; importing this is light, so that help answers at once."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sinergi.cli import workspace
from sinergi.cli.commands import (
    agreements,
    audit,
    evidence,
    fund,
    keeping,
    lists,
    mail,
    method,
    opportunities,
    organisations,
    people,
    plans,
    portfolio,
    prioritise,
    providers,
    reference,
    remind,
    server,
    sync,
    worker,
)
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
    acting_as: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="EMAIL",
            envvar="SINERGI_AS",
            help=gettext_noop(
                "Act as this person, with the rights of their roles; without it, as the operator of the "
                "machine, who may do everything."
            ),
        ),
    ] = None,
) -> None:
    """Find where local governments gain by cooperating, and explain why."""
    workspace.act_as(acting_as)


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
    "adopt",
    evidence.adopt_command,
    EVIDENCE,
    gettext_noop("Take the import of an organisation into the common evidence."),
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
_add(
    "share-list",
    lists.share_list_command,
    LISTS,
    gettext_noop("Open a list to another organisation or to everybody, or close it again."),
)
_add(
    "list-history",
    lists.list_history_command,
    LISTS,
    gettext_noop("Tell who did what to a list, the newest first."),
)
_add(
    "prioritise",
    prioritise.prioritise_command,
    LISTS,
    gettext_noop(
        "Put alternatives of a spreadsheet, or lines of a stored ranking, in an order by several criteria."
    ),
)
_add(
    "portfolio",
    portfolio.portfolio_command,
    LISTS,
    gettext_noop("Choose the projects that score most within the money of each year and channel."),
)
_add(
    "sync",
    sync.sync_command,
    FIND,
    gettext_noop("Tell what does not fit across plans."),
)
_add(
    "fund",
    fund.fund_command,
    LISTS,
    gettext_noop(
        "Tell which channels could pay for a line, a plan or a situation, why others could not, and what "
        "they ask."
    ),
)
_add(
    "ledger",
    fund.ledger_command,
    LISTS,
    gettext_noop(
        "Add up the money of plans, each rupiah once; transfers between levels are edges."
    ),
)
app.add_typer(plans.app, name="plans", rich_help_panel=LISTS)
app.add_typer(agreements.app, name="agreements", rich_help_panel=LISTS)
app.add_typer(reference.app, name="reference", rich_help_panel=KEEP)
app.add_typer(audit.app, name="audit", rich_help_panel=KEEP)
_add(
    "administrator",
    people.administrator_command,
    KEEP,
    gettext_noop(
        "Make an administrator of the installation, and print a link to choose a password."
    ),
)
organisations.app.command(
    "confirm-provider",
    help=gettext_noop("Confirm an organisation's provider of sign-in and its domains."),
)(providers.confirm_command)
app.add_typer(organisations.app, name="organisation", rich_help_panel=KEEP)
app.add_typer(people.app, name="person", rich_help_panel=KEEP)
_add(
    "demo",
    people.demo_command,
    KEEP,
    gettext_noop("Make what the demo lacks, and print who signs in with which password."),
)
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
    "remind",
    remind.remind_command,
    KEEP,
    gettext_noop("Make the reminders of agreements now, as the worker does each night; each once."),
)
_add(
    "worker",
    worker.worker_command,
    KEEP,
    gettext_noop("Do background tasks until Ctrl-C; ends after the current one."),
)
app.add_typer(mail.app, name="mail", rich_help_panel=KEEP)
_add(
    "backup",
    keeping.backup_command,
    KEEP,
    gettext_noop("Write all that the installation holds into one file, while it runs."),
)
_add(
    "restore",
    keeping.restore_command,
    KEEP,
    gettext_noop("Put what a backup holds in the place of what is there: all of it or nothing."),
)
_add(
    "copy-database",
    keeping.copy_database_command,
    KEEP,
    gettext_noop("Copy an installation from one database to another, and compare row by row."),
)
_add(
    "purge",
    keeping.purge_command,
    KEEP,
    gettext_noop("Delete for good what was put away longer ago than the retention period."),
)
_add(
    "version",
    server.version_command,
    KEEP,
    gettext_noop("Tell the version of Sinergi and of Python."),
)
