"""The form of a line, with its amounts as rows."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.accounts.texts import printable, small_number
from sinergi.forums.forms.fields import lines, one_line
from sinergi.opportunities.lists.forms import token_field
from sinergi.programs.amounts import (
    Unclear,
    number_written,
    read_amount,
    read_number,
    written,
)
from sinergi.programs.forms.plans import year_field
from sinergi.programs.models import PlaceCertainty, Plan, PlanLine, Readiness
from sinergi.programs.queries.words import in_language, region_choices
from sinergi.programs.rules import READINESS, Amount, LineDetails, line_details
from sinergi.reference import queries as reference

EMPTY_ROWS = 2
MOST_ROWS = 200
PARTS = ("year", "channel", "amount")
TAB, ROW = "\t", "\n"


class AmountRows(forms.TextInput):
    """Rows of year, channel and amount; what is sent is one text, a row each, parted by tabs."""

    template_name = "programs/parts/amount_rows.html"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.faults: dict[str, str] = {}
        self.years: tuple[int, ...] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return the rows that hold anything."""
        if not hasattr(data, "getlist"):
            return str(data.get(name) or "")
        sent = [data.getlist(f"{name}-{part}")[:MOST_ROWS] for part in PARTS]
        if not any(sent):
            return str(data.get(name) or "")
        rows = (
            tuple(printable(one).replace(TAB, " ") for one in row)
            for row in zip(*sent, strict=False)
        )
        return ROW.join(TAB.join(row) for row in rows if row[2] or row[1])

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the rows that are filled, how each amount is understood, and some empty ones."""
        context = super().get_context(name, value, attrs)
        rows = [_row(text) for text in str(value or "").split(ROW) if text]
        rows += [("", "", "")] * EMPTY_ROWS
        context["rows"] = [
            {
                "number": number,
                "year": year,
                "channel": channel,
                "amount": amount,
                "understood": understood(amount),
                "faults": {p: self.faults.get(f"{number}.{p}", "") for p in PARTS},
            }
            for number, (year, channel, amount) in enumerate(rows)
        ]
        channels = reference.funding_channels().values()
        context["channels"] = [(one.code, in_language(one)) for one in channels]
        context["years"] = self.years
        return context


def _row(text: str) -> tuple[str, str, str]:
    year, channel, amount, *_rest = [*text.split(TAB), "", "", ""]
    return year, channel, amount


def understood(text: str) -> Decimal | None:
    """Return the amount that a text is understood as; `None` where it is not."""
    try:
        return read_amount(text)
    except Unclear:
        return None


def as_rows(amounts: tuple[Amount, ...]) -> str:
    """Return amounts as the field sends them."""
    return ROW.join(
        TAB.join((str(one.year), one.channel, written(one.amount or Decimal(0)))) for one in amounts
    )


class NumberField(forms.CharField):
    """A number typed the Indonesian way."""

    def to_python(self, value: Any) -> Any:
        """Return the number; empty for none."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_number(text.removeprefix("-")) * (-1 if text.startswith("-") else 1)
        except Unclear as error:
            raise forms.ValidationError(str(error)) from None

    def prepare_value(self, value: Any) -> Any:
        """Return the number as an Indonesian types it."""
        if not isinstance(value, Decimal):
            return value
        return number_written(value)


def _degrees(label: Any) -> forms.FloatField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    told = gettext_lazy("Write degrees with a point for decimals, such as -7.0253.")
    return forms.FloatField(
        label=label, required=False, widget=widget, error_messages={"invalid": told}
    )


def _readiness(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=Readiness.choices)


class LineForm(RefusingForm):
    """What is written about a line of a plan.

    Parameters
    ----------
    plan
        Whose line it is: its years bound those of the line.
    """

    code = one_line(gettext_lazy("Activity code"))
    keep = forms.BooleanField(label=gettext_lazy("Keep nevertheless"), required=False)
    title = one_line(gettext_lazy("What is done"), required=True)
    activity = one_line(gettext_lazy("Name of the activity"))
    agency = one_line(gettext_lazy("Agency"))
    place = one_line(gettext_lazy("Place, as the plan writes it"))
    region_code = forms.ChoiceField(label=gettext_lazy("Region it lies in"), required=False)
    lat = _degrees(gettext_lazy("Latitude"))
    lon = _degrees(gettext_lazy("Longitude"))
    first_year = year_field(gettext_lazy("First year"))
    last_year = year_field(gettext_lazy("Last year"))
    output = one_line(gettext_lazy("Output or indicator"))
    target = NumberField(label=gettext_lazy("Target"), required=False)
    unit = one_line(gettext_lazy("Unit"))
    amounts = forms.CharField(label=gettext_lazy("Amounts"), required=False, widget=AmountRows)
    land = _readiness(gettext_lazy("Land"))
    design = _readiness(gettext_lazy("Design"))
    permits = _readiness(gettext_lazy("Permits"))
    object_code = forms.ChoiceField(label=gettext_lazy("Cooperation object"), required=False)
    is_transfer = forms.BooleanField(
        label=gettext_lazy("The money is passed on to another government"), required=False
    )
    transfer_to = forms.ChoiceField(label=gettext_lazy("To which government"), required=False)
    note = lines(gettext_lazy("Note"), 2)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = token_field()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        regions = [("", _("found from the text of the place")), *region_choices()]
        objects = [(one.code, in_language(one)) for one in reference.catalogue().values()]
        for name, choices in (
            ("region_code", regions),
            ("transfer_to", [("", "–"), *region_choices()]),
            ("object_code", [("", "–"), *sorted(objects, key=lambda one: one[1])]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        self.rows.faults = {}
        self.rows.years = tuple(range(plan.first_year, plan.last_year + 1))

    @property
    def rows(self) -> AmountRows:
        """The widget of the amounts."""
        widget = self.fields["amounts"].widget
        assert isinstance(widget, AmountRows)
        return widget

    def clean_amounts(self) -> str:
        """Refuse rows whose year or amount cannot be read, each at its place."""
        text = str(self.cleaned_data["amounts"])
        for number, (year, _channel, amount) in enumerate(map(_row, filter(None, text.split(ROW)))):
            if small_number(year, 4) is None:
                self._fault(number, "year", _("Choose a year."))
            try:
                read_amount(amount)
            except Unclear as error:
                self._fault(number, "amount", str(error))
        return text

    def _fault(self, number: int, part: str, told: str) -> None:
        self.rows.faults[f"{number}.{part}"] = told
        text = _("Row %(number)s: %(told)s")
        self.add_error("amounts", text % {"number": number + 1, "told": told})

    def refuse(self, error: AccountsError) -> None:
        """Show a refusal; that of an amount in its row."""
        if not isinstance(error, InvalidError):
            super().refuse(error)
            return
        rest = {}
        for name, told in error.fields.items():
            kind, _dot, place = name.partition(".")
            number, _dot, part = place.partition(".")
            if kind == "amounts" and part:
                self._fault(int(number), part, told)
            else:
                rest[name] = told
        super().refuse(InvalidError(rest))

    def details(self, certainty: str = "") -> LineDetails:
        """Return the details of a valid form."""
        values = self.cleaned_data
        told = {
            name: values[name]
            for name in LineDetails.__dataclass_fields__
            if name in values and name != "amounts"
        }
        rows = (_row(text) for text in values["amounts"].split(ROW) if text)
        amounts = tuple(Amount(int(y), channel, read_amount(a)) for y, channel, a in rows)
        return LineDetails(**told, place_certainty=certainty, amounts=amounts)


def values_of(line: PlanLine) -> dict[str, Any]:
    """Return the values of a line as its form shows them.

    A region that was found and not named is left to be found again; a point tells its region itself.
    """
    details = line_details(line)
    named = line.place_certainty == PlaceCertainty.TYPED
    values: dict[str, Any] = {
        name: getattr(details, name) for name in LineForm.base_fields if hasattr(details, name)
    }
    values["region_code"] = line.region_code if named else ""
    return values | {"amounts": as_rows(details.amounts), "revision": line.revision}


def initial_of(plan: Plan) -> dict[str, Any]:
    """Return what the form of a new line begins with."""
    years = {"first_year": plan.first_year, "last_year": plan.last_year}
    return {**years, "agency": plan.agency, **dict.fromkeys(READINESS, ""), "once": new_token()}
