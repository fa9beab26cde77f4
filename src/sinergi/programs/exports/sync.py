"""Synchronisation as files: findings as CSV or Excel, the record of the meeting as Word or Excel."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.opportunities.exports.writing import Sheet, write_csv, write_xlsx
from sinergi.programs import errors
from sinergi.programs.documents import record
from sinergi.programs.exports.leaving import record_left
from sinergi.programs.exports.lines import cell
from sinergi.programs.models import Finding, RunState, SyncRun
from sinergi.programs.queries import sync as queries
from sinergi.programs.synchronise.shown import shown
from sinergi.reference.rupiah import rupiah

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def export_findings(
    by: Principal, run_id: int, wanted: queries.Wanted, kind: str
) -> tuple[str, bytes]:
    """Return name and content of a file with the findings asked for, and in Excel their lines.

    Raises
    ------
    NotFoundError
    """
    run = queries.get_run(by, run_id)
    rows = queries.narrowed(queries.findings(by, run), wanted)
    found = list(rows.prefetch_related("lines__version__plan"))
    sheets = [findings_sheet(found), lines_sheet(found)]
    content = write_csv(sheets[0]) if kind == "csv" else write_xlsx(sheets)
    _record(by, run, kind, len(found))
    # Not within the f-string: what is gathered for translation does not look into these.
    name = _name(run, _("findings"))
    return f"{name}.{kind}", content


def findings_sheet(found: list[Finding]) -> Sheet:
    """Return one line for each finding."""
    columns = (
        _("Number"), _("Kind"), _("What was found"), _("Weight"), _("Told"), _("Who should act"),
        _("What could be done"), _("Rupiah at stake"), _("Lines"), _("Standing"), _("Address"),
    )  # fmt: skip
    base = str(settings.SINERGI_BASE_URL or "").rstrip("/")
    rows: list[tuple[Any, ...]] = []
    for one in map(shown, found):
        row = one.row
        titles = " | ".join(line.said["title"] for line in row.lines.all()[:4])
        stake = cell(row.stake)
        rows.append(
            (row.position, row.get_kind_display(), one.rule, row.get_severity_display(), one.told,
             one.actors, one.remedy, stake, titles, one.standing, f"{base}{row.get_absolute_url()}")
        )  # fmt: skip
    return Sheet(_("Findings"), columns, rows)


def lines_sheet(found: list[Finding]) -> Sheet:
    """Return one line for each line of a finding, as it was compared."""
    columns = (
        _("Finding"), _("Plan"), _("Code"), _("Title"), _("Agency"), _("Place"), _("Region"),
        _("First year"), _("Last year"), _("Amount in rupiah"), _("Output"), _("Target"), _("Unit"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for one in found:
        for line in one.lines.all():
            said = line.said
            told = [said[name] for name in ("code", "title", "agency", "place", "region")]
            years = said["first_year"], said["last_year"]
            result = said["output"], said["target"], said["unit"]
            amount = cell(rupiah(said["amount"]))
            rows.append((one.position, line.version.plan.title, *told, *years, amount, *result))
    return Sheet(_("Lines"), columns, rows)


def export_record(
    by: Principal, run_id: int, kind: str, language: str, *, decided_only: bool = False
) -> tuple[str, bytes]:
    """Return name and content of the record of the meeting, as far as somebody may read what it tells.

    Parameters
    ----------
    decided_only
        Whether findings on which nothing is decided are left out.

    Raises
    ------
    NotFoundError
    StateError
        When the run is not done: its record would tell of nothing.
    """
    run = queries.get_run(by, run_id)
    if run.state != RunState.DONE:
        raise errors.StateError(_("The run is not done; its record can be had once it is."))
    with translation.override(language):
        values = record.values(by, run, decided_only=decided_only)
        content = record.word(values) if kind == "docx" else write_xlsx(record.sheets(values))
        name = _name(run, _("synchronisation record"))
    _record(by, run, kind, values["count"])
    return f"{name}.{kind}", content


def _name(run: SyncRun, what: str) -> str:
    return slugify(f"{what}-{run.title}")[:80].strip("-") or str(run.pk)


def _record(by: Principal, run: SyncRun, kind: str, count: int) -> None:
    mine, _others = queries.compared(by, run)
    plans = [one.version.plan_id for one in mine]
    record_left(by, run, plans, {"format": kind, "records": count})
