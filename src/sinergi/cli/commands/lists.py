"""`lists`, `new-list`, `add-to-list`, `export-list`, `share-list`, `list-history`: what people choose."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from sinergi.cli import files, screen, tables
from sinergi.cli.commands.options import Format, Out, Settings, settings_from
from sinergi.cli.language import chosen, gettext_noop, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_evidence, open_workspace, organisation_named

Organisation = Annotated[
    str | None,
    typer.Option("--organisation", metavar="CODE", help=gettext_noop("Code of the organisation.")),
]
Why = Annotated[str, typer.Option("--why", help=gettext_noop("Why; it is kept in the history."))]
List = Annotated[int, typer.Argument(metavar="LIST", help=gettext_noop("Number of the list."))]


class ListFormat(StrEnum):
    """Formats of a priority list."""

    xlsx = "xlsx"
    docx = "docx"
    pdf = "pdf"
    csv = "csv"
    json = "json"


class ShareLevel(StrEnum):
    """What a share allows."""

    read = "read"
    edit = "edit"


def lists_command(organisation: Organisation = None, form: Format = None, out: Out = None) -> None:
    """List the priority lists that one may read, the last changed first."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.accounts.queries import organisations  # noqa: PLC0415 - needs Django
    from sinergi.opportunities.lists import queries  # noqa: PLC0415 - needs Django

    columns = (
        Column("list", pgettext("column", "List"), "count"),
        Column("name", pgettext("column", "Name")),
        Column("organisation", pgettext("column", "Organisation")),
        Column("visibility", pgettext("column", "Seen by")),
        Column("owner", pgettext("column", "Handed in by")),
        Column("entries", pgettext("column", "Entries"), "count"),
        Column("planning_document", pgettext("column", "Planning document")),
        Column("updated", pgettext("column", "Changed")),
    )
    of = organisations.organisation(organisation) if organisation else None
    rows = [_row(one) for one in queries.lists(acting(), organisation=of)]
    files.write_table(
        tables.table(columns, rows, pgettext("column", "Priority lists")), chosen_form, out
    )


def _row(one: Any) -> tuple[Any, ...]:
    from django.utils.timezone import localtime  # noqa: PLC0415 - needs Django

    when = f"{localtime(one.updated):%Y-%m-%d %H:%M}"
    code, seen = one.organisation.code, one.visibility
    return one.pk, one.name, code, seen, one.owner, one.size, one.planning_document, when


def new_list_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help=gettext_noop("Name of the list."))],
    organisation: Organisation = None,
    owner: Annotated[
        str,
        typer.Option(
            "--owner",
            help=gettext_noop("Who hands it in, as printed; by default the organisation's name."),
        ),
    ] = "",
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

    details = ListDetails(name, owner, document, purpose, signatory)
    made = create_list(acting(), organisation_named(organisation), details)
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
    entry = add_entry(acting(), number, told, asked, details)
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

    _name, content = export_list(acting(), number, chosen_form, chosen())
    files.deliver(content, chosen_form, out)


def share_list_command(
    number: List,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--with", metavar="CODE", help=gettext_noop("Code of the organisation to share with.")
        ),
    ] = None,
    level: Annotated[
        ShareLevel, typer.Option("--level", help=gettext_noop("What it may do with the list."))
    ] = ShareLevel.read,
    members: Annotated[
        bool,
        typer.Option("--with-members", help=gettext_noop("The members of the association, too.")),
    ] = False,
    end: Annotated[
        bool, typer.Option("--end", help=gettext_noop("End the share instead."))
    ] = False,
    public: Annotated[
        bool | None,
        typer.Option("--public/--private", help=gettext_noop("Let everybody read it, or not.")),
    ] = None,
    why: Why = "",
) -> None:
    """Open a list to another organisation or to everybody, or close it again."""
    open_workspace()
    from sinergi.accounts.actions import sharing  # noqa: PLC0415 - needs Django
    from sinergi.accounts.models import Level, Visibility  # noqa: PLC0415 - as above
    from sinergi.accounts.queries.organisations import organisation as named  # noqa: PLC0415
    from sinergi.cli.failures import CommandError  # noqa: PLC0415 - as above
    from sinergi.opportunities.lists import queries  # noqa: PLC0415 - needs Django

    if organisation is None and public is None:
        raise CommandError(_("Say with whom: --with CODE, --public or --private."))
    actor = acting()
    plan = queries.get_list(actor, number)
    if organisation is not None and end:
        sharing.unshare(actor, plan, named(organisation), reason=why)
    elif organisation is not None:
        given = Level(level.value)
        sharing.share(actor, plan, named(organisation), given, with_members=members, reason=why)
    if public is not None:
        seen = Visibility.PUBLIC if public else Visibility.PRIVATE
        sharing.set_visibility(actor, plan, seen, reason=why)
    screen.say(_audience(number))


def _audience(number: int) -> str:
    from sinergi.accounts.principal import operator  # noqa: PLC0415 - needs Django
    from sinergi.accounts.queries.audience import audience  # noqa: PLC0415 - as above
    from sinergi.opportunities.lists import queries  # noqa: PLC0415 - needs Django

    seen = audience(operator(), queries.get_list(operator(), number))
    if seen.public:
        return _("List {number} is seen by everybody.").format(number=number)
    shares = ", ".join(f"{share.organisation.code} ({share.level})" for share in seen.shares)
    text = _("List {number} is seen by: {names}.")
    owner = seen.owner.code if seen.owner else ""
    return text.format(number=number, names=", ".join(filter(None, [owner, shares])))


def list_history_command(number: List, form: Format = None, out: Out = None) -> None:
    """Tell who did what to a list, the newest first."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from django.utils.timezone import localtime  # noqa: PLC0415 - needs Django

    from sinergi.accounts.audit.chain import json_text  # noqa: PLC0415 - as above
    from sinergi.accounts.audit.history import history  # noqa: PLC0415 - as above
    from sinergi.opportunities.lists import queries  # noqa: PLC0415 - needs Django

    plan = queries.get_list(acting(), number)
    columns = (
        Column("sequence", pgettext("column", "Record"), "count"),
        Column("at", pgettext("column", "When")),
        Column("who", pgettext("column", "Who")),
        Column("what", pgettext("column", "What")),
        Column("part", pgettext("column", "Entry")),
        Column("before", pgettext("column", "Before")),
        Column("after", pgettext("column", "After")),
        Column("why", pgettext("column", "Why")),
    )
    rows = [
        (
            deed.sequence,
            f"{localtime(deed.at):%Y-%m-%d %H:%M}",
            deed.who,
            deed.what,
            deed.part,
            json_text(deed.before),
            json_text(deed.after),
            deed.reason,
        )
        for deed in history(plan.KIND, plan.pk, limit=1000)
    ]
    files.write_table(tables.table(columns, rows, plan.name), chosen_form, out)
