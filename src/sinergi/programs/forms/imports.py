"""Forms of bringing a plan in: the file, what plan it is, how it is read, why an import is undone."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation
from sinergi.evidence.forms import LimitedUpload
from sinergi.evidence.imports.problems import column_letter
from sinergi.programs.forms.plans import PlanForm, year_field
from sinergi.programs.imports.fields import AMOUNT, LABELS, TARGET, label
from sinergi.programs.imports.preview import PlanPreview
from sinergi.programs.imports.reading import MULTIPLIERS, Reading
from sinergi.programs.imports.waiting import Waiting
from sinergi.programs.rules import LAST_YEAR, PlanDetails
from sinergi.reference.queries import funding_channels

UNITS = (
    (1, _("rupiah")),
    (1_000, _("thousands of rupiah (× 1.000)")),
    (1_000_000, _("millions of rupiah (× 1.000.000)")),
    (1_000_000_000, _("billions of rupiah (× 1.000.000.000)")),
    (0, _("as the heading of each column says")),
)
NUMBERS = (
    ("auto", _("As the file shows")),
    ("id", _("1.234,5 (decimal comma)")),
    ("en", _("1,234.5 (decimal point)")),
)
YEARS_OFFERED = 6
HEADER_ROWS = 3
COLUMN = "kolom_"


class UploadForm(LimitedUpload):
    """A file with a plan, and whose the plan will be."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    file = forms.FileField(label=_("File"), help_text=_("XLSX, XLS, XLSB, ODS, CSV or CSV.GZ"))

    def __init__(self, *data: Any, owners: Sequence[Organisation], further: bool = False) -> None:
        """Offer the organisations in which somebody may make plans; a further version needs none."""
        super().__init__(*data)
        self.owners = {one.code: one for one in owners}
        self.further = further
        if further:
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.name) for one in owners]
        if len(owners) == 1:
            field.required, field.initial = False, owners[0].code
        else:
            field.choices = [("", gettext("Choose an organisation")), *field.choices]

    @property
    def may_load(self) -> bool:
        """Whether there is a plan or an organisation to load for."""
        return self.further or bool(self.owners)

    def owner(self) -> Organisation | None:
        """Return whose the plan will be."""
        if self.further:
            return None
        chosen = self.cleaned_data["organisation"] or self.fields["organisation"].initial
        return self.owners.get(chosen)


class ReadingForm(forms.Form):
    """How a waiting file is read; the columns offered are those of the file."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=_("First row of the headings (0: none)"), min_value=0, max_value=1_000
    )
    header_rows = forms.IntegerField(
        label=_("Rows of headings"), min_value=0, max_value=HEADER_ROWS
    )
    multiplier = forms.TypedChoiceField(
        label=_("Amounts are written in"), choices=UNITS, coerce=int
    )
    unit_confirmed = forms.BooleanField(label=_("I have looked: the unit holds"), required=False)
    numbers = forms.ChoiceField(label=_("Numbers"), choices=NUMBERS)
    year = year_field(_("Year of amounts for which nothing tells one"), required=False)
    hierarchical = forms.BooleanField(
        label=_("Rows of programmes and activities stand above their sub-activities"),
        required=False,
    )
    leave_unread = forms.BooleanField(
        label=_("Leave out amounts that cannot be taken, and keep their text as a note"),
        required=False,
    )
    label = forms.CharField(
        label=_("What the document calls this version"), required=False, max_length=80
    )
    current = forms.BooleanField(label=_("Make it the current version"), required=False)

    def __init__(self, data: Any, seen: PlanPreview, waiting: Waiting) -> None:
        super().__init__(data, initial=_initial(seen, waiting))
        sheet = self.fields["sheet"]
        assert isinstance(sheet, forms.ChoiceField)
        sheet.choices = [(one, one or "–") for one in seen.sheets]
        choices = field_choices(seen)
        for index, heading in enumerate(seen.headings):
            letter = column_letter(index)
            shown = f"{letter} · {heading[:60]}" if heading else letter
            self.fields[f"{COLUMN}{letter}"] = forms.ChoiceField(
                label=shown, choices=choices, required=False
            )

    def column_fields(self) -> list[forms.BoundField]:
        """Return the fields of the columns."""
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one field; several columns of codes are parts of one code."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for name in [one for one in self.fields if one.startswith(COLUMN)]:
            field = data.get(name, "")
            if field and field in taken and field != "code":
                text = gettext("Column %(letter)s is read as this already.")
                self.add_error(name, text % {"letter": taken[field]})
            elif field:
                taken[field] = name.removeprefix(COLUMN)
        return data

    def reading(self) -> Reading:
        """Return the reading that a valid form says."""
        data = self.cleaned_data
        columns = {
            name.removeprefix(COLUMN): data[name]
            for name in self.fields
            if name.startswith(COLUMN) and data.get(name)
        }
        first = data["header_row"]
        return Reading(
            sheet=data["sheet"],
            header_row=first,
            header_rows=max(data["header_rows"], 1) if first else 0,
            columns=columns,
            numbers=data["numbers"],
            multiplier=data["multiplier"],
            unit_confirmed=data["unit_confirmed"],
            hierarchical=data["hierarchical"],
            year=data["year"] or 0,
            leave_unread=data["leave_unread"],
        )


def _initial(seen: PlanPreview, waiting: Waiting) -> dict[str, Any]:
    values = seen.reading.to_json()
    columns = values.pop("columns")
    known = values["multiplier"] if values["multiplier"] in MULTIPLIERS else 1
    own = {"label": waiting.label, "current": waiting.current, "multiplier": known}
    named = {f"{COLUMN}{letter}": field for letter, field in columns.items()}
    return {**values, "year": values["year"] or None, **own, **named}


def field_choices(seen: PlanPreview) -> list[tuple[str, Any]]:
    """Return what a column can be read as: fields, amounts by year, amounts by channel, what is chosen."""
    chosen = [
        one
        for one in seen.reading.columns.values()
        if AMOUNT.fullmatch(one) or TARGET.fullmatch(one)
    ]
    first = seen.plan.first_year
    last = min(max(seen.plan.last_year, first), first + YEARS_OFFERED - 1, LAST_YEAR)
    years = [f"amount:{year}:" for year in range(first, last + 1)] if first else []
    targets = [f"target:{year}" for year in range(first, last + 1)] if first else []
    money = list(dict.fromkeys(["amount::", "amount:+1:", *years, *chosen, *targets]))
    channels = [f"amount::{code}" for code in funding_channels()]
    rest = [one for one in channels if one not in money]
    return [
        ("", gettext("– not read –")),
        (pgettext("of a plan", "Line"), [(name, str(text)) for name, text in LABELS.items()]),
        (gettext("Amounts and targets"), [(name, label(name)) for name in money]),
        (gettext("Amounts of one channel"), [(name, label(name)) for name in rest]),
    ]


class NewPlanOfFileForm(PlanForm):
    """What is written about the plan that a file becomes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["revision"], self.fields["note"]

    def details(self) -> PlanDetails:
        """Return the details of a valid form."""
        names = [f.name for f in fields(PlanDetails) if f.name in self.fields]
        return PlanDetails(**{name: self.cleaned_data[name] for name in names})


def plan_initial(details: PlanDetails) -> dict[str, Any]:
    """Return the values of the form that say these details."""
    return asdict(details)


class UndoForm(forms.Form):
    """Why an import is undone."""

    mengapa = forms.CharField(label=_("Why (kept in the history)"), max_length=1000)
