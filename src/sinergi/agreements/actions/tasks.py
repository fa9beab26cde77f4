"""Deeds on the tasks of stages: say how far one is, add one of people's own, take it out."""

from dataclasses import fields, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_READ
from sinergi.accounts.texts import cleaned
from sinergi.agreements import errors
from sinergi.agreements.actions.rows import held_agreement, part_of, refuse, tell
from sinergi.agreements.actions.stage_rows import as_told, differing, expect_part, held_for
from sinergi.agreements.errors import StateError
from sinergi.agreements.guards import follows_from_facts
from sinergi.agreements.models import Agreement, Party, StageTask, TaskState
from sinergi.agreements.stage_details import OwnTask, TaskDetails, own_task_faults, task_faults
from sinergi.reference import queries as reference

OWN = "own-"
"""With which the codes of tasks begin that people added."""
MOST_OWN = 200


def details_of(row: StageTask) -> TaskDetails:
    """Return what is said of a task."""
    return TaskDetails(**{one.name: getattr(row, one.name) for one in fields(TaskDetails)})


@transaction.atomic
def set_task(
    by: Principal,
    agreement_id: int,
    party_id: int | None,
    stage: str,
    code: str,
    details: TaskDetails,
    *,
    revision: int | None = None,
) -> StageTask:
    """Say how far a task is, whose it is and until when; a party's own by its people.

    Parameters
    ----------
    revision
        That the writer saw; 0 for a task of which nothing was said.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError, StateError
    """
    agreement, party = held_for(by, agreement_id, party_id)
    row = _row(agreement, party, stage, code)
    expect_part(agreement, row.revision if row.pk else 0, revision, _part(row))
    return _keep(by, row, _completed(cleaned(details)))


@transaction.atomic
def mark_task(
    by: Principal,
    agreement_id: int,
    party_id: int | None,
    stage: str,
    code: str,
    state: str,
    *,
    revision: int | None = None,
) -> StageTask:
    """Say that a task is done, or open again; what else was said of it stays. See `set_task`.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError, StateError
    """
    agreement, party = held_for(by, agreement_id, party_id)
    row = _row(agreement, party, stage, code)
    expect_part(agreement, row.revision if row.pk else 0, revision, _part(row))
    return _keep(by, row, _completed(replace(details_of(row), state=state, done_on=None)))


def _completed(details: TaskDetails) -> TaskDetails:
    """Return details with today for what is done without a day."""
    if details.state == TaskState.DONE and details.done_on is None:
        return replace(details, done_on=timezone.localdate())
    return details


def _row(agreement: Agreement, party: Party | None, stage: str, code: str) -> StageTask:
    """Return the row of a task, new where nobody said anything of it."""
    found = StageTask.objects.filter(
        agreement=agreement, party=party, stage=stage[:24], code=code[:48]
    ).first()
    if found is not None and (found.stage, found.code) == (stage, code):
        return found
    scope = "all" if party is None else "party"
    for one in reference.agreement_stages(agreement.family):
        for task in one.tasks if one.code == stage else ():
            if (task.code, task.scope) == (code, scope):
                return StageTask(agreement=agreement, party=party, stage=stage, code=code)
    raise errors.not_found(_("The task"))


def _part(row: StageTask) -> str:
    return part_of("task", row.pk or 0)


def _by_facts(row: StageTask) -> bool:
    """Whether a task follows from what is known, so that nobody can say that it is done."""
    scope = "all" if row.party_id is None else "party"
    return any(
        follows_from_facts(task)
        for one in reference.agreement_stages(row.agreement.family)
        for task in one.tasks
        if (one.code, task.code, task.scope) == (row.stage, row.code, scope)
    )


def _keep(by: Principal, row: StageTask, details: TaskDetails) -> StageTask:
    faults = task_faults(details, timezone.localdate())
    if details.state != TaskState.OPEN and _by_facts(row):
        faults["state"] = _("This follows from what is known here: nobody can say that it is done.")
    refuse(faults)
    before, after = as_told(details_of(row)), as_told(details)
    changed = differing(before, after)
    if not changed:
        return row
    for name in changed:
        setattr(row, name, getattr(details, name))
    row.revision = row.revision + 1 if row.pk else 1
    row.save()
    old = {name: before[name] for name in changed}
    what = {"code": row.title or row.code}
    tell(by, Verb.TASK_SET, row.agreement, what | old, what | changed, part=_part(row))
    return row


@transaction.atomic
def add_task(
    by: Principal, agreement_id: int, party_id: int | None, stage: str, details: OwnTask
) -> StageTask:
    """Add a task of people's own to a stage, for a party or for all.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, StateError
    """
    agreement, party = held_for(by, agreement_id, party_id)
    details = cleaned(details)
    refuse(own_task_faults(details))
    if stage not in [one.code for one in reference.agreement_stages(agreement.family)]:
        raise errors.not_found(_("The stage"))
    own = StageTask.objects.filter(agreement=agreement, code__startswith=OWN)
    numbers = [int(code.removeprefix(OWN)) for code in own.values_list("code", flat=True)]
    if len(numbers) >= MOST_OWN:
        raise StateError(_("There are %(most)s tasks of your own already.") % {"most": MOST_OWN})
    code = f"{OWN}{max(numbers, default=0) + 1}"
    row = StageTask.objects.create(
        agreement=agreement,
        party=party,
        stage=stage,
        code=code,
        title=details.title,
        due_on=details.due_on,
        responsible=details.responsible,
    )
    tell(by, Verb.TASK_SET, agreement, after=as_told(details, stage=stage), part=_part(row))
    return row


@transaction.atomic
def remove_task(
    by: Principal, agreement_id: int, task_id: int, *, revision: int | None = None
) -> None:
    """Take out a task that people added; those of the pack are marked as not needed.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, StateError
    """
    agreement = held_agreement(by, agreement_id, OBJECT_READ)
    row = StageTask.objects.filter(pk=task_id, agreement=agreement).first()
    if row is None:
        raise errors.not_found(_("The task"))
    held_for(by, agreement_id, row.party_id)
    expect_part(agreement, row.revision, revision, _part(row))
    if not row.code.startswith(OWN):
        raise StateError(_("This task belongs to the stage: say that it is not needed instead."))
    part, before = _part(row), as_told(details_of(row), title=row.title)
    row.delete()
    tell(by, Verb.TASK_SET, agreement, before, {}, part=part)
