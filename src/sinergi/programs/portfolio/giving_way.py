"""What must give way in words: ceilings, shares, rules and what was decided by hand."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sinergi.analysis.portfolio import PPM
from sinergi.programs.models import Measure, PortfolioProject, RuleKind
from sinergi.programs.money_words import money
from sinergi.programs.queries.words import channel_name, region_name


def beyond(promised: int) -> str:
    """Return a warning where least shares, parts per million of all money, exceed it together; else empty."""
    if promised <= PPM:
        return ""
    told = _(
        "The least shares of regions add up to %(sum)s%% of all money there is: they cannot all be kept."
    )
    return told % {"sum": number_format(f"{promised / 10_000:g}")}


def titles_of(projects: Mapping[int, PortfolioProject]) -> dict[int, str]:
    """Return the titles of projects by their number."""
    return {number: one.title for number, one in projects.items()}


def against(told: dict[str, Any], titles: Mapping[int, str]) -> list[str]:
    """Return in words what would have to give way for what was decided by hand, other than that itself."""
    rows = told.get("against", [])
    return [relaxed(one, titles) for one in rows if one["kind"] != "pin"]


def relaxed(one: dict[str, Any], titles: Mapping[int, str]) -> str:
    """Return in words which rule has to give way, and by how much.

    Parameters
    ----------
    one
        As `compute.violation` tells it; amounts are minor units, of scores millionths. Only what every
        choice lacks (`least`) is told as a number; in runs of earlier days it is not known.
    titles
        Of projects by number; those that are not among them are left out.
    """
    named = [titles[pk] for pk in one.get("projects", []) if pk in titles]
    names = "; ".join(f"“{title[:100]}”" for title in named)
    if one["kind"] == "ceiling":
        return _ceiling(one)
    if one["kind"] in {"minimum", "maximum"}:
        return _band(one)
    if one["kind"] == "pin":
        return _("What was decided by hand on %(name)s cannot be kept.") % {"name": names}
    if one["kind"] == "precedence":
        return _("The order cannot be kept: %(name)s.") % {"name": names}
    kind = RuleKind(one["rule"]).label
    return _("The rule “%(kind)s” cannot be kept: %(name)s.") % {"kind": kind, "name": names}


def _ceiling(one: dict[str, Any]) -> str:
    values = {"channel": channel_name(one["channel"]), "year": one["year"]}
    least = one.get("least")
    if not least:
        return _("The ceiling of %(channel)s in %(year)s is too low.") % values
    told = _("The ceiling of %(channel)s in %(year)s is %(amount)s too low.")
    if least < one["amount"]:
        told = _("The ceiling of %(channel)s in %(year)s is at least %(amount)s too low.")
    return told % {**values, "amount": money(least)}


def _band(one: dict[str, Any]) -> str:
    least = one["kind"] == "minimum"
    limit = number_format(f"{one['limit'] / 10_000:g}") + "%"
    values = {"region": region_name(one["region"]), "limit": limit}
    sure = one.get("least")
    if not sure:
        told = _("The most of %(region)s (%(limit)s) cannot be kept with the other limits.")
        if least:
            told = _(
                "The least share of %(region)s (%(limit)s) cannot be kept with the other limits."
            )
        return told % values
    if one["measure"] == Measure.SCORE:
        score = number_format(sure / 1_000_000, 2, force_grouping=True)
        if least:
            told = _(
                "The least share of %(region)s (%(limit)s of the score) misses %(amount)s points."
            )
        else:
            told = _(
                "The most of %(region)s (%(limit)s of the score) is passed by %(amount)s points."
            )
        return told % {**values, "amount": score}
    if least:
        told = _(
            "The least share of %(region)s (%(limit)s) exceeds by %(amount)s what its projects can get "
            "under the other limits."
        )
        if one["measure"] == Measure.SPENT:
            told = _(
                "The least share of %(region)s (%(limit)s of the money that is spent) is missed by at "
                "least %(amount)s under the other limits."
            )
    else:
        told = _("The most of %(region)s (%(limit)s) is passed by %(amount)s.")
    return told % {**values, "amount": money(sure)}
