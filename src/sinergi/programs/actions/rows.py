"""Rows held for a deed: the plan, a version, a line; counted, compared with what was seen, recorded."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import held, record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError, conflict
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT
from sinergi.programs import errors
from sinergi.programs.models import Plan, PlanLine, PlanVersion
from sinergi.programs.queries.channels import deeds_on
from sinergi.programs.rules import takes_changes


def held_plan(
    by: Principal, pk: int, permission: str = OBJECT_EDIT, *, deleted: bool = False
) -> Plan:
    """Return a plan for a deed and hold it until the transaction ends.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    return held(by, permission, Plan, pk, errors.not_found(_("The plan")), deleted=deleted)


def held_version(by: Principal, pk: int) -> PlanVersion:
    """Return a version for a deed, its plan held.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    plan_id = PlanVersion.objects.filter(pk=pk).values_list("plan", flat=True).first()
    missing = errors.not_found(_("The version"))
    if plan_id is None:
        raise missing
    plan = held(by, OBJECT_EDIT, Plan, plan_id, missing)
    version = PlanVersion.objects.filter(pk=pk, plan=plan).first()
    if version is None:
        raise missing
    version.plan = plan
    return version


def changeable(version: PlanVersion) -> None:
    """Refuse to change the lines of what was loaded and is current, or is past.

    Raises
    ------
    StateError
    """
    if not takes_changes(version):
        told = _(
            "Lines of version %(number)s are not changed: it was loaded from a file, or is no longer "
            "current. Begin a new version from it and change that."
        )
        raise errors.StateError(told % {"number": version.number})


def held_line(by: Principal, pk: int, seen: int | None) -> PlanLine:
    """Return a line for a deed, its plan held, as it was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError
    ConflictError
        When it is no longer at the revision `seen`.
    """
    version_id = PlanLine.objects.filter(pk=pk).values_list("version", flat=True).first()
    missing = errors.not_found(_("The line"))
    if version_id is None:
        raise missing
    try:
        version = held_version(by, version_id)
    except errors.NotFoundError:
        raise missing from None
    line = PlanLine.objects.filter(pk=pk, version=version).first()
    if line is None:
        raise missing
    changeable(version)
    line.version = version
    if seen is not None and seen != line.revision:
        raise conflict(next(iter(deeds_on([line])), None))
    return line


def line_part(line: PlanLine) -> str:
    """Return how records name a line."""
    return f"line:{line.pk}"


def tell(
    by: Principal,
    verb: Verb,
    version: PlanVersion,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    reason: str = "",
) -> None:
    """Note when the plan changed, and write the record of a deed on a version or a line; last."""
    plan = version.plan
    Plan.objects.filter(pk=plan.pk).update(updated=timezone.now())
    part = part or f"version:{version.number}"
    record_on(by, verb, plan, dict(before or {}), dict(after or {}), part=part, reason=reason)


def refuse(faults: dict[str, str]) -> None:
    """Refuse values, if anything is wrong with them.

    Raises
    ------
    InvalidError
    """
    if faults:
        raise InvalidError(faults)
