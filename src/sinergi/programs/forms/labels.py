"""What comes in with an answer about a pair of lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sinergi.programs.models import PairAnswer


class AnswerForm(forms.Form):
    """A pair as it was shown, and what somebody says about it."""

    a = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    b = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=PairAnswer.choices)

    def trouble(self) -> str:
        """Return what is wrong, in one sentence; empty when nothing is."""
        told: Any = self.errors
        if "answer" in told:
            return _("Choose one of the five answers.")
        return _("The pair was not sent whole. Look at it again.") if told else ""
