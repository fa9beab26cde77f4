"""Forms of synchronisation: which plans are compared, and what is decided on a finding."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sinergi.accounts.errors import ConflictError
from sinergi.accounts.forms import RefusingForm
from sinergi.opportunities.lists.forms import OfOrganisation
from sinergi.programs.actions.sync import LENGTHS, RunDetails
from sinergi.programs.actions.sync_decisions import Decision
from sinergi.programs.amounts import Unclear, read_amount
from sinergi.programs.models import Finding, Outcome
from sinergi.reference.rupiah import rupiah

SHARE = "bagian_"


def _line(label: Any, length: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **more)


def _amount(form: forms.Form, name: str) -> Decimal | None:
    """Return the rupiah that were typed in a field; what cannot be read is told at it."""
    text = form.cleaned_data.get(name) or ""
    if not text.strip():
        return None
    try:
        return Decimal(str(read_amount(text)))
    except Unclear as unclear:
        form.add_error(name, str(unclear))
        return None


class RunForm(OfOrganisation, RefusingForm):
    """Title, plans and what is enough."""

    title = _line(gettext_lazy("Title"), LENGTHS["title"])
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    versions = forms.MultipleChoiceField(label=gettext_lazy("Plans"), required=False)
    likely = forms.IntegerField(
        label=gettext_lazy("Least probability of a pair to be told, in per cent"),
        min_value=50,
        max_value=99,
        initial=60,
    )
    large = _line(
        gettext_lazy("From how many rupiah a finding weighs heavily"), 40, initial="1.000.000.000"
    )
    small = _line(gettext_lazy("Below how many rupiah it weighs little"), 40, initial="100.000.000")

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["versions"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = offered

    def details(self) -> RunDetails:
        """Return what is said of the run; what cannot be read is told at its field."""
        values = self.cleaned_data
        large, small = _amount(self, "large"), _amount(self, "small")
        usual = RunDetails("")
        return RunDetails(
            values["title"],
            values["note"],
            values["likely"] / 100,
            usual.large if large is None else large,
            usual.small if small is None else small,
        )


ASKED = {
    Outcome.ACCEPT: {"who", "due"},
    Outcome.MERGE: {"who", "due", "stays"},
    Outcome.SHARE: {"who", "due", "cost", "per_cent"},
    Outcome.RETIME: {"who", "due", "first_year", "last_year"},
}
"""Fields that count for a decision, besides its text; the page shows no others."""


class DecisionForm(RefusingForm):
    """What is decided; which fields count depends on the outcome, and all that was typed is kept."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("What will be done, or why it is dismissed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    who = _line(gettext_lazy("Who does it"), LENGTHS["who"])
    due = forms.DateField(
        label=gettext_lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    stays = forms.ChoiceField(label=gettext_lazy("Line that stays (merge)"), required=False)
    cost = _line(gettext_lazy("Cost that is shared, in rupiah"), 40)
    per_cent = forms.BooleanField(label=gettext_lazy("The shares are per cent"), required=False)
    first_year = forms.IntegerField(label=gettext_lazy("New first year"), required=False)
    last_year = forms.IntegerField(label=gettext_lazy("New last year"), required=False)
    anyway = forms.BooleanField(
        label=gettext_lazy("Keep both decisions, although they contradict each other"),
        required=False,
    )
    shares = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    said = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        finding: Finding,
        outcomes: list[Outcome],
        members: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.may_decide = bool(outcomes)
        lines = [(str(one.identity), str(one.said["title"])[:120]) for one in finding.lines.all()]
        choices: dict[str, list[tuple[str, Any]]] = {
            "outcome": [(one.value, one.label) for one in outcomes],
            "stays": [("", "–"), *lines],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        for code, name in members:
            self.fields[SHARE + code] = _line(_("Share of %(name)s") % {"name": name}, 40)

    def clean(self) -> dict[str, Any]:
        """Return the values; what stands in fields that the decision does not ask for is passed over."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = values.get("outcome")
        asked = (
            {"outcome", "text", "seen", "said", "anyway"} | ASKED.get(Outcome(outcome), set())
            if outcome
            else set()
        )
        for name in [one for one in self.errors if outcome and one not in asked]:
            del self.errors[name]
            values[name] = None
        return values

    def look_again(self, error: ConflictError, seen: int) -> None:
        """Tell of a conflict; sent once more, the form is of what its page shows now."""
        self.refuse(error)
        sent: Any = self.data
        sent = sent.copy()  # What a request holds cannot be changed itself.
        sent["seen"], sent["said"] = seen, self.initial["said"]
        self.data = sent

    def share_fields(self) -> list[forms.BoundField]:
        """Return the fields of shares."""
        return [self[SHARE + code] for code, _name in self.members]

    def decision(self) -> Decision:
        """Return what is decided; what cannot be read is told at its field."""
        values = self.cleaned_data
        shared = values["outcome"] == Outcome.SHARE
        cost = _amount(self, "cost") if shared else None
        members = self.members if shared else []
        told = {code: _amount(self, SHARE + code) for code, _name in members}
        return Decision(
            Outcome(values["outcome"]),
            values["text"],
            values["who"] or "",
            values["due"],
            values["stays"] or "",
            cost,
            {code: value for code, value in told.items() if value is not None},
            values["per_cent"],
            values["first_year"],
            values["last_year"],
            anyway=values["anyway"],
        )


def cost_of(finding: Finding) -> Decimal:
    """Return what a work costs of which a finding tells: the largest of its lines."""
    return max((rupiah(one.said["amount"]) for one in finding.lines.all()), default=Decimal(0))
