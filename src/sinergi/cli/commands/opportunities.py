"""`map`, `explain`, `profile`, `missing`: what the evidence says."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinergi.cli import files, screen
from sinergi.cli.commands.options import (
    Evidence,
    Format,
    Out,
    Settings,
    read_evidence_of,
    settings_from,
    span,
)
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, number
from sinergi.cli.workspace import open_evidence

if TYPE_CHECKING:
    from sinergi.cli.tables import Table
    from sinergi.opportunities.results import OpportunityMap
    from sinergi.opportunities.settings import MapSettings


class MapFormat(StrEnum):
    """Formats of the map."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"
    geojson = "geojson"
    parquet = "parquet"


class SectionFormat(StrEnum):
    """Formats of something that consists of several tables."""

    table = "table"
    json = "json"


Codes = list[str] | None
Objects = Annotated[
    Codes,
    typer.Option(
        "--object", metavar="CODE", help=gettext_noop("Cooperation object; repeat for several.")
    ),
]
Affairs = Annotated[
    Codes,
    typer.Option("--affair", metavar="CODE", help=gettext_noop("Affair code, such as 1.03.")),
]
Regions = Annotated[
    Codes,
    typer.Option(
        "--region",
        metavar="CODE",
        help=gettext_noop("Only groups in which this region takes part."),
    ),
]
Within = Annotated[
    Codes,
    typer.Option(
        "--within",
        metavar="CODE",
        help=gettext_noop("Seek partners in a province, island group or association."),
    ),
]
Members = Annotated[
    str | None,
    typer.Option("--members", metavar="N..M", help=gettext_noop("Size of the groups.")),
]
Top = Annotated[int | None, typer.Option("--top", help=gettext_noop("How many to show."))]
Each = Annotated[
    int | None,
    typer.Option("--each", help=gettext_noop("At most so many of each object; 0: all of them.")),
]
FormOfMap = Annotated[
    MapFormat | None, typer.Option("--format", "-f", help=gettext_noop("Form of the result."))
]
FormOfSections = Annotated[
    SectionFormat | None, typer.Option("--format", "-f", help=gettext_noop("Form of the result."))
]


def map_command(
    objects: Objects = None,
    affairs: Affairs = None,
    regions: Regions = None,
    within: Within = None,
    members: Members = None,
    top: Top = None,
    each: Each = None,
    settings: Settings = None,
    evidence: Evidence = None,
    form: FormOfMap = None,
    out: Out = None,
) -> None:
    """Find where regions would gain by cooperating, with whom, on what."""
    chosen_form = files.pick(form, out, MapFormat)
    open_evidence()
    from sinergi.opportunities.queries import opportunity_map  # noqa: PLC0415 - needs Django

    asked = settings_from(
        settings,
        objects=objects,
        affairs=affairs,
        regions=regions,
        within=within,
        top=top,
        each=each,
        evidence=evidence,
        **span(members),
    )
    shown = opportunity_map(asked)
    _write_map(shown, asked, chosen_form, out)
    if chosen_form == "table":
        _tell_size(shown)


def _write_map(shown: "OpportunityMap", asked: "MapSettings", form: str, out: Path | None) -> None:
    from sinergi.cli.render import opportunities as render  # noqa: PLC0415 - needs Django

    if form == "json":
        document = render.as_document(shown, asked, render.reasons(asked))
        files.deliver(files.json_bytes(document), form, out)
    elif form == "geojson":
        files.deliver(files.json_bytes(render.as_features(shown)), form, out)
    elif form == "xlsx":
        told = zip(shown.opportunities, render.reasons(asked), strict=True)
        tables = [render.table(shown.opportunities), render.reasons_table(told)]
        files.deliver(files.xlsx_bytes(tables), form, out)
    else:
        files.write_table(render.table(shown.opportunities), form, out)


def _tell_size(shown: "OpportunityMap") -> None:
    text = _("{shown} of {total} opportunities; evidence {version}, as of {date}.")
    screen.note(
        text.format(
            shown=number(len(shown.opportunities)),
            total=number(shown.total),
            version=shown.evidence_version,
            date=shown.evidence_as_of,
        )
    )


def explain_command(
    code: Annotated[
        str, typer.Argument(metavar="OBJECT", help=gettext_noop("Code of the object."))
    ],
    regions: Annotated[
        list[str],
        typer.Argument(metavar="REGION...", help=gettext_noop("Codes of two or more regions.")),
    ],
    settings: Settings = None,
    evidence: Evidence = None,
    form: Annotated[
        SectionFormat | None,
        typer.Option("--format", "-f", help=gettext_noop("Form of the result.")),
    ] = None,
    out: Out = None,
) -> None:
    """Explain one opportunity in full: members, reasons, law, money, what would change it."""
    chosen_form = files.pick(form, out, SectionFormat)
    open_evidence()
    from sinergi.cli.render import explanation as render  # noqa: PLC0415 - needs Django
    from sinergi.opportunities.queries import explain  # noqa: PLC0415 - needs Django

    told = explain(code, tuple(regions), settings_from(settings, evidence=evidence))
    if chosen_form == "json":
        files.deliver(files.json_bytes(render.document(told)), chosen_form, out)
    else:
        show_sections(render.sections(told), out)


def show_sections(sections: "list[Table]", out: Path | None) -> None:
    """Show several tables under each other, or write them as plain text."""
    if out is not None:
        text = "\n".join(map(screen.plain, sections))
        files.deliver(text.encode(), "table", out)
        return
    for place, section in enumerate(sections):
        if place:
            screen.say()
        screen.show(section)


def profile_command(
    region: Annotated[
        str, typer.Argument(metavar="REGION", help=gettext_noop("Code of the region."))
    ],
    settings: Settings = None,
    evidence: Evidence = None,
    form: Annotated[
        SectionFormat | None,
        typer.Option("--format", "-f", help=gettext_noop("Form of the result.")),
    ] = None,
    out: Out = None,
) -> None:
    """Describe a region: its economy, its indicators among peers, needs, strengths, partners."""
    chosen_form = files.pick(form, out, SectionFormat)
    open_evidence()
    from sinergi.cli.render import region as render  # noqa: PLC0415 - needs Django
    from sinergi.opportunities.profile import profile  # noqa: PLC0415 - needs Django

    told = profile(region, settings_from(settings, evidence=evidence))
    if chosen_form == "json":
        files.deliver(files.json_bytes(render.document(told)), chosen_form, out)
    else:
        show_sections(render.sections(told), out)


def missing_command(
    region: Annotated[
        str | None,
        typer.Argument(
            metavar="[REGION]", help=gettext_noop("Code of a region; none: everywhere.")
        ),
    ] = None,
    evidence: Evidence = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """List the evidence that is missing and would matter most."""
    chosen_form = files.pick(form, out, files.TableFormat)
    open_evidence()
    read_evidence_of(evidence)
    from sinergi.cli.render import region as render  # noqa: PLC0415 - needs Django
    from sinergi.opportunities.missing import missing  # noqa: PLC0415 - needs Django

    files.write_table(render.missing_table(missing(region)), chosen_form, out)
