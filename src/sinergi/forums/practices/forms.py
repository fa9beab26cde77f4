"""Forms of practices."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.evidence.queries import indicator_catalogue
from sinergi.forums.practices.actions import LENGTHS, PracticeDetails
from sinergi.opportunities.lists.forms import OfOrganisation
from sinergi.reference import queries as reference


def _text(label: Any, rows: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def _line(label: Any, *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, widget=widget)


def _codes(label: Any) -> forms.MultipleChoiceField:
    widget = forms.SelectMultiple(attrs={"size": 6})
    return forms.MultipleChoiceField(label=label, required=False, widget=widget)


class PracticeForm(forms.Form):
    """Problem, what was done, cost, result, whom to call."""

    title = _line(_("What it is, in one line"), required=True)
    problem = _text(_("Which problem there was"), 4, required=True)
    done = _text(_("What was done"), 6, required=True)
    cost = _text(_("What it cost, and who paid"), 2)
    result = _text(_("What it gave"), 4)
    objects_named = _codes(_("Cooperation objects"))
    indicators = _codes(_("Indicators in which the result shows"))
    contact = _line(_("Whom to call: an office, and how to reach it"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, length in LENGTHS.items():
            self.fields[name].widget.attrs["maxlength"] = length
        english = get_language() == "en"
        offered = {
            "objects_named": reference.catalogue().values(),
            "indicators": indicator_catalogue().values(),
        }
        for name, rows in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                named = [(one.code, one.name_en if english else one.name_id) for one in rows]
                field.choices = sorted(named, key=lambda choice: str(choice[1]))

    def details(self) -> PracticeDetails:
        """Return the details of a valid form."""
        values = self.cleaned_data
        objects, indicators = tuple(values["objects_named"]), tuple(values["indicators"])
        texts = {name: values[name] for name in LENGTHS}
        return PracticeDetails(**texts, objects_named=objects, indicators=indicators)

    def refuse(self, error: AccountsError) -> None:
        """Show what an action refused: beside the fields it names, else above the form."""
        told = error.fields if isinstance(error, InvalidError) else {"": error.message}
        for name, text in told.items():
            self.add_error(name if name in self.fields else None, text)


class NewPracticeForm(OfOrganisation, PracticeForm):
    """A new practice."""
