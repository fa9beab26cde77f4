"""A ranking as sheets: order, parts of each score with their origins, criteria, sensitivity, reversals."""

from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinergi.accounts.principal import Principal
from sinergi.analysis import priority as methods
from sinergi.opportunities.exports.writing import Share, Sheet, share
from sinergi.programs.models import Ranking
from sinergi.programs.priority import words
from sinergi.programs.priority.columns import Told
from sinergi.programs.priority.places import Asked, Place, finite, ordered, place
from sinergi.programs.queries import priority as queries
from sinergi.programs.queries.words import region_name

PARTS_OF = 1000
"""Lines whose parts are written out; a sheet of all of thousands takes long and is read by nobody."""


def sheets(by: Principal, one: Ranking, asked: Asked) -> list[Sheet]:
    """Return the sheets of a ranking, with nothing of lines that somebody may not read but their places."""
    found = queries.comparison(by, one)
    weights = queries.weights_of(one, found.criteria, asked.whose)
    answer = queries.outcome(found, weights)
    made = [_order(found, answer, asked)]
    if answer is not None:
        made.append(_parts(found, answer, asked))
    made.append(_criteria(found, weights))
    if answer is not None:
        made += [_turns(found, answer), _reversals(answer)]
    return [*made, _about(found, weights, asked)]


def _about(found: queries.Compared, weights: queries.Weights, asked: Asked) -> Sheet:
    one = found.ranking
    rows: list[tuple[Any, ...]] = [
        (_("Ranking"), one.title),
        (_("Purpose"), one.purpose),
        (_("Organisation"), one.organisation.name),
        (_("Weights of"), _whose(found, weights, asked.whose)),
        (_("In the order of"), str(words.METHODS[asked.method])),
        (_("Lines"), len(found.rows)),
        (_("Day of this file"), timezone.localdate()),
    ]
    return Sheet(pgettext("sheet", "About"), (_("What"), _("Value")), rows)


def _whose(found: queries.Compared, weights: queries.Weights, whose: str) -> str:
    """Return whose weights count, as the page of the ranking tells it."""
    if weights.by_default:
        return _("nobody yet: all criteria weigh the same")
    if whose == queries.EVEN:
        return _("all criteria weigh the same")
    told = dict(enumerate(found.ranking.weightings.select_related("person").order_by("pk"), 1))
    person = told.get(int(whose)) if whose.isascii() and whose.isdigit() else None
    if person is None or len(weights.people) != 1:
        return _("everybody")
    return person.person.name if found.named else _("person %(number)s") % {"number": whose}


def _order(found: queries.Compared, answer: methods.Outcome | None, asked: Asked) -> Sheet:
    codes = list(answer.scores) if answer is not None else []
    columns = (
        _("Rank"), _("Band"), _("Plan line"), _("Code"), _("Plan"), _("Region"),
        _("Name of the region"), _("Score, 0 to 100"),
        _("Lowest score"), _("Highest score"), _("Coverage"), _("Expected ranks, from"),
        _("Expected ranks, to"), _("Share of draws among the best"),
        *(str(words.METHODS[code]) for code in codes),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    if answer is not None:
        away = np.full(len(found.rows), np.nan)
        rows = [_cells(place(found, answer, at, away)) for at in ordered(answer, asked.method)]
    return Sheet(_("Order"), columns, rows)


def _cells(one: Place) -> tuple[Any, ...]:
    if one.row is None:
        empty = (None,) * (11 + len(one.ranks))
        return (one.rank, one.band or None, _("not visible to you"), *empty)
    row = one.row
    head = (one.rank, one.band or None, row.title, row.code, row.plan_title, row.region)
    named = region_name(row.region) if row.region else ""
    expected = one.expected or (None, None)
    score = (*(points(part, 1) for part in (one.score, one.low, one.high)), Share(one.coverage))
    return (*head, named, *score, *expected, share(one.top), *(rank for _method, rank in one.ranks))


def points(score: float | None, places: int = 2) -> float | None:
    """Return a score in [0, 1] as points out of 100, as pages show it."""
    return None if score is None else round(score * 100, places)


def _parts(found: queries.Compared, answer: methods.Outcome, asked: Asked) -> Sheet:
    columns = (
        _("Plan line"), _("Plan"), _("Criterion"), _("Value"), _("Unit"),
        _("On the scale, 0 to 100"), _("Weight"),
        _("Contribution, points"), _("From"), _("Period"), _("Source"), _("Mark"), _("Note"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    contributions, silent = answer.contributions, answer.silent
    shown = [at for at in ordered(answer, asked.method) if found.rows[at].visible]
    for at in shown[:PARTS_OF]:
        row = found.rows[at]
        for c, each in enumerate(found.criteria):
            told = found.told(at, c)
            rows.append(
                (
                    row.title,
                    row.plan_title,
                    each.title,
                    finite(found.values[at, c]),
                    each.unit,
                    points(finite(answer.utilities[at, c])),
                    Share(answer.table.weights[c]),
                    points(finite(contributions[at, c])),
                    told.what if told else "",
                    told.period if told else "",
                    told.source if told else "",
                    str(words.FLAGS[told.flag]) if told else _("missing"),
                    _note(told, silent=bool(silent[c]) and told is not None),
                )
            )
    if len(shown) > PARTS_OF:
        note = _("Only the first %(count)s lines are written out here.") % {"count": PARTS_OF}
        rows.append((note, *("" for _column in columns[1:])))
    return Sheet(_("Parts"), columns, rows)


def _note(told: Told | None, *, silent: bool) -> str:
    words = [told.note] if told and told.note else []
    if silent:
        words.append(_("Does not count: all lines with a value have the same."))
    return " · ".join(words)


def _criteria(found: queries.Compared, weights: queries.Weights) -> Sheet:
    columns = (
        _("Criterion"), _("Weight"), _("Lowest weight given"), _("Highest weight given"),
        _("Where its values come from"), _("Indicator"), _("Direction"), _("Scale"), _("Note"),
    )  # fmt: skip
    group, indicators = weights.group, words.indicator_names(found.criteria)
    rows: list[tuple[Any, ...]] = [
        (
            each.title,
            Share(weights.weights[c]),
            Share(group.low[c]) if group else None,
            Share(group.high[c]) if group else None,
            each.get_origin_display(),
            indicators[c],
            _("more is better") if each.rises else _("less is better"),
            each.get_scale_display(),
            each.note,
        )
        for c, each in enumerate(found.criteria)
    ]
    return Sheet(_("Criteria"), columns, rows)


def _turns(found: queries.Compared, answer: methods.Outcome) -> Sheet:
    columns = (
        _("Criterion"), _("Weight"), _("Weight at which the first place changes"),
        _("Weight at which the best change"), _("First without this criterion"),
        _("Of the best, how many stay without it"),
    )  # fmt: skip
    top = found.ranking.top
    first, best = methods.turning_points(answer), methods.turning_points(answer, top=top)
    rows: list[tuple[Any, ...]] = []
    for one, other, gone in zip(first, best, methods.without_each(answer, top=top), strict=True):
        leader = found.rows[gone.first] if gone.first >= 0 else None
        name = None if leader is None else leader.title
        if leader is not None and not leader.visible:
            name = _("not visible to you")
        criterion = found.criteria[one.criterion].title
        turns = (share(finite(one.at)), share(finite(other.at)))
        rows.append((criterion, Share(one.weight), *turns, name, gone.stay))
    return Sheet(_("Sensitivity"), columns, rows)


def _reversals(answer: methods.Outcome) -> Sheet:
    columns = (
        _("Method"), _("Tried"), _("The first place changes"), _("Turned an order round"),
        _("Pairs that turn"), _("Places moved at most"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (str(words.METHODS[code]), one.tried, one.first, one.turned, share(one.share), one.moved)
        for code, one in methods.reversals(answer).items()
    ]
    return Sheet(_("Rank reversals"), columns, rows)
