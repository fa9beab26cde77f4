"""Forms of agreements: begin one, change what is written about it."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.models import Organisation
from sinergi.agreements.details import LENGTHS, AgreementDetails, PartyDetails
from sinergi.agreements.families import REGION
from sinergi.agreements.forms.parties import PartyRow, day_field
from sinergi.agreements.models import Obligatory
from sinergi.agreements.queries.words import (
    affair_choices,
    family_choices,
    object_choices,
    term_choices,
)
from sinergi.forums.forms.fields import lines, one_line
from sinergi.opportunities.lists.forms import OfOrganisation

EMPTY_ROWS, MOST_ROWS = 3, 24


class MatterForm(RefusingForm):
    """What a cooperation is about; codes are chosen from what the pack declares."""

    title = one_line(_("Title"), required=True)
    family = forms.ChoiceField(label=_("Family of cooperation"), required=False)
    obligatory = forms.ChoiceField(
        label=_("Mandatory or voluntary, as people decided"),
        choices=Obligatory.choices,
        required=False,
    )
    geography = forms.ChoiceField(label=_("Geographic type"), required=False)
    object_code = forms.ChoiceField(label=_("Cooperation object"), required=False)
    object_text = one_line(_("Object in words, where it is none of these"))
    affair = forms.ChoiceField(label=_("Affair"), required=False)
    background = lines(_("Background"), 6)
    purpose = lines(_("Purpose"), 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "family": family_choices(),
            "geography": term_choices("geography"),
            "object_code": object_choices(),
            "affair": affair_choices(),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "–"), *choices, *self._kept(name, choices)]
        for name, limit in LENGTHS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["maxlength"] = limit

    def _kept(self, name: str, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return a code that stands there and that the pack no longer knows."""
        code = str(self.initial.get(name) or "")
        return [(code, code)] if code and code not in dict(choices) else []

    def details(self, **instead: Any) -> AgreementDetails:
        """Return the details of a valid form, with other values where they are given."""
        names = [f.name for f in fields(AgreementDetails) if f.name in self.cleaned_data]
        return AgreementDetails(**{**{name: self.cleaned_data[name] for name in names}, **instead})


class AgreementForm(MatterForm):
    """All that is written about an agreement."""

    number = one_line(_("Number in the register"))
    scope = lines(_("Scope"), 3)
    place = one_line(_("Place"))
    benefits = lines(_("Benefits"), 3)
    impact = lines(_("Social and environmental impact"), 3)
    funding = lines(_("Funding in words"), 2)
    begins = day_field(_("Holds from"))
    ends = day_field(_("Holds until"))
    responsible = one_line(_("Responsible"))
    note = lines(_("Note"), 3)
    source = one_line(_("Known from: document, register, address"))
    known_on = day_field(_("Known since"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].required = True


class StartForm(OfOrganisation, MatterForm):
    """A new agreement: what it is about, and of which kind its object is."""

    object_kind = forms.ChoiceField(label=_("What is done"), required=False)
    origin = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    origin_key = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, organisations=organisations, **kwargs)
        field = self.fields["object_kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *term_choices("object_kind")]


class PartyRows:
    """The rows of parties on the page on which an agreement is begun.

    Parameters
    ----------
    data
        What was sent, or None.
    parties
        Those that are filled in when nothing was sent.
    """

    def __init__(
        self, data: Mapping[str, Any] | None, parties: Iterable[PartyDetails] = ()
    ) -> None:
        self.bound = data is not None
        if data is not None:
            told = str(data.get("jumlah", ""))
            number = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 0
            self.rows = [PartyRow(data, prefix=f"p{n}") for n in range(min(number, MOST_ROWS))]
            return
        there = list(parties)[:MOST_ROWS]
        filled = [{"kind": one.kind, "name": one.name, "duty": one.duty} for one in there]
        empty = min(EMPTY_ROWS, MOST_ROWS - len(filled))
        initial = [*filled, *({"kind": REGION} for _number in range(empty))]
        self.rows = [PartyRow(initial=one, prefix=f"p{n}") for n, one in enumerate(initial)]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def is_valid(self) -> bool:
        """Whether every row can be read."""
        valid = [row.is_valid() for row in self.rows]
        return all(valid)

    def parties(self) -> list[PartyDetails]:
        """Return the parties of valid rows in order, empty rows left out."""
        found = [row.details() for row in self.rows if row.is_valid()]
        return [one for one in found if one is not None]
