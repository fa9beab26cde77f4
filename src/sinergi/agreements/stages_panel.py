"""What the overview of an agreement shows of its stages: where the whole stands, and on whom it waits."""

from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.agreements import rules
from sinergi.agreements.models import Agreement
from sinergi.agreements.panels import PANELS
from sinergi.agreements.queries.stages import known_of
from sinergi.agreements.stage_words import named, stage_name
from sinergi.agreements.views.stages_shown import ShownLack, shown_lack

PLACE = 10
MOST = 6
"""Things that are missing, shown of each party on the overview; the page of stages shows all."""


def panel(by: Principal, agreement: Agreement) -> tuple[str, dict[str, Any]]:
    """Return the stage of the whole among all stages, and what it waits for, by who must act."""
    known = known_of(agreement)
    now = rules.place(known.stages, agreement.stage)
    told = rules.waiting(known.stages, known.facts, known.tracks)
    waits: list[tuple[str, list[ShownLack], int]] = []
    for who, lacks in told.items():
        party = known.party(who)
        shown = [shown_lack(known, one) for one in lacks[:MOST]]
        waits.append((party.name if party is not None else "", shown, len(lacks) - len(shown)))
    return "agreements/stages_panel.html", {
        "agreement": agreement,
        "stage": stage_name(known, agreement.stage),
        "number": now + 1,
        "count": len(known.stages),
        "track": [
            (named(one), "past" if place < now else "now" if place == now else "ahead")
            for place, one in enumerate(known.stages)
        ],
        "tracks": [
            (one.name, stage_name(known, one.stage)) for one in known.parties if one.left_on is None
        ],
        "waits": waits,
        "ended": known.facts.ended,
    }


PANELS[PLACE] = panel
