"""Forms of rankings: what a browser sends becomes details that actions accept."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.evidence.queries import indicator_catalogue
from sinergi.opportunities.lists.forms import OfOrganisation
from sinergi.programs.actions.judging import Said
from sinergi.programs.amounts import Unclear, read_number
from sinergi.programs.models import Degree, Origin, Scale, Shape
from sinergi.programs.priority.rules import (
    CRITERION_TITLE,
    LENGTHS,
    MOST_TOP,
    CriterionDetails,
    RankingDetails,
)
from sinergi.programs.priority.words import scale_words


def _line(label: Any, length: int, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=required, widget=widget)


def _text(label: Any, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LENGTHS["note"], widget=widget)


class Number(forms.FloatField):
    """A number as people write it; with both separators, too, which Django takes for no number."""

    def to_python(self, value: Any) -> Any:
        """Return the number; None where nothing was written."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            try:
                return float(read_number(str(value)))
            except Unclear:
                raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


def _number(label: Any) -> Number:
    """Return a field for a number, typed with a comma or a point."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return Number(label=label, required=False, localize=True, widget=widget)


class RankingForm(RefusingForm):
    """Title, purpose, places that matter, and the least that must be known."""

    title = _line(_("Title"), LENGTHS["title"], required=True)
    purpose = _text(_("What it is for"))
    top = forms.IntegerField(
        label=_("Places that matter"), min_value=1, max_value=MOST_TOP, initial=10
    )
    coverage = forms.IntegerField(
        label=_("Least share of the weight that must be known for a rank, percent"),
        min_value=0,
        max_value=100,
        initial=50,
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> RankingDetails:
        """Return the details of a valid form."""
        given = self.cleaned_data
        share = given["coverage"] / 100
        return RankingDetails(given["title"], given["purpose"], given["top"], share)


class NewRankingForm(OfOrganisation, RankingForm):
    """A new ranking, and the organisation that it will belong to."""


class CriterionForm(RefusingForm):
    """A criterion: name, where its values come from, direction, scale and thresholds."""

    title = _line(_("Name"), CRITERION_TITLE, required=True)
    origin = forms.ChoiceField(label=_("Where its values come from"), choices=Origin.choices)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    unit = _line(_("Unit"), LENGTHS["unit"])
    rises = forms.ChoiceField(
        label=_("Direction"),
        choices=[("1", _("more is better")), ("0", _("less is better"))],
        initial="1",
    )
    scale = forms.ChoiceField(
        label=_("Scale"), choices=[("", _("the usual one")), *Scale.choices], required=False
    )
    low = _number(_("Lower end"))
    high = _number(_("Upper end"))
    target = _number(_("Best value"))
    shape = forms.ChoiceField(label=_("Preference (PROMETHEE)"), choices=Shape.choices)
    indifference = _number(_("Difference that nobody minds"))
    preference = _number(_("Difference that counts fully"))
    veto = _number(_("Difference that blocks (veto)"))
    note = _text(_("Note"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        language = get_language() or "id"
        if isinstance(field, forms.ChoiceField):
            named = [(code, i.name(language)) for code, i in indicator_catalogue().items()]
            field.choices = [("", "–"), *sorted(named, key=lambda pair: pair[1])]

    def details(self) -> CriterionDetails:
        """Return the details of a valid form."""
        given = {field.name: self.cleaned_data[field.name] for field in fields(CriterionDetails)}
        given["rises"] = given["rises"] == "1"
        return CriterionDetails(**given if given["scale"] else usual_scale(given))


def usual_scale(given: dict[str, Any]) -> dict[str, Any]:
    """Return fields of a criterion with the scale that fits what else is given.

    Ends or a best value that were written say which it is; what people say without a unit is 0 to 100.
    """
    if given["target"] is not None:
        return {**given, "scale": Scale.TARGET}
    if given["low"] is not None or given["high"] is not None:
        return {**given, "scale": Scale.FIXED}
    if given["origin"] == Origin.TYPED and not given["unit"]:
        return {**given, "scale": Scale.FIXED, "low": 0.0, "high": 100.0}
    return {**given, "scale": Scale.MIN_MAX}


class RateForm(RefusingForm):
    """What a person says of an alternative by a criterion: a number or a word, and why."""

    value = _number(_("Value"))
    degree = forms.ChoiceField(label=_("or a word"), choices=Degree.choices, required=False)
    note = _line(_("Why"), 500)

    def __init__(self, *args: Any, seen: bool = False, **kwargs: Any) -> None:
        """Keep with `seen` what the person saw beside what they write: only a change of that is one."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = seen

    def seen(self) -> Said | None:
        """Return what the person saw beside what they wrote; None where the browser does not say it."""
        if self.add_initial_prefix("value") not in self.data:
            return None
        try:
            return Said(**{name: self._seen(name) for name in Said._fields})
        except forms.ValidationError:
            return None

    def _seen(self, name: str) -> Any:
        field = self.fields[name]
        sent = field.hidden_widget().value_from_datadict(
            self.data, self.files, self.add_initial_prefix(name)
        )
        return field.to_python(sent)

    def look_again(self) -> None:
        """Take what stands there now for what the person sees: the form is shown to them again."""
        now = {name: self.initial.get(name) for name in self.fields}
        told = {
            self.add_initial_prefix(name): "" if one is None else str(localize_input(one))
            for name, one in now.items()
        }
        self.data = {**dict(self.data.items()), **told}


class PairsForm(RefusingForm):
    """Comparisons in pairs; a pair that is left open is left out."""

    def __init__(self, *args: Any, criteria: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs: list[tuple[str, str, str]] = []
        for number, (first, title) in enumerate(criteria):
            for second, other in criteria[number + 1 :]:
                name = f"{first}|{second}"
                self.fields[name] = forms.ChoiceField(
                    label=_("%(first)s compared with %(second)s")
                    % {"first": title, "second": other},
                    choices=[("", _("not compared")), *scale_words(title, other)],
                    required=False,
                )
                self.pairs.append((name, title, other))

    def said(self) -> dict[str, float]:
        """Return the judgements of a valid form."""
        return {
            name: fraction(self.cleaned_data[name])
            for name, _first, _second in self.pairs
            if self.cleaned_data.get(name)
        }


def fraction(text: str) -> float:
    """Return `3` or `1/3` as a number."""
    above, _bar, below = text.partition("/")
    return float(above) / float(below or 1)


class PointsForm(RefusingForm):
    """Points of each criterion: swings, or shares of 100."""

    def __init__(self, *args: Any, criteria: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [code for code, _title in criteria]
        for code, title in criteria:
            self.fields[code] = _number(title)
            self.fields[code].required = True

    def said(self) -> dict[str, float]:
        """Return the points of a valid form."""
        return {code: self.cleaned_data[code] for code in self.codes}
