"""Which indicator a text in a file means: a code or a name."""

import re
from dataclasses import dataclass, field

from django.utils.translation import get_language
from rapidfuzz import fuzz, process

from sinergi.evidence.imports.mapping import Mapping, NewIndicator
from sinergi.evidence.imports.names import SYNONYMS, nearest_name, qualifiers, words
from sinergi.evidence.imports.problems import Problems
from sinergi.evidence.models import Better, Flag, Group
from sinergi.evidence.queries.visible import indicators_of_shelf

COMPARED = 2_000
"""Texts of one file held against all names by likeness, which takes 0.3 ms each."""
CODE = re.compile(r"[a-zA-Z][\w.\-]{0,59}")


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator as it is needed here; new ones have a negative key until they are stored."""

    key: int
    code: str
    name_id: str
    name_en: str
    unit: str
    minimum: float | None
    maximum: float | None
    flag: int
    group: str = Group.OTHER

    @property
    def label(self) -> str:
        """Code and name in the language of the page."""
        english = (get_language() or "id").startswith("en")
        return f"{self.code} ({self.name_en if english else self.name_id})"


def _normal(text: str) -> str:
    return re.sub(r"[^\w]", "", text.casefold())


@dataclass(slots=True)
class IndicatorIndex:
    """All indicators by code and name."""

    measures: list[Measure]
    by_code: dict[str, Measure] = field(default_factory=dict)
    by_name: dict[str, Measure] = field(default_factory=dict)
    usual: dict[str, str] = field(default_factory=dict)
    """Names and synonyms as `words` writes them, to codes."""
    recognised: dict[str, Measure | None] = field(default_factory=dict)
    """What near spellings were found to mean."""

    def __post_init__(self) -> None:
        for measure in self.measures:
            self.by_code[measure.code.casefold()] = measure
            for name in (measure.name_id, measure.name_en):
                self.by_name.setdefault(_normal(name), measure)
        for measure in self.measures:
            names = (measure.name_id, measure.name_en, *SYNONYMS.get(measure.code, ()))
            for name in names:
                self.usual.setdefault(words(name), measure.code)
        self.usual.pop("", None)

    def match(self, text: str) -> tuple[Measure | None, bool]:
        """Return the indicator a text means, and whether it was named and not coded."""
        measure = self.by_code.get(text.strip().casefold())
        if measure is not None:
            return measure, False
        return self.by_name.get(_normal(text)), True

    def recognise(self, text: str) -> tuple[Measure | None, bool]:
        """Return the indicator a text means, and whether that is by a synonym or a near spelling."""
        measure, _ = self.match(text)
        if measure is not None or not text:
            return measure, False
        code = self.usual.get(words(text))
        if code is None and text not in self.recognised and len(self.recognised) < COMPARED:
            near = nearest_name(text, self.usual)
            self.recognised[text] = self.by_code[near.casefold()] if near else None
        return self.by_code[code.casefold()] if code else self.recognised.get(text), True

    def is_name(self, text: str) -> bool:
        """Return whether a text is the code, a name or a usual synonym of an indicator."""
        return self.match(text)[0] is not None or words(text) in self.usual

    def within(self, text: str) -> Measure | None:
        """Return the indicator whose name stands inside a longer text, such as a title."""
        where = _normal(text)
        found = [name for name in self.by_name if len(name) > 5 and name in where]
        if found:
            return self.by_name[max(found, key=len)]
        told, mine = f" {words(text)} ", qualifiers(text)
        inside = [
            name
            for name in self.usual
            if " " in name and f" {name} " in told and qualifiers(name) == mine
        ]
        return self.by_code[self.usual[max(inside, key=len)].casefold()] if inside else None

    def suggest(self, text: str) -> str:
        """Return the code and name most like a text; empty when none is near."""
        told = text.casefold().strip()
        near = process.extractOne(told, list(self.by_code), scorer=fuzz.ratio, score_cutoff=75)
        if near is not None:
            return self.by_code[near[0]].label
        mine = qualifiers(text)
        names = [name for name in self.usual if qualifiers(name) == mine]
        best = process.extractOne(words(text), names, scorer=fuzz.token_sort_ratio, score_cutoff=65)
        return self.by_code[self.usual[best[0]].casefold()].label if best else ""


def indicator_index(mapping: Mapping, problems: Problems) -> IndicatorIndex:
    """Read the indicators that the shelf may use and add those that the mapping makes."""
    rows = indicators_of_shelf().values_list(
        "pk", "code", "name_id", "name_en", "unit", "minimum", "maximum", "flag", "group"
    )
    measures = [Measure(*row) for row in rows]
    known = {measure.code.casefold() for measure in measures}
    for number, new in enumerate(mapping.new_indicators, start=1):
        fault = _fault(new, known)
        if fault:
            problems.add("error", "new_indicator_invalid", value=new.code, why=fault)
            continue
        known.add(new.code.casefold())
        measures.append(_measure(new, -number))
    return IndicatorIndex(measures)


def _fault(new: NewIndicator, known: set[str]) -> str:
    """Return the field that is wrong; empty when the indicator can be made."""
    if not CODE.fullmatch(new.code) or new.code.casefold() in known:
        return "code"
    for name in ("name", "unit"):
        if not str(getattr(new, name)).strip():
            return name
    if new.better not in Better.values:
        return "better"
    return "" if new.group in Group.values else "group"


def _measure(new: NewIndicator, key: int) -> Measure:
    return Measure(
        key,
        new.code,
        new.name,
        new.name,
        new.unit,
        new.minimum,
        new.maximum,
        int(Flag.OFFICIAL),
        new.group,
    )
