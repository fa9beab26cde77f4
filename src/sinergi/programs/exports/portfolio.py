"""A run of a portfolio as sheets; amounts are rupiah with two decimals, exact."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.principal import Principal
from sinergi.opportunities.exports.writing import Sheet, share
from sinergi.programs.exports.lines import cell
from sinergi.programs.models import PortfolioRun
from sinergi.programs.portfolio.words import projects_of, rupiah, shown
from sinergi.programs.queries import portfolio as queries
from sinergi.programs.queries.words import channel_name, region_name

EXACT = 15
"""Digits of a number that a spreadsheet holds."""


def sheets(by: Principal, run: PortfolioRun) -> list[Sheet]:
    """Return all sheets of a run that somebody may read; the first names every project."""
    told = shown(run, projects_of(by, run.portfolio))
    made = [_projects(by, run), _ceilings(run), _regions(told), _about(run, told)]
    if told["others"]:
        made.append(_others(told["others"]))
    if told["prices"]:
        made.append(_prices(told["prices"]))
    if told["conflict"]:
        first = [told["conflict"]["beyond"]] if told["conflict"]["beyond"] else []
        rows: list[tuple[Any, ...]] = [(text,) for text in [*first, *told["conflict"]["rows"]]]
        made.append(Sheet(_("What must give way"), (_("What must give way"),), rows))
        against: list[tuple[Any, ...]] = [(text,) for text in told["conflict"]["against"]]
        if against:
            name = _("Against decisions by hand")
            made.append(Sheet(name, (_("What would have to give way instead"),), against))
    return made


def _projects(by: Principal, run: PortfolioRun) -> Sheet:
    columns = (
        _("Number"), _("Project"), _("Code"), _("Plan"), _("Region"), _("Score"),
        _("Score from"), _("Cost, Rp"), _("Chosen"), _("Starts"), _("Paid by"), _("By hand"),
    )  # fmt: skip
    chosen = {int(one["project"]): one for one in run.result.get("chosen", [])}
    rows: list[tuple[Any, ...]] = []
    for one in queries.projects(by, run.portfolio).select_related("plan"):
        taken = chosen.get(one.pk)
        paid = sorted({row[1] for row in taken["amounts"]}) if taken else []
        rows.append(
            (
                one.position,
                one.title,
                one.code,
                one.plan.title,
                region_name(one.region_code),
                one.score,
                one.score_source,
                _amount(one.total),
                _("yes") if taken else _("no"),
                taken["start"] if taken else None,
                ", ".join(channel_name(code) for code in paid),
                one.get_decision_display() if one.decision else "",
            )
        )
    return Sheet(_("Projects"), columns, rows)


def _ceilings(run: PortfolioRun) -> Sheet:
    columns = (_("Year"), _("Funding channel"), _("Ceiling, Rp"), _("Chosen, Rp"), _("Left, Rp"))
    rows: list[tuple[Any, ...]] = [
        (year, channel_name(channel), *map(_exact, (ceiling, spent, ceiling - spent)))
        for year, channel, ceiling, spent in run.result.get("cells", [])
    ]
    return Sheet(_("Ceilings"), columns, rows)


def _regions(told: dict[str, Any]) -> Sheet:
    columns = (
        _("Region"), _("Money, Rp"), _("Share of the money"), _("Score"), _("Projects"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (one["name"], _amount(one["money"]), share(one["share"]), one["score"], one["count"])
        for one in told["regions"]
    ]
    return Sheet(_("Regions"), columns, rows)


def _about(run: PortfolioRun, told: dict[str, Any]) -> Sheet:
    gap = told["gap"] or {"score": None, "share": None, "money": None, "open": False}
    rows: list[tuple[Any, ...]] = [
        (_("Portfolio"), run.portfolio.title),
        (_("Result"), str(told["status"])),
        (_("Score"), run.result.get("score")),
        (_("No choice scores more than"), run.result.get("bound")),
        (_("Gap in score"), gap["score"]),
        (_("Gap as a share"), gap["share"]),
        (_("Money there is, Rp"), _amount(told["available"])),
        (_("Money left, Rp"), _amount(told["unspent"])),
        (_("Solver"), run.result.get("solver")),
        (_("Seconds"), run.result.get("seconds")),
        (_("Digest of what was computed: the same for the same projects and limits"), run.digest),
    ]
    if gap["open"] and gap["money"] is not None:
        text = _(
            "So much less money, taken evenly out of every ceiling, would rule this score out, Rp"
        )
        rows.insert(6, (text, _amount(gap["money"])))
    return Sheet(pgettext("sheet", "About"), (_("What"), _("Value")), rows)


def _others(told: dict[str, Any]) -> Sheet:
    heads = told["heads"]
    columns = (_("Project"), *(_("Choice %(n)s") % {"n": one["number"]} for one in heads))
    rows: list[tuple[Any, ...]] = [
        (_("Score"), *(one["score"] for one in heads)),
        (_("Lost against the best"), *(one["lost"] for one in heads)),
        (_("Differs from the nearest other"), *(one["differs"] for one in heads)),
        (_("Money, Rp"), *(_amount(one["money"]) for one in heads)),
    ]
    rows += [(name, *(_amount(one) for one in money)) for name, money in told["regions"]]
    yes = _("yes")
    rows += [
        (row.title, *(yes if held else "" for held in held_in)) for row, held_in in told["torn"]
    ]
    return Sheet(_("Choices side by side"), columns, rows)


def _prices(told: list[dict[str, Any]]) -> Sheet:
    columns = (
        _("What if"), _("The best score"), _("Score changes by"), _("at least"), _("at most"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (one["name"], one["effect"], *(_rounded(one[name]) for name in ("change", "low", "high")))
        for one in told
    ]
    return Sheet(_("Prices"), columns, rows)


def _rounded(value: float | None) -> float | None:
    """Return a change of the score without the dust of floating point; scores are whole millionths."""
    return None if value is None else round(value, 6) + 0.0


def _amount(value: Decimal) -> Any:
    """Return rupiah as a number, with sen too, where a spreadsheet holds it exactly; else as text."""
    if len(value.normalize().as_tuple().digits) > EXACT:
        return cell(value)
    return int(value) if value == value.to_integral_value() else float(value)


def _exact(units: int) -> Any:
    """Return minor units as `_amount` does."""
    return _amount(rupiah(units))
