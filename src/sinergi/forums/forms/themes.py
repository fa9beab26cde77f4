"""Forms of themes: wording, the issues that go in, parts of a split, remarks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from sinergi.accounts.forms import RefusingForm
from sinergi.forums.details import ThemeDetails
from sinergi.forums.forms.fields import lines, one_line
from sinergi.forums.forms.issues import choose_delegation
from sinergi.forums.models import Delegation
from sinergi.opportunities.lists.forms import token_field


class ThemeForm(RefusingForm):
    """How a theme is worded."""

    title = one_line(gettext_lazy("The theme in one line"), required=True)
    text = lines(gettext_lazy("Wording"), 6)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def details(self) -> ThemeDetails:
        """Return the details of a valid form."""
        return ThemeDetails(self.cleaned_data["title"], self.cleaned_data["text"])


class NewThemeForm(ThemeForm):
    """A theme that is drawn from issues or merged from themes."""

    once = token_field()


class RemarkForm(RefusingForm):
    """A comment of a delegation, or the wording it proposes."""

    delegation = forms.ChoiceField(
        label=gettext_lazy("Delegation"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of your delegations.")},
    )
    text = lines(gettext_lazy("Comment"), 3)
    wording = lines(gettext_lazy("Wording that you propose instead (an amendment)"), 6)
    once = token_field()

    def __init__(self, *args: Any, delegations: Sequence[Delegation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_delegation(self, delegations)
