"""Bringing a plan in from a file, whole or not at all; undoing that; totals to check it against."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules as permissions
from sinergi.accounts.actions.owned import expect, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.evidence.store import Progress, quiet
from sinergi.programs import errors
from sinergi.programs.actions.plans import create_plan
from sinergi.programs.actions.rows import held_plan, held_version, tell
from sinergi.programs.actions.versions import count_change, make_current, make_version
from sinergi.programs.imports import identity
from sinergi.programs.imports.collecting import rows_kept
from sinergi.programs.imports.context import PlanFacts
from sinergi.programs.imports.messages import told
from sinergi.programs.imports.preview import PlanPreview, preview_file
from sinergi.programs.imports.reading import Reading
from sinergi.programs.imports.report import agency_report, report_of
from sinergi.programs.imports.store import insert_lines
from sinergi.programs.models import (
    ImportReport,
    Plan,
    PlanLine,
    PlanVersion,
    RememberedMapping,
    VersionState,
)
from sinergi.programs.queries.imports import loaded_before, remembered_by
from sinergi.programs.queries.totals import halves, joined
from sinergi.programs.rules import PlanDetails, VersionDetails
from sinergi.reference.rupiah import MINOR

LOCK = 0x51E62
KEPT = 200
"""Columns of a file whose reading is remembered, at most."""


class ImportRefusedError(errors.ProgramsError):
    """A file cannot be loaded; `preview` names every problem."""

    def __init__(self, preview: PlanPreview) -> None:
        self.preview = preview
        first = next((one for one in preview.problems.kept if one.severity == "error"), None)
        reason = told(first).message if first else _("There are no lines in it.")
        super().__init__(f"{preview.filename}: {reason}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants a file to become.

    Attributes
    ----------
    plan
        Number of the plan that gets a further version; `None`: a new plan of `details`.
    organisation
        Whose the new plan is.
    label
        What the version is called: “murni”, “perubahan”.
    current
        The version becomes the current one of its plan.
    key
        By what this wish is known: asked twice, it is done once.
    """

    plan: int | None = None
    organisation: Organisation | None = None
    details: PlanDetails | None = None
    label: str = ""
    current: bool = True
    key: str = ""


def preview_plan(
    by: Principal,
    path: Path,
    wish: Wish,
    reading: Reading | None = None,
    *,
    filename: str = "",
    progress: Progress = quiet,
) -> PlanPreview:
    """Read a file and say what is wrong with it and what loading it would do; store nothing.

    Raises
    ------
    NotFoundError, ForbiddenError
        When somebody may not load there.
    """
    facts, organisation = _facts(by, wish)
    return preview_file(
        path,
        reading,
        plan=facts,
        filename=filename,
        remembered=lambda signature: remembered_by(organisation, signature),
        progress=progress,
    )


def _facts(by: Principal, wish: Wish) -> tuple[PlanFacts, int]:
    """Return what is known of the plan, and the organisation whose it is or will be."""
    if wish.plan is not None:
        plan = Plan.objects.filter(pk=wish.plan, deleted_at=None).first()
        if plan is None or not permissions.may(by, permissions.OBJECT_READ, plan):
            raise errors.not_found(_("The plan"))
        permissions.require(by, permissions.OBJECT_EDIT, plan)
        return PlanFacts(plan.region_code, plan.first_year, plan.last_year), plan.organisation_id
    permissions.require(by, permissions.OBJECT_CREATE, wish.organisation)
    details = wish.details
    number = 0 if wish.organisation is None else wish.organisation.pk
    if details is None:
        return PlanFacts(), number
    return PlanFacts(details.region_code, details.first_year or 0, details.last_year or 0), number


def load_plan(
    by: Principal,
    path: Path,
    wish: Wish,
    reading: Reading | None = None,
    *,
    filename: str = "",
    progress: Progress = quiet,
) -> PlanVersion:
    """Load a file as a version of a plan: all of it or nothing, in one transaction.

    Lines that the version before has keep their identity. How the file was read is remembered for the
    organisation.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    ImportRefusedError
        When the file has errors or no lines.
    """
    if (earlier := loaded_before(by, wish.key)) is not None:
        return earlier
    seen = preview_plan(by, path, wish, reading, filename=filename, progress=progress)
    return load_previewed(by, seen, wish, progress=progress)


@rows_kept()
@transaction.atomic
def load_previewed(
    by: Principal, seen: PlanPreview, wish: Wish, *, progress: Progress = quiet
) -> PlanVersion:
    """Load what a preview has read; see `load_plan`."""
    _one_at_a_time(wish.key)
    if (earlier := loaded_before(by, wish.key)) is not None:
        return earlier
    _facts(by, wish)
    if not seen.ok or seen.lines is None:
        raise ImportRefusedError(seen)
    if wish.plan is None:
        if wish.organisation is None or wish.details is None:
            raise errors.not_found(_("The organisation"))
        plan = create_plan(by, wish.organisation, wish.details)
    else:
        plan = held_plan(by, wish.plan)
    before, keys = _before(plan)
    version = make_version(by, plan.pk, _version_details(seen, wish))
    held = _identities(plan) if any(seen.identities) else ()
    named = identity.matched(seen.keys, keys, before, seen.identities, held)
    insert_lines(version.pk, seen.lines, named, progress)
    if wish.current:
        version = make_current(by, version.pk)
    _remember(plan.organisation_id, seen)
    after = {"filename": seen.filename, "sha256": seen.sha256, "lines": len(seen.lines)}
    after |= {"warnings": seen.problems.warnings}
    tell(by, Verb.LOADED, version, after=after)
    return version


def _one_at_a_time(key: str) -> None:
    """Wait for a load of the same wish to end; SQLite already does by its write lock."""
    if key and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, key])


def _version_details(seen: PlanPreview, wish: Wish) -> VersionDetails:
    reading = {
        **seen.reading.to_json(),
        "signature": seen.signature,
        "headings": seen.headings[:KEPT],
    }
    return VersionDetails(
        label=wish.label,
        filename=seen.filename[:200],
        sheet=seen.reading.sheet[:120],
        sha256=seen.sha256,
        reading=reading | ({"key": wish.key} if wish.key else {}),
        report=report_of(seen),
    )


def _before(plan: Plan) -> tuple[list[UUID], list[identity.Key]]:
    """Return identities and keys of the lines of the newest version that was not undone."""
    newest = plan.versions.exclude(state=VersionState.UNDONE).order_by("-number").first()
    if newest is None:
        return [], []
    names = ("identity", "external_id", "code", "agency_code", "agency", "title", "place")
    rows = list(
        PlanLine.objects.filter(version=newest).order_by("position", "pk").values_list(*names)
    )
    if not rows:
        return [], []
    numbers, external, codes, agency_codes, agencies, titles, places = (
        list(one) for one in zip(*rows, strict=True)
    )
    whose = [code or name for code, name in zip(agency_codes, agencies, strict=True)]
    return numbers, identity.keys(external, codes, whose, titles, places)


def _identities(plan: Plan) -> set[UUID]:
    return set(PlanLine.objects.filter(version__plan=plan).values_list("identity", flat=True))


def _remember(organisation: int | None, seen: PlanPreview) -> None:
    """Keep how files with these headings are read, for the organisation."""
    if organisation is None or not seen.signature or not seen.reading.header_row:
        return
    mapping = seen.reading.with_(sheet="", multiplier=1, unit_confirmed=False, year=0).to_json()
    RememberedMapping.objects.update_or_create(
        organisation_id=organisation,
        signature=seen.signature,
        defaults={"mapping": mapping, "name": seen.filename[:120]},
    )


@transaction.atomic
def undo_plan_import(
    by: Principal, version_id: int, reason: str = "", *, revision: int | None = None
) -> PlanVersion:
    """Take a loaded version out of use; its lines stay readable, marked as undone.

    Where it was the current one, the newest version that was superseded is current again.

    Parameters
    ----------
    revision
        Of the plan, as it was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    StateError
        When it was not loaded from a file, or is undone already.
    """
    version = held_version(by, version_id)
    said = why(reason)
    if not version.filename or version.state == VersionState.UNDONE:
        text = _("Version %(number)s was not loaded from a file, or its import is undone already.")
        raise errors.StateError(text % {"number": version.number})
    expect(version.plan, revision)
    was_current = version.state == VersionState.CURRENT
    before = {"state": version.state}
    version.state = VersionState.UNDONE
    version.save(update_fields=["state"])
    former = None
    if was_current:
        count_change(version)
        rows = version.plan.versions.filter(state=VersionState.SUPERSEDED)
        former = rows.order_by("-number").first()
    if former is not None:
        former.state = VersionState.CURRENT
        former.save(update_fields=["state"])
    after: dict[str, Any] = {"state": VersionState.UNDONE.value}
    if former is not None:
        after["current"] = str(former.number)
    tell(by, Verb.UNDONE, version, before, after, reason=said)
    return version


@transaction.atomic
def keep_agency_totals(by: Principal, version_id: int, seen: PlanPreview) -> PlanVersion:
    """Keep declared totals of agencies with a version, beside what its lines sum up to.

    Raises
    ------
    NotFoundError, ForbiddenError
    ImportRefusedError
        When the file declares none, or has errors.
    """
    version = held_version(by, version_id)
    if not seen.agency_totals or seen.problems.errors:
        raise ImportRefusedError(seen)
    compared = compared_with(version, seen)
    report = agency_report(compared, seen.filename[:200], seen.sha256)
    content = {**version.report, "agencies": report}
    ImportReport.objects.update_or_create(version=version, defaults={"content": content})
    after = {"filename": seen.filename, "sha256": seen.sha256, "declared_totals": len(compared)}
    tell(by, Verb.LOADED, version, after=after)
    return version


def compared_with(version: PlanVersion, seen: PlanPreview) -> list[Any]:
    """Return declared totals of agencies with what the lines of a version sum up to, by code or name."""
    rows = PlanLine.objects.filter(version=version).order_by()
    by_code: dict[str, int] = {}
    by_name: dict[str, int] = {}
    summed: Any = rows.values("agency_code", "agency").annotate(**halves("total"))
    for row in summed:
        code, name = row["agency_code"], row["agency"]
        minor = int(joined(row["low"], row["high"]) * MINOR)
        by_code[code] = by_code.get(code, 0) + minor
        plain = name.casefold().strip()
        by_name[plain] = by_name.get(plain, 0) + minor
    found = []
    for one in seen.agency_totals:
        held = by_code.get(one.code) if one.code else None
        if held is None:
            held = by_name.get(one.agency.casefold().strip())
        found.append(dataclasses.replace(one, computed=held or 0))
    return found
