"""Forms of indicators and their values; numbers are typed as Indonesians write them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.forms.services import number_field
from sinergi.agreements.measuring import MeasureDetails, ReadingDetails
from sinergi.agreements.queries.measures import evidence_indicators
from sinergi.forums.forms.fields import one_line
from sinergi.programs.queries.words import in_language, region_choices


class MeasureForm(Kept):
    """What is written about an indicator."""

    name = one_line(_("What is measured (that of the evidence, where it is left empty)"))
    indicator = forms.ChoiceField(
        label=_("Indicator of the evidence, if it is one"), required=False
    )
    region_code = forms.ChoiceField(label=_("Region whose values are shown"), required=False)
    unit = one_line(_("Unit"))
    baseline = number_field(_("Value at the beginning"))
    baseline_on = day_field(_("Day of the value at the beginning"), required=False)
    target = number_field(_("Target"))
    target_on = day_field(_("To be reached by"), required=False)
    source = one_line(_("Where values come from, or who measures"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {code: in_language(one) for code, one in evidence_indicators().items()}
        present = (self.initial or {}).get("indicator", "")
        if present:
            there.setdefault(present, present)
        named = sorted(there.items(), key=lambda one: one[1])
        self._offer("indicator", [("", "–"), *named])
        self._offer("region_code", [("", "–"), *region_choices()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def details(self) -> MeasureDetails:
        """Return what a valid form says."""
        names = (
            "name", "indicator", "region_code", "unit", "baseline", "baseline_on", "target", "target_on",
            "source",
        )  # fmt: skip
        return MeasureDetails(*(self.cleaned_data[name] for name in names))


class ReadingForm(Kept):
    """A value that was read."""

    on = day_field(_("Day of the value"))
    value = number_field(_("Value"), required=True)
    source = one_line(_("Source"))

    def details(self) -> ReadingDetails:
        """Return what a valid form says."""
        return ReadingDetails(*(self.cleaned_data[name] for name in ("on", "value", "source")))
