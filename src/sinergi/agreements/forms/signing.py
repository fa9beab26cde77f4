"""Forms of signing: who signs, how and when it was signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.agreements.actions.signatures import SignatoryDetails, SigningDetails
from sinergi.agreements.forms.files import AttachmentChoice
from sinergi.agreements.models import Agreement, Means
from sinergi.evidence.forms import LimitedUpload
from sinergi.forums.forms.fields import lines, one_line


def day_field(label: Any, *, required: bool = False) -> forms.DateField:
    """Return a field for a day."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget)


class SignatoryForm(RefusingForm):
    """Who signs for a party."""

    place = forms.IntegerField(
        label=_("Place in the order; equal places sign in any order"), min_value=1, max_value=99
    )
    name = one_line(_("Name"))
    office = one_line(_("Office"))
    by_power = forms.BooleanField(label=_("Signs by power of attorney"), required=False)
    power_number = one_line(_("Number of the power of attorney"))
    power_on = day_field(_("Day of the power of attorney"))
    power_id = AttachmentChoice(label=_("File of the power of attorney"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["power_id"]
        assert isinstance(field, AttachmentChoice)
        field.of(agreement)

    def details(self) -> SignatoryDetails:
        """Return the details of a valid form."""
        data = {k: v for k, v in self.cleaned_data.items() if k not in {"revision", "power_id"}}
        power = self.cleaned_data["power_id"]
        return SignatoryDetails(**data, power_id=power.pk if power else None)


class SigningForm(RefusingForm, LimitedUpload):
    """How and when it was signed."""

    means = forms.ChoiceField(label=_("How it was signed"), choices=Means.choices)
    signed_on = day_field(_("Day of the signature"), required=True)
    file = forms.FileField(
        label=_("Signed file"),
        required=False,
        help_text=_(
            "The PDF with the electronic signature; or a scan of the paper, if you have one."
        ),
    )
    note = lines(_("Note"), 2)

    def clean_file(self) -> Any:
        """Refuse a file over the limit, if there is one."""
        return super().clean_file() if self.cleaned_data["file"] else None

    def details(self) -> SigningDetails:
        """Return the details of a valid form."""
        data = self.cleaned_data
        return SigningDetails(data["means"], data["signed_on"], data["note"])
