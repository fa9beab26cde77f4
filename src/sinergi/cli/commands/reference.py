"""`reference`: what law and map say, checked, loaded and searched."""

from pathlib import Path
from typing import Annotated

import typer

from sinergi.cli import failures, files, screen, tables
from sinergi.cli.commands.options import Format, Out
from sinergi.cli.failures import CommandError
from sinergi.cli.language import chosen, gettext_noop, number, pgettext
from sinergi.cli.language import gettext as _
from sinergi.cli.tables import Column
from sinergi.cli.workspace import open_workspace

app = typer.Typer(
    no_args_is_help=True, help=gettext_noop("What law and map say: check, load, search.")
)
File = Annotated[
    Path, typer.Argument(metavar="FILE", help=gettext_noop("The file."), dir_okay=False)
]


@app.command(
    "check",
    help=gettext_noop("Check the reference pack; exit code 1 when there are errors."),
)
def check_command(
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", help=gettext_noop("Leave out notes; tell errors and warnings.")
        ),
    ] = False,
    form: Format = None,
    out: Out = None,
) -> None:
    """Check the reference pack; exit code 1 when there are errors."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.cli.render import findings as render  # noqa: PLC0415 - needs Django
    from sinergi.reference.queries import check_reference  # noqa: PLC0415 - needs Django

    found = [one for one in check_reference() if not quiet or one.severity != "note"]
    files.write_table(render.findings_table(found), chosen_form, out)
    errors = sum(one.severity == "error" for one in found)
    warnings = sum(one.severity == "warning" for one in found)
    text = _("{errors} errors, {warnings} warnings.")
    screen.note(text.format(errors=number(errors), warnings=number(warnings)))
    if errors:
        raise typer.Exit(failures.FINDINGS)


@app.command(
    "load",
    help=gettext_noop(
        "Load the reference pack into the database; nothing happens when it is there already."
    ),
)
def load_command() -> None:
    """Load the reference pack into the database; nothing happens when it is there already."""
    open_workspace()
    from sinergi.reference.actions import load_reference  # noqa: PLC0415 - needs Django

    with screen.progress(pgettext("column", "Reference")) as report:
        done = load_reference(report)
    text = _("Reference {version}: {regions} regions, {borders} borders, {shapes} shapes.")
    if not done.changed:
        text = _("Reference {version} was there already: {regions} regions.")
    screen.say(
        text.format(
            version=done.version[:12],
            regions=number(done.regions),
            borders=number(done.borders),
            shapes=number(done.shapes),
        )
    )


@app.command(
    "boundaries",
    help=gettext_noop(
        "Load an official boundary file (GeoJSON with region codes) over the pack's shapes."
    ),
)
def boundaries_command(path: File) -> None:
    """Load an official boundary file (GeoJSON with region codes) over the pack's shapes."""
    _must_exist(path)
    open_workspace()
    from sinergi.reference.actions import load_boundaries  # noqa: PLC0415 - needs Django

    with screen.progress(path.name) as report:
        done = load_boundaries(path, progress=report)
    text = _("{regions} regions drawn anew, {trimmed} neighbours trimmed.")
    if not done.changed:
        text = _("This file was loaded before; nothing changed.")
    screen.say(text.format(regions=number(done.regions), trimmed=number(done.trimmed)))


@app.command(
    "nomenclature",
    help=gettext_noop("Load an activity nomenclature (CSV or XLSX) over the pack's codes."),
)
def nomenclature_command(path: File) -> None:
    """Load an activity nomenclature (CSV or XLSX) over the pack's codes."""
    _must_exist(path)
    open_workspace()
    from sinergi.reference.actions import load_nomenclature  # noqa: PLC0415 - needs Django

    with screen.progress(path.name) as report:
        done = load_nomenclature(path, progress=report)
    text = _("{count} sub-activities loaded.")
    if not done.changed:
        text = _("This file was loaded before; nothing changed.")
    screen.say(text.format(count=number(done.subactivities)))


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise CommandError(_("{file}: there is no such file.").format(file=path))


@app.command(
    "search",
    help=gettext_noop(
        "Find a region by name or code (Kemendagri, BPS, former); exit code 1 when none."
    ),
)
def search_command(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help=gettext_noop("Name or code of a region."))
    ],
    form: Format = None,
    out: Out = None,
) -> None:
    """Find a region by name, Kemendagri code, BPS code or former code; exit code 1 when none."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.reference.queries import find_region  # noqa: PLC0415 - needs Django

    reasons = {
        "code": pgettext("column", "code"),
        "bps_code": pgettext("column", "BPS code"),
        "former_code": pgettext("column", "former code"),
        "name": pgettext("column", "name"),
        "similar": pgettext("column", "similar name"),
    }
    found = find_region(text, 20)
    columns = (
        Column("code", pgettext("column", "Code")),
        Column("name", pgettext("column", "Region")),
        Column("by", pgettext("column", "Found by")),
    )
    rows = [(one.code, one.name, reasons.get(one.reason, one.reason)) for one in found]
    if not rows:
        screen.note(_("There is no region “{told}”.").format(told=text))
        raise typer.Exit(failures.FINDINGS)
    files.write_table(tables.table(columns, rows), chosen_form, out)


@app.command(
    "objects",
    help=gettext_noop(
        "List the cooperation objects, and which evidence those lack that are not computable."
    ),
)
def objects_command(
    computable: Annotated[
        bool,
        typer.Option("--computable", help=gettext_noop("Only those that the evidence supports.")),
    ] = False,
    form: Format = None,
    out: Out = None,
) -> None:
    """List the cooperation objects, and which evidence those lack that are not computable."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_workspace()
    from sinergi.reference.queries import catalogue  # noqa: PLC0415 - needs Django

    columns = (
        Column("code", pgettext("column", "Code")),
        Column("name", pgettext("column", "Object")),
        Column("affair", pgettext("column", "Affair")),
        Column("logic", pgettext("column", "Logic")),
        Column("computable", pgettext("column", "Computable"), "yes_no"),
        Column("lacks", pgettext("column", "Lacks")),
    )
    english = chosen() == "en"
    rows = [
        (
            one.code,
            one.name(chosen()),
            one.affair,
            one.computed_logic,
            one.computable,
            "" if one.computable else (one.lacks_en if english else one.lacks_id),
        )
        for one in catalogue().values()
        if one.computable or not computable
    ]
    files.write_table(
        tables.table(columns, rows, pgettext("column", "Cooperation objects")), chosen_form, out
    )
