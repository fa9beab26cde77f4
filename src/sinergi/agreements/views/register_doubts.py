"""Doubtful cells as pages show them: in words, by kind, a page at a time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from sinergi.agreements.register_imports.doubts import Doubt
from sinergi.agreements.register_imports.messages import heading_of, read_text, reason, remedy
from sinergi.agreements.register_imports.rows import LeftOut

DOUBTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """A doubtful cell in the words of the page."""

    doubt: Doubt
    heading: str
    read: str
    reason: str
    remedy: str


def shown_doubts(doubts: list[Doubt], headings: list[str]) -> list[ShownDoubt]:
    """Return doubts in words."""
    return [
        ShownDoubt(
            one,
            headings[one.column]
            if one.column is not None and one.column < len(headings)
            else heading_of(one),
            read_text(one),
            reason(one),
            remedy(one),
        )
        for one in doubts
    ]


def doubt_page(request: HttpRequest, doubts: list[Doubt], headings: list[str]) -> dict[str, Any]:
    """Return a page of doubts, of one kind if the address says so, and the kinds with their numbers."""
    counts = Counter(one.code for one in doubts)
    chosen = request.GET.get("ragu", "")
    if chosen in counts:
        doubts = [one for one in doubts if one.code == chosen]
    page = Paginator(doubts, DOUBTS_SHOWN).get_page(request.GET.get("halaman"))
    shown = shown_doubts(list(page.object_list), headings)
    found = [(code, reason(Doubt(code, 0)), n) for code, n in counts.most_common()]
    query = f"ragu={chosen}" if chosen in counts else ""
    return {"doubts": shown, "page": page, "kinds": found, "chosen": chosen, "query": query}


def shown_left_out(left_out: Iterable[LeftOut]) -> list[ShownDoubt]:
    """Return the first rows that became no agreement, in words."""
    rows = islice(left_out, DOUBTS_SHOWN)
    told = [Doubt(one.why, one.number, written=" | ".join(one.written.values())) for one in rows]
    return shown_doubts(told, [])
