"""The history of a portfolio in words: scores as its pages write them, plans and rankings by their titles."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from sinergi.accounts.audit.history import Deed, history_for
from sinergi.accounts.audit.words import field_name, part_text, value_text
from sinergi.accounts.principal import Principal
from sinergi.accounts.views.history_lines import Line, lines
from sinergi.programs.models import Portfolio
from sinergi.programs.queries.plans import plans
from sinergi.programs.queries.portfolio import projects
from sinergi.programs.queries.priority import rankings

SCORES = ("score", "score_by_hand")


def told(by: Principal, one: Portfolio) -> list[Line]:
    """Return the last deeds on a portfolio that somebody may know of; what may not be read stays a number."""
    deeds = history_for(by, one)
    titles = {
        "plan": _titles(plans(by), "plan", deeds),
        "ranking": _titles(rankings(by), "ranking", deeds),
    }

    titled = _titles_of_projects(by, one, deeds)

    def shown(name: str, value: Any, _deed: Deed) -> str:
        title = titles[name].get(value) if name in titles else None
        return title or told_value(name, value, titled)

    return lines(
        by, deeds, field_name=_name, shown=shown, subject=lambda deed: part_text(deed.part)
    )


def _titles(rows: Any, name: str, deeds: list[Deed]) -> dict[int, str]:
    numbers = {number for deed in deeds if isinstance(number := deed.after.get(name), int)}
    return dict(rows.filter(pk__in=numbers).values_list("pk", "title")) if numbers else {}


def _name(name: str) -> str:
    return _("projects") if name == "rows" else field_name(name)


def _titles_of_projects(by: Principal, one: Portfolio, deeds: list[Deed]) -> dict[str, str]:
    """Return place and title of the projects, by number, of which recorded scores are told."""
    values = [scores for deed in deeds for scores in (*_scores(deed.before), *_scores(deed.after))]
    wanted = {int(key) for scores in values for key in scores if key.isdecimal()}
    if not wanted:
        return {}
    rows = projects(by, one).filter(pk__in=wanted).values_list("pk", "position", "title")
    return {str(pk): f"{position}. {title[:80]}" for pk, position, title in rows}


def _scores(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [value for name in SCORES if isinstance(value := told.get(name), dict)]


def told_value(name: str, value: Any, titles: Mapping[str, str]) -> str:
    """Return a recorded value in words; scores of several projects in the order of their places.

    `titles` are of projects by number, with their places; records of former versions hold them themselves.
    """
    if name not in SCORES:
        return value_text(name, value)
    if not isinstance(value, dict):
        return _number(value)
    named = [(titles.get(key, key), v) for key, v in value.items() if key in titles or "." in key]
    found = [f"{title}: {_number(score)}" for title, score in sorted(named, key=_place)]
    if unnamed := len(value) - len(named):
        found.append(_("taken out since, or not visible to you: %(count)s") % {"count": unnamed})
    return "; ".join(found)


def _place(named: tuple[str, Any]) -> int:
    number = named[0].partition(".")[0]
    return int(number) if number.isdecimal() else 0


def _number(value: Any) -> str:
    """Return a score as pages write it; records of former versions hold a title there."""
    if not isinstance(value, int | float):
        return str(value)
    return number_format(value, 2, force_grouping=True)
