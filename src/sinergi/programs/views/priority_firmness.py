"""How firm a ranking is: where methods agree, what weights do, and what happens when others leave."""

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from sinergi.analysis import priority as methods
from sinergi.programs.priority import words
from sinergi.programs.priority.places import finite, ordered
from sinergi.programs.queries import priority as queries

SHOWN = 20
"""Alternatives in a chart, and pairs in a list."""
BAR = 60
"""Characters of a title beside a bar."""


def bars(rows: list[dict[str, Any]], unit: str) -> dict[str, Any]:
    """Return a chart of bars; nothing without any."""
    return {"rows": rows, "x": {"label": unit}} if rows else {}


def label(found: queries.Compared, one: int) -> str:
    """Return the whole title of a line where the reader may be told it, and what tells twins apart."""
    row = found.rows[one]
    if not row.visible:
        return _("not visible to you")
    twins = [other for other in found.rows if other.visible and other.title == row.title]
    if len(twins) == 1:
        return row.title
    if len({other.plan_title for other in twins}) == len(twins):
        return f"{row.title} ({row.plan_title})"
    told = _("%(title)s (%(number)s of %(count)s of this name)")
    return told % {"title": row.title, "number": twins.index(row) + 1, "count": len(twins)}


def bar_label(title: str, number: int) -> str:
    """Return a title for a bar: its place, and no more than fits; what was cut off is told."""
    short = title if len(title) <= BAR else f"{title[: BAR - 1].rstrip()}…"
    return f"{number}. {short}"


def agreement(found: queries.Compared, answer: methods.Outcome) -> dict[str, Any]:
    """Return how far methods agree: all together, each with each, on the best, and on whom least."""
    names = {code: str(words.METHODS[code]) for code in answer.scores}
    taus = {
        **{(a, b): finite(tau) for (a, b), tau in answer.taus.items()},
        **{(b, a): finite(tau) for (a, b), tau in answer.taus.items()},
    }
    table = [(names[a], [taus.get((a, b)) for b in names]) for a in names]
    concord = finite(answer.agreement)
    return {
        "agreement": concord,
        "by_chance": 1 / max(len(names), 1),
        "verdict": words.agreement_words(concord) if concord is not None else "",
        "taus": table,
        "among": _among(found, answer),
        "apart": _apart(found, answer),
        "why": [(names[code], words.WHY_DIFFERENT[code]) for code in names],
    }


def _among(found: queries.Compared, answer: methods.Outcome) -> list[dict[str, Any]]:
    """Return those whom any method puts among the best, with how many do; nothing of hidden lines."""
    ranks = np.array(list(answer.ranks.values()))
    chosen = (ranks <= found.ranking.top).sum(axis=0)
    order = [one for one in ordered(answer, "wsm") if chosen[one] and found.rows[one].visible]
    order.sort(key=lambda one: -chosen[one])
    return [
        {
            "row": found.rows[one],
            "count": int(chosen[one]),
            "all": chosen[one] == len(ranks),
        }
        for one in order
    ]


def _apart(found: queries.Compared, answer: methods.Outcome) -> list[Any]:
    places = answer.common_ranks
    table = np.array(list(places.values()))
    spread = np.nan_to_num(table.max(axis=0) - table.min(axis=0), nan=-1.0)
    apart = []
    for one in np.argsort(-spread, kind="stable")[:SHOWN]:
        if spread[one] > 0 and found.rows[one].visible:
            ranks = [(words.METHODS[code], int(each[one])) for code, each in places.items()]
            weakest = _weakest(found, answer, int(one))
            apart.append((found.rows[one], ranks, int(spread[one]), weakest))
    return apart


def _weakest(found: queries.Compared, answer: methods.Outcome, one: int) -> str:
    """Return on which criterion an alternative stands best and worst: where methods part."""
    utility = answer.utilities[one]
    known = np.flatnonzero(np.isfinite(utility) & (answer.table.weights > 0))
    if len(known) < 2:
        return ""
    best, worst = known[np.argmax(utility[known])], known[np.argmin(utility[known])]
    told = _("best on %(best)s (%(high)s), worst on %(worst)s (%(low)s)")
    return told % {
        "best": found.criteria[best].title,
        "worst": found.criteria[worst].title,
        "high": f"{utility[best] * 100:.0f}",
        "low": f"{utility[worst] * 100:.0f}",
    }


def sensitivity(found: queries.Compared, answer: methods.Outcome) -> dict[str, Any]:
    """Return what changes of weights do to the first place and to the best."""
    top = found.ranking.top
    first, best = methods.turning_points(answer), methods.turning_points(answer, top=top)
    dropped = methods.without_each(answer, top=top)
    rows = [
        {
            "criterion": found.criteria[turn.criterion].title,
            "weight": turn.weight,
            "none": not np.isfinite(found.values[:, turn.criterion]).any(),
            "without": label(found, gone.first) if gone.first >= 0 else "",
            "stay": gone.stay,
            **_turned(found, turn, "first"),
            **_turned(found, wider, "top"),
        }
        for turn, wider, gone in zip(first, best, dropped, strict=True)
    ]
    chart = [
        {"label": row["criterion"], "value": round(abs(row["first_change"]) * 100, 1)}
        for row in rows
        if row["first_change"] is not None
    ]
    away = methods.distances(answer)
    near = [one for one in np.argsort(away) if np.isfinite(away[one]) and away[one] > 0][:SHOWN]
    return {
        "turns": rows,
        "nearest": min(
            (row for row in rows if row["first_change"] is not None),
            key=lambda row: abs(row["first_change"]),
            default=None,
        ),
        "leader": _leader(found, answer),
        "turn_chart": bars(chart, _("points of weight")),
        "closest": [(label(found, int(one)), float(away[one])) for one in near],
        "counted": min(top, int(answer.ranked.sum())),
    }


def _leader(found: queries.Compared, answer: methods.Outcome) -> dict[str, Any] | None:
    """Return the first with the share of draws in which it stays so, and by how many methods it is first."""
    if not answer.ranked.any():
        return None
    one = ordered(answer, "wsm")[0]
    return {
        "name": label(found, one),
        "tied": int((answer.ranks["wsm"] == 1).sum()),
        "share": finite(answer.acceptability.first[one]),
        "methods": sum(bool(each[one] == 1) for each in answer.ranks.values()),
        "of": len(answer.ranks),
    }


def _turned(found: queries.Compared, turn: methods.Turn, name: str) -> dict[str, Any]:
    there = np.isfinite(turn.at)
    return {
        f"{name}_at": float(turn.at) if there else None,
        f"{name}_change": float(turn.change) if there else None,
        f"{name}_leaves": label(found, turn.leaves) if there else "",
        f"{name}_enters": label(found, turn.enters) if there else "",
    }


def reversals(found: queries.Compared, answer: methods.Outcome) -> dict[str, Any]:
    """Return what leaving and doubling lines does to the order of the others, method by method."""
    deeds = {"drop": _("leaves"), "copy": _("comes twice")}
    trials = []
    tried = methods.reversals(answer)
    for code, trial in tried.items():
        pairs = [
            (label(found, r.cause), deeds[r.deed], label(found, r.above), label(found, r.below))
            for r in trial.found
        ]
        trials.append((words.METHODS[code], trial, _firm(trial), pairs))
    untried = [name for code, name in words.METHODS.items() if code not in tried]
    return {"trials": trials, "untried": untried}


def _firm(trial: methods.Trial) -> tuple[str, str]:
    """Return how firm the order of a method is against others that leave or come, and its colour."""
    if not trial.turned:
        return _("firm"), "good"
    if not trial.first:
        return _("first place firm"), "info"
    return _("depends on who is on the list"), "wajib"
