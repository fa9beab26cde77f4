"""What is asked of the register: an address becomes a question, and a question an address."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.accounts.texts import printable, small_number
from sinergi.agreements.models import State
from sinergi.agreements.queries.register import ORDERS, PAST_END, Wanted

KEYS = {
    "words": "kata",
    "family": "rumpun",
    "stage": "tahap",
    "state": "keadaan",
    "region": "wilayah",
    "party": "pihak",
    "object_code": "objek",
    "affair": "urusan",
    "begins": "mulai",
    "ends": "berakhir",
    "days": "hari",
    "owner": "pemilik",
    "late": "terlambat",
    "alarms": "peringatan",
    "order": "urut",
}
"""Words of the address for what may be asked."""
STATES: list[tuple[str, Any]] = [
    (State.LIVING.value, State.LIVING.label),
    (PAST_END, _("past its end")),
    *[(one.value, one.label) for one in State if one is not State.LIVING],
]
ORDER_NAMES: list[tuple[str, Any]] = [
    ("", _("changed last")),
    ("berakhir", _("ending first")),
    ("mulai", _("begun last")),
    ("judul", _("by title")),
    ("nomor", pgettext_lazy("order", "by number")),
]
DAYS = (30, 60, 90, 180, 365)
LONGEST = 160
FIRST_YEAR, LAST_YEAR = 1900, 2199


def asked(sent: Any) -> Wanted:
    """Return what an address asks for; what cannot be meant narrows nothing."""
    said = {name: printable(str(sent.get(key, "")))[:LONGEST] for name, key in KEYS.items()}
    return Wanted(
        words=said["words"],
        family=said["family"],
        stage=said["stage"],
        state=said["state"] if said["state"] in dict(STATES) else "",
        region=said["region"],
        party=said["party"],
        object_code=said["object_code"],
        affair=said["affair"],
        begins=year(said["begins"]),
        ends=year(said["ends"]),
        days=small_number(said["days"], 4),
        owner=said["owner"],
        late=said["late"] == "1",
        alarms=said["alarms"] == "1",
        order=said["order"] if said["order"] in ORDERS else "",
    )


def year(text: str) -> int | None:
    """Return a year that a calendar has; `None` for anything else."""
    number = small_number(text, 4)
    return number if number is not None and FIRST_YEAR <= number <= LAST_YEAR else None


def day(text: str) -> date | None:
    """Return the day that an address names as `2026-11-23`; `None` for anything else."""
    try:
        found = date.fromisoformat(printable(text)[:10])
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def address(wanted: Wanted, *, without: tuple[str, ...] = ()) -> str:
    """Return a question as the query of an address."""
    told = {}
    for name, key in KEYS.items():
        value = getattr(wanted, name)
        if value is not None and value is not False and value != "" and name not in without:
            told[key] = "1" if value is True else value
    return urlencode(told)
