"""On the overview of an agreement: what falls due next, how much is late and who owes it."""

from typing import Any

from django.utils import timezone

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement
from sinergi.agreements.panels import PANELS
from sinergi.agreements.queries.dues import late_by_party, lines, next_dues

PLACE = 40


def panel(_by: Principal, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Return the next dues and who is late; nothing where nothing is open."""
    today = timezone.localdate()
    late = late_by_party(agreement, today)
    coming = lines(next_dues(agreement, today), today)
    if not late and not coming:
        return None
    told = {"late": late, "count": sum(n for _name, n in late), "next": coming}
    return "agreements/obligations_panel.html", told


PANELS[PLACE] = panel
