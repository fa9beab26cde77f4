"""Forms of the tasks of stages: how far one is, one of people's own, take it out."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.requests import principal_of, revision_of
from sinergi.accounts.texts import small_number
from sinergi.agreements import errors
from sinergi.agreements.actions import tasks as actions
from sinergi.agreements.errors import StateError
from sinergi.agreements.forms.stages import OwnTaskForm, TaskForm
from sinergi.agreements.models import StageTask, TaskState
from sinergi.agreements.queries.stages import known_of
from sinergi.agreements.stage_words import named
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.agreements.views.stages import page_of
from sinergi.agreements.views.stages_shown import ShownTask
from sinergi.agreements.views.stages_shown import stages as shown_stages
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save


def refuse(frame: Frame) -> None:
    """Refuse who may read the agreement and not do this.

    Raises
    ------
    ForbiddenError
    """
    rule = rules.OBJECT_EDIT
    raise ForbiddenError(rules.refusal(frame.by, rule, frame.agreement), rule)


def compared(form: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values that a form compares with what somebody else wrote: those of its fields."""
    return {name: one for name, one in values.items() if name in form.fields and name != "revision"}


def _shown(frame: Frame, stage: str, code: str, party_id: int | None) -> ShownTask:
    known = known_of(frame.agreement)
    for one in shown_stages(known, frame.mine, frame.edit, timezone.localdate()):
        for task in one.tasks if one.code == stage else ():
            whose = task.party.pk if task.party is not None else None
            if (task.code, whose) == (code, party_id):
                return task
    raise errors.not_found(_("The task"))


@require_http_methods(["GET", "HEAD", "POST"])
def task(
    request: HttpRequest, agreement_id: int, stage: str, code: str, party_id: int | None = None
) -> HttpResponse:
    """Show and keep how far a task is, whose it is and until when."""
    frame = frame_of(request, agreement_id)
    shown = _shown(frame, stage, code, party_id)
    if not shown.may:
        refuse(frame)
    form = TaskForm(request.POST or None, by_facts=shown.by_facts, initial=_values(shown.row))
    remember(form)
    tried = UNTRIED

    def save(revision: int) -> object:
        details = form.details()
        return actions.set_task(
            frame.by, agreement_id, party_id, stage, code, details, revision=revision
        )

    def now() -> tuple[dict[str, Any], int]:
        again = _shown(frame, stage, code, party_id)
        return compared(form, _values(again.row)), again.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The task was kept."))
            return redirect(page_of(agreement_id, f"#tahap-{stage}"))
    context = frame.context(request, form=form, met=tried.met, task=shown)
    return render(request, "agreements/stage_task.html", context, status=tried.status)


def _values(row: StageTask | None) -> dict[str, Any]:
    if row is None:
        return {**asdict(actions.details_of(StageTask())), "revision": 0}
    return {**asdict(actions.details_of(row)), "revision": row.revision}


@require_POST
def mark_task(request: HttpRequest, agreement_id: int, stage: str, code: str) -> HttpResponse:
    """Mark a task as done, or as open again."""
    party = small_number(request.POST.get("pihak", ""))
    state = TaskState.OPEN if request.POST.get("buka") else TaskState.DONE
    by, seen = principal_of(request), revision_of(request)
    try:
        actions.mark_task(by, agreement_id, party, stage, code, state.value, revision=seen)
    except InvalidError as error:
        messages.error(request, " ".join(error.fields.values()))
    except (ConflictError, StateError) as error:
        messages.error(request, error.message)
    return redirect(page_of(agreement_id, f"#tahap-{stage}"))


@require_http_methods(["GET", "HEAD", "POST"])
def new_task(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of a task that people add; POST adds it, once however often it is sent."""
    frame = frame_of(request, agreement_id)
    if not (frame.edit or frame.mine):
        refuse(frame)
    known = known_of(frame.agreement)
    form = OwnTaskForm(
        request.POST or None,
        stages=[(one.code, named(one)) for one in known.stages],
        parties=[(one.pk, one.name) for one in frame.parties if one.pk in frame.mine],
        keeps=frame.edit,
        initial={"stage": request.GET.get("tahap", frame.agreement.stage)},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and _added(frame, form):
            messages.success(request, _("The task was added."))
            return redirect(page_of(agreement_id, f"#tahap-{form.cleaned_data['stage']}"))
        status = UNPROCESSABLE
    context = frame.context(request, form=form)
    return render(request, "agreements/stage_task_new.html", context, status=status)


def _added(frame: Frame, form: OwnTaskForm) -> bool:
    data, details = form.cleaned_data, form.details()
    sent = {"agreement": frame.agreement.pk, **{k: v for k, v in data.items() if k != "once"}}

    def do() -> dict[str, Any]:
        number, party, stage = frame.agreement.pk, data["party_id"], data["stage"]
        return {"task": actions.add_task(frame.by, number, party, stage, details).pk}

    try:
        once(frame.by, "add_task", seal(data["once"], sent), sent, do)
    except (InvalidError, StateError) as error:
        form.refuse(error)
        return False
    return True


@require_POST
def remove_task(request: HttpRequest, agreement_id: int, task_id: int) -> HttpResponse:
    """Take out a task that people added."""
    by, seen = principal_of(request), revision_of(request)
    try:
        actions.remove_task(by, agreement_id, task_id, revision=seen)
        messages.success(request, _("The task was taken out."))
    except (ConflictError, StateError) as error:
        messages.error(request, error.message)
    return redirect(page_of(agreement_id))
