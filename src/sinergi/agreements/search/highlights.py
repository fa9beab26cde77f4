"""Pieces of text around what was found, with marks; whatever the text holds, it is shown as text."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sinergi.agreements.search.query import Term
from sinergi.agreements.search.words import plain, stems

AROUND = 90
ANY_WORD = re.compile(r"\w+")


def highlighted(text: str, wanted: tuple[Term, ...]) -> SafeString:
    """Return a piece of a text around the first words that were found, marked, safe to show."""
    spans = [one.span() for one in ANY_WORD.finditer(text) if _meets(one.group(), wanted)]
    first = spans[0][0] if spans else 0
    start, end = max(0, first - AROUND), first + 2 * AROUND
    out, at = ["… " if start else ""], start
    for begin, stop in spans:
        if begin >= start and stop <= end:
            out += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
            at = stop
    out += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(out))  # noqa: S308 - everything of the text was escaped


def _meets(word: str, wanted: tuple[Term, ...]) -> bool:
    own = plain(word)
    formed = stems(own)
    for term in wanted:
        if own in term.words or any(part in term.words for part in own.split()):
            return True
        if not term.is_phrase and (formed & set(term.stems) or _begins(own, term)):
            return True
    return False


def _begins(own: str, term: Term) -> bool:
    return bool(term.begins()) and own.startswith(term.begins())
