"""The page of a decision on a finding that is gone: what was written stays, with where it can be made now."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable
from sinergi.programs.forms.sync import ASKED, SHARE, DecisionForm
from sinergi.programs.models import FindingLine, Outcome, SyncRun
from sinergi.programs.queries.sync_same_lines import of_lines
from sinergi.programs.queries.words import region_name
from sinergi.programs.synchronise.compute import MOST_LINES
from sinergi.programs.synchronise.shown import shown

CONFLICT = 409
ABOUT = "tentang"
"""Field of a finding's form that names its lines, so that they are known when the finding is gone."""
OF_THE_PAGE = frozenset({"csrfmiddlewaretoken", "seen", "said", ABOUT})
SEEN_NOTHING = "-"
"""A fingerprint that no finding has: what comes along with it is shown once more before it is kept."""


def about_lines(rows: Iterable[FindingLine]) -> str:
    """Return the identities of lines as the form of a finding sends them."""
    return " ".join(str(one.identity) for one in rows)


def too_late(request: HttpRequest, by: Principal, run: SyncRun) -> HttpResponse:
    """Show what was written of a finding that is gone, and the findings of the run about its lines."""
    sent = request.POST
    found = of_lines(by, run, _identities(sent.get(ABOUT, "")))
    context = {
        "run": run,
        "text": sent.get("text", ""),
        "written": _written(sent),
        "sent": [
            *(
                (name, text)
                for name in sent
                if name not in OF_THE_PAGE
                for text in sent.getlist(name)
            ),
            ("said", SEEN_NOTHING),
        ],
        "findings": [shown(one) for one in found],
    }
    return render(request, "programs/sync_too_late.html", context, status=CONFLICT)


def _identities(text: str) -> list[UUID]:
    try:
        return [UUID(one) for one in text.split()[:MOST_LINES]]
    except ValueError:
        return []


def _written(sent: QueryDict) -> list[tuple[str, str]]:
    """Return what was written besides the text, as far as the decision asks for it: label and words."""
    outcome = sent.get("outcome", "")
    if outcome not in Outcome.values:
        return []
    asked = ASKED.get(Outcome(outcome), set())
    labels: dict[str, Any] = {
        name: field.label
        for name, field in DecisionForm.base_fields.items()
        if name in asked - {"stays", "per_cent"}
    }
    if outcome == Outcome.SHARE:
        codes = [name.removeprefix(SHARE) for name in sent if name.startswith(SHARE)]
        labels |= {
            SHARE + code: _("Share of %(name)s") % {"name": region_name(code)} for code in codes
        }
    told = [(str(DecisionForm.base_fields["outcome"].label), str(Outcome(outcome).label))]
    told += [(str(label), printable(sent.get(name, ""))) for name, label in labels.items()]
    if "per_cent" in asked and sent.get("per_cent"):
        told.append((str(DecisionForm.base_fields["per_cent"].label), _("yes")))
    return [one for one in told if one[1]]
