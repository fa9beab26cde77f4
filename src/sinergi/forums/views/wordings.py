"""How a proposed wording differs from the present one, word by word."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

SAME, GONE, NEW = "same", "gone", "new"


@lru_cache(maxsize=256)
def difference(present: str, proposed: str) -> tuple[tuple[str, str], ...]:
    """Return the pieces of both wordings in order, each `same`, `gone` or `new`.

    The pieces that are not new make up the present wording, those that are not gone the proposed one.
    """
    old, new = _words(present), _words(proposed)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(old[a:b])))
            continue
        found += [(GONE, "".join(old[a:b]))] if b > a else []
        found += [(NEW, "".join(new[c:d]))] if d > c else []
    return tuple(found)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
