"""On the overview of an agreement: how many days before somebody is reminded, and the way to choose them."""

from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.agreements import permissions
from sinergi.agreements.models import Agreement, State
from sinergi.agreements.panels import PANELS
from sinergi.agreements.queries.reminders import choice_of, days_of

PLACE = 45


def panel(by: Principal, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Return the days that hold; nothing for whoever cannot choose them."""
    if agreement.state != State.LIVING or not permissions.prepares(by, agreement):
        return None
    row = choice_of(agreement)
    days = ", ".join(map(str, days_of(row)))
    told = {"agreement": agreement, "days": days, "usual": row.usual}
    return "agreements/parts/reminders_panel.html", told


PANELS[PLACE] = panel
