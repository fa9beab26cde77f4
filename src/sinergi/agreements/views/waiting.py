"""The page of what waits for the reader, and of the agreements that he watches without acting."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.vocabulary import Right
from sinergi.agreements import rules
from sinergi.agreements.queries import reminders as of_reminders
from sinergi.agreements.queries import waiting as queries
from sinergi.agreements.queries.stages import Known
from sinergi.agreements.reminders import words
from sinergi.agreements.reminders.letters import letters_of
from sinergi.agreements.stage_words import stage_name, task_name
from sinergi.agreements.views.stages_shown import shown_lack


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader; whoever only watches sees where each agreement stands."""
    by, today = principal_of(request), timezone.localdate()
    context = {
        **_reminders(by, today),
        "rows": [_row(one) for one in queries.waiting_for(by, today)],
        "watched": [_watched(one) for one in queries.watched(by)],
        "today": today,
        "most": queries.MOST,
    }
    return render(request, "agreements/waiting.html", context)


def _reminders(by: Principal, today: date) -> dict[str, Any]:
    """Return the reminders that stand for the reader, and how many there are."""
    found = of_reminders.reminders(by, today)
    count = of_reminders.count(by, today) if found else 0
    return {
        "reminders": [
            {
                "number": one.reminder.pk,
                "agreement": one.agreement,
                "on": one.reminder.on,
                "left": one.left,
                "keeps": one.keeps,
                "when": words.when(one.left),
                "what": words.what(one),
                "link": words.link(one),
            }
            for one in found
        ],
        "reminder_count": min(count, of_reminders.COUNTED),
        "reminders_more": count > of_reminders.COUNTED,
        "shown": len(found),
        "up_to": max((one.reminder.pk for one in found), default=0),
        "letters": by.person_id is not None and letters_of(by.person_id),
        "may_choose_letters": by.person_id is not None and bool(by.organisations(Right.EDIT)),
    }


def _row(one: queries.Waiting) -> dict[str, Any]:
    known = one.known
    return {
        "agreement": one.agreement,
        "stage": stage_name(known, one.agreement.stage),
        "lacks": [shown_lack(known, lack) for lack in one.lacks],
        "ready": one.ready,
        "tasks": [
            (task, task.title or task_name(known, task.stage, task.code)) for task in one.tasks
        ],
        "advice": one.advice,
    }


def _watched(known: Known) -> dict[str, Any]:
    told = rules.waiting(known.stages, known.facts, known.tracks)
    names = [party.name for who in told if (party := known.party(who)) is not None]
    return {
        "agreement": known.agreement,
        "stage": stage_name(known, known.agreement.stage),
        "waits_on": names,
        "keeper": None in told,
    }
