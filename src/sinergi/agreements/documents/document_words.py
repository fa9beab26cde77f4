"""What the page of a document says: what is missing in a clause and where to write it, what contradicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from sinergi.agreements.documents.checking import Contradiction
from sinergi.agreements.documents.layout import Grid, Line, laid_out
from sinergi.agreements.documents.placeholders import PLACEHOLDERS
from sinergi.agreements.models import Agreement, ClauseRemark
from sinergi.agreements.queries.documents import Seen

PAGES = {
    "agreement": "agreements:agreement-edit",
    "parties": "agreements:parties",
    "obligations": "agreements:obligations",
    "services": "agreements:services",
    "measures": "agreements:measures",
}


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause of the page with what is said to it and against it; `parts` are paragraphs and tables."""

    key: str
    number: int
    heading: str
    parts: list[tuple[str, Line | Grid]]
    missing: tuple[str, ...]
    against: list[str]
    remarks: list[ClauseRemark]

    @property
    def open_remarks(self) -> int:
        """How many remarks are not settled."""
        return sum(one.settled_at is None for one in self.remarks)


def clauses_shown(seen: Seen, remarks: Mapping[str, list[ClauseRemark]]) -> list[ClauseShown]:
    """Return the clauses of a version."""
    tables: dict[str, Any] = {k: v for k, v in seen.values.items() if isinstance(v, dict)}
    return [
        ClauseShown(
            one["key"],
            one["nomor"],
            one["judul"],
            [
                ("table" if isinstance(part, Grid) else "line", part)
                for part in laid_out(one["teks"], tables)
            ],
            seen.missing.get(one["key"], ()),
            [contradiction_told(told) for told in seen.against.get(one["key"], [])],
            remarks.get(one["key"], []),
        )
        for one in seen.clauses
    ]


def lost_remarks(seen: Seen, remarks: Mapping[str, list[ClauseRemark]]) -> list[ClauseRemark]:
    """Return open remarks to clauses that were taken out: they stay until somebody settles them."""
    there = {one["key"] for one in seen.clauses}
    lost = (one for key, found in remarks.items() if key not in there for one in found)
    return [one for one in lost if one.settled_at is None]


def missing_told(seen: Seen, agreement: Agreement) -> list[tuple[str, str]]:
    """Return what the data does not say, each once, with the page on which it is written."""
    codes = dict.fromkeys(code for told in seen.missing.values() for code in told)
    return [(code, _page(code, agreement)) for code in codes]


def _page(code: str, agreement: Agreement) -> str:
    known = PLACEHOLDERS.get(code)
    if known is None or known.where not in PAGES:
        return ""
    try:
        return reverse(PAGES[known.where], args=[agreement.pk])
    except NoReverseMatch:
        return ""


def contradiction_told(one: Contradiction) -> str:
    """Return a contradiction in words, with both values."""
    text = {
        "begins": _("The clause begins on %(said)s, the agreement on %(data)s."),
        "ends": _("The clause ends on %(said)s, the agreement on %(data)s."),
        "duration": _("The clause lasts %(said)s, the agreement %(data)s."),
        "tariff": _("The clause names the tariff %(said)s, the data %(data)s."),
        "quota": _("The clause gives %(about)s %(said)s, the data %(data)s."),
        "amount": _("The clause lets %(about)s pay %(said)s, its obligations say %(data)s."),
        "words": _("The number %(said)s and its words “%(data)s” differ."),
        "party": _("The clause names %(said)s, but there are %(data)s parties."),
        "left": _("The clause names %(said)s, which has left."),
    }[one.kind]
    return text % {"said": one.said, "data": one.data, "about": one.about}
