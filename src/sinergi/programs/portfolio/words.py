"""Runs of portfolios in words and as what pages show."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sinergi.accounts.principal import Principal
from sinergi.programs.models import Measure, Portfolio, PortfolioProject, PortfolioRun, RunState
from sinergi.programs.portfolio.giving_way import against, beyond, relaxed, titles_of
from sinergi.programs.portfolio.parts import CHOOSING, SEEKING
from sinergi.programs.queries import portfolio as queries
from sinergi.programs.queries.words import channel_name, region_name
from sinergi.programs.templatetags.programs import short_rupiah

STATUS = {
    "optimal": gettext_lazy("proven to be the best"),
    "within_gap": gettext_lazy("proven to be as near the best as was asked"),
    "time": gettext_lazy("the best that was found in the time; how near the best is told below"),
    "infeasible": gettext_lazy("proven that nothing keeps all limits and rules"),
    "unknown": gettext_lazy("nothing found in the time, and nothing proven; give it more time"),
    "stopped": gettext_lazy("the solver was ended from outside; what it had found is kept"),
    "memory": gettext_lazy("the solver ran out of memory; what it had found is kept"),
}
FEWER = {
    "time": gettext_lazy("The time was over; with more seconds there may be more."),
    "lossy": gettext_lazy(
        "Proven: no further choice loses at most 2% of the score and differs in a fifth of the projects, "
        "where each of two holds at least 5% that the other does not."
    ),
    "ended": gettext_lazy("The solver was ended before it was done; choose again."),
}
BILLION = Decimal(10) ** 9
SAME = 0.005
"""Scores are shown with two decimals: what is less is no difference."""
FEW_REGIONS = 8
"""So many regions can be told apart by colour."""


def rupiah(units: int) -> Decimal:
    """Return minor units as rupiah."""
    return Decimal(units) / 100


def projects_of(by: Principal, portfolio: Portfolio) -> dict[int, PortfolioProject]:
    """Return number to project of those that somebody may read, without their parts."""
    rows = queries.projects(by, portfolio).defer("parts", "regions")
    return {one.pk: one for one in rows}


def shown(run: PortfolioRun, projects: dict[int, PortfolioProject]) -> dict[str, Any]:
    """Return what a page shows of a run to somebody who may read these `projects` (`projects_of`)."""
    told = run.result
    return {
        "status": STATUS.get(told.get("status", ""), ""),
        "told": told,
        "gap": _gap(told),
        "chosen": _chosen(told.get("chosen", []), projects),
        "cells": _cells(told.get("cells", [])),
        "chart": _chart(told.get("cells", [])),
        "regions": _regions(told),
        "others": _others(told, projects),
        "fewer": _fewer(told),
        "prices": [_price(one, projects) for one in told.get("prices", [])],
        "conflict": _conflict(told.get("conflict"), titles_of(projects)),
        "unspent": rupiah(told.get("unspent", 0)),
        "available": rupiah(told.get("available", 0)),
    }


def stage(run: PortfolioRun) -> str:
    """Return what a run is doing at the moment; empty while nothing does it."""
    if run.state != RunState.RUNNING:
        return ""
    if run.base_id is not None or run.progress < CHOOSING[1]:
        return _("Searching for the best choice.")
    if run.progress < SEEKING[1]:
        return _("The best is found; other choices that are nearly as good are sought.")
    return _("Choices are found; what each limit costs is computed.")


def effect(change: dict[str, Any]) -> str:
    """Return in words by how much the best score changes: known, or between two ends."""
    low, high = change.get("low"), change.get("high")
    if low is not None and high is not None and high - low < SAME:
        if abs(low) < SAME:
            return _("stays: proven that nothing is gained or lost")
        return _("%(change)s points, proven") % {"change": points(low)}
    if low is None:
        return _("%(change)s points so far; how much at most is not known") % {
            "change": points(change["change"])
        }
    if high is None:
        return _("at least %(low)s points") % {"low": points(low)}
    told = _("between %(low)s and %(high)s points; the choice found: %(change)s")
    values = {"low": points(low), "high": points(high), "change": points(change["change"])}
    return told % values


def points(value: float) -> str:
    """Write a change of the score with its sign, in the language of the page."""
    rounded = round(value, 2)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{number_format(abs(rounded), 2, force_grouping=True)}"


def _fewer(told: dict[str, Any]) -> str:
    """Return why there are fewer choices than were asked for; empty where there are enough."""
    asked, found = told.get("others_asked", 0), len(told.get("others", []))
    why = told.get("others_why", "")
    if found >= asked or why not in FEWER:
        return ""
    head = _("Asked for %(asked)s choices, found %(found)s.") % {"asked": asked, "found": found}
    if told.get("others_none"):
        none = _(
            "Proven: no other choice is possible that differs in a fifth of the projects, "
            "where each of two holds at least 5% that the other does not."
        )
        return f"{head} {none}"
    text = f"{head} {FEWER[why]}"
    lost = told.get("others_least_lost")
    if why == "lossy" and lost is not None:
        least = _("Such a choice loses at least %(lost)s%% of the score.")
        text += " " + least % {"lost": number_format(lost * 100, 1)}
    return text


def _gap(told: dict[str, Any]) -> dict[str, Any] | None:
    gap = told.get("gap")
    if not gap:
        return None
    return {
        "score": gap["score"],
        "share": gap["share"],
        "open": told.get("status") != "optimal",
        "precision": told.get("status") == "optimal" and gap["score"] >= SAME,
        "money": None if gap["money"] is None else rupiah(gap["money"]),
    }


def _chosen(
    rows: list[dict[str, Any]], projects: dict[int, PortfolioProject]
) -> list[dict[str, Any]]:
    found = []
    for one in rows:
        project = projects.get(int(one["project"]))
        if project is None:
            continue
        by_channel: dict[str, int] = {}
        for _year, channel, units in one["amounts"]:
            by_channel[channel] = by_channel.get(channel, 0) + units
        found.append(
            {
                "project": project,
                "start": one["start"],
                "total": rupiah(sum(by_channel.values())),
                "channels": [(channel_name(code), rupiah(u)) for code, u in by_channel.items()],
            }
        )
    return found


def _cells(rows: list[list[Any]]) -> dict[str, Any]:
    years = sorted({row[0] for row in rows})
    table: dict[str, list[dict[str, Any]]] = {}
    for _year, channel, ceiling, spent in rows:
        part = spent / ceiling if ceiling else None
        cell = {"ceiling": rupiah(ceiling), "spent": rupiah(spent), "share": part}
        table.setdefault(channel, []).append(cell)
    named = [(channel_name(code), cells) for code, cells in table.items()]
    return {"years": years, "rows": named}


def _chart(rows: list[list[Any]]) -> dict[str, Any]:
    """Return bars by year and channel: what is spent, and what is left under the ceiling."""
    spent_name, left_name = pgettext("money of projects", "chosen"), _("left under the ceiling")
    made = []
    for year, channel, ceiling, spent in rows:
        if not ceiling:
            continue
        label = f"{year} · {channel_name(channel)}"
        for name, units in ((spent_name, spent), (left_name, ceiling - spent)):
            value = round(float(rupiah(units) / BILLION), 3)
            made.append({"label": label, "value": value, "series": name})
    if not made:
        return {}
    return {
        "rows": made,
        "series": [spent_name, left_name],
        "quiet": [left_name],
        "x": {"label": _("billion rupiah")},
    }


def _regions(told: dict[str, Any]) -> list[dict[str, Any]]:
    rows = told.get("regions", [])
    whole = sum(row[1] for row in rows) or 1
    found = [
        {
            "code": code,
            "name": region_name(code),
            "money": rupiah(units),
            "share": units / whole,
            "score": score,
            "count": count,
        }
        for code, units, score, count in rows
    ]
    return sorted(found, key=lambda one: -float(one["share"]))


def _others(told: dict[str, Any], projects: dict[int, PortfolioProject]) -> dict[str, Any]:
    """Return the choices side by side: what each region gets, and projects not in all of them."""
    others = told.get("others", [])
    if len(others) < 2:
        return {}
    sets: list[set[int]] = [{int(one["project"]) for one in other["chosen"]} for other in others]
    every = sets[0].intersection(*sets[1:])
    torn = sorted(sets[0].union(*sets[1:]) - every)
    paid = [
        {int(one["project"]): sum(row[2] for row in one["amounts"]) for one in other["chosen"]}
        for other in others
    ]
    names = [(row[0], region_name(row[0])) for row in others[0]["regions"]]
    by_region = [
        (name, [rupiah({r[0]: r[1] for r in other["regions"]}.get(code, 0)) for other in others])
        for code, name in names
    ]
    heads = [
        {
            "number": number + 1,
            "score": other["score"],
            "lost": other["lost"],
            "differs": other["differs"],
            "count": len(sets[number]),
            "elsewhere": sum(units for pk, units in paid[number].items() if pk not in sets[0])
            / max(1, sum(paid[number].values())),
            "money": rupiah(sum(row[3] for row in other["cells"])),
        }
        for number, other in enumerate(others)
    ]
    return {
        "heads": heads,
        "regions": by_region,
        "columns": len(heads) + 1,
        "chart": _regions_chart(by_region),
        "torn": [
            (projects[pk], [pk in members for members in sets]) for pk in torn if pk in projects
        ],
        "kept": len(every),
    }


def _regions_chart(rows: list[tuple[str, list[Decimal]]]) -> dict[str, Any]:
    """Return a bar for each choice, parted by region; nothing where these are too many to tell apart."""
    if not 2 <= len(rows) <= FEW_REGIONS:
        return {}
    made = [
        {
            "label": _("Choice %(n)s") % {"n": number + 1},
            "value": round(float(amount / BILLION), 3),
            "series": name,
        }
        for number in range(len(rows[0][1]))
        for name, amount in ((name, amounts[number]) for name, amounts in rows)
    ]
    names = [name for name, _amounts in rows]
    return {"rows": made, "series": names, "x": {"label": _("billion rupiah")}}


def _price(one: dict[str, Any], projects: dict[int, PortfolioProject]) -> dict[str, Any]:
    if one["kind"] == "ceiling":
        told = _("%(step)s more of %(channel)s in %(year)s")
        name = told % {
            "step": short_rupiah(rupiah(one["step"])),
            "channel": channel_name(one["channel"]),
            "year": one["year"],
        }
    else:
        told = _("no least and most for %(region)s (%(measure)s)")
        name = told % {
            "region": region_name(one["region"]),
            "measure": Measure(one["measure"]).label,
        }
    return {**one, "name": name, "effect": effect(one), **_moved(one, projects)}


def _moved(
    told: dict[str, Any], projects: dict[int, PortfolioProject]
) -> dict[str, list[PortfolioProject]]:
    """Return the projects that come in and those that go out."""
    return {
        name: [projects[pk] for pk in told.get(name, []) if pk in projects]
        for name in ("came", "went")
    }


def _conflict(told: dict[str, Any] | None, titles: Mapping[int, str]) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "proven": told["proven"],
        "beyond": beyond(told.get("promised", 0)),
        "rows": [relaxed(one, titles) for one in told["relaxed"]],
        "against": against(told, titles),
    }


def wish_told(run: PortfolioRun, projects: dict[int, PortfolioProject]) -> dict[str, Any]:
    """Return what a wish asked, and its price."""
    told = run.result
    project = projects.get(int(run.asked["project"]))
    return {
        "run": run,
        "title": project.title if project else "",
        "chosen": run.asked["chosen"],
        "status": STATUS.get(told.get("status", ""), ""),
        "infeasible": told.get("status") == "infeasible",
        "against": against(told, titles_of(projects)),
        "change": told.get("change"),
        "low": told.get("low"),
        "high": told.get("high"),
        "effect": effect(told) if told.get("change") is not None else "",
        **_moved(told, projects),
    }
