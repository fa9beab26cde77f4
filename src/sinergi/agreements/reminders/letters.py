"""Letters of reminders: at most one a day to a person, each reminder once."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import send
from sinergi.accounts.models import Assignment, Person
from sinergi.accounts.principal import RIGHTS, principal_for
from sinergi.accounts.tasks import first_time
from sinergi.accounts.vocabulary import Channel, Right
from sinergi.agreements.models import Reminder, ReminderLetters
from sinergi.agreements.queries.reminders import Standing, reminders, standing
from sinergi.agreements.reminders import words
from sinergi.forums.calling import link_to
from sinergi.reference.moments import day as written_day

TEMPLATE = "agreements/mail/reminders"
BACK = timedelta(days=3)
"""How long a worker may stand still before the letters of a night are not written any more."""
LINES = 30
"""Reminders told in a letter; it says how many more there are."""


def write_letters(day: date) -> int:
    """Write to each person of the reminders that no letter told; again or after a stop, none twice.

    Returns
    -------
    int
        How many letters were written.
    """
    since = timezone.make_aware(datetime.combine(day, time.min)) - BACK
    if not Reminder.objects.filter(made__gte=since).exists():
        return 0
    return sum(_tell(person, day) for person in _people())


def _people() -> list[Person]:
    """Return those who may do something for an organisation and did not choose against letters."""
    roles = [role for role, rights in RIGHTS.items() if Right.EDIT in rights]
    held = Assignment.objects.filter(
        ended_at=None, organisation__deleted_at=None, role__in=roles
    ).order_by()
    against = ReminderLetters.objects.filter(wanted=False).order_by()
    rows = Person.objects.filter(is_active=True, erased_at=None, pk__in=held.values("person"))
    return list(rows.exclude(pk__in=against.values("person")).order_by("pk"))


@transaction.atomic
def _tell(person: Person, day: date) -> bool:
    """Write the letter to a person, unless there is nothing new; letter and how far it tells are one.

    What belongs to organisations that require a second factor is not sent: a letter asks for none.
    """
    by = principal_for(person, Channel.WORKER)
    row = ReminderLetters.objects.filter(person=person).first() or ReminderLetters(person=person)
    numbers = [one.pk for one in standing(by, day, above=row.told)]
    if not numbers or not first_time(f"agreements.reminders:{person.pk}:{day}"):
        return False
    found = reminders(by, day, LINES, above=row.told)
    try:
        with translation.override(person.language):
            send(person, person.language, TEMPLATE, _context(found, len(numbers)))
    except InvalidError:
        return False
    ReminderLetters.objects.update_or_create(person=person, defaults={"told": max(numbers)})
    return True


def _context(found: list[Standing], count: int) -> dict[str, Any]:
    page = link_to(reverse("agreements:waiting"))
    subject = ngettext(
        "%(count)s reminder of agreements", "%(count)s reminders of agreements", count
    )
    return {
        "subject": subject % {"count": count},
        "lines": [
            {
                "when": words.when(one.left),
                "day": written_day(one.reminder.on),
                "what": words.what(one),
                "agreement": one.agreement.title,
                "link": link_to(words.link(one)),
            }
            for one in found
        ],
        "more": count - len(found),
        "page": page,
    }


def letters_of(person_id: int) -> bool:
    """Return whether somebody is reminded by e-mail: unless he chose not to be."""
    return not ReminderLetters.objects.filter(person=person_id, wanted=False).exists()
