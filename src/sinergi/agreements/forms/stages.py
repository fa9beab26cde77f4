"""Forms of the stages: tasks, answers to the offer, approvals, advice."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinergi.accounts.forms import RefusingForm
from sinergi.accounts.once import new_token
from sinergi.agreements.forms.changes import day_field
from sinergi.agreements.models import Agreement, Answer, ApprovalState, Opinion, TaskState
from sinergi.agreements.queries.files import attachments
from sinergi.agreements.stage_details import (
    AdviceAnswer,
    AdviceQuestion,
    ApprovalDetails,
    OfferAnswer,
    OwnTask,
    TaskDetails,
)
from sinergi.forums.forms.fields import lines, one_line

Details = TypeVar("Details")
Choices = Iterable[tuple[Any, Any]]


def _of(form: forms.Form, kind: type[Details]) -> Details:
    """Return the details that a valid form holds."""
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: form.cleaned_data[name] for name in names if name in form.cleaned_data})


class NumberChoice(forms.IntegerField):
    """A choice among numbered things, sent and remembered as a number."""

    widget = forms.Select

    def offer(self, choices: Choices, nothing: Any = "–") -> None:
        """Set what may be chosen, with nothing first; None leaves that out."""
        there = [("", nothing)] if nothing is not None else []
        self.widget.choices = [*there, *choices]
        self.offered = {int(number) for number, _label in choices}

    def validate(self, value: Any) -> None:
        """Refuse what is not offered."""
        super().validate(value)
        if value is not None and value not in self.offered:
            raise forms.ValidationError(_("Choose one of those that are there."))


def _revision() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


def _once() -> forms.CharField:
    return forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=new_token
    )


class TaskForm(RefusingForm):
    """How far a task is."""

    state = forms.ChoiceField(label=_("How far it is"), choices=TaskState.choices)
    done_on = day_field(_("Done on; today where it is empty"), required=False)
    due_on = day_field(_("By when (no law sets it; leave it empty for none)"), required=False)
    responsible = one_line(_("Responsible: an office or agency"))
    note = lines(_("Note; why, where it is not needed"), 3)
    revision = _revision()

    def __init__(self, *args: Any, by_facts: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_facts:
            del self.fields["state"], self.fields["done_on"]

    def details(self) -> TaskDetails:
        """Return the details of a valid form."""
        return _of(self, TaskDetails)


class OwnTaskForm(RefusingForm):
    """A task that people add."""

    title = one_line(_("What is to be done"), required=True)
    stage = forms.ChoiceField(label=_("In which stage"))
    party_id = NumberChoice(label=_("Whose task it is"), required=False)
    due_on = day_field(_("By when (empty: no deadline)"), required=False)
    responsible = one_line(_("Responsible: an office or agency"))
    once = _once()

    def __init__(
        self,
        *args: Any,
        stages: list[tuple[str, str]],
        parties: Choices,
        keeps: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        _whose(self.fields["party_id"], parties, keeps)

    def details(self) -> OwnTask:
        """Return the details of a valid form."""
        return _of(self, OwnTask)


def _whose(field: Any, parties: Choices, keeps: bool) -> None:
    """Offer parties; all together only to who keeps the agreement."""
    field.offer(list(parties), _("Of all parties") if keeps else None)
    field.required = not keeps


class AnswerForm(RefusingForm):
    """What a party answers to the offer."""

    answer = forms.ChoiceField(
        label=_("Does this party accept the offer?"), required=False, choices=Answer.choices
    )
    on = day_field(_("Day of the letter of answer"), required=False)
    note = lines(_("Number of the letter, or what it says"), 3)
    revision = _revision()

    def details(self) -> OfferAnswer:
        """Return the details of a valid form."""
        return _of(self, OfferAnswer)


class _WithFile(RefusingForm):
    """A form with a choice among the files of the agreement."""

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = attachments(agreement)[:500]
        field: Any = self.fields["attachment_id"]
        field.offer([(one.pk, f"{one.title} · {one.get_kind_display()}") for one in rows])


class ApprovalForm(_WithFile):
    """How far an approval is."""

    state = forms.ChoiceField(label=_("How far it is"), choices=ApprovalState.choices)
    asked_on = day_field(_("Asked for on"), required=False)
    due_on = day_field(_("Asked for by (no law sets it; leave it empty for none)"), required=False)
    on = day_field(_("Decided on"), required=False)
    number = one_line(_("Number of the decision"))
    attachment_id = NumberChoice(label=_("File of the decision"), required=False)
    note = lines(_("Note; why, where it is not needed"), 3)
    revision = _revision()

    def details(self) -> ApprovalDetails:
        """Return the details of a valid form."""
        return _of(self, ApprovalDetails)


class AdviceQuestionForm(RefusingForm):
    """Of whom advice is asked."""

    party_id = NumberChoice(label=_("Of which party"), required=False)
    is_team = forms.BooleanField(label=_("Its cooperation team (TKKSD)"), required=False)
    asked_of = one_line(_("Who is asked: TKKSD, or the agency"), required=True)
    question = lines(_("To what"), 3)
    asked_on = day_field(_("Asked on"))
    due_on = day_field(_("By when (empty: no deadline)"), required=False)
    once = _once()

    def __init__(self, *args: Any, parties: Choices, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _whose(self.fields["party_id"], parties, keeps)

    def details(self) -> AdviceQuestion:
        """Return the details of a valid form."""
        return _of(self, AdviceQuestion)


class AdviceAnswerForm(_WithFile):
    """What an advice says."""

    opinion = forms.ChoiceField(
        label=pgettext_lazy("of an advice", "What it comes to"),
        choices=[("", "–"), *(one for one in Opinion.choices if one[0])],
    )
    given_on = day_field(_("Given on"))
    text = lines(_("What it says"), 6)
    attachment_id = NumberChoice(label=_("File of the advice"), required=False)
    revision = _revision()

    def details(self) -> AdviceAnswer:
        """Return the details of a valid form."""
        return _of(self, AdviceAnswer)
