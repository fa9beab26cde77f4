"""The form of an obligation: who, what, how much, when; only what matters for its dates is needed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.forms.services import amount_field, number_field, offer, party_field
from sinergi.agreements.models import ObligationKind, Party
from sinergi.agreements.obligations import ObligationDetails, index_text, read_index
from sinergi.agreements.schedule_words import KINDS, PARTIALS, WHENS
from sinergi.agreements.schedules import ROUNDINGS, Kind, Partial, Schedule, When
from sinergi.forums.forms.fields import CodeBoxes, Words, lines, one_line

NO_MONTH = ("0", _("as the interval says"))
WRITTEN = (
    "kind", "debtor", "text", "creditor", "quantity", "unit", "amount", "indicator", "target", "account",
    "clause",
)  # fmt: skip
OF_SCHEDULE = (
    "on", "first", "last", "day", "month", "when", "partial", "spread", "per_unit", "growth", "base_year",
    "rounding",
)  # fmt: skip


class MonthBoxes(CodeBoxes):
    """The months of a year, of which several are ticked."""

    template_name = "agreements/parts/months.html"


def whole(label: Any, least: int, most: int) -> forms.IntegerField:
    """Return a field for a small whole number; whether it can be meant is judged with the schedule."""
    widget = forms.NumberInput(attrs={"min": least, "max": most, "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, widget=widget)


class ObligationForm(Kept):
    """What a party owes, to whom, how much and when."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ObligationKind.choices)
    debtor = party_field(_("Who owes it"))
    creditor = party_field(_("To whom (empty: to all together)"), required=False)
    text = lines(_("What is owed, as the agreement words it"), 4)
    clause = one_line(_("Clause in which it stands"))
    quantity = number_field(_("Quantity at each date"))
    unit = one_line(_("Unit, such as ton or report"))
    amount = amount_field(_("Rupiah at each date"), required=False)
    per_unit = forms.BooleanField(
        label=_("The amount follows from what comes and a tariff (Services and bills)"),
        required=False,
    )
    account = one_line(_("Budget line that pays it (code)"))
    every = forms.ChoiceField(label=_("How often"), choices=KINDS, required=False)
    on = day_field(_("Day, of what is due once"), required=False)
    day = whole(_("Day of the month (31: its last)"), 1, 31)
    when = forms.ChoiceField(
        label=_("Month, of a quarter, half-year or year"), choices=WHENS, required=False
    )
    month = forms.ChoiceField(
        label=_("Month, of what is due every year"),
        choices=[NO_MONTH, *((str(one), name) for one, name in MONTHS.items())],
        required=False,
    )
    months = Words(
        label=_("Months, of what is due in some of them"),
        required=False,
        widget=MonthBoxes(choices=[(str(one), name) for one, name in MONTHS.items()]),
    )
    first = day_field(_("From (empty: first day of the agreement)"), required=False)
    last = day_field(_("Until (empty: last day of the agreement)"), required=False)
    partial = forms.ChoiceField(
        label=_("A first or last interval that is cut counts"), choices=PARTIALS, required=False
    )
    spread = forms.BooleanField(
        label=_("The rupiah are the sum of all dates, parted by days"), required=False
    )
    growth = number_field(_("Growth a year, percent"))
    index = Words(
        label=_("Or a series: a year and its value in each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "2025: 103,5"}),
    )
    base_year = whole(_("Year of which the rupiah are"), 1945, 2199)
    rounding = forms.TypedChoiceField(
        label=_("Round what is computed to"),
        choices=[(str(one), f"Rp {one}") for one in ROUNDINGS],
        coerce=int,
        required=False,
    )
    indicator = one_line(_("Indicator by which it is measured"))
    target = one_line(pgettext_lazy("of an obligation", "Target"))

    def __init__(
        self,
        *args: Any,
        parties: Iterable[Party],
        clauses: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        there = list(parties)
        offer(self, "debtor", there)
        offer(self, "creditor", there)
        self.clauses = clauses
        self.fields["clause"].widget.attrs["list"] = "pasal-pilihan"
        self.fields["indicator"].widget.attrs["list"] = "indikator-pilihan"
        self.fields["account"].widget.attrs["list"] = "rekening-pilihan"

    def clean_index(self) -> str:
        """Refuse a series whose lines are not understood; the text stays as it was typed."""
        text = str(self.cleaned_data["index"])
        try:
            read_index(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        return text

    def clean_months(self) -> str:
        """Refuse what is no month."""
        text = str(self.cleaned_data["months"])
        if any(one not in {str(each) for each in MONTHS} for one in text.split()):
            raise forms.ValidationError(_("Choose one of the list."))
        return text

    def details(self) -> ObligationDetails:
        """Return what a valid form says; of its dates, what matters for how often it falls due."""
        values = self.cleaned_data
        said = {name: values[name] for name in WRITTEN}
        return ObligationDetails(schedule=self._schedule(), **said)

    def _schedule(self) -> Schedule:
        values = self.cleaned_data
        kind = Kind(values["every"] or "")
        there: dict[str, Any] = {"kind": kind, "per_unit": values["per_unit"]}
        if kind is Kind.ONCE:
            return Schedule(on=values["on"], **there)
        if kind is Kind.NEVER:
            return Schedule(**there)
        there |= {name: values[name] for name in ("first", "last", "spread", "growth")}
        there |= {"when": When(values["when"] or "end"), "rounding": values["rounding"] or 1}
        there["partial"] = Partial(values["partial"] or "prorated")
        there["day"] = 1 if values["day"] is None else values["day"]
        if kind is Kind.YEARLY:
            there["month"] = int(values["month"] or 0)
        if kind is Kind.SEASONAL:
            there["months"] = tuple(sorted({int(one) for one in values["months"].split()}))
        there["index"] = read_index(values["index"])
        if there["growth"] is not None or there["index"] or values["base_year"] is not None:
            there["base_year"] = values["base_year"]
        return Schedule(**there)


def values_of(details: ObligationDetails) -> dict[str, Any]:
    """Return details by field of the form."""
    schedule = details.schedule
    values = {name: getattr(details, name) for name in WRITTEN}
    values |= {name: getattr(schedule, name) for name in OF_SCHEDULE}
    values |= {name: str(getattr(schedule, name)) for name in ("month", "when", "partial")}
    values["every"] = schedule.kind.value
    values["months"] = " ".join(str(one) for one in schedule.months)
    values["index"] = index_text(schedule.index)
    return values
