"""Rows of stages held for a deed: the agreement or party that lives, a file of it; values as records tell."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.agreements.actions.rows import held_agreement, held_party
from sinergi.agreements.errors import StateError
from sinergi.agreements.models import Agreement, Attachment, Party, State
from sinergi.agreements.queries.files import attachments


def require_living(agreement: Agreement) -> None:
    """Refuse deeds on the stages of an agreement that has ended.

    Raises
    ------
    StateError
    """
    if agreement.state != State.LIVING:
        raise StateError(_("The agreement has ended: its stages stay as they are."))


def held_for(
    by: Principal, agreement_id: int, party_id: int | None
) -> tuple[Agreement, Party | None]:
    """Hold an agreement for what one party does, or without a party for what is done for all.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError
    """
    party = held_party(by, agreement_id, party_id) if party_id is not None else None
    agreement = party.agreement if party is not None else held_agreement(by, agreement_id)
    require_living(agreement)
    return agreement, party


def expect_part(agreement: Agreement, now: int, seen: int | None, part: str) -> None:
    """Refuse a change of a part that was made from another revision; 0 is that of a part not there yet.

    Raises
    ------
    ConflictError
    """
    expect_revision(Agreement.KIND, agreement.pk, now, seen, part=part)


def file_of(agreement: Agreement, number: int | None) -> Attachment | None:
    """Return a file of an agreement by its number.

    Raises
    ------
    InvalidError
    """
    if number is None:
        return None
    found = attachments(agreement).filter(pk=number).first()
    if found is None:
        raise InvalidError({"attachment_id": _("This file is not one of the agreement.")})
    return found


def as_told(details: Any, **more: Any) -> dict[str, Any]:
    """Return details as records keep them: days as text."""
    return {name: _plain(value) for name, value in {**asdict(details), **more}.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is other than before."""
    return {name: value for name, value in after.items() if value != before.get(name)}
