"""The form of what a party has in its budget."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sinergi.agreements.actions.budget import BudgetDetails
from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.forms.services import amount_field
from sinergi.forums.forms.fields import one_line
from sinergi.programs.models import PlanLine


class BudgetForm(Kept):
    """A line of a plan that is here, one that is written, or that there is none."""

    year = forms.IntegerField(label=_("Year"))
    line = forms.TypedChoiceField(
        label=_("Line of a plan that is here"), required=False, coerce=UUID, empty_value=None
    )
    account = one_line(_("Code of the line"))
    title = one_line(_("What the line is called"))
    amount = amount_field(_("Rupiah in the line"), required=False)
    has_none = forms.BooleanField(label=_("The budget holds no line for it"), required=False)
    source = one_line(_("Source"))
    known_on = day_field(_("Known since (today, where it is left empty)"), required=False)

    def __init__(self, *args: Any, offered: Sequence[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "–"),
            *((str(one.identity), f"{one} · {one.version.plan.title}") for one in offered),
        ]

    def details(self) -> BudgetDetails:
        """Return what a valid form says."""
        names = (
            "year", "line", "account", "title", "amount", "has_none", "source", "known_on"
        )  # fmt: skip
        return BudgetDetails(*(self.cleaned_data[name] for name in names))
