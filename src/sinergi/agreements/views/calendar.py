"""The calendar of agreements: a month as a list, and as a file for calendars of people's own."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.agreements.fulfilment import Standing, standing
from sinergi.agreements.models import DueState
from sinergi.agreements.queries import calendar as queries

LABELS = {
    "due": gettext_lazy("Obligation falls due"),
    "end": gettext_lazy("Agreement ends"),
    "task": gettext_lazy("Deadline of a task"),
    "approval": gettext_lazy("Deadline of an approval"),
    "advice": gettext_lazy("Deadline of an advice"),
}
FIRST, LAST = 1900, 2200
A_PAGE = 100
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """The month, kind and whether only one's own, as an address asks for them."""

    first: date
    kind: str
    mine: bool

    @property
    def last(self) -> date:
        """The last day of the month."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def before(self) -> date:
        """The month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after."""
        return self.last + timedelta(days=1)


def asked(request: HttpRequest) -> Asked:
    """Read what an address asks for.

    Raises
    ------
    InvalidError
        When it names no month or no kind that there is.
    """
    kind, text = request.GET.get("jenis", ""), request.GET.get("bulan", "")
    if kind not in ("", *LABELS):
        raise InvalidError({"jenis": _("Choose one of the kinds.")})
    first = timezone.localdate().replace(day=1)
    if text:
        year, _dash, month = text.partition("-")
        numbers = small_number(year, 4), small_number(month, 2)
        if not (numbers[0] and numbers[1]) or not (
            FIRST <= numbers[0] <= LAST and numbers[1] <= DECEMBER
        ):
            raise InvalidError({"bulan": _("Write the month as 2026-11.")})
        first = date(numbers[0], numbers[1], 1)
    return Asked(first, kind, request.GET.get("milik") == "1")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what falls due, ends and is waited for in a month."""
    by, what = principal_of(request), asked(request)
    today = timezone.localdate()
    rows = queries.found(by, what.first, what.last, what.kind, mine=what.mine)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    entries = queries.entries(by, page.object_list)
    context: dict[str, Any] = {
        "asked": what,
        "rows": [(one, LABELS[one.target], _standing(one, today)) for one in entries],
        "page": page,
        "query": _address(what),
        "kinds": LABELS.items(),
        "today": today,
    }
    return render(request, "agreements/calendar.html", context)


def _standing(one: queries.Entry, today: date) -> Standing | None:
    """Return where something stands that falls due; nothing for the other kinds."""
    due = one.due
    return standing(due.state, due.on, due.done_on, today) if due is not None else None


def _address(what: Asked) -> str:
    """Return what an address asks for, without its page."""
    said = {"bulan": f"{what.first:%Y-%m}", "jenis": what.kind, "milik": "1" if what.mine else ""}
    return urlencode({name: value for name, value in said.items() if value})


def _url(one: queries.Entry) -> str:
    """Return the address of the page of an entry."""
    if one.due is not None:
        return reverse("agreements:due", args=[one.agreement.pk, one.number])
    return one.agreement.get_absolute_url()


def _summary(one: queries.Entry) -> str:
    """Return what a calendar file says of an entry: its kind, its state if it is not open, its agreement."""
    told = str(LABELS[one.target])
    if one.due is not None and one.due.state != DueState.OPEN:
        told = f"{told} ({DueState(one.due.state).label})"
    return f"{told}: {one.agreement.title}"


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Give the same month as a calendar file (iCalendar, RFC 5545)."""
    by, what = principal_of(request), asked(request)
    made = Calendar()
    made.add("prodid", "-//Sinergi//Agreements//ID")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    rows = queries.found(by, what.first, what.last, what.kind, mine=what.mine)
    for one in queries.entries(by, rows):
        event = Event()
        event.add("uid", f"{one.target}-{one.number}@{request.get_host()}")
        event.add("dtstamp", timezone.now())
        event.add("summary", _summary(one))
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("url", request.build_absolute_uri(_url(one)))
        made.add_component(event)
    answer = HttpResponse(bytes(made.to_ical()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="kerja-sama-{what.first:%Y-%m}.ics"'
    return answer
