"""Forms of minutes: what is drawn up, and a file that is held against a version."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.forums.minutes import Wording
from sinergi.opportunities.lists.forms import DetailsForm, line

PARTING = ";"
WORDED = ("title", "text", "addressees", "owner")
"""What of a point a version that corrects may say otherwise: the names of its fields, before its number."""


def signatories_text(signatories: list[tuple[str, str]]) -> str:
    """Return signatories as the form has them: one in a line, office; name."""
    return "\n".join(
        f"{office}{PARTING} {name}".rstrip(f"{PARTING} ") for office, name in signatories
    )


def signatories_of(text: str) -> list[tuple[str, str]]:
    """Return office and name of each line that is not empty."""
    found = []
    for one in text.splitlines():
        office, _parting, name = one.partition(PARTING)
        if one.strip():
            found.append((office.strip(), name.strip()))
    return found


class DrawUpForm(DetailsForm):
    """Opening text, who signs, and why there is another version.

    What is too long is refused by the action and stays in the form: a limit of the box would cut a long
    text silently when it is pasted.

    Parameters
    ----------
    corrects
        Whether it makes a version after a sealed one, which needs a reason and may word points otherwise.
    points
        Numbers of the points.
    """

    opening = forms.CharField(
        required=False,
        label=gettext_lazy("Opening text"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    signatories = forms.CharField(
        required=False,
        label=gettext_lazy("Who signs"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    reason = forms.CharField(
        required=False,
        label=gettext_lazy("Why there is a new version"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, corrects: bool = False, points: Iterable[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = tuple(points) if corrects else ()
        self.fields["reason"].required = corrects
        if not corrects:
            del self.fields["reason"]
        for number in self.numbers:
            values = {"number": number}
            label = _("Point %(number)s: in one line") % values
            self.fields[f"title_{number}"] = line(label)
            label = _("Point %(number)s: text") % values
            self.fields[f"text_{number}"] = forms.CharField(
                required=False, label=label, widget=forms.Textarea(attrs={"rows": 4})
            )
            label = _("Point %(number)s: addressed to, one name on each line") % values
            self.fields[f"addressees_{number}"] = forms.CharField(
                required=False, label=label, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"owner_{number}"] = line(_("Point %(number)s: seen to by") % values)

    @property
    def wordings(self) -> list[forms.BoundField]:
        """The fields of the points."""
        return [self[f"{name}_{number}"] for number in self.numbers for name in WORDED]

    def wording(self) -> dict[int, Wording]:
        """Return what each point says; of one whose fields were not sent, nothing."""
        values = self.cleaned_data
        return {
            number: Wording(
                values[f"title_{number}"],
                values[f"text_{number}"],
                tuple(values[f"addressees_{number}"].splitlines()),
                values[f"owner_{number}"],
            )
            for number in self.numbers
            if self.add_prefix(f"title_{number}") in self.data
        }

    def signed(self) -> list[tuple[str, str]]:
        """Return office and name of those who sign."""
        return signatories_of(self.cleaned_data["signatories"])


class CheckForm(DetailsForm):
    """A file that is held against a version."""

    file = forms.FileField(
        label=gettext_lazy("Word or PDF file"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf"}),
    )

    def content(self) -> bytes:
        """Return the file of a valid form."""
        data: bytes = self.cleaned_data["file"].read()
        return data
