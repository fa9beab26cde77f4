"""Pages of evaluations: all of an agreement, one beside its facts and the last time, write and change."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.agreements import errors, evaluating
from sinergi.agreements.actions import evaluations as actions
from sinergi.agreements.forms.evaluation import EvaluationForm
from sinergi.agreements.models import Evaluation
from sinergi.agreements.queries import evaluations as queries
from sinergi.agreements.register_words import name_in
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.agreements.views.stages import insider
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save
from sinergi.reference import queries as reference

HALF_A_YEAR = 6


@require_safe
def evaluations(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the evaluations of an agreement, the latest first."""
    frame = frame_of(request, agreement_id)
    questions = reference.agreement_terms("evaluation_question")
    told = queries.evaluations_of(frame.agreement)
    found = [one for one in told if one.party_id is None or insider(frame)]
    context = frame.context(
        request,
        evaluations=[(one, _told(evaluating.summary(one.answers, questions))) for one in found],
        may_evaluate=actions.may_evaluate(frame.by, frame.agreement, frame.parties),
        verdict=next((one for one in found if one.party_id is None and one.verdict), None),
    )
    return render(request, "agreements/evaluations.html", context)


def _told(found: evaluating.Summary) -> dict[str, Any]:
    mean = None if found.mean is None else float(found.mean)
    return {"graded": found.graded, "asked": found.asked, "mean": mean}


@require_safe
def evaluation(request: HttpRequest, agreement_id: int, number: int) -> HttpResponse:
    """Show one evaluation: first the facts of its days, then the answers beside those of the last time."""
    frame = frame_of(request, agreement_id)
    one = _evaluation(frame, number)
    last = queries.before(one)
    questions = reference.agreement_terms("evaluation_question")
    rows = []
    for code in [*questions, *(code for code in one.answers if code not in questions)]:
        said, was = one.answers.get(code), (last.answers if last else {}).get(code)
        told = evaluating.grade_of(said), evaluating.text_of(said), evaluating.grade_of(was)
        rows.append((name_in(questions, code), *told, evaluating.moved(said, was)))
    context = frame.context(
        request,
        evaluation=one,
        rows=rows,
        last=last,
        summary=_told(evaluating.summary(one.answers, questions)),
        may_edit=_may_edit(frame, one),
        **_facts(frame, one.first, one.last),
    )
    return render(request, "agreements/evaluation.html", context)


def _facts(frame: Frame, first: Any, last: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "kept": queries.kept(frame.agreement, first, last, today),
        "measures": queries.read(frame.agreement, first, last),
        "first": first,
        "last_day": last,
    }


def _evaluation(frame: Frame, number: int) -> Evaluation:
    rows = Evaluation.objects.filter(agreement=frame.agreement, pk=number)
    one = rows.select_related("party").first()
    if one is None or not (one.party_id is None or insider(frame)):
        raise errors.not_found(_("The evaluation"))
    return one


def _may_edit(frame: Frame, one: Evaluation) -> bool:
    return frame.edit if one.party_id is None else one.party_id in frame.mine


def _require(frame: Frame, allowed: bool) -> None:
    if not allowed:
        told = rules.refusal(frame.by, rules.OBJECT_EDIT, frame.agreement)
        raise ForbiddenError(told, rules.OBJECT_EDIT)


@require_http_methods(["GET", "HEAD", "POST"])
def new_evaluation(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of an evaluation, with the facts of the last half year beside it; POST writes it."""
    frame = frame_of(request, agreement_id)
    _require(frame, actions.may_evaluate(frame.by, frame.agreement, frame.parties))
    own = [one for one in frame.parties if one.pk in frame.mine]
    today = timezone.localdate()
    first = today.replace(month=1 if today.month <= HALF_A_YEAR else HALF_A_YEAR + 1, day=1)
    initial = {"first": first, "last": today}
    form = EvaluationForm(request.POST or None, parties=own, for_all=frame.edit, initial=initial)
    status = 200
    if request.method == "POST":
        made = _write(frame.by, agreement_id, form) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("The evaluation was kept."))
            return redirect("agreements:evaluation", agreement_id, made)
        status = UNPROCESSABLE
    context = frame.context(request, form=form, **_facts(frame, first, today))
    return render(request, "agreements/evaluation_form.html", context, status=status)


def _write(by: Principal, agreement_id: int, form: EvaluationForm) -> int | None:
    details = form.details()
    sent = {"agreement": agreement_id, **asdict(details)}

    def do() -> dict[str, Any]:
        return {"evaluation": actions.evaluate(by, agreement_id, details).pk}

    try:
        done = once(by, "evaluate_agreement", seal(form.cleaned_data["once"], sent), sent, do)
    except InvalidError as error:
        form.refuse(error)
        return None
    return int(done.result["evaluation"])


@require_http_methods(["GET", "HEAD", "POST"])
def edit_evaluation(request: HttpRequest, agreement_id: int, number: int) -> HttpResponse:
    """Show and save an evaluation; on conflict show what somebody else changed."""
    frame = frame_of(request, agreement_id)
    one = _evaluation(frame, number)
    _require(frame, _may_edit(frame, one))
    form = EvaluationForm(request.POST or None, initial=_written(one))
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        return actions.edit_evaluation(
            frame.by, agreement_id, number, form.details(), revision=revision
        )

    def now() -> tuple[dict[str, Any], int]:
        one.refresh_from_db()
        return _written(one), one.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The evaluation was saved."))
            return redirect("agreements:evaluation", agreement_id, number)
    context = frame.context(
        request, form=form, evaluation=one, met=tried.met, **_facts(frame, one.first, one.last)
    )
    return render(request, "agreements/evaluation_form.html", context, status=tried.status)


def _written(one: Evaluation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "first": one.first,
        "last": one.last,
        "verdict": one.verdict,
        "reason": one.reason,
        "revision": one.revision,
    }
    for code, (grade, text) in actions.details_of(one).answers.items():
        found[f"grade_{code}"], found[f"text_{code}"] = grade, text
    return found
