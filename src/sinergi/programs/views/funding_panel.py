"""What the page of a line says about its funding."""

from typing import Any

from django.urls import reverse

from sinergi.accounts.principal import Principal
from sinergi.programs.funding import May, channels_for, words
from sinergi.programs.funding.conditions import Verdict
from sinergi.programs.models import PlanLine
from sinergi.programs.panels import PANELS
from sinergi.programs.queries import funding as queries


def funding_panel(by: Principal, line: PlanLine) -> tuple[str, dict[str, Any]]:
    """Return the template of the panel, and the channels that could pay with what is not known."""
    facts = queries.facts_of(line)
    told = channels_for(facts, queries.menus())
    unknown = {
        words.told(reason)
        for one in told
        if one.may is May.NOT_KNOWN
        for reason in one.of(Verdict.UNKNOWN)
    }
    panel = {
        "groups": [
            (words.MAY[may], names)
            for may in (May.YES, May.DEPENDS)
            if (names := [words.channel_name(one.code) for one in told if one.may is may])
        ],
        "unknown": sorted(unknown),
        "address": f"{reverse('programs:funding')}?baris={line.identity}",
        "year": facts.year,
    }
    return "programs/funding_panel.html", panel


def register() -> None:
    """Show the panel on the page of every line."""
    if funding_panel not in PANELS:
        PANELS.append(funding_panel)
