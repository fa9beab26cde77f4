"""The form of when to remind: as is usual, on days of one's own, or never."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.models import ReminderChoice
from sinergi.agreements.reminders.choosing import USUAL
from sinergi.forums.forms.fields import one_line

PARTS = re.compile(r"[\s,;]+")
LONGEST = 4
"""Digits of a number of days."""


class ReminderForm(Kept):
    """When somebody is reminded in an agreement."""

    when = forms.ChoiceField(
        label=gettext_lazy("When to remind"),
        choices=(
            ("usual", gettext_lazy("On the usual days")),
            ("own", gettext_lazy("On these days")),
            ("never", gettext_lazy("Never")),
        ),
        widget=forms.RadioSelect,
    )
    days = one_line(gettext_lazy("Days before"))

    def clean(self) -> dict[str, Any]:
        """Read the days where they are wanted."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("when") == "own" and "days" not in self.errors:
            found = _numbers(cleaned.get("days", ""))
            if found is None:
                self.add_error("days", _("Write whole numbers, parted by commas."))
            elif not found:
                self.add_error("days", _("Write one day at least, or choose “Never”."))
            else:
                cleaned["numbers"] = found
        return cleaned

    def chosen(self) -> list[int] | None:
        """Return the days of a valid form; `None` for the usual ones."""
        if self.cleaned_data["when"] == "usual":
            return None
        return list(self.cleaned_data.get("numbers", ()))


def _numbers(text: str) -> list[int] | None:
    """Return the numbers that a text lists; `None` when something in it is none."""
    parts = [one for one in PARTS.split(text) if one]
    if any(not (one.isascii() and one.isdecimal() and len(one) <= LONGEST) for one in parts):
        return None
    return [int(one) for one in parts]


def values_of(row: ReminderChoice) -> dict[str, Any]:
    """Return what the form of a choice holds."""
    days = USUAL if row.usual else row.days
    when = "usual" if row.usual else "own" if row.days else "never"
    return {"when": when, "days": ", ".join(map(str, days))}
