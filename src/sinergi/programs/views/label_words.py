"""A pair of lines and what is known of the matching, in words for the page of judging."""

import re
from math import isnan
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergi.analysis.similarity.quality import Share
from sinergi.programs import similarity
from sinergi.programs.models import Plan
from sinergi.programs.queries.labels import Asked

_PIECES = re.compile(r"\w+|\W+")
_FIELDS = ("place", "agency", "code", "years", "amount")


class Piece(NamedTuple):
    """A part of a text, and whether the other text lacks it."""

    text: str
    differs: bool


class Row(NamedTuple):
    """One thing that both lines say."""

    name: str
    a: list[Piece]
    b: list[Piece]
    differs: bool
    numeric: bool


class PairTold(NamedTuple):
    """A pair as it is shown."""

    plans: tuple[Plan | None, Plan | None]
    titles: tuple[list[Piece], list[Piece]]
    rows: list[Row]
    percent: int


def pair_told(asked: Asked, plans: dict[int, Plan]) -> PairTold:
    """Return a pair with the words marked in which the lines differ."""
    a, b = _texts(asked.a), _texts(asked.b)
    names = {
        "place": _("Place"),
        "agency": _("Agency"),
        "code": _("Code"),
        "years": _("Years"),
        "amount": _("Amount (Rp)"),
    }
    rows = [
        Row(
            names[name],
            pieces(a[name], b[name]),
            pieces(b[name], a[name]),
            a[name] != b[name],
            name == "amount",
        )
        for name in _FIELDS
        if a[name] or b[name]
    ]
    titles = (pieces(a["title"], b["title"]), pieces(b["title"], a["title"]))
    both = (plans.get(asked.a["version"]), plans.get(asked.b["version"]))
    return PairTold(both, titles, rows, round(100 * asked.probability))


def _texts(line: dict[str, Any]) -> dict[str, str]:
    first, last = line["first_year"], line["last_year"]
    amount = str(line["amount"]).removesuffix(".00")
    whole, _dot, cents = amount.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") + (f",{cents}" if cents else "")
    return {
        **{name: str(line[name]) for name in ("title", "place", "agency", "code")},
        "years": str(first) if first == last else f"{first}–{last}",
        "amount": grouped,
    }


def pieces(text: str, other: str) -> list[Piece]:
    """Return a text in pieces; a word differs when neither it nor what it stands for is in the other."""
    there = _meanings(other)
    found: list[Piece] = []
    for part in _PIECES.findall(text):
        word = part.lower()
        differs = part[:1].isalnum() and not _spelled(word) & there
        if found and found[-1].differs == differs:
            found[-1] = Piece(found[-1].text + part, differs)
        else:
            found.append(Piece(part, differs))
    return found


def _meanings(text: str) -> set[str]:
    return {word for part in _PIECES.findall(text.lower()) for word in _spelled(part)}


def _spelled(word: str) -> set[str]:
    known = similarity.dictionary()
    full = known.abbreviations.get(word, word)
    return {word, *full.split(), *(known.synonyms.get(one, one) for one in full.split())}


class CalibrationTold(NamedTuple):
    """What is known of the model in use, as it is shown."""

    model: str
    why: str
    shipped: list[tuple[str, str]]
    own: list[tuple[str, str]]
    comparison: str


def calibration_told(model: similarity.Calibration) -> CalibrationTold:
    """Return which model is in use, why, and how good it is with its intervals."""
    return CalibrationTold(
        _("the one shipped, and what your organisation answered")
        if model.own
        else _("the one shipped"),
        _why(model),
        _shipped(model.about),
        _own(model),
        _compared(model),
    )


def _why(model: similarity.Calibration) -> str:
    if model.why == "few":
        told = ngettext(
            "Your organisation has given %(count)s answer that counts; from %(least)s on it learns from "
            "them. Too few to tell anything.",
            "Your organisation has given %(count)s answers that count; from %(least)s on it learns from "
            "them. Too few to tell anything.",
            model.answers,
        )
        return told % {"count": model.answers, "least": similarity.LEAST_ANSWERS}
    if model.why == "one_sided":
        told = _(
            "Of %(count)s answers, %(same)s say that it is the same work. At least %(least)s of each kind "
            "are needed to tell anything."
        )
        least = similarity.LEAST_OF_EACH
        return told % {"count": model.answers, "same": model.same, "least": least}
    if model.own:
        return _("On answers that it had not seen it was not worse than the one shipped.")
    return _(
        "A model with your answers was worse on answers that it had not seen, so it is not used."
    )


def _shipped(about: dict[str, Any]) -> list[tuple[str, str]]:
    if "precision" not in about:
        return []
    f1 = _range(about["f1"], about["f1_low"], about["f1_high"])
    return [
        (_("Pairs held out"), str(about["held_out"])),
        (_("Of what it calls the same work, right"), _percent(about["precision"])),
        (_("Of the same works, found"), _percent(about["recall"])),
        (_("Both together (F1)"), f1),
        (_("Mean distance from probability to truth"), _percent(about["calibration_error"])),
    ]


def _own(model: similarity.Calibration) -> list[tuple[str, str]]:
    if model.quality is None:
        return []
    told = model.quality
    return [
        (_("Answers that count"), str(model.answers)),
        (_("Of what it calls the same work, right"), _share(told.precision)),
        (_("Of the same works, found"), _share(told.recall)),
        (_("Both together (F1)"), _share(told.f1)),
    ]


def _compared(model: similarity.Calibration) -> str:
    told = model.comparison
    if told is None:
        return ""
    said = _(
        "Mean loss per answer: shipped %(present)s, with your answers %(new)s; difference %(difference)s "
        "(95%% interval %(low)s to %(high)s; below zero is better)."
    )
    names = ("present", "new", "difference", "low", "high")
    return said % {name: _number(getattr(told, name)) for name in names}


def _share(share: Share) -> str:
    if isnan(share.value):
        return _("cannot be told")
    return _range(share.value, share.low, share.high)


def _range(value: float, low: float, high: float) -> str:
    if isnan(low) or isnan(high):
        return _percent(value)
    told = _("%(value)s (95%% interval %(low)s to %(high)s)")
    return told % {"value": _percent(value), "low": _percent(low), "high": _percent(high)}


def _percent(value: float) -> str:
    return f"{100 * value:.0f}%"


def _number(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")
