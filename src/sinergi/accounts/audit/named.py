"""Numbers of organisations and people in audit records, as names for those who read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed
from sinergi.accounts.models import Organisation, Person

ORGANISATIONS = frozenset({"organisation", "member", "association", "parent"})
PEOPLE = frozenset({"person"})


@dataclass(frozen=True, slots=True)
class Names:
    """Names by number, of what some records speak of."""

    organisations: dict[int, str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)

    def text(self, name: str, value: Any) -> str | None:
        """Return the name behind the number in a field; `None` where the field holds no such number."""
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        if name in ORGANISATIONS:
            return self.organisations.get(value)
        return self.people.get(value) if name in PEOPLE else None


def names_in(deeds: Iterable[Deed]) -> Names:
    """Return the names of all organisations and people that records speak of; two queries."""
    organisations: set[int] = set()
    people: set[int] = set()
    for deed in deeds:
        organisations |= {deed.organisation} if deed.organisation else set()
        kind, _colon, number = deed.part.partition(":")
        if kind in PEOPLE and number.isdecimal():
            people.add(int(number))
        for name, value in _numbers(deed):
            (organisations if name in ORGANISATIONS else people).add(value)
    return Names(
        dict(Organisation.objects.filter(pk__in=organisations).values_list("pk", "name")),
        {one.pk: _name(one) for one in Person.objects.filter(pk__in=people)},
    )


def _numbers(deed: Deed) -> Iterator[tuple[str, int]]:
    for values in (deed.before, deed.after):
        for name, value in values.items():
            known = name in ORGANISATIONS or name in PEOPLE
            if known and isinstance(value, int) and not isinstance(value, bool):
                yield name, value


def _name(person: Person) -> str:
    if person.erased_at is not None:
        return _("erased person %(number)s") % {"number": person.pk}
    return person.name
