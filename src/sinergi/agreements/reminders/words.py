"""A reminder in words: what it reminds of, when that is or was, and the page on which something is done."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergi.agreements.models import Advice, Agreement, Approval, Due, StageTask
from sinergi.agreements.queries.reminders import Standing
from sinergi.agreements.stage_words import named, term_name
from sinergi.reference import queries as reference

LONGEST = 160
"""Letters of an obligation that a line tells."""


def when(left: int) -> str:
    """Return how far a day lies ahead or back, in the language of the page."""
    if left == 0:
        return _("today")
    if left > 0:
        return ngettext("in %(days)s day", "in %(days)s days", left) % {"days": left}
    return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}


def what(one: Standing) -> str:
    """Return what a reminder reminds of."""
    thing = one.thing
    if isinstance(thing, Due):
        row = thing.obligation
        return f"{row.debtor.name}: {_short(row.text)}"
    if isinstance(thing, StageTask):
        return _with_party(_("Task: %(name)s") % {"name": _task(one.agreement, thing)}, thing)
    if isinstance(thing, Approval):
        told = {"name": term_name("approval", thing.kind)}
        return _with_party(_("Approval: %(name)s") % told, thing)
    if isinstance(thing, Advice):
        return _("Advice is waited for: %(name)s") % {"name": thing.asked_of}
    return _("The agreement ends.")


def link(one: Standing) -> str:
    """Return the address of the page of what is reminded of; the agreement's where it has none."""
    row = one.agreement
    pages: dict[str, tuple[str, tuple[int, ...]]] = {
        "due": ("agreements:due", (row.pk, one.reminder.target_id)),
        "advice": ("agreements:advice", (row.pk, one.reminder.target_id)),
        "task": ("agreements:stages", (row.pk,)),
        "approval": ("agreements:stages", (row.pk,)),
    }
    name, numbers = pages.get(one.reminder.target, ("agreements:agreement", (row.pk,)))
    try:
        return reverse(name, args=numbers)
    except NoReverseMatch:
        return row.get_absolute_url()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _with_party(text: str, thing: Any) -> str:
    return f"{text} – {thing.party.name}" if thing.party is not None else text


def _task(agreement: Agreement, task: StageTask) -> str:
    """Return what a task is called, by people or by the pack."""
    stages = reference.agreement_stages(agreement.family)
    of_pack = (
        named(one)
        for stage in stages
        if stage.code == task.stage
        for one in stage.tasks
        if one.code == task.code
    )
    return task.title or next(of_pack, task.code)
