"""Forms of bringing a register in: the file, how it is read, corrections, why an import is undone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation
from sinergi.agreements.register_imports.fields import LABELS, REPEATED, label
from sinergi.agreements.register_imports.preview import RegisterPreview
from sinergi.agreements.register_imports.reading import RegisterReading
from sinergi.agreements.register_imports.waiting import Waiting
from sinergi.evidence.forms import LimitedUpload
from sinergi.evidence.imports.problems import column_letter
from sinergi.programs.forms.imports import COLUMN, HEADER_ROWS, UndoForm
from sinergi.reference.queries import agreement_families

__all__ = ["CorrectionsForm", "RegisterReadingForm", "RegisterUploadForm", "UndoForm"]


class RegisterUploadForm(LimitedUpload):
    """A file with a register, and whose it is."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    file = forms.FileField(label=_("File"), help_text=_("XLSX, XLS, XLSB, ODS, CSV or CSV.GZ"))

    def __init__(self, *data: Any, owners: Sequence[Organisation]) -> None:
        """Offer the organisations in which somebody may make agreements."""
        super().__init__(*data)
        self.owners = {one.code: one for one in owners}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.name) for one in owners]
        if len(owners) == 1:
            field.required, field.initial = False, owners[0].code
        else:
            field.choices = [("", gettext("Choose an organisation")), *field.choices]

    def owner(self) -> Organisation:
        """Return whose the register is."""
        return self.owners[self.cleaned_data["organisation"] or self.fields["organisation"].initial]


class RegisterReadingForm(forms.Form):
    """How a waiting file is read; the columns offered are those of the file."""

    title = forms.CharField(label=_("Name of the register"), max_length=200)
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=_("First row of the headings (0: none)"), min_value=0, max_value=1_000
    )
    header_rows = forms.IntegerField(
        label=_("Rows of headings"), min_value=0, max_value=HEADER_ROWS
    )
    family = forms.ChoiceField(label=_("Family of rows for which nothing tells one"))
    as_above = forms.MultipleChoiceField(
        label=_("In these columns an empty cell means: as above"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_party = forms.BooleanField(
        label=_("The government of the organisation is a party of every row"), required=False
    )
    month_as_day = forms.BooleanField(
        label=_(
            "Where only month or year is told: take its first day as beginning, its last as end"
        ),
        required=False,
    )
    day_before = forms.BooleanField(
        label=_(
            "A length of time ends on the day before: five years from 12 August 2023 end on 11 August 2028"
        ),
        required=False,
    )
    join_pairs = forms.BooleanField(
        label=_("Keep a memorandum and the agreement that follows it as one"), required=False
    )

    def __init__(self, data: Any, seen: RegisterPreview, waiting: Waiting) -> None:
        super().__init__(data, initial=_initial(seen, waiting))
        _choose(self.fields["sheet"], [(one, one or "–") for one in seen.sheets])
        language = get_language() or "id"
        families = agreement_families().values()
        _choose(
            self.fields["family"], [(f.code, f"{f.code} · {f.name(language)}") for f in families]
        )
        letters = []
        choices = [("", gettext("– not read –")), *((name, label(name)) for name in LABELS)]
        for index, heading in enumerate(seen.headings):
            letter = column_letter(index)
            shown = f"{letter} · {heading[:60]}" if heading else letter
            letters.append((letter, shown))
            field = forms.ChoiceField(label=shown, choices=choices, required=False)
            self.fields[f"{COLUMN}{letter}"] = field
        _choose(self.fields["as_above"], letters)

    def column_fields(self) -> list[forms.BoundField]:
        """Return the fields of the columns."""
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one field; numbers, parties and notes may stand in several."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for name in [one for one in self.fields if one.startswith(COLUMN)]:
            field = data.get(name, "")
            if field and field in taken and field not in REPEATED:
                text = gettext("Column %(letter)s is read as this already.")
                self.add_error(name, text % {"letter": taken[field]})
            elif field:
                taken[field] = name.removeprefix(COLUMN)
        return data

    def reading(self) -> RegisterReading:
        """Return the reading that a valid form says."""
        data = self.cleaned_data
        columns = {
            name.removeprefix(COLUMN): data[name]
            for name in self.fields
            if name.startswith(COLUMN) and data.get(name)
        }
        first = data["header_row"]
        names = ("family", "own_party", "month_as_day", "day_before", "join_pairs", "sheet")
        return RegisterReading(
            header_row=first,
            header_rows=max(data["header_rows"], 1) if first else 0,
            columns=columns,
            as_above=tuple(data["as_above"]),
            **{name: data[name] for name in names},
        )


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _initial(seen: RegisterPreview, waiting: Waiting) -> dict[str, Any]:
    values = seen.reading.to_json()
    columns = values.pop("columns")
    named = {f"{COLUMN}{letter}": field for letter, field in columns.items()}
    return {**values, "title": waiting.title, **named}


class CorrectionsForm(LimitedUpload):
    """The table of doubtful cells, with corrections filled in."""

    file = forms.FileField(label=_("Table with corrections"), help_text=_("XLSX or CSV"))
