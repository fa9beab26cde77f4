"""`audit verify`, `audit head`, `audit search`, `audit export`: the audit trail on the command line."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinergi.cli import failures, files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, number, pgettext
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace

if TYPE_CHECKING:
    from sinergi.accounts.audit.history import Deed
    from sinergi.accounts.audit.search import Wanted

app = typer.Typer(
    no_args_is_help=True, help=gettext_noop("Search, export and verify the audit trail.")
)


class TrailFormat(StrEnum):
    """Formats in which the trail leaves."""

    csv = "csv"
    xlsx = "xlsx"
    json = "json"


Organisation = Annotated[
    str, typer.Option("--organisation", help=gettext_noop("Code of the organisation."))
]
Person = Annotated[
    str, typer.Option("--person", help=gettext_noop("Number, e-mail address or name of a person."))
]
DeedOption = Annotated[str, typer.Option("--verb", help=gettext_noop("Deed, such as created."))]
Kind = Annotated[str, typer.Option("--kind", help=gettext_noop("Kind of object."))]
Thing = Annotated[str, typer.Option("--object", help=gettext_noop("Number of the object."))]
Text = Annotated[
    str, typer.Option("--text", help=gettext_noop("Text in the name, the reason or what changed."))
]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], help=gettext_noop("From this day.")),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help=gettext_noop("To this day.")),
]
RequestId = Annotated[str, typer.Option("--request", help=gettext_noop("Id of a request."))]


@app.command("verify", help=gettext_noop("Read the whole trail and say whether it holds."))
def verify_command(
    expect: Annotated[
        str,
        typer.Option(
            "--expect",
            metavar="HASH",
            help=gettext_noop("Hash, or number:hash, kept elsewhere, that must be in the trail."),
        ),
    ] = "",
) -> None:
    """Read the whole trail; exit code 1 when it is broken."""
    open_workspace()
    from sinergi.accounts.audit.proof import ExpectationError, verify  # noqa: PLC0415 - needs Django
    from sinergi.accounts.audit.search import audited  # noqa: PLC0415 - as above
    from sinergi.accounts.audit.words import fault_text  # noqa: PLC0415 - as above

    audited(acting())
    try:
        verdict = verify(expect)
    except ExpectationError as error:
        text = _(
            "--expect takes the hash of a record, or NUMBER:HASH as `sinergi audit head` tells it."
        )
        raise CommandError(text) from error
    if not verdict.guarded:
        screen.note(_("The guard of the database is off. `sinergi setup` puts it on."))
    if verdict.fault is not None:
        screen.say(_("The trail is broken. {why}").format(why=fault_text(verdict.fault)))
        raise typer.Exit(failures.FINDINGS)
    text = _("The trail is whole: {count} records. Keep elsewhere: {kept}")
    screen.say(text.format(count=number(verdict.records), kept=verdict.kept))


@app.command("head", help=gettext_noop("Tell number and hash of the last record."))
def head_command() -> None:
    """Tell number and hash of the last record, to be kept elsewhere."""
    open_workspace()
    from sinergi.accounts.audit.proof import head  # noqa: PLC0415 - needs Django
    from sinergi.accounts.audit.search import audited  # noqa: PLC0415 - as above

    audited(acting())
    sequence, kept = head()
    screen.say(f"{sequence}:{kept}")


@app.command("search", help=gettext_noop("List records, the newest first."))
def search_command(
    organisation: Organisation = "",
    person: Person = "",
    verb: DeedOption = "",
    kind: Kind = "",
    thing: Thing = "",
    text: Text = "",
    since: Since = None,
    until: Until = None,
    request_id: RequestId = "",
    limit: Annotated[
        int, typer.Option("--limit", min=1, help=gettext_noop("How many at most."))
    ] = 50,
    form: Format = None,
    out: Out = None,
) -> None:
    """List records, the newest first."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.accounts.audit.history import told  # noqa: PLC0415 - needs Django
    from sinergi.accounts.audit.search import search  # noqa: PLC0415 - as above

    wanted = _wanted(organisation, person, verb, kind, thing, text, since, until, request_id)
    columns = (
        Column("record", pgettext("column", "Record")),
        Column("at", pgettext("column", "When")),
        Column("who", pgettext("column", "Who")),
        Column("deed", pgettext("column", "Deed")),
        Column("object", pgettext("column", "Object")),
        Column("name", pgettext("column", "Name")),
        Column("reason", pgettext("column", "Reason")),
        Column("hash", "hash", screen=False),
    )
    rows = [_row(one) for one in told(search(acting(), wanted)[:limit])]
    title = pgettext("column", "Audit trail")
    files.write_table(tables.table(columns, rows, title), chosen_form, out)


def _row(deed: "Deed") -> tuple[Any, ...]:
    from django.utils.timezone import localtime  # noqa: PLC0415 - needs Django

    from sinergi.accounts.audit.words import kind_name  # noqa: PLC0415 - as above

    return (
        str(deed.sequence),
        f"{localtime(deed.at):%Y-%m-%d %H:%M:%S}",
        deed.who,
        deed.what,
        f"{kind_name(deed.kind)} {deed.object_id}",
        deed.name,
        deed.reason,
        deed.hash,
    )


@app.command(
    "export",
    help=gettext_noop("Write records to a file, the oldest first; this is itself recorded."),
)
def export_command(
    organisation: Organisation = "",
    person: Person = "",
    verb: DeedOption = "",
    kind: Kind = "",
    thing: Thing = "",
    text: Text = "",
    since: Since = None,
    until: Until = None,
    request_id: RequestId = "",
    form: Annotated[
        TrailFormat | None, typer.Option("--format", "-f", help=gettext_noop("Form of the result."))
    ] = None,
    out: Out = None,
) -> None:
    """Write records to a file, the oldest first."""
    chosen_form = files.pick(form, out, TrailFormat)
    open_workspace()
    from sinergi.accounts.audit.checks import take_out  # noqa: PLC0415 - needs Django
    from sinergi.accounts.audit.search import search  # noqa: PLC0415 - as above
    from sinergi.site.audit import exports  # noqa: PLC0415 - as above

    wanted = _wanted(organisation, person, verb, kind, thing, text, since, until, request_id)
    by = acting()
    last = take_out(by, wanted, chosen_form)
    rows = search(by, wanted).filter(sequence__lte=last)
    if chosen_form == "xlsx":
        try:
            with exports.as_xlsx(rows) as book:
                files.deliver(book.read(), chosen_form, out)
        except exports.TooLongError as error:
            text_ = _("There are more records than a sheet can hold; write CSV: --format csv.")
            raise CommandError(text_) from error
        return
    parts = exports.as_csv(rows) if chosen_form == "csv" else exports.as_json(rows)
    files.deliver_parts((p.encode() if isinstance(p, str) else p for p in parts), out)


def _wanted(
    organisation: str,
    person: str,
    verb: str,
    kind: str,
    thing: str,
    text: str,
    since: datetime | None,
    until: datetime | None,
    request_id: str,
) -> "Wanted":
    from sinergi.accounts.audit.search import Wanted  # noqa: PLC0415 - needs Django

    return Wanted(
        organisation=organisation,
        person=person,
        verb=verb,
        kind=kind,
        object_id=thing,
        text=text,
        since=since.date() if since else None,
        until=until.date() if until else None,
        request_id=request_id,
    )
