"""Where something is done about an alarm: the page, and what it is called."""

from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sinergi.agreements.alarms import Kind, Threat


class Place(NamedTuple):
    """A page on which something is done about an alarm."""

    url: str
    label: str


OF_A_SERVICE = (Kind.NO_TARIFF, Kind.NO_BASIS, Kind.OVER_QUOTA, Kind.IDLE)
OF_BUDGETS = (Kind.NO_BUDGET, Kind.BUDGET_SHORT, Kind.BUDGET_UNKNOWN)
OF_OBLIGATIONS = (Kind.WORDS_ONLY, Kind.LATE)


def place_of(agreement_id: int, threat: Threat) -> Place:
    """Return where something is done about a threat."""

    def at(name: str, *more: Any) -> str:
        try:
            return reverse(f"agreements:{name}", args=[agreement_id, *more])
        except NoReverseMatch:
            return reverse("agreements:agreement", args=[agreement_id])

    kind, number = threat.kind, threat.key.partition(":")[0]
    if kind in OF_A_SERVICE:
        return Place(at("service", int(number)), _("To the service"))
    if kind in OF_BUDGETS:
        return Place(f"{at('budget')}?tahun={threat.told['year']}", _("To the budget"))
    if kind in OF_OBLIGATIONS:
        return Place(at("obligation", int(number)), _("To the obligation"))
    if kind == Kind.UNPAID:
        return Place(at("bill", int(number)), _("To the bill"))
    if kind == Kind.VOLUME_UNKNOWN:
        year = int(threat.told["month"][:4])
        return Place(at("volumes", int(number), year), _("To the volumes"))
    if kind == Kind.NOTHING_DONE:
        return Place(at("obligations"), _("To the obligations"))
    if kind == Kind.ENDING:
        return Place(at("evaluations"), _("To the evaluations"))
    if kind == Kind.LEFT_OPEN:
        return Place(at("parties"), _("To the parties"))
    return Place(at("changes"), _("To the changes"))
