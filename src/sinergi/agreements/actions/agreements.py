"""Deeds on a whole agreement: begin it, change it, put it away, restore it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import bring_back, expect, put_away, record_on, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.agreements.actions import parties as party_deeds
from sinergi.agreements.actions import refitting
from sinergi.agreements.actions.first_due import first_open_due
from sinergi.agreements.actions.rows import held_agreement, refuse
from sinergi.agreements.actions.tracks import settle
from sinergi.agreements.changes import bound_text, is_bound
from sinergi.agreements.details import (
    AgreementDetails,
    PartyDetails,
    agreement_faults,
    details_of,
)
from sinergi.agreements.models import Agreement, Origin
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.changes import effects, facts_of
from sinergi.agreements.queries.words import words_of_pack
from sinergi.reference.stages import FIRST

BY_CHANGE = ("family", "begins", "ends")
"""What is written about a signed agreement and changes by a change of it alone."""


def _told(details: AgreementDetails) -> dict[str, Any]:
    """Return details as records keep them."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in asdict(details).items()
    }


@transaction.atomic
def create_agreement(
    by: Principal,
    organisation: Organisation,
    details: AgreementDetails,
    parties: Sequence[PartyDetails] = (),
    *,
    origin: str = Origin.BLANK,
    origin_key: str = "",
    origin_told: Mapping[str, Any] | None = None,
    follows: int | None = None,
) -> Agreement:
    """Begin an agreement with its parties, in order; only its organisation sees it at first.

    A party of the same region as the organisation is acted for by it.

    Parameters
    ----------
    origin, origin_key, origin_told
        As of `Agreement`.
    follows
        Number of the agreement that it renews or replaces.

    Raises
    ------
    UnseenError, ForbiddenError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    kept = cleaned(details)
    refuse(agreement_faults(kept, words_of_pack(), timezone.localdate()))
    earlier = reading.renewable(by, follows) if follows is not None else None
    row = Agreement(
        organisation=organisation,
        stage=FIRST,
        origin=origin,
        origin_key=origin_key[:300],
        origin_told=dict(origin_told or {}),
        follows=earlier,
        **asdict(kept),
    )
    row.save()
    after = {name: value for name, value in _told(kept).items() if value}
    record_on(by, Verb.CREATED, row, after={**after, "origin": str(origin)})
    party_deeds.begin_with(by, row, parties)
    settle(row)
    return row


def _bound_faults(row: Agreement, was: Mapping[str, Any], changed: Sequence[str]) -> dict[str, str]:
    """Return which days, or the family, a change alone changes; days that nobody knew are filled in.

    Of a register that was brought in they are mended, unless a change has set them.
    """
    told = [name for name in BY_CHANGE if name in changed and was[name]]
    if not told or not is_bound(facts_of(row)):
        return {}
    if row.is_told_later:
        set_by_change = {name for one in effects(row) for name in one.after}
        told = [name for name in told if name in set_by_change]
    return dict.fromkeys(told, bound_text())


@transaction.atomic
def edit_agreement(
    by: Principal, agreement_id: int, details: AgreementDetails, *, revision: int | None = None
) -> Agreement:
    """Change what is written about an agreement; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    row = held_agreement(by, agreement_id)
    expect(row, revision)
    before, kept = details_of(row), cleaned(details)
    refuse(agreement_faults(kept, words_of_pack(), timezone.localdate(), before, row.ended_on))
    was, now = _told(before), _told(kept)
    changed = [name for name in now if now[name] != was[name]]
    if not changed:
        return row
    refuse(_bound_faults(row, was, changed))
    for name in changed:
        setattr(row, name, getattr(kept, name))
    row.revision += 1
    row.save()
    old, new = ({name: values[name] for name in changed} for values in (was, now))
    record_on(by, Verb.CHANGED, row, old, new)
    if {"begins", "ends"} & set(changed):
        refitting.refit(row)
        Agreement.objects.filter(pk=row.pk).update(first_open_due=first_open_due())
    if {"family", "object_code"} & set(changed):
        party_deeds.review(row)
        settle(row)
    return row


@transaction.atomic
def put_agreement_away(
    by: Principal, agreement_id: int, *, revision: int | None = None, reason: str = ""
) -> Agreement:
    """Put an agreement away with all that is in it; `restore_agreement` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_agreement(by, agreement_id, rules.OBJECT_REMOVE)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_agreement(by: Principal, agreement_id: int, *, reason: str = "") -> Agreement:
    """Bring an agreement that was put away back as it was.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = held_agreement(by, agreement_id, rules.OBJECT_REMOVE, deleted=True)
    bring_back(by, row, why(reason))
    return row
