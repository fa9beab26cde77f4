"""The form of an asset."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.agreements.actions.assets import AssetDetails
from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.models import Party
from sinergi.forums.forms.fields import lines, one_line
from sinergi.programs.amounts import Unclear, read_amount


class AssetForm(RefusingForm):
    """What is told of an asset."""

    name = one_line(_("Asset: land, building, plant, vehicle"), required=True)
    holder = forms.TypedChoiceField(
        label=_("Held by"), required=False, coerce=int, empty_value=None
    )
    value = one_line(_("Value in rupiah"))
    on_ending = lines(_("What the agreement says of it when it ends"), 3)
    goes_to = forms.TypedChoiceField(
        label=_("Goes to"), required=False, coerce=int, empty_value=None
    )
    handed_over_on = day_field(_("Handed over on"), required=False)
    source = one_line(_("Source: document, number"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((str(one.pk), one.name) for one in parties)]
        for name in ("holder", "goes_to"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean_value(self) -> Any:
        """Return the rupiah that the text says."""
        text = self.cleaned_data["value"]
        if not text:
            return None
        try:
            return read_amount(text)
        except Unclear as unclear:
            raise forms.ValidationError(str(unclear)) from None

    def details(self) -> AssetDetails:
        """Return what a valid form says."""
        data = self.cleaned_data
        names = (
            "name", "holder", "value", "on_ending", "goes_to", "handed_over_on", "source"
        )  # fmt: skip
        return AssetDetails(*(data[name] for name in names))
