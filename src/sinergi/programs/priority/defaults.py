"""The criteria that a new ranking begins with; every one can be changed or taken out."""

from copy import copy
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from sinergi.programs.models import Criterion, Origin, Scale

WORDED = ("title", "note", "unit")
"""Fields that are in the language of whoever began the ranking."""


def usual_criteria() -> list[dict[str, Any]]:
    """Return fields of the usual criteria, in order, titled in the language of whoever begins."""
    hundred = {"scale": Scale.FIXED, "low": 0.0, "high": 100.0}
    return [
        {"code": "need", "title": _("Need"), "origin": Origin.NEED, **hundred},
        {
            "code": "people",
            "title": _("People served"),
            "origin": Origin.POPULATION,
            "scale": Scale.RANK,
            "unit": _("people"),
        },
        {"code": "access", "title": _("Effect on access and growth"), **hundred},
        {
            "code": "risk",
            "title": _("Disaster risk"),
            "origin": Origin.INDICATOR,
            "indicator": "disaster_frequency.all",
            "scale": Scale.RANK,
            "note": _("Where disasters are more frequent, work comes earlier."),
        },
        {"code": "readiness", "title": _("Readiness"), "origin": Origin.READINESS, **hundred},
        {"code": "fit", "title": _("Fit with plans"), "origin": Origin.MENTIONS},
        {
            "code": "equity",
            "title": _("Equity"),
            "origin": Origin.INDICATOR,
            "indicator": "poverty",
            "unit": "%",
            "note": _("Where poverty is higher, work comes earlier."),
        },
        {
            "code": "cost",
            "title": _("Cost per result"),
            "origin": Origin.COST,
            "rises": False,
            "scale": Scale.RANK,
            "unit": _("times the usual"),
        },
    ]


def shown(each: Criterion) -> Criterion:
    """Return a copy of a criterion to be shown, never to be saved, in the words of the reader.

    Words of a usual criterion that nobody reworded are in the language of the reader. What people wrote stays
    as it is, also where it is the word of another usual criterion.
    """
    told = copy(each)
    spoken = _spoken()
    now = spoken.get(get_language() or settings.LANGUAGE_CODE, {}).get(each.code, {})
    for name in WORDED:
        shipped = {words.get(each.code, {}).get(name) for words in spoken.values()}
        if name in now and getattr(each, name) in shipped:
            setattr(told, name, now[name])
    return told


@lru_cache(maxsize=1)
def _spoken() -> dict[str, dict[str, dict[str, str]]]:
    """Return language → code → the words of each usual criterion."""
    spoken = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            spoken[language] = {
                str(one["code"]): {name: str(one[name]) for name in WORDED if name in one}
                for one in usual_criteria()
            }
    return spoken
