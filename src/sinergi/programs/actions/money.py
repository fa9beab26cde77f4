"""Deeds on transfers and joint objects: record, change, put away, restore."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import bring_back, expect, held, put_away, record_on, touch, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Kept, Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.programs import errors
from sinergi.programs.joint import JointDetails, TransferDetails, joint_faults, transfer_faults
from sinergi.programs.models import JointObject, JointShare, Transfer
from sinergi.programs.queries.joint import details_of, plan_of_line


@transaction.atomic
def record_transfer(
    by: Principal, organisation: Organisation, details: TransferDetails
) -> Transfer:
    """Record a transfer; only its organisation sees it.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    values = asdict(_transfer(details))
    row: Transfer = _made(Transfer, organisation=organisation, **values)
    record_on(by, Verb.CREATED, row, after=values)
    return row


@transaction.atomic
def change_transfer(
    by: Principal, number: int, details: TransferDetails, *, revision: int | None = None
) -> Transfer:
    """Change a transfer; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held(by, rules.OBJECT_EDIT, Transfer, number, errors.not_found(_("The transfer")))
    expect(row, revision)
    values = asdict(_transfer(details))
    before = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    if not before:
        return row
    after = {name: values[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    touch(row)
    record_on(by, Verb.CHANGED, row, before, after)
    return row


def _made(model: type[Kept], **values: Any) -> Any:
    return model.objects.create(**values)


def _transfer(details: TransferDetails) -> TransferDetails:
    kept = cleaned(details)
    if faults := transfer_faults(kept):
        raise InvalidError(faults)
    return kept


@transaction.atomic
def make_joint(by: Principal, organisation: Organisation, details: JointDetails) -> JointObject:
    """Make a joint object with who pays for it and who holds it; only its organisation sees it.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    kept = _joint(details)
    row: JointObject = _made(JointObject, organisation=organisation, **_own(kept))
    _write_shares(by, row, kept)
    record_on(by, Verb.CREATED, row, after=_told(kept))
    return row


@transaction.atomic
def change_joint(
    by: Principal, number: int, details: JointDetails, *, revision: int | None = None
) -> JointObject:
    """Change a joint object with all its shares; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held(by, rules.OBJECT_EDIT, JointObject, number, errors.not_found(_("The joint object")))
    expect(row, revision)
    kept, there = _joint(details), details_of(row)
    if kept == there:
        return row
    old, new = _told(there), _told(kept)
    changed = [name for name in new if new[name] != old[name]]
    for name, value in _own(kept).items():
        setattr(row, name, value)
    touch(row)
    _write_shares(by, row, kept)
    record_on(
        by,
        Verb.CHANGED,
        row,
        {name: old[name] for name in changed},
        {name: new[name] for name in changed},
    )
    return row


def _joint(details: JointDetails) -> JointDetails:
    kept = cleaned(details, shares=tuple(cleaned(one) for one in details.shares))
    if faults := joint_faults(kept):
        raise InvalidError(faults)
    return kept


def _own(details: JointDetails) -> dict[str, Any]:
    """Return the columns of the object itself."""
    return {
        name: value
        for name, value in asdict(replace(details, shares=())).items()
        if name != "shares"
    }


def _told(details: JointDetails) -> dict[str, Any]:
    """Return the details as the history keeps them: each share on a line."""
    shares = [
        " ".join(
            str(part)
            for part in (
                one.region_code, "pays" if one.pays else "", "holds" if one.holds else "",
                one.amount, one.parts, one.identity,
            )
            if part not in ("", None)
        )
        for one in details.shares
    ]  # fmt: skip
    return {**_own(details), "shares": shares}


def _write_shares(by: Principal, row: JointObject, details: JointDetails) -> None:
    """Write the shares anew.

    A line that the writer may not see keeps the plan that it had here; a new one has its identity only.
    """
    former = dict(row.shares.exclude(identity=None).values_list("identity", "plan"))
    row.shares.all().delete()
    JointShare.objects.bulk_create(
        JointShare(
            joint=row,
            position=position,
            plan_id=_plan_of(by, one.identity, former) if one.identity else None,
            **asdict(one),
        )
        for position, one in enumerate(details.shares, start=1)
    )


def _plan_of(by: Principal, identity: UUID, former: Mapping[UUID | None, int | None]) -> int | None:
    found = plan_of_line(by, identity)
    return former.get(identity) if found is None else found


def _held(by: Principal, model: type[Kept], number: int, *, deleted: bool) -> Kept:
    what = _("The transfer") if model is Transfer else _("The joint object")
    return held(by, rules.OBJECT_REMOVE, model, number, errors.not_found(what), deleted=deleted)


@transaction.atomic
def put_money_away(
    by: Principal, model: type[Kept], number: int, *, revision: int | None = None, reason: str = ""
) -> Kept:
    """Put a transfer or a joint object away; `restore_money` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = _held(by, model, number, deleted=False)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_money(by: Principal, model: type[Kept], number: int, *, reason: str = "") -> Kept:
    """Bring back a transfer or a joint object that was put away.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = _held(by, model, number, deleted=True)
    bring_back(by, row, why(reason))
    return row
