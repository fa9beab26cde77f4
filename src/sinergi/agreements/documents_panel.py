"""What the overview of an agreement shows of its documents: who accepts and signed them, what contradicts."""

from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement
from sinergi.agreements.panels import PANELS
from sinergi.agreements.queries.document_states import states

PLACE = 50


def panel(_by: Principal, agreement: Agreement) -> tuple[str, dict[str, Any]]:
    """Return the documents of an agreement, each with how far it has come."""
    return "agreements/documents_panel.html", {
        "agreement": agreement,
        "documents": states(agreement),
    }


PANELS[PLACE] = panel
