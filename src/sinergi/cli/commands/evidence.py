"""`import`, `imports`, `undo`, `adopt`: bringing evidence in, and taking it out again."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinergi.cli import failures, files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, ngettext, number, pgettext
from sinergi.cli.tables import Column
from sinergi.cli.workspace import acting, open_workspace, organisation_named

if TYPE_CHECKING:
    from sinergi.accounts.models import Organisation
    from sinergi.evidence.imports.preview import Preview


class OnExisting(Enum):
    """What to do with a value that is stored already with another number."""

    reject = "reject"
    replace = "replace"
    skip_identical = "skip_identical"


File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help=gettext_noop("Excel, ODS or CSV file."), dir_okay=False),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help=gettext_noop("How to read it (JSON)."), dir_okay=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=gettext_noop("Check only; load nothing."))]
Existing = Annotated[
    OnExisting,
    typer.Option("--on-existing", help=gettext_noop("What to do with values stored already.")),
]
SaveMapping = Annotated[
    Path | None,
    typer.Option(
        "--save-mapping", help=gettext_noop("Write the guessed mapping here."), dir_okay=False
    ),
]

Owner = Annotated[
    str | None,
    typer.Option(
        "--organisation",
        metavar="CODE",
        help=gettext_noop("Whose it will be; the operator's without it: common evidence."),
    ),
]


def _owner(code: str | None) -> "Organisation | None":
    """Return whose an import will be: as named; else common for the operator, the person's only one."""
    return None if not code and acting().operator else organisation_named(code)


def import_command(
    path: File,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    on_existing: Existing = OnExisting.reject,
    note: Annotated[str, typer.Option("--note", help=gettext_noop("Why it is loaded."))] = "",
    save_mapping: SaveMapping = None,
    organisation: Owner = None,
) -> None:
    """Import evidence from a file: all of it or, with any error, nothing."""
    if not path.is_file():
        raise CommandError(_("{file}: there is no such file.").format(file=path))
    open_workspace()
    from sinergi.cli.render import findings as render  # noqa: PLC0415 - needs Django
    from sinergi.evidence.actions import load_import, preview_import  # noqa: PLC0415 - as above
    from sinergi.evidence.imports import mapping as mappings  # noqa: PLC0415 - as above

    how = mappings.read(mapping) if mapping is not None else None
    by, owner = acting(), _owner(organisation)
    with screen.progress(path.name) as report:
        seen = preview_import(
            by, path, how, organisation=owner, on_existing=on_existing.value, progress=report
        )
    if save_mapping is not None:
        mappings.write(seen.mapping, save_mapping)
        screen.note(_("Written: {file}").format(file=save_mapping))
    render.show_problems(seen.problems)
    _stop_unless_loadable(seen)
    if dry_run:
        text = _(
            "Nothing stands against it: {new} new values, {replaced} replaced. Nothing loaded."
        )
        screen.say(text.format(new=number(seen.new), replaced=number(seen.replaces)))
        return
    with screen.progress(path.name) as report:
        batch = load_import(by, seen, organisation=owner, note=note, progress=report)
    text = _("Batch {batch}: {rows} values loaded, {replaced} replaced, {skipped} left out.")
    counts = {name: number(getattr(batch, name)) for name in ("rows", "replaced", "skipped")}
    screen.say(text.format(batch=batch.pk, **counts))


def _stop_unless_loadable(seen: "Preview") -> None:
    """Tell the outcome of a file that is not loaded, and leave: 1 with errors, 0 with nothing new."""
    if count := seen.problems.errors:
        text = ngettext(
            "{count} error: nothing was loaded.", "{count} errors: nothing was loaded.", count
        )
        screen.note(text.format(count=number(count)))
        raise typer.Exit(failures.FINDINGS)
    if not seen.rows.height:
        text = _("Nothing to load: {missing} empty cells, {unchanged} values stored already.")
        screen.say(text.format(missing=number(seen.missing), unchanged=number(seen.unchanged)))
        raise typer.Exit(failures.OK)


def imports_command(
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation", metavar="CODE", help=gettext_noop("Only those of this organisation.")
        ),
    ] = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """List what was loaded and may be read, the newest first."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.evidence import queries  # noqa: PLC0415 - needs Django

    columns = (
        Column("batch", pgettext("column", "Batch"), "count"),
        Column("loaded", pgettext("column", "Loaded")),
        Column("file", pgettext("column", "File")),
        Column("organisation", pgettext("column", "Organisation")),
        Column("kind", pgettext("column", "Kind")),
        Column("state", pgettext("column", "State")),
        Column("values", pgettext("column", "Values"), "count"),
        Column("replaced", pgettext("column", "Replaced"), "count"),
        Column("skipped", pgettext("column", "Left out"), "count"),
        Column("note", pgettext("column", "Note")),
    )
    found = queries.batches(acting())
    if organisation:
        found = found.filter(organisation=organisation_named(organisation))
    rows = [_batch(one) for one in found]
    files.write_table(tables.table(columns, rows, pgettext("column", "Imports")), chosen_form, out)


def _batch(one: Any) -> tuple[Any, ...]:
    from django.utils.timezone import localtime  # noqa: PLC0415 - needs Django

    return (
        one.pk,
        f"{localtime(one.created_at):%Y-%m-%d %H:%M}",
        one.filename,
        "" if one.organisation is None else one.organisation.code,
        str(one.get_kind_display()),
        str(one.get_state_display()),
        one.rows,
        one.replaced,
        one.skipped,
        one.note,
    )


def undo_command(
    batch: Annotated[
        int, typer.Argument(metavar="BATCH", help=gettext_noop("Number of the batch."))
    ],
    reason: Annotated[str, typer.Option("--reason", help=gettext_noop("Why it is undone."))] = "",
) -> None:
    """Take one import back as a whole; values that it replaced count again."""
    open_workspace()
    from sinergi.accounts.errors import UnseenError  # noqa: PLC0415 - needs Django
    from sinergi.evidence.actions import undo_import  # noqa: PLC0415 - as above

    try:
        done = undo_import(acting(), batch, reason)
    except UnseenError:
        raise _no_batch(batch) from None
    text = _("Undone: batch {batch}, {rows} values.")
    screen.say(text.format(batch=done.pk, rows=number(done.rows)))


def _no_batch(batch: int) -> CommandError:
    text = _("There is no batch {batch}. `sinergi imports` lists them.")
    return CommandError(text.format(batch=batch))


def adopt_command(
    batch: Annotated[
        int, typer.Argument(metavar="BATCH", help=gettext_noop("Number of the batch."))
    ],
    reason: Annotated[str, typer.Option("--reason", help=gettext_noop("Why it is adopted."))] = "",
) -> None:
    """Take the load of an organisation into the common evidence, as a batch of its own."""
    open_workspace()
    from sinergi.accounts.errors import UnseenError  # noqa: PLC0415 - needs Django
    from sinergi.evidence.actions import adopt_import  # noqa: PLC0415 - as above

    try:
        made = adopt_import(acting(), batch, reason)
    except UnseenError:
        raise _no_batch(batch) from None
    text = _("Batch {batch}: {rows} values in the common evidence, {replaced} replaced.")
    counts = {"rows": number(made.rows), "replaced": number(made.replaced)}
    screen.say(text.format(batch=made.pk, **counts))
