"""Forms of priority lists: what a browser sends becomes details that actions accept."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.models import Organisation
from sinergi.accounts.once import new_token
from sinergi.opportunities.lists import words
from sinergi.opportunities.lists.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    LENGTHS,
    EntryDetails,
    ListDetails,
)
from sinergi.opportunities.lists.snapshot import localised
from sinergi.opportunities.models import PriorityList
from sinergi.opportunities.results import FundingOption

NEW = "baru"
"""In the choice of a list: start another one."""


class DetailsForm(RefusingForm):
    """A form with labels from the words of the list, and faults of the domain beside their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = field.label or words.field_name(name)
            if name in LENGTHS and isinstance(field, forms.CharField):
                field.max_length = LENGTHS[name]
                field.widget.attrs["maxlength"] = LENGTHS[name]


def line(label: Any = "", *, required: bool = False) -> forms.CharField:
    """Return a field of one line; without a label its name says what it is called."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=required, widget=widget)


def text(rows: int) -> forms.CharField:
    """Return a field of several lines."""
    return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": rows}))


def token_field() -> forms.CharField:
    """Return the hidden field by which a form that is sent twice is known."""
    return forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )


def organisation_field() -> forms.ChoiceField:
    """Return the field that asks to which organisation something new belongs; see `choose`."""
    return forms.ChoiceField(
        required=False,
        label=gettext_lazy("Organisation"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of your organisations.")},
    )


class ListForm(DetailsForm):
    """Name, owner, planning document, purpose and signatory of a list."""

    name = line(required=True)
    owner = line()
    planning_document = line()
    purpose = text(3)
    signatory = line()
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> ListDetails:
        """Return the details of a valid form."""
        names = (field.name for field in fields(ListDetails))
        return ListDetails(**{name: self.cleaned_data[name] for name in names})


def choose(field: forms.Field, organisations: Iterable[Organisation], *, required: bool) -> None:
    """Offer organisations in a field; one that stands alone is chosen already."""
    found = [(str(one.pk), one.name) for one in organisations]
    if isinstance(field, forms.ChoiceField):
        several = [("", _("Choose an organisation"))] if len(found) > 1 else []
        field.choices = [*several, *found]
    field.required = required


class OfOrganisation(forms.Form):
    """Something new, and the organisation that it will belong to; goes before another form.

    Parameters
    ----------
    organisations
        Those in which the person may make one.
    """

    organisation = organisation_field()
    once = token_field()

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self.fields["organisation"], organisations, required=True)


class NewListForm(OfOrganisation, ListForm):
    """A new list."""


class EntryForm(DetailsForm):
    """Proposer, year, funding channel, lead, reason and note of an entry.

    Parameters
    ----------
    funding
        Channels of the opportunity, those that fit first.
    kept
        A channel the entry holds already; stays a choice even if `funding` no longer knows it.
    """

    proposer = line()
    target_year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"invalid": gettext_lazy("Write the year as four digits, such as 2028.")},
    )
    funding_channel = forms.ChoiceField(required=False)
    lead = line()
    reason = text(6)
    note = text(3)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, funding: Iterable[FundingOption] = (), kept: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["funding_channel"]
        if isinstance(field, forms.ChoiceField):
            field.choices = funding_choices(funding, kept)

    def details(self) -> EntryDetails:
        """Return the details of a valid form."""
        values = self.cleaned_data
        return EntryDetails(
            proposer=values["proposer"],
            target_year=values["target_year"],
            funding_channel=values["funding_channel"],
            lead=values["lead"],
            note=values["note"],
            reason=values["reason"],
        )


class AddForm(EntryForm):
    """An entry, and the list it goes to: one of those there are, or a new one."""

    to = forms.ChoiceField(required=True)
    organisation = organisation_field()
    name = line()
    owner = line()
    planning_document = line()
    once = token_field()

    def __init__(
        self,
        *args: Any,
        lists: Iterable[PriorityList] = (),
        organisations: Iterable[Organisation] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        mine = list(organisations)
        choose(self.fields["organisation"], mine, required=False)
        field = self.fields["to"]
        field.label = _("Priority list")
        if isinstance(field, forms.ChoiceField):
            there = [(str(row.pk), f"{row.name} – {row.organisation.name}") for row in lists]
            field.choices = [*there, *([(NEW, _("A new list"))] if mine else [])]

    def clean(self) -> dict[str, Any]:
        """Ask for the organisation of a new list."""
        values = super().clean() or self.cleaned_data
        if values.get("to") == NEW and not values.get("organisation"):
            self.add_error("organisation", _("Choose one of your organisations."))
        return values

    def new_list(self) -> ListDetails | None:
        """Return the details of the list to start; `None` when the entry goes to one there is."""
        if self.cleaned_data["to"] != NEW:
            return None
        names = ("name", "owner", "planning_document")
        return ListDetails(**{name: self.cleaned_data[name] for name in names})


def funding_choices(funding: Iterable[FundingOption], kept: str = "") -> list[tuple[str, Any]]:
    """Return the channels in two groups: those that fit, and those that rules speak against."""
    options = [(o.fits, (o.code, localised(o.name_id, o.name_en))) for o in funding]
    fits = [choice for fit, choice in options if fit]
    against = [choice for fit, choice in options if not fit]
    if kept and kept not in {code for code, _name in fits + against}:
        against.append((kept, kept))
    groups = [(_("Fits by the rules"), fits), (_("Rules speak against it"), against)]
    return [("", _("Not chosen yet")), *(group for group in groups if group[1])]
