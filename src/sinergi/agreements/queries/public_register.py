"""The public register: of agreements that were put into it, the fields that may be public, and no others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sinergi.agreements import errors
from sinergi.agreements.models import Agreement, Attachment, Party
from sinergi.agreements.queries.register import MOST_WORDS, parties_of, state_of
from sinergi.agreements.register_words import about

FIELDS = (
    "pk", "number", "title", "family", "object_code", "object_text", "affair", "begins", "ends", "state",
    "ended_on",
)  # fmt: skip
"""What is read of an agreement: nothing else reaches the page."""


@dataclass(frozen=True, slots=True)
class PublicLine:
    """What everybody may know of an agreement."""

    pk: int
    number: str
    title: str
    family: str
    parties: tuple[str, ...]
    about: str
    begins: date | None
    ends: date | None
    state: str
    ended_on: date | None


def listed() -> QuerySet[Agreement]:
    """Return the agreements in the public register."""
    rows = Agreement.objects.filter(in_public_register=True, deleted_at=None)
    found: QuerySet[Agreement] = rows.only(*FIELDS).order_by("-begins", "title", "pk")
    return found


def narrowed(words: str, family: str) -> QuerySet[Agreement]:
    """Return those whose title, number, object or party holds every word."""
    rows = listed()
    if family:
        rows = rows.filter(family=family)
    for word in words.split()[:MOST_WORDS]:
        named = Party.objects.filter(name__icontains=word, left_on=None)
        said = Q(title__icontains=word) | Q(number__icontains=word)
        said |= Q(object_text__icontains=word)
        rows = rows.filter(said | Q(pk__in=named.values("agreement")))
    return rows


def told(rows: Iterable[Agreement], today: date) -> list[PublicLine]:
    """Return what everybody may know of agreements, with the names of their parties."""
    found = list(rows)
    named = parties_of(row.pk for row in found)
    return [
        PublicLine(
            row.pk,
            row.number,
            row.title,
            row.family,
            tuple(named.get(row.pk, ())),
            about(row),
            row.begins,
            row.ends,
            state_of(row, today),
            row.ended_on,
        )
        for row in found
    ]


def one(number: int, today: date) -> PublicLine:
    """Return one agreement of the public register.

    Raises
    ------
    NotFoundError
    """
    row = listed().filter(pk=number).first()
    if row is None:
        raise errors.not_found(_("The agreement"))
    return told([row], today)[0]


def attachments(number: int) -> QuerySet[Attachment]:
    """Return the files of a listed agreement that may be public."""
    rows = Attachment.objects.filter(
        agreement__in=listed().filter(pk=number).order_by().values("pk"),
        is_public=True,
        removed_at=None,
    )
    return rows.select_related("file").defer("file__text").order_by("-created", "-pk")
