"""Deeds on the public register: put an agreement in, take it out."""

from django.db import transaction

from sinergi.accounts.actions.owned import expect, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_REMOVE
from sinergi.agreements.actions.rows import held_agreement, tell
from sinergi.agreements.models import Agreement


@transaction.atomic
def list_publicly(
    by: Principal, agreement_id: int, *, listed: bool, revision: int | None = None, reason: str = ""
) -> Agreement:
    """Let everybody see in the public register what may be public of an agreement, or no longer.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_REMOVE)
    kept = why(reason)
    if agreement.in_public_register == listed:
        return agreement
    expect(agreement, revision)
    agreement.in_public_register = listed
    agreement.revision += 1
    agreement.save(update_fields=["in_public_register", "revision", "updated"])
    before, after = ({"in_public_register": value} for value in (not listed, listed))
    tell(by, Verb.LISTED, agreement, before, after, reason=kept)
    return agreement
