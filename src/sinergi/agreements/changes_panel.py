"""What changed an agreement, on its overview."""

from typing import Any

from django.utils import timezone

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, Change, State
from sinergi.agreements.panels import PANELS
from sinergi.agreements.queries.changes import chain

PLACE, FEW = 60, 4


def panel(by: Principal, row: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Return the last changes and the chain; nothing where nothing changed it and it is not over."""
    changes = list(Change.objects.filter(agreement=row)[:FEW])
    links = chain(by, row)
    over = row.state == State.LIVING and row.ends is not None and row.ends < timezone.localdate()
    if not changes and not links and not over:
        return None
    told = {"number": row.pk, "changes": changes, "chain": links, "past_end": over}
    return "agreements/parts/changes_panel.html", told


PANELS[PLACE] = panel
