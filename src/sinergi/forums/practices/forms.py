"""Forms of practices."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.evidence.models import Group
from sinergi.evidence.queries import indicator_catalogue
from sinergi.forums.forms.fields import CodeBoxes, objects_by_affair
from sinergi.forums.practices.actions import LENGTHS, PracticeDetails
from sinergi.opportunities.lists.forms import OfOrganisation


def _text(label: Any, rows: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def _line(label: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, widget=widget)


class Boxes(CodeBoxes):
    """Boxes by group, as those of an issue; what is sent is a list of codes.

    Parameters
    ----------
    narrowing
        What the field is called that narrows them; empty: that of cooperation objects.
    """

    def __init__(self, narrowing: Any = "") -> None:
        super().__init__()
        self.narrowing = narrowing

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the boxes, and what narrows them."""
        return {**super().get_context(name, value, attrs), "filter": self.narrowing}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the codes that are ticked."""
        return forms.CheckboxSelectMultiple.value_from_datadict(self, data, files, name)

    def format_value(self, value: Any) -> list[str]:
        """Return the codes of a list."""
        return [str(one) for one in value or ()]


def _codes(label: Any, narrowing: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=Boxes(narrowing))


def indicators_by_group() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the indicators by the name of their group, as choices."""
    names = {code: str(name) for code, name in Group.choices}
    english, found = get_language() == "en", dict[str, list[tuple[str, str]]]()
    for one in indicator_catalogue().values():
        group = names.get(one.group, one.group)
        line = one.code, str(one.name_en if english else one.name_id)
        found.setdefault(group, []).append(line)
    return sorted((group, sorted(rows, key=lambda row: row[1])) for group, rows in found.items())


class PracticeForm(RefusingForm):
    """Problem, what was done, cost, result, whom to call."""

    title = _line(_("What it is, in one line"), required=True)
    problem = _text(_("Which problem there was"), 4, required=True)
    done = _text(_("What was done"), 6, required=True)
    cost = _text(_("What it cost, and who paid"), 2)
    result = _text(_("What it gave"), 4)
    objects_named = _codes(_("Cooperation objects"))
    indicators = _codes(_("Indicators in which the result shows"), _("Filter the indicators"))
    contact = _line(_("Whom to call: an office, and how to reach it"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {"objects_named": objects_by_affair(), "indicators": indicators_by_group()}
        for name, groups in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = groups

    def details(self) -> PracticeDetails:
        """Return the details of a valid form."""
        values = self.cleaned_data
        objects, indicators = tuple(values["objects_named"]), tuple(values["indicators"])
        texts = {name: values[name] for name in LENGTHS}
        return PracticeDetails(**texts, objects_named=objects, indicators=indicators)


class NewPracticeForm(OfOrganisation, PracticeForm):
    """A new practice."""
