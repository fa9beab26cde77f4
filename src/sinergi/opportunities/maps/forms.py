"""Forms of saved maps."""

from django import forms
from django.utils.translation import gettext_lazy

from sinergi.opportunities.lists.forms import DetailsForm, OfOrganisation, line, text
from sinergi.opportunities.maps.actions import MapDetails


class MapForm(DetailsForm):
    """Name and note of a saved map, and its settings as a query string."""

    name = line(gettext_lazy("Name of the map"), required=True)
    note = text(3)
    query = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> MapDetails:
        """Return the details of a valid form."""
        values = self.cleaned_data
        return MapDetails(values["name"], values["query"], values["note"])


class NewMapForm(OfOrganisation, MapForm):
    """A new saved map."""
