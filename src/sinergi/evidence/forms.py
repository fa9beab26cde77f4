"""Forms of the room: a file to upload, how it is to be read, why a load is undone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation
from sinergi.evidence.imports.mapping import Mapping, NewIndicator, NewSource
from sinergi.evidence.imports.preview import Preview
from sinergi.evidence.imports.problems import column_letter
from sinergi.evidence.models import Better, Flag
from sinergi.evidence.queries.visible import indicators_of_shelf, sources_of_shelf

LAYOUTS = [
    ("long", _("One value in each row")),
    ("periods", _("A column for each period")),
    ("indicators", _("A column for each indicator")),
]
NUMBERS = [
    ("auto", _("As the file shows")),
    ("id", _("1.234,5 (decimal comma)")),
    ("en", _("1,234.5 (decimal point)")),
]
REGION_CODES = [
    ("auto", _("As the file shows, otherwise BPS")),
    ("kemendagri", _("Kemendagri codes")),
    ("bps", _("BPS codes")),
]
ON_EXISTING = [
    ("reject", _("Refuse the file")),
    ("skip_identical", _("Skip equal values, refuse the file if others differ")),
    ("replace", _("Replace what differs, skip equal values")),
]
COLUMNS = {
    "region": _("Region (code or name)"),
    "region_name": _("Name beside the code"),
    "indicator": _("Indicator"),
    "period": _("Period"),
    "value": _("Value"),
    "flag": _("Flag"),
    "source_column": _("Source"),
}
MEGABYTE = 1024**2
HEADING_SHOWN = 60
CODES_LIST = "indicator-codes"
"""Id of the list on the page that offers codes where one is typed."""


COMMON_EVIDENCE = "umum"
"""What stands for the common evidence where a form or an address names whose an import is."""


class LimitedUpload(forms.Form):
    """A form whose `file` is no larger than this installation takes."""

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse a file over the limit of this installation."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > settings.SINERGI_IMPORT_MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file


class UploadForm(LimitedUpload):
    """A file to import, and whose it will be."""

    organisation = forms.ChoiceField(
        label=_("For"),
        help_text=_(
            "Only this organisation, and those it is shared with, will see and use the figures."
        ),
    )
    file = forms.FileField(label=_("File"), help_text=_("XLSX, XLS, ODS, CSV or TSV"))

    def __init__(self, *data: Any, owners: Sequence[Organisation], common: bool) -> None:
        """Offer the organisations in which somebody may load, and the common evidence to administrators."""
        super().__init__(*data)
        self.owners = {one.code: one for one in owners}
        choices: list[tuple[str, Any]] = [(one.code, one.name) for one in owners]
        if common:
            choices.append((COMMON_EVIDENCE, gettext("The common evidence: everybody's map")))
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.required, field.initial = False, choices[0][0]

    @property
    def may_load(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.fields["organisation"].choices)  # type: ignore[attr-defined]

    def owner(self) -> Organisation | None:
        """Return whose it will be; `None` for the common evidence."""
        chosen = self.cleaned_data["organisation"] or self.fields["organisation"].initial
        return self.owners.get(chosen)


def too_large() -> str:
    """Return what to tell who sends a file over the limit of this installation."""
    limit = round(settings.SINERGI_IMPORT_MAX_BYTES / MEGABYTE)
    text = gettext("The file is larger than %(limit)s MB. Split it, or save it as CSV.")
    return text % {"limit": limit}


def no_space() -> str:
    """Return what to tell who sends a file to an installation whose disk is full."""
    return gettext(
        "The disk of this installation is full. The file was not kept and nothing was loaded. Tell your "
        "administrator, and send it again later."
    )


class MappingForm(forms.Form):
    """How a waiting file is to be read; the columns offered are those of the file."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=_("Row of the headings"), min_value=0, help_text=_("0 when there are none")
    )
    layout = forms.ChoiceField(label=_("Layout"), choices=LAYOUTS)
    indicator_code = forms.ChoiceField(label=_("Indicator of the whole file"), required=False)
    period_value = forms.CharField(
        label=_("Period of the whole file"), required=False, max_length=20
    )
    numbers = forms.ChoiceField(label=_("Numbers"), choices=NUMBERS)
    region_codes = forms.ChoiceField(label=_("Codes without a dot"), choices=REGION_CODES)
    on_existing = forms.ChoiceField(label=_("Values stored already"), choices=ON_EXISTING)
    default_flag = forms.ChoiceField(label=_("Flag of rows that name none"), required=False)
    source = forms.ChoiceField(label=_("Source of rows that name none"), required=False)
    new_source_name = forms.CharField(label=_("Name"), required=False, max_length=200)
    new_source_publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    new_source_licence = forms.CharField(label=_("Licence"), required=False, max_length=200)
    new_code = forms.CharField(
        label=_("Code"), required=False, max_length=60, help_text=_("Letters, digits, dots")
    )
    new_name = forms.CharField(label=_("Name"), required=False, max_length=200)
    new_unit = forms.CharField(label=_("Unit"), required=False, max_length=80)
    new_better = forms.ChoiceField(label=_("Direction"), choices=Better.choices, required=False)

    def __init__(self, data: Any, preview: Preview) -> None:
        super().__init__(data, initial=initial(preview))
        columns = column_choices(preview)
        self._choices("sheet", [(name, name) for name in preview.sheets])
        for name, label in COLUMNS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", "—"), *columns],
                initial=self.initial[name],
            )
        self.indicators = [(one.code, one.name) for one in indicators_of_shelf()]
        indicators = [(code, f"{code} · {name}") for code, name in self.indicators]
        made = [(one.code, one.code) for one in preview.mapping.new_indicators]
        self._choices("indicator_code", [("", "—"), *made, *indicators])
        new = gettext("New source")
        self._choices("source", [("", new), *sources_of_shelf().values_list("code", "name")])
        flags = [(flag.name.lower(), str(flag.label)) for flag in Flag]
        self._choices("default_flag", [("", gettext("As the indicator")), *flags])
        for letter, heading in columns:
            self.fields[f"column_{letter}"] = forms.CharField(
                label=heading,
                required=False,
                max_length=200,
                initial=preview.mapping.columns.get(letter, ""),
                widget=forms.TextInput({"list": CODES_LIST, "autocomplete": "off"}),
            )

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def column_fields(self) -> list[forms.BoundField]:
        """Return the fields that say what each column holds in a wide layout."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def place_fields(self) -> list[forms.BoundField]:
        """Return the fields that choose columns."""
        return [self[name] for name in COLUMNS]

    def mapping(self) -> Mapping:
        """Return what the form says as a mapping."""
        data = self.cleaned_data
        plain = "sheet header_row layout indicator_code period_value numbers region_codes"
        names = (*plain.split(), "default_flag", "source", *COLUMNS)
        columns = {
            name.removeprefix("column_"): text.strip()
            for name, text in data.items()
            if name.startswith("column_") and text.strip()
        }
        return Mapping(
            **{name: data[name] for name in names},
            columns=columns if data["layout"] != "long" else {},
            new_indicators=self._new_indicators(),
            new_source=self._new_source(),
        )

    def _new_indicators(self) -> tuple[NewIndicator, ...]:
        data = self.cleaned_data
        if not (data["new_code"] or data["new_name"]):
            return ()
        better = data["new_better"] or Better.NEITHER.value
        return (NewIndicator(data["new_code"], data["new_name"], data["new_unit"], better),)

    def _new_source(self) -> NewSource | None:
        data = self.cleaned_data
        if data["source"] or not data["new_source_name"]:
            return None
        return NewSource(
            data["new_source_name"],
            publisher=data["new_source_publisher"],
            licence=data["new_source_licence"],
        )


def initial(preview: Preview) -> dict[str, Any]:
    """Return the values of the form that say what the preview's mapping says."""
    mapping = preview.mapping
    values = mapping.to_json()
    fields = {name: values.get(name, "") for name in (*COLUMNS, "sheet", "indicator_code")}
    fields |= {name: values.get(name, "") for name in ("period_value", "source", "default_flag")}
    fields |= {"header_row": mapping.header_row, "layout": mapping.layout}
    fields |= {"numbers": mapping.numbers, "region_codes": mapping.region_codes}
    fields["on_existing"] = preview.on_existing
    if mapping.new_source:
        fields["new_source_name"] = mapping.new_source.name
        fields["new_source_publisher"] = mapping.new_source.publisher
        fields["new_source_licence"] = mapping.new_source.licence
    for new in mapping.new_indicators[:1]:
        fields |= {"new_code": new.code, "new_name": new.name, "new_unit": new.unit}
        fields["new_better"] = new.better
    return fields


def column_choices(preview: Preview) -> list[tuple[str, str]]:
    """Return the letter of each column with its letter and heading."""
    choices = []
    for index, heading in enumerate(preview.headings):
        letter = column_letter(index)
        shown = Truncator(heading).chars(HEADING_SHOWN)
        choices.append((letter, f"{letter} · {shown}" if shown else letter))
    return choices


class UndoForm(forms.Form):
    """Why a load is undone."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


class AdoptForm(forms.Form):
    """Why a load is taken into the common evidence."""

    adopt_reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
