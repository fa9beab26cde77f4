"""All indicators, stored and derived, as values."""

from dataclasses import dataclass

from sinergi.evidence.models import Flag, Indicator
from sinergi.evidence.queries.visible import indicators
from sinergi.reference.catalogue import DerivedIndicator, Named
from sinergi.reference.queries import derived

FLAG_NAMES = {int(flag): flag.name.lower() for flag in Flag}
FLAG_NUMBERS = {name: number for number, name in FLAG_NAMES.items()}


@dataclass(frozen=True, slots=True)
class IndicatorInfo(Named):
    """What a page needs to know about an indicator."""

    unit: str
    better: str
    """higher, lower or neither."""
    group: str
    source: str
    licence: str
    flag: str
    """official, estimate, imputed or default: the best that its values claim."""
    derived: bool
    formula: str
    note_id: str
    note_en: str
    minimum: float | None
    maximum: float | None

    def note(self, language: str) -> str:
        """Return the caveat in `language`; Indonesian unless the language is English."""
        return self.note_en if language.startswith("en") else self.note_id


def indicator_catalogue() -> dict[str, IndicatorInfo]:
    """Return stored indicators, then those derived from them, by code."""
    stored = indicators().select_related("source").order_by("group", "code")
    catalogue = {indicator.code: _stored(indicator) for indicator in stored}
    declared = derived()
    for one in declared.values():
        catalogue.setdefault(one.code, _derived(one, catalogue))
    return catalogue


def _stored(indicator: Indicator) -> IndicatorInfo:
    return IndicatorInfo(
        code=indicator.code,
        name_id=indicator.name_id,
        name_en=indicator.name_en,
        unit=indicator.unit,
        better=indicator.better,
        group=indicator.group,
        source=indicator.source.name,
        licence=indicator.source.licence,
        flag=FLAG_NAMES[indicator.flag],
        derived=False,
        formula="",
        note_id=indicator.note_id,
        note_en=indicator.note_en,
        minimum=indicator.minimum,
        maximum=indicator.maximum,
    )


def _derived(one: DerivedIndicator, catalogue: dict[str, IndicatorInfo]) -> IndicatorInfo:
    inputs = [catalogue[code] for code in one.inputs if code in catalogue]
    flags = [FLAG_NUMBERS[one.flag], *(FLAG_NUMBERS[info.flag] for info in inputs)]
    return IndicatorInfo(
        code=one.code,
        name_id=one.name_id,
        name_en=one.name_en,
        unit=one.unit,
        better=one.better,
        group=inputs[0].group if inputs else "other",
        source="; ".join(dict.fromkeys(info.source for info in inputs)) or one.source,
        licence="; ".join(dict.fromkeys(info.licence for info in inputs)),
        flag=FLAG_NAMES[max(flags)],
        derived=True,
        formula=one.formula,
        note_id=" ".join(dict.fromkeys(info.note_id for info in inputs if info.note_id)),
        note_en=" ".join(dict.fromkeys(info.note_en for info in inputs if info.note_en)),
        minimum=None,
        maximum=None,
    )
