"""Forms of plans and versions."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.forums.forms.fields import lines, one_line
from sinergi.opportunities.lists.forms import OfOrganisation
from sinergi.programs.models import PlanKind
from sinergi.programs.queries.words import region_choices
from sinergi.programs.rules import FIRST_YEAR, LAST_YEAR, PlanDetails

YEAR = _("Write the year as four digits, such as 2028.")


def year_field(label: Any, *, required: bool = True) -> forms.IntegerField:
    """Return a field for a year; which years can be is judged by the action."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=required, widget=widget, error_messages={"invalid": YEAR}
    )


class PlanForm(RefusingForm):
    """What is written about a plan."""

    title = one_line(_("Title"), required=True)
    kind = forms.ChoiceField(label=_("Kind of plan"), choices=PlanKind.choices)
    region_code = forms.ChoiceField(label=_("Whose plan it is"))
    agency = one_line(_("Agency, where it is the plan of one"))
    first_year = year_field(_("First year"))
    last_year = year_field(_("Last year"))
    source = one_line(_("Source: document, number, address"))
    licence = one_line(_("Licence, where one is stated"))
    note = lines(_("Note"), 3)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["region_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *region_choices()]
        years = {"min": FIRST_YEAR, "max": LAST_YEAR}
        for name in ("first_year", "last_year"):
            self.fields[name].widget.attrs.update(years)

    def details(self) -> PlanDetails:
        """Return the details of a valid form."""
        return PlanDetails(**{f.name: self.cleaned_data[f.name] for f in fields(PlanDetails)})


class NewPlanForm(OfOrganisation, PlanForm):
    """A new plan."""
