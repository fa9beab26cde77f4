"""Forms of priority lists: what a browser sends becomes details that actions accept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.opportunities.lists import errors, words
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


class DetailsForm(forms.Form):
    """A form with labels from the words of the list, and faults of the domain beside their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = field.label or words.field_name(name)
            if name in LENGTHS and isinstance(field, forms.CharField):
                field.max_length = LENGTHS[name]
                field.widget.attrs["maxlength"] = LENGTHS[name]

    def refuse(self, error: errors.ListError) -> None:
        """Show what an action refused: beside the fields it names, else above the form."""
        if isinstance(error, errors.InvalidError):
            for name, text in error.fields.items():
                self.add_error(name if name in self.fields else None, text)
        else:
            self.add_error(None, error.message)


def _line(*, required: bool = False) -> forms.CharField:
    return forms.CharField(required=required, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def _text(rows: int) -> forms.CharField:
    return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": rows}))


class ListForm(DetailsForm):
    """Name, owner, planning document, purpose and signatory of a list."""

    name = _line(required=True)
    owner = _line(required=True)
    planning_document = _line()
    purpose = _text(3)
    signatory = _line()
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> ListDetails:
        """Return the details of a valid form."""
        return ListDetails(**{k: v for k, v in self.cleaned_data.items() if k != "revision"})


class EntryForm(DetailsForm):
    """Proposer, year, funding channel, lead, reason and note of an entry.

    Parameters
    ----------
    funding
        Channels of the opportunity, those that fit first.
    kept
        A channel the entry holds already; stays a choice even if `funding` no longer knows it.
    """

    proposer = _line()
    target_year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"invalid": gettext_lazy("Write the year as four digits, such as 2028.")},
    )
    funding_channel = forms.ChoiceField(required=False)
    lead = _line()
    reason = _text(6)
    note = _text(3)
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
    name = _line()
    owner = _line()
    planning_document = _line()

    def __init__(self, *args: Any, lists: Iterable[PriorityList] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.label = _("Priority list")
        if isinstance(field, forms.ChoiceField):
            field.choices = [*((str(row.pk), row.name) for row in lists), (NEW, _("A new list"))]

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
