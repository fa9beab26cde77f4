"""Forms of issues: what, where, which affair and objects, what is asked of whom."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sinergi.accounts.errors import AccountsError, InvalidError
from sinergi.accounts.texts import printable
from sinergi.forums.details import MOST_CODES, IssueDetails
from sinergi.forums.models import Delegation
from sinergi.opportunities.lists.forms import token_field
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named

EMPTY_LINES, LEAST_LINES = 2, 3
"""Fields for regions: so many empty ones behind those that are filled, and never fewer than so many."""
NAMED = 12
"""Unknown regions that an error names."""


class Words(forms.CharField):
    """Text without the control characters that pasted documents bring along.

    Its length is judged by the action: a browser that cut it off would lose what was written.
    """

    def to_python(self, value: Any) -> Any:
        """Return the text as it will be kept."""
        return printable(str(super().to_python(value)))


def one_line(label: Any, *, required: bool = False) -> Words:
    """Return a field of one line."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return Words(label=label, required=required, widget=widget)


def lines(label: Any, rows: int) -> Words:
    """Return a field of several lines."""
    return Words(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def in_language(thing: Named) -> str:
    """Return a name in the language of the page."""
    return thing.name(get_language() or "id")


class ForumForm(forms.Form):
    """A form that shows what an action refused beside the fields it names, and keeps what was written."""

    def refuse(self, error: AccountsError) -> None:
        """Show what an action refused: beside the fields it names, else above the form."""
        if isinstance(error, InvalidError):
            for name, told in error.fields.items():
                self.add_error(name if name in self.fields else None, told)
        else:
            self.add_error(None, error.message)


class CodeBoxes(forms.CheckboxSelectMultiple):
    """Boxes of which several are ticked; what is sent is one text of codes with spaces between them."""

    template_name = "forums/parts/issue_objects.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the boxes by group, and what the ticked ones are called."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["ticked"] = [
            option["label"]
            for _name, options, _i in groups
            for option in options
            if option["selected"]
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return the codes that are ticked, in one text."""
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return " ".join(sent)

    def format_value(self, value: Any) -> list[str]:
        """Return the codes of a text."""
        return str(value or "").split()


class CodesField(Words):
    """Codes of the reference, ticked in boxes, as one text: a form remembers and merges it as any other."""

    widget = CodeBoxes

    def to_python(self, value: Any) -> str:
        """Return each code once, in the order of the codes."""
        return " ".join(sorted(set(str(super().to_python(value)).split())))


class RegionLines(forms.TextInput):
    """A field for each region, with suggestions of the browser; what is sent is one text, a region a line."""

    template_name = "forums/parts/issue_regions.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return what was written, a region a line."""
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return "\n".join(one for text in sent for one in _split(text))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the filled fields and some empty ones."""
        context = super().get_context(name, value, attrs)
        filled = _split(str(value or ""))
        empty = max(EMPTY_LINES, LEAST_LINES - len(filled))
        context["invalid"] = bool((attrs or {}).get("aria-invalid"))
        context["lines"] = [*filled, *[""] * empty]
        return context


def _split(text: str) -> list[str]:
    parts = text.replace("\r", "\n").replace(";", "\n").split("\n")
    return [one.strip() for one in parts if one.strip()]


def region_names(codes: Iterable[str]) -> str:
    """Return regions as the form has them: a name a line; a code that the reference lost stays as it is."""
    there = reference.pack().region
    return "\n".join(there[code].name if code in there else code for code in codes)


class RegionsField(Words):
    """Regions by name or code, a line each."""

    widget = RegionLines

    def clean(self, value: Any) -> str:
        """Return the regions as the reference names them.

        Raises
        ------
        ValidationError
            Names those that it does not know.
        """
        text = str(super().clean(value))
        codes, strange = regions_of(text)
        if strange:
            told = _("Not known among the regions: %(names)s. Write the name or the code of each.")
            names = ", ".join(f"“{one[:60]}”" for one in strange[:NAMED])
            raise forms.ValidationError(told % {"names": names})
        return region_names(codes)


def regions_of(text: str) -> tuple[list[str], list[str]]:
    """Return the codes of regions that a text names, a line each, and the lines that name none for sure."""
    codes: dict[str, None] = {}
    written = _split(text)
    strange = written[MOST_CODES:]
    for one in written[:MOST_CODES]:
        found = reference.find_region(one[:200])
        by_name = {row.name.casefold(): row.code for row in found}
        if one.casefold() in by_name:
            codes[by_name[one.casefold()]] = None
        elif found and (found[0].code == one or found[0].score >= _SURE):
            codes[found[0].code] = None
        else:
            strange.append(one)
    return list(codes), strange


_SURE = 95.0
"""Score from which a name that is not written as in the reference is taken for it."""


class IssueForm(ForumForm):
    """What a region raises."""

    title = one_line(gettext_lazy("The issue in one line"), required=True)
    text = lines(gettext_lazy("What is the matter"), 7)
    asked_of = one_line(gettext_lazy("Of whom something is asked"))
    asked_for = lines(gettext_lazy("What is asked for"), 4)
    affair = forms.ChoiceField(required=False, label=gettext_lazy("Affair"))
    objects_named = CodesField(required=False, label=gettext_lazy("Cooperation objects"))
    regions = RegionsField(required=False, label=gettext_lazy("Where"))
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["affair"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("Not chosen yet")),
                *((one.code, in_language(one)) for one in reference.affairs().values()),
            ]
            told = _("There is no affair “%(value)s”.")
            field.error_messages = {**field.error_messages, "invalid_choice": told}
        boxes = self.fields["objects_named"].widget
        if isinstance(boxes, CodeBoxes):
            boxes.choices = _objects_by_affair()

    def details(self, source: str = "") -> IssueDetails:
        """Return the details of a valid form; `source` is what an issue names already."""
        values = self.cleaned_data
        return IssueDetails(
            title=values["title"],
            text=values["text"],
            affair=values["affair"],
            regions=tuple(regions_of(values["regions"])[0]),
            objects_named=tuple(values["objects_named"].split()),
            asked_of=values["asked_of"],
            asked_for=values["asked_for"],
            source=source,
        )


def _objects_by_affair() -> list[tuple[str, list[tuple[str, str]]]]:
    names, found = reference.affairs(), dict[str, list[tuple[str, str]]]()
    for item in reference.catalogue().values():
        line = item.code, in_language(item)
        found.setdefault(in_language(names[item.affair]), []).append(line)
    return sorted(found.items())


class NewIssueForm(IssueForm):
    """A new issue, and the delegation that raises it.

    Parameters
    ----------
    delegations
        Those for which the writer speaks; one that stands alone is chosen already.
    """

    delegation = forms.ChoiceField(
        label=gettext_lazy("Raised by"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of your delegations.")},
    )
    once = token_field()

    def __init__(self, *args: Any, delegations: Sequence[Delegation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_delegation(self, delegations)


def choose_delegation(form: forms.Form, delegations: Sequence[Delegation]) -> None:
    """Offer delegations in the field `delegation` of a form."""
    field = form.fields["delegation"]
    if isinstance(field, forms.ChoiceField):
        several = [("", _("Choose a delegation"))] if len(delegations) > 1 else []
        field.choices = [*several, *((str(one.pk), one.organisation.name) for one in delegations)]


def as_written(issue_values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an issue as its form has them."""
    return {
        **{
            name: issue_values[name]
            for name in ("title", "text", "asked_of", "asked_for", "affair")
        },
        "objects_named": " ".join(sorted(issue_values["objects_named"])),
        "regions": region_names(issue_values["regions"]),
    }


def shown(name: str, value: Any) -> str:
    """Return a value of the form in words, where somebody else changed it."""
    text = str(value or "")
    if name == "objects_named":
        catalogue = reference.catalogue()
        names = [in_language(catalogue[one]) if one in catalogue else one for one in text.split()]
        text = ", ".join(names)
    elif name == "regions":
        text = ", ".join(_split(text))
    elif name == "affair" and text in reference.affairs():
        text = in_language(reference.affairs()[text])
    return text or "–"
