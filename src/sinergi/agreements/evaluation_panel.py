"""The latest evaluation of an agreement, on its overview."""

from typing import Any

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.agreements.evaluating import summary
from sinergi.agreements.models import Agreement, Evaluation
from sinergi.agreements.panels import PANELS
from sinergi.reference import queries as reference

PLACE = 70


def panel(by: Principal, row: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Return the latest evaluation; nothing where there is none.

    Who reads the agreement because it is public learns what all judged together, not each party.
    """
    rows = Evaluation.objects.filter(agreement=row)
    inside = rules.may(by, rules.OBJECT_HISTORY, row)
    one = (rows if inside else rows.filter(party=None)).first()
    if one is None:
        return None
    mean = summary(one.answers, reference.agreement_terms("evaluation_question")).mean
    told = {"number": row.pk, "one": one, "mean": None if mean is None else float(mean)}
    return "agreements/parts/evaluation_panel.html", told


PANELS[PLACE] = panel
