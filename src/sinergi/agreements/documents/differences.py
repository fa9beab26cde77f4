"""What differs between two versions of a document, clause by clause and word by word. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sinergi.agreements.documents.clauses import ClauseText
from sinergi.forums.wordwise import LineChange, Piece, line_changes, marked


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that differs.

    Attributes
    ----------
    kind
        `new`, `gone`, `changed` or `moved`.
    was, now
        Its place from 1 in both; 0 where it is not there.
    lines
        Its lines that differ, with their words marked.
    """

    key: str
    kind: str
    heading: str
    was: int
    now: int
    title: list[Piece]
    lines: list[LineChange]


def changes(before: Sequence[ClauseText], after: Sequence[ClauseText]) -> list[ClauseChange]:
    """Return the clauses that differ, in the order of the later version, then those that are gone."""
    had = {one.key: (place, one) for place, one in enumerate(before, start=1)}
    has = {one.key: place for place, one in enumerate(after, start=1)}
    moved = _moved([one.key for one in before], [one.key for one in after])
    found = []
    for place, one in enumerate(after, start=1):
        was, old = had.get(one.key, (0, ClauseText(one.key, "", "")))
        lines = line_changes(old.text.split("\n") if was else [], one.text.split("\n"))
        differs = bool(lines) or old.heading != one.heading
        kind = "new" if not was else "changed" if differs else "moved"
        if differs or not was or one.key in moved:
            title = marked(old.heading, one.heading)
            found.append(ClauseChange(one.key, kind, one.heading, was, place, title, lines))
    gone = [(place, one) for key, (place, one) in had.items() if key not in has]
    for place, one in gone:
        lines = line_changes(one.text.split("\n"), [])
        title = marked(one.heading, "")
        found.append(ClauseChange(one.key, "gone", one.heading, place, 0, title, lines))
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the keys that changed their order among those in both: the fewest that tell it."""
    both = set(before) & set(after)
    order = {key: place for place, key in enumerate(one for one in before if one in both)}
    runs: list[list[str]] = []
    for key in (one for one in after if one in both):
        ahead = max(
            (run for run in runs if order[run[-1]] < order[key]), key=len, default=list[str]()
        )
        runs.append([*ahead, key])
    longest = max(runs, key=len, default=[])
    return both - set(longest)
