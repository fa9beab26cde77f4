"""Forms of issues: what, where, which affair and objects, what is asked of whom."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.accounts.forms import RefusingForm
from sinergi.forums.details import MOST_CODES, IssueDetails
from sinergi.forums.forms.fields import (
    CodesField,
    TextLines,
    Words,
    in_language,
    joined,
    lines,
    object_names,
    one_line,
    split,
)
from sinergi.forums.models import Delegation
from sinergi.opportunities.lists.forms import token_field
from sinergi.reference import queries as reference

NAMED = 12
"""Unknown regions that an error names."""


def region_names(codes: Iterable[str]) -> str:
    """Return regions as the form has them: a name a line; a code that the reference lost stays as it is."""
    there = reference.pack().region
    return "\n".join(there[code].name if code in there else code for code in codes)


class RegionsField(Words):
    """Regions by name or code, a line each."""

    widget = TextLines("issue-region-names", gettext_lazy("Region"))

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
    written = split(text)
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


class IssueForm(RefusingForm):
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
        "objects_named": joined(issue_values["objects_named"]),
        "regions": region_names(issue_values["regions"]),
    }


def shown(name: str, value: Any) -> str:
    """Return a value of the form in words, where somebody else changed it."""
    text = str(value or "")
    if name == "objects_named":
        text = ", ".join(object_names(text.split()))
    elif name == "regions":
        text = ", ".join(split(text))
    elif name == "affair" and text in reference.affairs():
        text = in_language(reference.affairs()[text])
    return text or "–"
