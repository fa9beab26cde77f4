"""What all details share: how long their texts may be, their values in the audit trail, what changed."""

from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long

LENGTHS = {
    "title": 200,
    "theme": 300,
    "purpose": 4000,
    "host": 160,
    "place": 200,
    "contact": 200,
    "time_zone": 60,
    "note": 2000,
    "source": 2000,
    "text": 6000,
    "affair": 40,
    "asked_of": 200,
    "asked_for": 2000,
    "wording": 6000,
    "question": 300,
    "owner_name": 160,
    "evidence": 2000,
    "link": 500,
    "links": 4000,
    "office": 160,
    "name": 160,
    "option": 300,
}
FIRST_YEAR, LAST_YEAR = 1950, 2100


def plain(details: Any) -> dict[str, Any]:
    """Return the values of details as JSON has them, for the audit trail."""
    return {name: _plain(value) for name, value in asdict(details).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def text_faults(details: Any, needed: str, told: str) -> dict[str, str]:
    """Return which texts are too long, and that one which is needed is empty."""
    faults = too_long(details, LENGTHS)
    if not getattr(details, needed).strip():
        faults[needed] = told
    return faults


def day_fault(faults: dict[str, str], name: str, value: date | None) -> None:
    """Add to faults that a day lies in no sensible year."""
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        told = _("Choose a year between %(first)s and %(last)s.")
        faults[name] = told % {"first": FIRST_YEAR, "last": LAST_YEAR}


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states, as the audit trail keeps it."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that differ."""
        return tuple(self.after)


def changes(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """Return what differs."""
    names = [name for name in after if after[name] != before.get(name)]
    return Changes({n: before.get(n) for n in names}, {n: after[n] for n in names})
