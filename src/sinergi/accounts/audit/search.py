"""Reads of the audit trail: who may see which records, searching them, paging through them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from sinergi.accounts import rules
from sinergi.accounts.audit.history import Deed, told
from sinergi.accounts.errors import ForbiddenError, unseen
from sinergi.accounts.models import AuditRecord, Organisation, Person
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.vocabulary import Right

PAGE = 50
CHUNK = 1_000
Records = QuerySet[AuditRecord]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty values leave everything in.

    Attributes
    ----------
    organisation
        Code.
    person
        Number, e-mail address or part of the name.
    text
        Part of the name of the object, the reason, or of what differed.
    since, until
        Days, both included, as the installation counts them.
    """

    organisation: str = ""
    person: str = ""
    verb: str = ""
    kind: str = ""
    object_id: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    request_id: str = ""

    def told(self) -> dict[str, str]:
        """Return what was looked for, as the record of an export keeps it: what may name a person as “…”."""
        values = {name: getattr(self, name) for name in self.__slots__}
        personal = {"person", "text"}
        return {
            name: "…" if name in personal else str(value) for name, value in values.items() if value
        }


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, the newest first, and where others begin.

    Attributes
    ----------
    older, newer
        Number of the record beyond which others lie; `None` when there are none.
    """

    deeds: list[Deed]
    older: int | None
    newer: int | None


def audited(principal: Principal) -> list[Organisation] | None:
    """Return the organisations whose trail somebody may read; `None` for the whole trail.

    Raises
    ------
    ForbiddenError
        When there are none.
    """
    if rules.may(principal, rules.INSTALLATION):
        return None
    found = organisations_of(principal, Right.AUDIT)
    if not found:
        raise ForbiddenError(
            rules.refusal(principal, rules.ORGANISATION_AUDIT, None), rules.ORGANISATION_AUDIT
        )
    return found


def visible(principal: Principal) -> Records:
    """Return the records that somebody may read: all, or those of organisations that he audits.

    Raises
    ------
    ForbiddenError
        When there are none.
    """
    organisations = audited(principal)
    rows = AuditRecord.objects.all()
    if organisations is None:
        return rows
    return rows.filter(organisation__in=[one.pk for one in organisations])


def search(principal: Principal, wanted: Wanted) -> Records:
    """Return the records that somebody looks for and may read, the newest first.

    Raises
    ------
    UnseenError
        When there is no such organisation, or it is none of those that he may audit.
    ForbiddenError
        When he may read no trail at all.
    """
    rows = visible(principal).order_by("-sequence")
    if wanted.organisation:
        rows = rows.filter(organisation=_organisation(principal, wanted.organisation))
    exact = {"verb": wanted.verb, "kind": wanted.kind, "object_id": wanted.object_id}
    exact |= {"request_id": wanted.request_id}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.person:
        rows = rows.filter(_of_person(wanted.person))
    if wanted.text:
        rows = rows.filter(_with_text(wanted.text))
    if wanted.since:
        rows = rows.filter(at__gte=_begin(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_begin(wanted.until + timedelta(days=1)))
    return rows


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _organisation(principal: Principal, code: str) -> int:
    found = Organisation.objects.filter(code=code).first()
    if found is None or not rules.may(principal, rules.ORGANISATION_AUDIT, found):
        raise unseen()
    return found.pk


def _of_person(text: str) -> Q:
    people = Person.objects.filter(Q(name__icontains=text) | Q(email__iexact=text.strip()))
    found = Q(actor__in=people.order_by().values("pk"))
    return found | Q(actor=int(text)) if text.isdecimal() and len(text) < 19 else found


def _with_text(text: str) -> Q:
    found = Q()
    for name in ("name", "reason", "before", "after"):
        found |= Q(**{f"{name}__icontains": text})
    return found


def own(principal: Principal) -> Records:
    """Return the deeds of somebody, the newest first; none of somebody who did not sign in.

    In a session in which not all roles count, only those that these roles let see.
    """
    rows = AuditRecord.objects.order_by("-sequence")
    if principal.person_id is None:
        return rows.none()
    rows = rows.filter(actor=principal.person_id)
    if not principal.partial:
        return rows
    seen = principal.organisations(Right.READ)
    return rows.filter(Q(organisation=None) | Q(organisation__in=seen))


def one(principal: Principal, sequence: int) -> Deed:
    """Return a record that somebody may read: of the trail that is open to him, or of his own deed.

    Raises
    ------
    UnseenError
    """
    row = AuditRecord.objects.filter(sequence=sequence).first()
    if row is None or not _sees(principal, row):
        raise unseen()
    return told([row])[0]


def _sees(principal: Principal, row: AuditRecord) -> bool:
    if own(principal).filter(pk=row.pk).exists():
        return True
    if rules.may(principal, rules.INSTALLATION):
        return True
    return row.organisation in principal.organisations(Right.AUDIT)


def page(rows: Records, *, older: int | None = None, newer: int | None = None) -> Page:
    """Return a page of records: those older than a number, those newer, or the newest.

    Reads by number and never by place, so that a late page costs no more than the first.
    """
    if newer is not None:
        found = list(rows.filter(sequence__gt=newer).order_by("sequence")[: PAGE + 1])
        shown, more = found[:PAGE][::-1], len(found) > PAGE
        return _page(rows, shown, more_newer=more, more_older=True)
    if older is not None:
        rows = rows.filter(sequence__lt=older)
    found = list(rows[: PAGE + 1])
    return _page(rows, found[:PAGE], more_newer=older is not None, more_older=len(found) > PAGE)


def _page(rows: Records, shown: list[AuditRecord], *, more_newer: bool, more_older: bool) -> Page:
    return Page(
        told(shown),
        older=shown[-1].sequence if shown and more_older else None,
        newer=shown[0].sequence if shown and more_newer else None,
    )


def each(rows: Records) -> Iterator[AuditRecord]:
    """Yield records, the oldest first, however many: some at a time, without holding a transaction."""
    after = -(2**63)
    while True:
        found = list(rows.filter(sequence__gt=after).order_by("sequence")[:CHUNK])
        yield from found
        if len(found) < CHUNK:
            return
        after = found[-1].sequence
