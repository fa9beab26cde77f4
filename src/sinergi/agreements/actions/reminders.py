"""Deeds on reminders: put aside, chosen when, and whether letters tell them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.actions.stage_rows import expect_part
from sinergi.agreements.models import ReminderChoice, ReminderLetters, ReminderSeen
from sinergi.agreements.queries.reminders import choice_of, days_of, standing
from sinergi.agreements.reminders.choosing import FURTHEST, USUAL

MOST_DAYS = 12
"""Different days that an agreement may name."""


def _person(by: Principal) -> int:
    if by.person_id is None:
        raise ForbiddenError(_("Sign in to do this."), rules.OBJECT_READ)
    return by.person_id


@transaction.atomic
def see(by: Principal, reminder_id: int, today: date) -> bool:
    """Put a reminder aside for whoever asks; the others whom it concerns still see it.

    Returns whether it stood: what was done, ended or put aside meanwhile, or concerns others, does not.

    Raises
    ------
    ForbiddenError
    """
    person, there = _person(by), standing(by, today)
    if reminder_id not in {one.pk for one in there}:
        return False
    ReminderSeen.objects.get_or_create(reminder_id=reminder_id, person_id=person)
    return True


@transaction.atomic
def see_all(by: Principal, up_to: int, today: date) -> int:
    """Put all reminders aside up to a number, the last that was shown; return how many.

    Raises
    ------
    ForbiddenError
    """
    person, there = _person(by), standing(by, today)
    numbers = [one.pk for one in there if one.pk <= up_to]
    seen = [ReminderSeen(reminder_id=number, person_id=person) for number in numbers]
    ReminderSeen.objects.bulk_create(seen, ignore_conflicts=True, batch_size=500)
    return len(seen)


@transaction.atomic
def choose_letters(by: Principal, *, wanted: bool) -> None:
    """Choose whether reminders are told by e-mail.

    Raises
    ------
    ForbiddenError
    """
    ReminderLetters.objects.update_or_create(person_id=_person(by), defaults={"wanted": wanted})


@transaction.atomic
def choose_days(
    by: Principal, agreement_id: int, days: Sequence[int] | None, *, revision: int | None = None
) -> ReminderChoice:
    """Choose how many days before somebody is reminded in an agreement.

    Parameters
    ----------
    days
        Without any: never; `None`: as is usual.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    agreement = held_agreement(by, agreement_id)
    row, part = choice_of(agreement), part_of("reminders", agreement_id)
    expect_part(agreement, row.revision, revision, part)
    chosen = sorted(set(days or ()), reverse=True)
    refuse(day_faults(chosen))
    before, after = days_of(row), list(USUAL) if days is None else chosen
    if (row.usual, row.days) == (days is None, chosen):
        return row
    row.usual, row.days, row.revision = days is None, chosen, row.revision + 1
    row.save()
    tell(by, Verb.REMINDERS_SET, agreement, {"days": before}, {"days": after}, part=part)
    return row


def day_faults(days: Sequence[int]) -> dict[str, str]:
    """Return what is wrong with the days that somebody chose."""
    if len(days) > MOST_DAYS:
        return {"days": _("At most %(most)s days.") % {"most": MOST_DAYS}}
    if any(not 0 <= one <= FURTHEST for one in days):
        return {"days": _("Write days from 0 to %(most)s.") % {"most": FURTHEST}}
    return {}
