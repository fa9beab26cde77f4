"""Deeds on versions of a plan: begin one, empty or from another, make one current, name it."""

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, too_long
from sinergi.programs import errors
from sinergi.programs.actions.rows import held_plan, held_version, refuse, tell
from sinergi.programs.models import ImportReport, LineAmount, PlanLine, PlanVersion, VersionState
from sinergi.programs.rules import VERSION_LENGTHS, VersionDetails, may_be_current

_LINE, _AMOUNT = PlanLine._meta, LineAmount._meta  # noqa: SLF001 - the documented way to the columns
LINES, AMOUNTS = _LINE.db_table, _AMOUNT.db_table
COPIED = [str(f.column) for f in _LINE.concrete_fields if f.name not in {"id", "version"}]


@transaction.atomic
def make_version(
    by: Principal,
    plan_id: int,
    details: VersionDetails | None = None,
    *,
    copy_of: int | None = None,
    revision: int | None = None,
) -> PlanVersion:
    """Begin a version of a plan, in preparation: empty, or with the lines of another version.

    Parameters
    ----------
    copy_of
        Number (key) of the version of the same plan whose lines it begins with; they keep their identities.
    revision
        Of the plan, as it was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    plan = held_plan(by, plan_id)
    expect(plan, revision)
    told = cleaned(details or VersionDetails())
    refuse(too_long(told, VERSION_LENGTHS))
    source = None
    if copy_of is not None:
        source = plan.versions.filter(pk=copy_of).first()
        if source is None:
            raise errors.not_found(_("The version"))
    newest = plan.versions.aggregate(newest=Max("number"))["newest"] or 0
    made: PlanVersion = PlanVersion.objects.create(
        plan=plan,
        number=newest + 1,
        label=told.label,
        filename=told.filename,
        sheet=told.sheet,
        sha256=told.sha256,
        reading=told.reading or {},
    )
    if told.report:
        ImportReport.objects.create(version=made, content=told.report)
    if source is not None:
        _copy_lines(source.pk, made.pk)
    after = {"name": told.label, "filename": told.filename}
    after["copy_of"] = str(source.number) if source is not None else ""
    tell(by, Verb.VERSION_MADE, made, after=after)
    return made


def _copy_lines(source: int, target: int) -> None:
    """Copy lines with their amounts inside the database; a hundred thousand need not pass through Python."""
    columns = ", ".join(connection.ops.quote_name(name) for name in COPIED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {LINES} (version_id, {columns}) "  # noqa: S608 - names of our own columns
            f"SELECT %s, {columns} FROM {LINES} WHERE version_id = %s",
            [target, source],
        )
        cursor.execute(
            f"INSERT INTO {AMOUNTS} (line_id, year, channel, amount) "  # noqa: S608 - as above
            f"SELECT new.id, a.year, a.channel, a.amount FROM {LINES} old "
            f"JOIN {LINES} new ON new.version_id = %s AND new.identity = old.identity "
            f"JOIN {AMOUNTS} a ON a.line_id = old.id WHERE old.version_id = %s",
            [target, source],
        )


@transaction.atomic
def make_current(
    by: Principal, version_id: int, *, revision: int | None = None, reason: str = ""
) -> PlanVersion:
    """Make a version the current one of its plan; the one that was is superseded.

    One that was superseded can be made current again; one whose import was undone cannot.

    Parameters
    ----------
    revision
        Of the plan, as it was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError, StateError
    """
    version = held_version(by, version_id)
    expect(version.plan, revision)
    told = why(reason)
    if not may_be_current(version):
        text = _("Version %(number)s is current already, or its import was undone.")
        raise errors.StateError(text % {"number": version.number})
    former = version.plan.versions.filter(state=VersionState.CURRENT).first()
    if former is not None:
        former.state = VersionState.SUPERSEDED
        former.save(update_fields=["state"])
    version.state = VersionState.CURRENT
    version.save(update_fields=["state"])
    count_change(version)
    before = {"current": str(former.number) if former is not None else ""}
    tell(by, Verb.VERSION_CURRENT, version, before, {"current": str(version.number)}, reason=told)
    return version


def count_change(version: PlanVersion) -> None:
    """Count that another version is current: whoever saw the plan before is told."""
    plan = version.plan
    plan.revision += 1
    plan.save(update_fields=["revision", "updated"])


@transaction.atomic
def rename_version(
    by: Principal, version_id: int, label: str, *, seen: str | None = None
) -> PlanVersion:
    """Change what a version is called; a change of nothing leaves no trace.

    Parameters
    ----------
    seen
        What it was called when somebody began to change it; not compared without.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    StateError
        When somebody else has named it since.
    """
    version = held_version(by, version_id)
    told = cleaned(VersionDetails(label=label))
    refuse(too_long(told, VERSION_LENGTHS))
    if seen is not None and version.label not in {seen, told.label}:
        text = _("Meanwhile somebody named version %(number)s “%(name)s”; nothing was changed.")
        raise errors.StateError(text % {"number": version.number, "name": version.label})
    if told.label != version.label:
        before = {"name": version.label}
        version.label = told.label
        version.save(update_fields=["label"])
        tell(by, Verb.CHANGED, version, before, {"name": told.label})
    return version
