"""Forms of services, quotas, tariffs, volumes and bills; numbers are typed as Indonesians write them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.texts import printable
from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.models import Party, Quota
from sinergi.agreements.services import QuotaDetails, ServiceDetails, TariffDetails, VolumeDetails
from sinergi.forums.forms.fields import Words, one_line
from sinergi.programs.amounts import Unclear, read_amount, read_number, written
from sinergi.programs.forms.lines import NumberField

MONTH = re.compile(r"^([0-9]{4})-([0-9]{2})$")
MONTHS = 12


class AmountField(Words):
    """Rupiah typed the Indonesian way."""

    def to_python(self, value: Any) -> Any:
        """Return the amount; empty for none."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_amount(text)
        except Unclear as unclear:
            raise forms.ValidationError(str(unclear)) from None

    def prepare_value(self, value: Any) -> Any:
        """Return the amount as an Indonesian types it."""
        return written(value) if isinstance(value, Decimal) else value


def number_field(label: Any, *, required: bool = False) -> NumberField:
    """Return a field for a number."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return NumberField(label=label, required=required, widget=widget)


def amount_field(label: Any, *, required: bool = True) -> AmountField:
    """Return a field for rupiah."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return AmountField(label=label, required=required, widget=widget)


def party_field(label: Any, *, required: bool = True) -> forms.TypedChoiceField:
    """Return a choice of a party; `offer` fills it."""
    return forms.TypedChoiceField(label=label, required=required, coerce=int, empty_value=None)


def offer(form: forms.Form, name: str, parties: Iterable[Party]) -> None:
    """Offer parties in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", "–"), *((str(one.pk), one.name) for one in parties)]


def month_of_text(text: str) -> date | None:
    """Return the first day of a month written `2022-01`; `None` for anything else."""
    found = MONTH.match(text)
    if found is None or not 1 <= int(found[2]) <= MONTHS or int(found[1]) < 1:
        return None
    return date(int(found[1]), int(found[2]), 1)


class ServiceForm(Kept):
    """What is written about a service."""

    name = one_line(_("What is done"), required=True)
    unit = one_line(_("Unit, such as ton"), required=True)
    provider = party_field(_("Who does it"))
    capacity = number_field(_("What the facility was built for, per day"))
    begins = day_field(_("First day"), required=False)
    ends = day_field(_("Last day"), required=False)
    source = one_line(_("Source"))
    known_on = day_field(_("Known since (today, where it is left empty)"), required=False)

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "provider", parties)

    def details(self) -> ServiceDetails:
        """Return what a valid form says."""
        names = "name", "unit", "provider", "capacity", "begins", "ends", "source", "known_on"
        return ServiceDetails(*(self.cleaned_data[name] for name in names))


class QuotaForm(Kept):
    """How much a party may bring."""

    party = party_field(_("Party"))
    per_day = number_field(_("Per day"), required=True)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=Quota.Kind.choices, initial=Quota.Kind.OPERATING
    )
    since = day_field(_("From"), required=False)
    until = day_field(_("To"), required=False)
    source = one_line(_("Source"))
    known_on = day_field(_("Known since (today, where it is left empty)"), required=False)

    def __init__(self, *args: Any, parties: Iterable[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "party", parties)

    def details(self) -> QuotaDetails:
        """Return what a valid form says."""
        names = "party", "per_day", "kind", "since", "until", "source", "known_on"
        return QuotaDetails(*(self.cleaned_data[name] for name in names))


class TariffForm(Kept):
    """What a unit costs."""

    amount = amount_field(_("Rupiah for one unit"))
    since = day_field(_("From"))
    until = day_field(_("To"), required=False)
    agreed_on = day_field(_("Agreed on"), required=False)
    basis = one_line(_("Regulation that allows to ask for it (Perda, Perkada)"))
    basis_number = one_line(_("Its number"))
    basis_on = day_field(_("Its day"), required=False)
    source = one_line(_("Source"))
    known_on = day_field(_("Known since (today, where it is left empty)"), required=False)

    def details(self) -> TariffDetails:
        """Return what a valid form says."""
        names = (
            "amount", "since", "until", "agreed_on", "basis", "basis_number", "basis_on", "source",
            "known_on",
        )  # fmt: skip
        return TariffDetails(*(self.cleaned_data[name] for name in names))


class IssueForm(RefusingForm):
    """Number and days of a bill that is issued."""

    number = one_line(_("Number"))
    on = day_field(_("Issued on"))
    due = day_field(_("To be paid by"))


class PayForm(RefusingForm):
    """A payment."""

    amount = amount_field(_("Paid, in rupiah"))
    on = day_field(_("Paid on"))


class CorrectForm(RefusingForm):
    """What was really brought in a month that is billed, and which bill bears the difference."""

    quantity = number_field(_("What was really brought in the whole month"), required=True)
    month = forms.CharField(
        label=_("Month whose bill bears the difference"),
        max_length=7,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    reason = one_line(_("Why the quantity was wrong"), required=True)

    def clean_month(self) -> date:
        """Return the first day of the month."""
        found = month_of_text(self.cleaned_data["month"])
        if found is None:
            raise forms.ValidationError(_("Write the month as 2022-01."))
        return found


class VolumeGrid:
    """The figures of a year as a page sends them: a cell for each party and month.

    Attributes
    ----------
    cells
        Party (empty: all together) and month to what was typed.
    faults
        The same keys to what is wrong with it.
    """

    def __init__(self, year: int, parties: Sequence[Party], sent: Mapping[str, str]) -> None:
        self.year = year
        keys = ["", *(str(one.pk) for one in parties)]
        self.cells = {
            (party, month): printable(str(sent.get(f"v-{party}-{month}", "")))[:60]
            for party in keys
            for month in range(1, MONTHS + 1)
        }
        self.faults: dict[tuple[str, int], str] = {}
        self.places: list[tuple[str, int]] = []

    def details(self, before: Mapping[tuple[str, int], str]) -> list[VolumeDetails]:
        """Return the figures that differ from before; faults are kept beside their cells.

        A figure that begins with `±` or `~` is an estimate; one that ends with `/h` is a mean of each day.
        """
        found = []
        for key, text in self.cells.items():
            if text == before.get(key, ""):
                continue
            party, month = key
            try:
                quantity, per_day, estimated = figure(text)
            except Unclear as unclear:
                self.faults[key] = str(unclear)
                continue
            self.places.append(key)
            number = int(party) if party else None
            found.append(
                VolumeDetails(number, date(self.year, month, 1), quantity, per_day, estimated)
            )
        return found

    def take(self, sheet: Any) -> None:
        """Put what was read from a `volume_sheet.Sheet` into the cells; doubts stand beside theirs."""
        self.cells |= {key: text for key, text in sheet.cells.items() if key in self.cells}
        for doubt in sheet.doubts:
            if doubt.cell is not None:
                self.faults[doubt.cell] = doubt.text

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Show what the action refused beside its cells."""
        for name, text in faults.items():
            _volumes, place, *_field = [*name.split("."), "", ""]
            if place.isdecimal() and int(place) < len(self.places):
                self.faults[self.places[int(place)]] = text


def figure(text: str) -> tuple[Decimal | None, bool, bool]:
    """Return what a cell says: quantity, whether it is by day, whether it is an estimate.

    Raises
    ------
    Unclear
    """
    rest = text.strip()
    estimated = rest.startswith(("±", "~"))
    rest = rest.lstrip("±~ ")
    per_day = rest.endswith(("/h", "/d"))
    rest = rest.removesuffix("/h").removesuffix("/d").strip()
    return (read_number(rest) if rest else None), per_day, estimated


def figure_text(quantity: Decimal, per_day: bool, estimated: bool) -> str:
    """Return a figure as it is typed; `figure` reads it back."""
    plain = quantity.normalize()
    number = f"{plain:f}".replace(".", ",")
    return f"{'±' if estimated else ''}{number}{'/h' if per_day else ''}"
