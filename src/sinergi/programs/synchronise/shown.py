"""Findings as pages and files show them: words, figures, lines side by side."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sinergi.programs import similarity
from sinergi.programs.models import Finding, FindingKind, FindingLine, Severity
from sinergi.programs.queries.sync import STANDINGS, standing
from sinergi.programs.queries.words import region_name
from sinergi.programs.synchronise import telling, words
from sinergi.reference.rupiah import rupiah

TONES = {Severity.HIGH: "chip-wajib", Severity.MEDIUM: "chip-warn", Severity.LOW: ""}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a finding as it was; `pieces` are words of its title and whether another line lacks them."""

    row: FindingLine
    pieces: list[tuple[str, bool]]
    amount: Decimal

    @property
    def target(self) -> Decimal | None:
        """How much of its output is planned."""
        told = self.row.said["target"]
        return None if told is None else Decimal(str(told))

    @property
    def region(self) -> str:
        """Where it lies."""
        return region_name(self.row.said["region"]) if self.row.said["region"] else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in words."""

    row: Finding
    rule: str
    told: str
    remedy: str
    actors: str
    standing: str
    standing_code: str

    @property
    def tone(self) -> str:
        """Class of the chip of its severity; the words beside it say the same."""
        return TONES.get(Severity(self.row.severity), "")

    @property
    def is_note(self) -> bool:
        """Whether it is no finding."""
        return self.row.kind in (FindingKind.LOOK_ALIKE, FindingKind.UNSEEN)

    @property
    def titles(self) -> list[str]:
        """Titles of its first lines; one that several have, once."""
        return list(dict.fromkeys(one.said["title"] for one in self.row.lines.all()))[:2]


def shown(row: Finding) -> Shown:
    """Return a finding of `queries.sync.findings` in words."""
    code = standing(row)
    return Shown(
        row,
        words.rule_name(row.rule),
        telling.told(row.rule, row.facts),
        words.remedy(row.rule),
        words.region_names(row.regions),
        str(STANDINGS[code]),
        code,
    )


def shown_lines(rows: Iterable[FindingLine], *, compared: bool) -> list[ShownLine]:
    """Return lines of a finding.

    Parameters
    ----------
    compared
        Whether their texts were: then words are marked in which each differs from the first (the first: from
        the second). Otherwise lines of one title stand together, and nothing is marked.
    """
    held = list(rows)
    if not compared:
        held.sort(key=lambda one: str(one.said["title"]).casefold())
    titles = [str(one.said["title"]) for one in held]
    found = []
    for place, one in enumerate(held):
        other = titles[0 if place else 1] if compared and len(titles) > 1 else titles[place]
        found.append(ShownLine(one, marked(titles[place], other), rupiah(one.said["amount"])))
    return found


def marked(text: str, other: str) -> list[tuple[str, bool]]:
    """Return the words of a text, and of each whether it means another one than in the other text."""
    mine, theirs = text.split(), other.split()
    full = similarity.dictionary().abbreviations
    bare = ([word.casefold().strip('.,;:()“”"') for word in side] for side in (mine, theirs))
    one, two = ([full.get(word, word) for word in side] for side in bare)
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    same = {
        n for block in matcher.get_matching_blocks() for n in range(block.a, block.a + block.size)
    }
    return [(word, place not in same) for place, word in enumerate(mine)]


def summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return numbers by kind, a column for each severity from the heaviest, with rupiah at stake."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        kind = FindingKind(row["kind"])
        one = found.setdefault(
            kind, {"kind": kind.value, "name": kind.label, "n": 0, "stake": Decimal(0), "by": {}}
        )
        one["n"] += row["n"]
        one["stake"] += row["stake"] or 0
        one["by"][row["severity"]] = row["n"]
    order = list(FindingKind.values)
    told = sorted(found.values(), key=lambda one: order.index(one["kind"]))
    for one in told:
        one["levels"] = [
            (level.value, one["by"].get(level.value, 0), level.label) for level in LEVELS
        ]
    return told


LEVELS = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
