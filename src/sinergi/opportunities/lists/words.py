"""The words of a priority list, in the language of the reader."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sinergi.evidence.queries import unit_label
from sinergi.opportunities.lists import names
from sinergi.opportunities.lists.snapshot import Snapshot, localised, strongest
from sinergi.opportunities.messages import families_text, flag_name, level_name
from sinergi.opportunities.messages.money import rupiah
from sinergi.opportunities.results import Reason
from sinergi.opportunities.settings import MapSettings

POINTS = 100
"""A score is 0-1 inside and 0-100 on paper."""
UNRANKED: dict[str, Any] = {
    "objects": (),
    "affairs": (),
    "regions": (),
    "each": MapSettings.each,
    "top": MapSettings.top,
}
"""Settings that say what a map shows; the rank of a group among those of its object is without them."""


def number(value: float | None, decimals: int | None = None) -> str:
    """Return a number as the reader writes it: 1.234,5 in Indonesian; a dash where there is none.

    Parameters
    ----------
    decimals
        Digits after the separator; by default as many as the size of the value asks for.
    """
    if value is None:
        return "–"
    if decimals is None:
        size = abs(value)
        decimals = 0 if size >= 10_000 or value == int(value) else 1 if size >= 10 else 2
    return number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True)


def points(score: float) -> str:
    """Return a score as points of 100, one decimal."""
    return number(score * POINTS, 1)


def cooperation_type(kept: Snapshot) -> str:
    """Return the legal type: KSDD and so on, and for KSDD whether mandatory (a candidate) or voluntary."""
    if kept.family != "KSDD":
        return families_text(kept.family)
    if kept.mandatory_possible:
        return _("KSDD – possibly mandatory")
    if not kept.mandatory_candidate:
        return _("KSDD – voluntary")
    if kept.geographic_type:
        return _("KSDD – candidate for mandatory, type %(type)s") % {"type": kept.geographic_type}
    return _("KSDD – candidate for mandatory")


def authority(kept: Snapshot, lead: str) -> str:
    """Return who leads, and the provinces that must be a party."""
    leader = lead or level_name(kept.lead_level)
    if not kept.provinces_required:
        return leader
    provinces = ", ".join(kept.provinces_required)
    return _("%(leader)s; must take part: %(provinces)s") % {
        "leader": leader,
        "provinces": provinces,
    }


def reason_line(kept: Snapshot, reason: Reason, *, source: bool = True) -> str:
    """Return one observation in words: who, what, how much, when, by whom, how sure."""
    text = _("%(region)s: %(indicator)s %(value)s %(unit)s (%(when)s)") % {
        "region": kept.member_name(reason.member),
        "indicator": localised(reason.name_id, reason.name_en),
        "value": number(reason.value),
        "unit": unit_label(reason.unit),
        "when": f"{reason.period}, {reason.source}" if source else reason.period,
    }
    return text if reason.flag in ("official", "") else f"{text} [{flag_name(reason.flag)}]"


def rank(kept: Snapshot) -> str:
    """Return the rank with what it is a rank among; empty for a group that its map does not rank.

    It is the rank of the map that it was chosen from, which is seldom that of the whole country.
    """
    if not kept.rank:
        return ""
    settings = kept.settings
    values = {
        "rank": kept.rank,
        "among": max(kept.rank, kept.among),
        "area": ", ".join(names.region(code) for code in settings.within),
    }
    if not kept.among:
        return _("rank %(rank)s under the settings of the choice") % values
    if settings.but(within=(), **UNRANKED) != MapSettings():
        if settings.within:
            told = _("rank %(rank)s of %(among)s within %(area)s, under the settings of the choice")
            return told % values
        return _("rank %(rank)s of %(among)s under the settings of the choice") % values
    if settings.within:
        return _("rank %(rank)s of %(among)s within %(area)s") % values
    return _("rank %(rank)s of %(among)s in the whole country") % values


def proposed_reason(kept: Snapshot) -> str:
    """Return a reason to start from: score, rank, the strongest observations, savings.

    Sources are left to the appendix, so that the line fits its column.
    """
    if kept.rank:
        head = _("Score %(score)s of 100, %(rank)s for this object.")
    else:
        head = _("Score %(score)s of 100.")
    lines = [head % {"score": points(kept.score), "rank": rank(kept)}]
    lines += [reason_line(kept, reason, source=False) + "." for reason in strongest(kept.reasons)]
    if kept.money is not None and kept.money.saving > 0:
        lines.append(
            _("Together cheaper by about %(saving)s a year (estimate).")
            % {"saving": rupiah(kept.money.saving)}
        )
    return "\n".join(lines)


def field_name(name: str) -> str:
    """Return the name of a field of a list or an entry."""
    words = {
        "name": _("Name of the list"),
        "purpose": _("Purpose"),
        "owner": _("Organisation that hands it in"),
        "planning_document": _("Planning document"),
        "signatory": _("Signed by (position)"),
        "proposer": _("Proposer"),
        "target_year": _("Target year"),
        "funding_channel": _("Funding channel"),
        "lead": _("Lead authority"),
        "note": _("Note"),
        "reason": _("Reason"),
        "why": _("Why"),
        "query": _("Settings"),
        "position": _("Position"),
        "score": _("Score"),
        "rank": _("Rank"),
        "evidence": _("Evidence version"),
    }
    return words.get(name, name)
