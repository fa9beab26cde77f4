"""Rows of ballots in preparation: their details, what of them cannot be, their options in order."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from sinergi.accounts.texts import cleaned, printable
from sinergi.forums import errors
from sinergi.forums.actions.rows import refuse
from sinergi.forums.details import BallotDetails, ballot_faults, plain
from sinergi.forums.models import Ballot, Forum
from sinergi.forums.queries.themes import themes

ASIDE = 1000
"""Added to the places of options while they are put in another order: no two may hold one place."""


def details_of(ballot: Ballot) -> BallotDetails:
    """Return what is asked and how it is counted."""
    names = [field.name for field in fields(BallotDetails) if field.name != "options"]
    options = tuple(ballot.options.values_list("text", "theme"))
    return BallotDetails(**{name: getattr(ballot, name) for name in names}, options=options)


def clean_ballot(
    forum: Forum, details: BallotDetails, kept: Collection[int | None] = ()
) -> BallotDetails:
    """Return details fit to be written.

    Parameters
    ----------
    kept
        Themes that are options already: they stay, even where they were drawn into others meanwhile.

    Raises
    ------
    InvalidError
    NotFoundError
        When an option is a theme that the forum does not have.
    """
    options = tuple((printable(text), theme) for text, theme in details.options)
    details = cleaned(details, options=options)
    refuse(ballot_faults(details))
    there = {*themes(forum).values_list("pk", flat=True), *kept, None}
    if any(theme not in there for _text, theme in options):
        raise errors.not_found(_("One of the themes"))
    return details


def plain_ballot(details: BallotDetails) -> dict[str, Any]:
    """Return the details as the audit trail keeps them: of options their texts, in order."""
    return {**plain(details), "options": [text for text, _theme in details.options]}


def write_ballot(ballot: Ballot, details: BallotDetails, numbers: Sequence[int | None]) -> None:
    """Write a ballot in preparation and its options.

    Parameters
    ----------
    numbers
        For each option of `details` which row it was; `None` for a new one. Rows that none was go.
    """
    for field in fields(BallotDetails):
        if field.name != "options":
            setattr(ballot, field.name, getattr(details, field.name))
    ballot.save()
    ballot.options.exclude(pk__in=[number for number in numbers if number is not None]).delete()
    ballot.options.update(position=F("position") + ASIDE)
    for position, (number, (text, theme)) in enumerate(
        zip(numbers, details.options, strict=True), start=1
    ):
        values = {"position": position, "text": text, "theme_id": theme}
        if number is None:
            ballot.options.create(**values)
        else:
            ballot.options.filter(pk=number).update(**values)
