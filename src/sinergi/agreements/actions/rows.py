"""Rows held for a deed: the agreement, a party; counted, compared with what was seen, recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import held, record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT, OBJECT_READ
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions.first_due import first_open_due
from sinergi.agreements.models import Agreement, Party
from sinergi.agreements.search.index import read_again

FOLLOWS: list[Callable[[Principal, Agreement], object]] = []
"""What follows from a deed on an agreement besides its record: the stage of the whole (`tracks.follow`)."""


def held_agreement(
    by: Principal, pk: int, permission: str = OBJECT_EDIT, *, deleted: bool = False
) -> Agreement:
    """Return an agreement for a deed and hold it until the transaction ends.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    missing = errors.not_found(_("The agreement"))
    return held(by, permission, Agreement, pk, missing, deleted=deleted)


def held_party(
    by: Principal, agreement_id: int, party_id: int, *, or_keeper: bool = False
) -> Party:
    """Return a party for a deed that it alone does, its agreement held.

    Parameters
    ----------
    or_keeper
        Whoever keeps the agreement may do it for the party too.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    party = Party.objects.filter(pk=party_id, agreement=agreement).first()
    if party is None:
        raise errors.not_found(_("The party"))
    party.agreement = agreement
    if not (or_keeper and permissions.prepares(by, agreement)):
        permissions.require_for(by, party)
    return party


def part_of(name: str, number: int) -> str:
    """Return how records name a part of an agreement: `party:6`."""
    return f"{name}:{number}"


def tell(
    by: Principal,
    verb: Verb,
    agreement: Agreement,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    reason: str = "",
) -> None:
    """Note when the agreement changed and what is due first, and write the record of a deed on a part; last.

    Once the deed is committed, search reads the agreement again.
    """
    kept = Agreement.objects.filter(pk=agreement.pk)
    kept.update(updated=timezone.now(), first_open_due=first_open_due())
    read_again(agreement.pk)
    record_on(by, verb, agreement, dict(before or {}), dict(after or {}), part=part, reason=reason)
    for follow in FOLLOWS if verb is not Verb.STAGE_MOVED else ():
        follow(by, agreement)


def refuse(faults: Mapping[str, str]) -> None:
    """Refuse values, if anything is wrong with them.

    Raises
    ------
    InvalidError
    """
    if faults:
        raise InvalidError(dict(faults))
