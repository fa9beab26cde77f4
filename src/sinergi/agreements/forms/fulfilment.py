"""Forms of what became of something due: fulfilled or in part, waived."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.forms.services import amount_field, number_field
from sinergi.agreements.forms.stages import NumberChoice
from sinergi.agreements.fulfilment import Fulfilment, Owed
from sinergi.agreements.models import Agreement, DueState
from sinergi.agreements.queries.files import attachments
from sinergi.forums.forms.fields import lines

MOST_FILES = 500
STATES = [
    (DueState.FULFILLED.value, _("all of it")),
    (DueState.PARTLY.value, _("a part of it; the rest stays open")),
]


class FulfilmentForm(Kept):
    """What was done of something due, altogether so far."""

    state = forms.ChoiceField(
        label=pgettext_lazy("a fulfilment", "What was done"),
        choices=STATES,
        widget=forms.RadioSelect,
        initial="fulfilled",
    )
    done_on = day_field(_("Done on"))
    amount = amount_field(_("Paid so far altogether, in rupiah"), required=False)
    quantity = number_field(_("Done so far altogether"))
    evidence = NumberChoice(label=_("Evidence: a file of this agreement"), required=False)
    note = lines(_("Note"), 3)

    def __init__(
        self, *args: Any, agreement: Agreement, owed: Owed, unit: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = attachments(agreement)[:MOST_FILES]
        field: Any = self.fields["evidence"]
        field.offer([(one.pk, f"{one.title} · {one.get_kind_display()}") for one in rows])
        if not owed.is_money:
            del self.fields["amount"]
        if owed.quantity is None and not unit:
            del self.fields["quantity"]
        elif unit:
            self.fields["quantity"].label = f"{self.fields['quantity'].label} ({unit})"

    def details(self) -> Fulfilment:
        """Return what a valid form says."""
        names = "state", "done_on", "amount", "quantity", "note", "evidence"
        return Fulfilment(*(self.cleaned_data.get(name) for name in names))  # type: ignore[arg-type]


class WaiverForm(Kept):
    """Why something is waived."""

    why = lines(_("Why it is waived (kept in the history)"), 3)
