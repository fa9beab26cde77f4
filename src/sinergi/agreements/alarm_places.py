"""Where something is done about an alarm: the page, and what it is called."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.agreements.alarms import Kind, Threat


class Place(NamedTuple):
    """A page on which something is done about an alarm."""

    url: str
    label: str


def place_of(agreement_id: int, threat: Threat) -> Place:
    """Return where something is done about a threat."""
    name, label = PLACES.get(threat.kind, ("changes", _("To the changes")))
    args: list[Any] = [agreement_id]
    if name in NUMBERED:
        args.append(int(threat.key.partition(":")[0]))
    if name == "volumes":
        args.append(int(threat.told["month"][:4]))
    year = f"?tahun={threat.told['year']}" if name == "budget" else ""
    return Place(reverse(f"agreements:{name}", args=args) + year, str(label))


SERVICE, BUDGET = ("service", _("To the service")), ("budget", _("To the budget"))
OBLIGATION = ("obligation", _("To the obligation"))
PLACES: dict[Kind, tuple[str, Any]] = {
    Kind.NO_TARIFF: SERVICE,
    Kind.NO_BASIS: SERVICE,
    Kind.OVER_QUOTA: SERVICE,
    Kind.IDLE: SERVICE,
    Kind.NO_BUDGET: BUDGET,
    Kind.BUDGET_SHORT: BUDGET,
    Kind.BUDGET_UNKNOWN: BUDGET,
    Kind.WORDS_ONLY: OBLIGATION,
    Kind.LATE: OBLIGATION,
    Kind.UNPAID: ("bill", _("To the bill")),
    Kind.VOLUME_UNKNOWN: ("volumes", _("To the volumes")),
    Kind.NOTHING_DONE: ("obligations", _("To the obligations")),
    Kind.ENDING: ("evaluations", _("To the evaluations")),
    Kind.LEFT_OPEN: ("parties", _("To the parties")),
}
"""Name of the page, and what it is called."""
NUMBERED = frozenset({"service", "obligation", "bill", "volumes"})
"""Pages of one thing, whose number the key of a threat begins with."""
