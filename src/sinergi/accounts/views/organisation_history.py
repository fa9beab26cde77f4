"""The history of an organisation as lines of its page: people and members by their names."""

from typing import Any

from sinergi.accounts.audit import words
from sinergi.accounts.audit.history import Deed, history
from sinergi.accounts.models import Organisation, Person
from sinergi.accounts.principal import Principal
from sinergi.accounts.views.history_lines import Line, lines

PEOPLE, MEMBERS = "person", "member"


def organisation_history(principal: Principal, organisation: Organisation) -> list[Line]:
    """Return what was done to an organisation, for whoever may read its audit trail."""
    deeds = history("organisation", organisation.pk)
    people = dict(
        Person.objects.filter(pk__in=_numbers(deeds, PEOPLE), erased_at=None).values_list(
            "pk", "name"
        )
    )
    members = dict(
        Organisation.objects.filter(pk__in=_numbers(deeds, MEMBERS)).values_list("pk", "name")
    )

    def shown(name: str, value: Any, deed: Deed) -> str:
        names = {PEOPLE: people, MEMBERS: members}.get(name, {})
        return names.get(value) or words.value_text(name, value)

    def subject(deed: Deed) -> str:
        kind, _colon, number = deed.part.partition(":")
        return people.get(int(number), "") if kind == PEOPLE and number.isdecimal() else ""

    return lines(principal, deeds, field_name=words.field_name, shown=shown, subject=subject)


def _numbers(deeds: list[Deed], name: str) -> set[int]:
    """Return the numbers that a field, or the part of the deed, names."""
    told = [values.get(name) for deed in deeds for values in (deed.before, deed.after)]
    parts = [deed.part.partition(":") for deed in deeds]
    told += [int(number) for kind, _, number in parts if kind == name and number.isdecimal()]
    return {number for number in told if isinstance(number, int)}
