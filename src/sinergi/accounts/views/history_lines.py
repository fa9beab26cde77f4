"""The history of an object as lines of a page: who, when, what, from what to what, why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Level, Organisation, Visibility
from sinergi.accounts.principal import Principal

NOTHING = "–"
AMONG_US = frozenset({Verb.SHARED, Verb.UNSHARED, Verb.EXPORTED})
"""Deeds that visitors are not told of: they read what is public, not with whom else it was shared and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A deed as a page shows it.

    Attributes
    ----------
    subject
        The part of the object that it was done to; empty for the whole.
    changes
        Field, before, after.
    """

    at: datetime
    who: str
    what: str
    subject: str
    changes: tuple[tuple[str, str, str], ...]
    reason: str


def as_written(name: str, value: object, deed: Deed) -> str:
    """Return a value as it was recorded."""
    return str(value)


def whole(deed: Deed) -> str:
    """Return no subject: the deed was done to the whole object."""
    return ""


def lines(
    principal: Principal,
    deeds: Iterable[Deed],
    *,
    field_name: Callable[[str], str] = str,
    shown: Callable[[str, Any, Deed], str] = as_written,
    subject: Callable[[Deed], str] = whole,
) -> list[Line]:
    """Return deeds as lines; names of people, and with whom it is shared, only to people who signed in.

    Parameters
    ----------
    deeds
        Of `audit.history.history`.
    field_name
        The name of a field of the object, for people.
    shown
        A value of a field, for people; asked for values that are there only.
    subject
        The part of the object that a deed was done to.
    """
    known = principal.signed_in or principal.operator
    told = [one for one in deeds if known or one.verb not in AMONG_US]
    names = _organisations(told)

    def value(name: str, values: dict[str, Any], deed: Deed) -> str:
        given = values.get(name)
        if given is None or given == "":
            return NOTHING
        if name in SHARING:
            return SHARING[name](given, names)
        return shown(name, given, deed)

    def changes(deed: Deed) -> tuple[tuple[str, str, str], ...]:
        fields = {**deed.before, **deed.after}
        rows = ((n, value(n, deed.before, deed), value(n, deed.after, deed)) for n in fields)
        return tuple((_name(n, field_name), b, a) for n, b, a in rows if (b, a) != (NOTHING,) * 2)

    def who(deed: Deed) -> str:
        return deed.who if known else _("somebody who signed in")

    return [
        Line(deed.at, who(deed), deed.what, subject(deed), changes(deed), deed.reason)
        for deed in told
    ]


def _organisations(deeds: Iterable[Deed]) -> dict[int, str]:
    """Return the names of the organisations that shares name; one query, none without shares."""
    numbers = {
        number
        for deed in deeds
        for values in (deed.before, deed.after)
        if isinstance(number := values.get("organisation"), int)
    }
    if not numbers:
        return {}
    rows = Organisation.objects.filter(pk__in=numbers)
    return dict(rows.values_list("pk", "name"))


def _level(value: object, names: dict[int, str]) -> str:
    return str(Level(value).label) if value in Level.values else str(value)


def _visibility(value: object, names: dict[int, str]) -> str:
    return str(Visibility(value).label) if value in Visibility.values else str(value)


def _organisation(value: Any, names: dict[int, str]) -> str:
    return names.get(value, str(value))


def _members(value: object, names: dict[int, str]) -> str:
    return _("yes") if value else _("no")


SHARING: dict[str, Callable[[Any, dict[int, str]], str]] = {
    "organisation": _organisation,
    "level": _level,
    "with_members": _members,
    "visibility": _visibility,
}
"""Fields that sharing records, and how their values are told."""


def _name(name: str, field_name: Callable[[str], str]) -> str:
    words = {
        "organisation": _("Organisation"),
        "level": _("What it allows"),
        "with_members": _("With its members"),
        "visibility": _("Who may read it"),
    }
    return words.get(name) or field_name(name)
