"""The annex as plain text values, as the templates of Word and PDF read it."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.opportunities.lists import words
from sinergi.opportunities.lists.exports import annex
from sinergi.opportunities.models import PriorityList

LEFT_OUT = "kind"
"""The column of the reasons that fits a spreadsheet but not a page."""


def _ground(ground: annex.Ground) -> dict[str, Any]:
    texts = {
        "value": words.number(ground.value),
        "contribution": words.number(ground.contribution, 1),
        "flag": f"{ground.flag}, {ground.kind}" if ground.value is not None else ground.flag,
    }
    return {**asdict(ground), **texts}


def _source(source: annex.Source) -> dict[str, Any]:
    texts = {"indicators": ", ".join(source.indicators), "count": words.number(source.count, 0)}
    return {**asdict(source), **texts}


def _words(plan: PriorityList) -> dict[str, str]:
    return {
        "footer": f"{plan.name} · {plan.owner}",
        "page": _("Page"),
        "empty": _("No entries yet."),
        "score": _("Score"),
        "reasons": _("Appendix: reasons"),
        "sources": _("Appendix: sources of the evidence"),
        "versions": _("Evidence and settings at the time of choosing"),
    }


def values(plan: PriorityList) -> dict[str, Any]:
    """Return what a template can show; numbers are written in the active language."""
    made = annex.build(plan)
    ground_columns = annex.ground_columns()
    del ground_columns[LEFT_OUT]
    rows = [{**asdict(row), "year": "" if row.year is None else str(row.year)} for row in made.rows]
    return {
        "language": (get_language() or "id")[:2],
        "title": made.title,
        "subtitle": made.subtitle,
        "owner": plan.owner,
        "facts": made.facts,
        "columns": list(annex.columns().values()),
        "rows": rows,
        "notes": made.notes,
        "place_and_date": made.place_and_date,
        "signatory": made.signatory,
        "ground_columns": list(ground_columns.values()),
        "grounds": [_ground(ground) for ground in made.grounds],
        "source_columns": list(annex.source_columns().values()),
        "sources": [_source(source) for source in made.sources],
        "versions": made.versions,
        "words": _words(plan),
    }
