"""Reads of the meeting itself: its days, who comes, its documents, whom to invite, as far as one may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.sharing import ASSOCIATIONS
from sinergi.accounts.models import Affiliation, Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import small_number
from sinergi.accounts.vocabulary import Right
from sinergi.forums import errors, permissions
from sinergi.forums.models import AgendaItem, Delegate, Delegation, Forum, ForumDocument

MOST_FOUND = 60
"""Organisations shown at once when somebody looks for whom to invite."""
STAYING = Q(delegates__removed_at=None)


def is_inside(by: Principal, forum: Forum) -> bool:
    """Whether somebody reads a forum not only because it is public: then who is invited is told."""
    return rules.may(by, rules.OBJECT_HISTORY, forum)


def is_of(by: Principal, delegation: Delegation) -> bool:
    """Whether somebody is of the organisation of a delegation: then its names are told."""
    return by.has(Right.READ, delegation.organisation_id)


def reads_all_documents(by: Principal, forum: Forum) -> bool:
    """Whether somebody is of the secretariat or of a delegation that has not left."""
    if permissions.prepares(by, forum) or by.has(Right.READ, forum.organisation_id):
        return True
    mine = by.organisations(Right.READ)
    return forum.delegations.filter(left_at=None, organisation__in=mine).exists()


def documents(by: Principal, forum: Forum) -> QuerySet[ForumDocument]:
    """Return the documents of a forum that somebody may have, without their content."""
    rows = forum.documents.filter(deleted_at=None).defer("content")
    return rows if reads_all_documents(by, forum) else rows.filter(open_to_all=True)


def get_document(by: Principal, forum: Forum, document_id: int) -> ForumDocument:
    """Return one document with its content.

    Raises
    ------
    NotFoundError
    """
    found = documents(by, forum).defer(None).filter(pk=document_id).first()
    if found is None:
        raise errors.not_found(_("The document"))
    return found


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the agenda.

    Attributes
    ----------
    outside
        Whether it is none of the days of the meeting: these were changed after it was planned.
    """

    day: date
    items: tuple[AgendaItem, ...]
    outside: bool


def agenda(forum: Forum) -> list[Day]:
    """Return the agenda by day, what has no time yet at the end of its day; one query."""
    items = forum.agenda.order_by("day", F("begins").asc(nulls_last=True), "pk")
    days = groupby(items, key=lambda item: item.day)
    return [Day(day, tuple(items), not _within(day, forum)) for day, items in days]


def _within(day: date, forum: Forum) -> bool:
    return forum.begins is None or forum.begins <= day <= (forum.ends or forum.begins)


@dataclass(frozen=True, slots=True)
class Answers:
    """How many delegations gave which answer, and how many people they named and are there."""

    invited: int
    coming: int
    declined: int
    waiting: int
    delegates: int
    present: int


def answers(forum: Forum) -> Answers:
    """Return the counts of answers; two queries."""
    rows = forum.delegations.filter(left_at=None)
    Answer = Delegation.Answer
    said = rows.aggregate(
        invited=Count("pk"),
        coming=Count("pk", filter=Q(answer=Answer.COMING)),
        declined=Count("pk", filter=Q(answer=Answer.DECLINED)),
        waiting=Count("pk", filter=Q(answer=Answer.WAITING)),
    )
    people = _expected(forum).aggregate(
        delegates=Count("pk"), present=Count("pk", filter=Q(checked_in_at__isnull=False))
    )
    return Answers(**said, **people)


def _expected(forum: Forum) -> QuerySet[Delegate]:
    """Return the delegates of delegations that come, have been there or may still come."""
    return Delegate.objects.filter(
        delegation__forum=forum, delegation__left_at=None, removed_at=None
    ).exclude(delegation__answer=Delegation.Answer.DECLINED)


def delegations(forum: Forum) -> QuerySet[Delegation]:
    """Return who is invited and has not left, with `people` and `there`: how many named, how many came."""
    rows = forum.delegations.filter(left_at=None).select_related("organisation")
    return rows.annotate(
        people=Count("delegates", filter=STAYING),
        there=Count("delegates", filter=STAYING & Q(delegates__checked_in_at__isnull=False)),
    )


def gone(forum: Forum) -> QuerySet[Delegation]:
    """Return those that were invited and left."""
    rows = forum.delegations.exclude(left_at=None)
    return rows.select_related("organisation").order_by("-left_at")


def get_delegation(by: Principal, forum: Forum, delegation_id: int) -> Delegation:
    """Return a delegation to its own people or to the secretariat.

    Raises
    ------
    NotFoundError
        To all others, too: who comes with whom is not theirs to know.
    """
    rows = forum.delegations.filter(left_at=None, pk=delegation_id)
    row: Delegation | None = rows.select_related("organisation").first()
    if row is None or not (is_of(by, row) or permissions.prepares(by, forum)):
        raise errors.not_found(_("The delegation"))
    return row


def delegates(delegation: Delegation) -> QuerySet[Delegate]:
    """Return the people of a delegation who were not taken off it."""
    return delegation.delegates.filter(removed_at=None)


def expected(forum: Forum) -> QuerySet[Delegate]:
    """Return the people of all delegations that did not decline, by organisation."""
    rows = _expected(forum).select_related("delegation__organisation")
    return rows.order_by("delegation__organisation__name", "pk")


def by_pass(forum: Forum, code: str) -> Delegate | None:
    """Return whose pass holds a code; none when it is of another forum or not valid any more."""
    if not code.isalnum():
        return None
    rows = Delegate.objects.select_related("delegation__organisation").filter(
        pass_code=code, removed_at=None, delegation__forum=forum, delegation__left_at=None
    )
    return rows.first()


@dataclass(frozen=True, slots=True)
class Found:
    """Organisations that may be invited; `more` says that there are others than these."""

    rows: tuple[Organisation, ...]
    more: bool


def to_invite(forum: Forum, text: str) -> Found:
    """Return organisations whose name holds every word of a text, and that are not invited yet.

    An association or commissariat that convenes is not its own guest; a city may be, to vote as others do.
    """
    there = forum.delegations.filter(left_at=None).values("organisation")
    rows = _may_be_invited().exclude(pk__in=there)
    if forum.organisation.kind in ASSOCIATIONS:
        rows = rows.exclude(pk=forum.organisation_id)
    for word in text.replace("\x00", "").split()[:8]:
        rows = rows.filter(name__icontains=word)
    found = rows.order_by("name")[: MOST_FOUND + 1]
    return Found(tuple(found[:MOST_FOUND]), len(found) > MOST_FOUND)


def associations() -> QuerySet[Organisation]:
    """Return associations and commissariats that have members, with `members`: how many."""
    rows = Organisation.objects.filter(deleted_at=None, kind__in=ASSOCIATIONS)
    counted = Count("affiliations", filter=Q(affiliations__member__deleted_at=None))
    return rows.annotate(members=counted).filter(members__gt=0).order_by("name")


def members_of(association: Organisation) -> list[Organisation]:
    """Return the members of an association, by name."""
    rows = Affiliation.objects.filter(association=association, member__deleted_at=None)
    return [one.member for one in rows.select_related("member").order_by(F("member__name"))]


def _may_be_invited() -> QuerySet[Organisation]:
    """Return the organisations of which the directory knows: no workspace, by its number neither."""
    return Organisation.objects.filter(deleted_at=None).exclude(kind=Organisation.Kind.WORKSPACE)


def chosen(numbers: Iterable[str]) -> list[Organisation]:
    """Return organisations by the numbers that a form sends; what cannot be invited is left out."""
    known = {one for one in map(small_number, numbers) if one is not None}
    return list(_may_be_invited().filter(pk__in=known).order_by("name"))
