"""`lists`, `new-list`, `add-to-list`, `export-list`: what people choose from the map."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out, Settings, settings_from
from sinergi.cli.language import chosen, gettext_noop, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.tables import Column
from sinergi.cli.workspace import open_evidence, open_workspace

WHO = "sinergi"
List = Annotated[int, typer.Argument(metavar="LIST", help=gettext_noop("Number of the list."))]


class ListFormat(StrEnum):
    """Formats of a priority list."""

    xlsx = "xlsx"
    docx = "docx"
    pdf = "pdf"
    csv = "csv"
    json = "json"


def lists_command(form: Format = None, out: Out = None) -> None:
    """List the priority lists, the last changed first."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.opportunities.lists import queries  # noqa: PLC0415 - needs Django

    columns = (
        Column("list", pgettext("column", "List"), "count"),
        Column("name", pgettext("column", "Name")),
        Column("owner", pgettext("column", "Organisation")),
        Column("entries", pgettext("column", "Entries"), "count"),
        Column("planning_document", pgettext("column", "Planning document")),
        Column("updated", pgettext("column", "Changed")),
    )
    rows = [_row(one) for one in queries.lists()]
    files.write_table(
        tables.table(columns, rows, pgettext("column", "Priority lists")), chosen_form, out
    )


def _row(one: Any) -> tuple[Any, ...]:
    from django.utils.timezone import localtime  # noqa: PLC0415 - needs Django

    when = f"{localtime(one.updated):%Y-%m-%d %H:%M}"
    return one.pk, one.name, one.owner, one.size, one.planning_document, when


def new_list_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help=gettext_noop("Name of the list."))],
    owner: Annotated[
        str, typer.Option("--owner", help=gettext_noop("Organisation that hands it in."))
    ],
    document: Annotated[
        str, typer.Option("--document", help=gettext_noop("Planning document, such as RKPD 2028."))
    ] = "",
    purpose: Annotated[
        str, typer.Option("--purpose", help=gettext_noop("What the list is for."))
    ] = "",
    signatory: Annotated[
        str, typer.Option("--signatory", help=gettext_noop("Position of who signs."))
    ] = "",
) -> None:
    """Start an empty priority list."""
    open_workspace()
    from sinergi.opportunities.lists.actions import create_list  # noqa: PLC0415 - needs Django
    from sinergi.opportunities.lists.rules import ListDetails  # noqa: PLC0415 - needs Django

    made = create_list(ListDetails(name, owner, document, purpose, signatory), who=WHO)
    screen.say(_("List {number}: {name}").format(number=made.pk, name=made.name))


def add_to_list_command(
    number: List,
    code: Annotated[
        str, typer.Argument(metavar="OBJECT", help=gettext_noop("Code of the object."))
    ],
    regions: Annotated[
        list[str],
        typer.Argument(metavar="REGION...", help=gettext_noop("Codes of two or more regions.")),
    ],
    settings: Settings = None,
    proposer: Annotated[
        str, typer.Option("--proposer", help=gettext_noop("Who proposes it."))
    ] = "",
    year: Annotated[int | None, typer.Option("--year", help=gettext_noop("Target year."))] = None,
    channel: Annotated[
        str, typer.Option("--funding", help=gettext_noop("Code of a funding channel."))
    ] = "",
    lead: Annotated[str, typer.Option("--lead", help=gettext_noop("Who leads."))] = "",
    note: Annotated[str, typer.Option("--note", help=gettext_noop("Note."))] = "",
    reason: Annotated[
        str, typer.Option("--reason", help=gettext_noop("Reason, in your words."))
    ] = "",
) -> None:
    """Put an opportunity on a list, with its reasons as they are today."""
    open_evidence()
    from sinergi.opportunities.lists.actions import add_entry  # noqa: PLC0415 - needs Django
    from sinergi.opportunities.lists.rules import EntryDetails  # noqa: PLC0415 - needs Django
    from sinergi.opportunities.queries import explain  # noqa: PLC0415 - needs Django

    asked = settings_from(settings)
    details = EntryDetails(proposer, year, channel, lead, note, reason)
    told = explain(code, tuple(regions), asked)
    entry = add_entry(number, told, asked, details, who=WHO)
    text = _("List {list}, place {place}: {object}")
    name = told.opportunity.object.name(chosen())
    screen.say(text.format(list=number, place=entry.position, object=name))


def export_list_command(
    number: List,
    form: Annotated[
        ListFormat | None, typer.Option("--format", "-f", help=gettext_noop("Form of the list."))
    ] = None,
    out: Out = None,
) -> None:
    """Write a list in the form that planners hand in."""
    chosen_form = files.pick(form, out, ListFormat)
    open_workspace()
    from sinergi.opportunities.lists.exports import export_list  # noqa: PLC0415 - needs Django

    _name, content = export_list(number, chosen_form, chosen())
    files.deliver(content, chosen_form, out)
