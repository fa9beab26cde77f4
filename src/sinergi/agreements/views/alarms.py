"""Pages of alarms: what threatens, what could have been known on a day, and what is done about it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.agreements import alarm_words as words
from sinergi.agreements import errors, permissions
from sinergi.agreements.actions import alarms as actions
from sinergi.agreements.alarm_places import place_of
from sinergi.agreements.alarms import Raised
from sinergi.agreements.models import Alarm
from sinergi.agreements.queries import alarms as queries
from sinergi.agreements.views.frame import Frame, frame_of
from sinergi.agreements.views.service_forms import deed_on, everybody


@require_safe
def alarms(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show what threatens today, or what could have been known on a day that is asked for."""
    frame = frame_of(request, agreement_id)
    today = timezone.localdate()
    asked = _day(request.GET.get("pada", ""))
    day = asked if asked is not None and asked <= today else today
    found = queries.raised(frame.agreement, day)
    kept = {
        (one.kind, one.key, one.first_day): one
        for one in Alarm.objects.filter(agreement=frame.agreement)
    }
    names = {one.pk: one.name for one in everybody(frame)}
    told = [_shown(frame, one, names, kept) for one in found]
    context = frame.context(
        request,
        day=day,
        today=today,
        unread=bool(request.GET.get("pada")) and asked != day,
        holding=[one for one in told if one["raised"].over is None and not one["question"]],
        questions=[one for one in told if one["raised"].over is None and one["question"]],
        over=[one for one in told if one["raised"].over is not None],
    )
    return render(request, "agreements/alarms.html", context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:10])
    except ValueError:
        return None


def _shown(
    frame: Frame, one: Raised, names: dict[int, str], kept: dict[tuple[str, str, date], Alarm]
) -> dict[str, Any]:
    threat = one.threat
    row = kept.get((threat.kind.value, threat.key, one.first))
    party = next((each for each in frame.parties if each.pk == threat.party), None)
    may = frame.edit or (party is not None and permissions.acts_for(frame.by, party))
    return {
        "raised": one,
        "title": words.title(threat.kind),
        "text": words.text(threat.kind, threat.told),
        "remedy": words.remedy(threat.kind),
        "place": place_of(frame.agreement.pk, threat),
        "question": words.is_question(threat.kind),
        "party": names.get(threat.party or 0, ""),
        "row": row,
        "may_answer": may and row is not None and one.over is None,
    }


@require_POST
def answer(request: HttpRequest, agreement_id: int, alarm_id: int) -> HttpResponse:
    """Write what is done about an alarm."""
    frame = frame_of(request, agreement_id)
    if not Alarm.objects.filter(pk=alarm_id, agreement=frame.agreement).exists():
        raise errors.not_found(_("The alarm"))
    text = request.POST.get("jawaban", "")
    return deed_on(
        request,
        frame,
        reverse("agreements:alarms", args=[agreement_id]),
        _("The answer was kept."),
        lambda: actions.answer(frame.by, agreement_id, alarm_id, text),
    )
