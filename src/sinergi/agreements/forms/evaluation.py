"""The form of an evaluation: a grade and a text for each question of the pack, and what is decided."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.agreements.actions.evaluations import EvaluationDetails
from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.models import Party, Verdict
from sinergi.forums.forms.fields import lines
from sinergi.reference import queries as reference

GRADES = [
    ("", _("not answered")),
    ("0", _("0 – not at all")),
    ("1", _("1 – hardly")),
    ("2", _("2 – partly")),
    ("3", _("3 – mostly")),
    ("4", _("4 – fully")),
]


class EvaluationForm(RefusingForm):
    """What somebody judges; without `parties` whose judgement it is stays."""

    first = day_field(_("From"))
    last = day_field(_("Until"))
    verdict = forms.ChoiceField(label=_("Decision"), required=False, choices=Verdict.choices)
    reason = lines(_("Why this is decided"), 3)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )

    def __init__(
        self,
        *args: Any,
        parties: Iterable[Party] | None = None,
        for_all: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if parties is not None:
            own = [(str(one.pk), one.name) for one in parties]
            choices = [("", _("all parties together")), *own] if for_all else own
            self.fields["party"] = forms.TypedChoiceField(
                label=_("Who judges"), required=False, coerce=int, empty_value=None, choices=choices
            )
        self.questions = reference.agreement_terms("evaluation_question")
        language = get_language() or "id"
        for code, question in self.questions.items():
            self.fields[f"grade_{code}"] = forms.TypedChoiceField(
                label=question.name(language),
                required=False,
                coerce=int,
                empty_value=None,
                choices=GRADES,
            )
            self.fields[f"text_{code}"] = lines(_("What is meant by it"), 2)

    def asked(self) -> list[tuple[str, Any, Any]]:
        """Return code, grade and text of each question."""
        return [(code, self[f"grade_{code}"], self[f"text_{code}"]) for code in self.questions]

    def details(self) -> EvaluationDetails:
        """Return what a valid form says."""
        data = self.cleaned_data
        answers = {code: (data[f"grade_{code}"], data[f"text_{code}"]) for code in self.questions}
        return EvaluationDetails(
            data["first"], data["last"], data.get("party"), answers, data["verdict"], data["reason"]
        )
