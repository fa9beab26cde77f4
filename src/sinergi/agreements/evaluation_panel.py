"""The latest evaluation of an agreement, on its overview."""

from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.agreements.evaluating import summary
from sinergi.agreements.models import Agreement, Evaluation
from sinergi.agreements.panels import PANELS
from sinergi.reference import queries as reference

PLACE = 70


def panel(_by: Principal, row: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Return the latest evaluation; nothing where there is none."""
    one = Evaluation.objects.filter(agreement=row).first()
    if one is None:
        return None
    mean = summary(one.answers, reference.agreement_terms("evaluation_question")).mean
    told = {"number": row.pk, "one": one, "mean": None if mean is None else float(mean)}
    return "agreements/parts/evaluation_panel.html", told


PANELS[PLACE] = panel
