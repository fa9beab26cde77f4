"""The form of an asset."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from sinergi.agreements.actions.assets import AssetDetails
from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.forms.services import amount_field, offer, party_field
from sinergi.agreements.models import Party
from sinergi.forums.forms.fields import lines, one_line


class AssetForm(Kept):
    """What is told of an asset."""

    name = one_line(_("Asset: land, building, plant, vehicle"), required=True)
    holder = party_field(_("Held by"), required=False)
    value = amount_field(_("Value in rupiah"), required=False)
    on_ending = lines(_("What the agreement says of it when it ends"), 3)
    goes_to = party_field(_("Goes to"), required=False)
    handed_over_on = day_field(_("Handed over on"), required=False)
    source = one_line(_("Source: document, number"))

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = list(parties)
        for name in ("holder", "goes_to"):
            offer(self, name, parties)

    def details(self) -> AssetDetails:
        """Return what a valid form says."""
        data = self.cleaned_data
        names = (
            "name", "holder", "value", "on_ending", "goes_to", "handed_over_on", "source"
        )  # fmt: skip
        return AssetDetails(*(data[name] for name in names))
