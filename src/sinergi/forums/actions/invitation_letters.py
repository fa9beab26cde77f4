"""Deeds on the letters by which organisations are invited: write them, write again, name an address."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import send
from sinergi.accounts.models import AuditRecord, Person, Visibility
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.forums import errors
from sinergi.forums.actions.rows import held_forum, tell
from sinergi.forums.calling import link_to
from sinergi.forums.models import Delegation, Forum, InvitationLetter
from sinergi.forums.places import place_of
from sinergi.forums.queries.invitation_letters import (
    Delivery,
    answering,
    deliveries_of,
    is_over,
)
from sinergi.forums.stages import Deed
from sinergi.forums.zones import hours
from sinergi.reference.moments import day, days

TEMPLATE = "forums/mail/invitation"
PAUSE = timedelta(minutes=10)
"""After a letter that may have arrived, none is written for so long: a second click writes no second one."""
A_DAY = 300
"""Times in a day that an organisation may write again or name an address."""
LONGEST = 254


def write_to(forum: Forum, rows: Iterable[Delegation], base: str = "") -> dict[int, int]:
    """Write to those who may answer for delegations, and to their contact addresses.

    Returns
    -------
    By delegation, how many letters were written; none once the meeting is over.
    """
    if is_over(forum):
        return {}
    invited = list(rows)
    people = answering(row.organisation_id for row in invited)
    return {row.pk: _write(forum, row, _receivers(row, people), base) for row in invited}


def _receivers(row: Delegation, people: dict[int, list[Person]]) -> list[Person | None]:
    """Return to whom a delegation is written; `None` is its contact address."""
    known: list[Person | None] = [*people.get(row.organisation_id, [])]
    return [*known, None] if row.contact else known


def _write(forum: Forum, row: Delegation, receivers: Iterable[Person | None], base: str) -> int:
    count = 0
    for person in receivers:
        language = person.language if person else settings.LANGUAGE_CODE
        with translation.override(language):
            context = _context(forum, row, base, knows=person is not None)
        try:
            letter = send(person or row.contact, language, TEMPLATE, context)
        except InvalidError:
            continue  # the address of an account that no letter can go to
        InvitationLetter.objects.create(delegation=row, letter=letter, person=person)
        count += 1
    return count


def _context(forum: Forum, row: Delegation, base: str, *, knows: bool) -> dict[str, Any]:
    """Return what a letter says; to an address of which nothing is known, the link only once it is public."""
    start = base or link_to("")
    reads = knows or forum.visibility == Visibility.PUBLIC
    return {
        "knows": knows,
        "organisation": row.organisation.name,
        "title": forum.title,
        "theme": forum.theme,
        "secretariat": forum.organisation.name,
        "days": days(forum.begins, forum.ends) if forum.begins else "",
        "hours": _first_item(forum),
        "host": forum.host,
        "place": place_of(forum),
        "contact": forum.contact,
        "link": f"{start}{forum.get_absolute_url()}" if reads else "",
        "choice": f"{start}{reverse('forums:notices')}" if knows else "",
    }


def _first_item(forum: Forum) -> str:
    """Return when and with what the meeting begins, as far as its agenda tells."""
    item = forum.agenda.exclude(begins=None).order_by("day", "begins").first()
    return f"{day(item.day)}, {hours(item, forum)} – {item.title}" if item else ""


@transaction.atomic
def write_again(by: Principal, forum_id: int, delegation_id: int, *, base: str = "") -> int:
    """Write the invitation again to whom the last letter did not reach; when it reached all, to all.

    Returns
    -------
    How many letters were written.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    InvalidError
        When there is nobody to write to, the meeting is over, or it was written to them just now.
    """
    forum, row = _held(by, forum_id, delegation_id)
    receivers = _receivers(row, answering([row.organisation_id]))
    if not receivers:
        raise InvalidError({"contact": _("There is nobody to write to. Name an address.")})
    told = {one.person_id: one for one in deliveries_of(row)}
    lacking = [one for one in receivers if _lacks(told.get(one.pk if one else None))]
    if not lacking and any(one.at > timezone.now() - PAUSE for one in told.values()):
        raise InvalidError({"contact": _("It was written to them just now. Wait ten minutes.")})
    count = _write(forum, row, lacking or receivers, base)
    said = {"organisation": row.organisation_id, "letters_again": count}
    tell(by, Verb.ORGANISATION_INVITED, forum, f"delegation:{row.pk}", after=said)
    return count


def _lacks(told: Delivery | None) -> bool:
    return told is None or told.failed or told.late


@transaction.atomic
def name_contact(
    by: Principal, forum_id: int, delegation_id: int, contact: str, *, base: str = ""
) -> Delegation:
    """Name the address to which the invitation of a delegation goes, too, and write there; empty: to none.

    The address stays out of the audit trail.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    InvalidError
        When it is no address.
    """
    forum, row = _held(by, forum_id, delegation_id)
    address = _checked(contact)
    if address == row.contact:
        return row
    before = {"letters_to": bool(row.contact)}
    row.contact = address
    row.save(update_fields=["contact"])
    # What became of letters to another address is not told of this one.
    row.letters.filter(person=None).delete()
    count = _write(forum, row, [None], base) if address else 0
    tell(
        by,
        Verb.CHANGED,
        forum,
        f"delegation:{row.pk}",
        before,
        {"organisation": row.organisation_id, "letters_to": bool(address), "letters": count},
    )
    return row


def _checked(contact: str) -> str:
    address = printable(contact).strip()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidError({"contact": _("This is not an e-mail address.")}) from error
    if len(address) > LONGEST:
        raise InvalidError({"contact": _("At most %(most)s characters.") % {"most": LONGEST}})
    return address


def _held(by: Principal, forum_id: int, delegation_id: int) -> tuple[Forum, Delegation]:
    """Return a forum and a delegation that may be written to, and hold both."""
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.ANSWER)
    rows = forum.delegations.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=delegation_id, left_at=None).first()
    if row is None:
        raise errors.not_found(_("The delegation"))
    if is_over(forum):
        raise InvalidError({"contact": _("The meeting is over; nobody is written to.")})
    since = timezone.now() - timedelta(days=1)
    done = AuditRecord.objects.filter(organisation=forum.organisation_id, at__gt=since)
    named = Q(verb=Verb.CHANGED, after__contains='"letters_to"')
    if done.filter(named | Q(after__contains='"letters_again"')).count() >= A_DAY:
        raise InvalidError({"contact": _("Too many letters were written today. Go on tomorrow.")})
    return forum, row
