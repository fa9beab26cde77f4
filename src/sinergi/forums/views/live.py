"""The screen in the hall: how many have voted, pushed as it changes, and the result once it is counted."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from sinergi.accounts.ending import ending
from sinergi.accounts.requests import principal_of
from sinergi.forums import results
from sinergi.forums.models import Ballot
from sinergi.forums.passes import picture
from sinergi.forums.queries import ballots as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.quorum import Tally, quorum_of, tally

FRESH = 1.0
"""Seconds for which all who look at a ballot in this process share one look at the database."""
STEP = 0.25
"""Seconds between two looks at what this process knows."""
LONGEST = 300.0
"""Seconds of one stream, then the browser connects again, and is asked anew whether it may look."""
HEARTBEAT = 3.0
"""Seconds after which the same is told again: a screen knows that it still hears, and we that it listens."""
AGAIN = b"retry: 500\n\n"
"""Milliseconds after which a browser whose stream ended connects again."""
UNAVAILABLE = 503


def most_streams() -> int:
    """Return how many streams a process holds: a quarter of its threads, so that pages find the others."""
    return int(settings.ENVIRONMENT.threads) // 4


class Pulse:
    """What a process knows of ballots that are looked at, and how many streams it holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._known: dict[int, tuple[float, Tally | None]] = {}
        self.streams = 0

    def turnout(self, ballot_id: int) -> Tally | None:
        """Return how far a ballot is, not older than `FRESH`; one asks the database, others wait for it."""
        with self._looking:
            found = self._known.get(ballot_id)
            now = time.monotonic()
            if found is not None and now - found[0] < FRESH:
                return found[1]
            told = tally(ballot_id)
            if len(self._known) > 100:
                self._known.clear()
            self._known[ballot_id] = (now, told)
            return told

    def enter(self) -> bool:
        """Take a place for a stream, unless all are taken."""
        with self._lock:
            if self.streams >= most_streams():
                return False
            self.streams += 1
            return True

    def leave(self) -> None:
        """Give a place back."""
        with self._lock:
            self.streams -= 1


pulse = Pulse()


class Stream:
    """The events of one screen; closing it gives its place back, however it ends.

    It ends at once when its process is about to: a server that stops waits for no screen.

    Parameters
    ----------
    seconds
        How long it goes on.
    """

    def __init__(self, ballot_id: int, seconds: float = LONGEST) -> None:
        self._ballot_id, self._seconds = ballot_id, seconds
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        """Tell the turnout now, whenever it changes, and now and then in between."""
        end = time.monotonic() + self._seconds
        before, told_at = b"", 0.0
        yield AGAIN
        while (now := time.monotonic()) < end:
            told = event(pulse.turnout(self._ballot_id))
            if told != before or now - told_at >= HEARTBEAT:
                before, told_at = told, now
                yield told
            if ending.wait(STEP):
                return

    def close(self) -> None:
        """Give the place back, once."""
        if not self._closed:
            self._closed = True
            pulse.leave()


def event(turnout: Tally | None) -> bytes:
    """Return how far a ballot is as an event of a stream."""
    told = turnout.as_plain() if turnout else {"state": "gone"}
    return b"data: " + orjson.dumps(told) + b"\n\n"


def _readable(request: HttpRequest, forum_id: int, ballot_id: int) -> Ballot:
    principal = principal_of(request)
    return queries.get_ballot(principal, get_forum(principal, forum_id), ballot_id)


@require_safe
def projector(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Show a ballot in big letters, for the whole hall."""
    row = _readable(request, forum_id, ballot_id)
    phone = request.build_absolute_uri(reverse("forums:vote", args=[forum_id, ballot_id]))
    context: dict[str, Any] = {
        "ballot": row,
        "forum": row.forum,
        "rule": results.rule_of(row.method),
        "quorum": quorum_of(row),
        "options": list(row.options.all()),
        "turnout": tally(row.pk),
        "result": results.result_of(row),
        "phone": phone.partition("://")[2],
        "qr": picture(phone) if row.state == Ballot.State.OPEN else None,
    }
    return render(request, "forums/projector.html", context)


@require_GET
def projector_turnout(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponse:
    """Tell how far a ballot is, for screens that find no place for a stream."""
    row = _readable(request, forum_id, ballot_id)
    turnout = pulse.turnout(row.pk)
    return JsonResponse(turnout.as_plain() if turnout else {"state": "gone"})


@require_GET
def projector_stream(request: HttpRequest, forum_id: int, ballot_id: int) -> HttpResponseBase:
    """Tell how far a ballot is whenever it changes; 503 when this process holds as many streams as it may."""
    row = _readable(request, forum_id, ballot_id)
    if not pulse.enter():
        return HttpResponse(status=UNAVAILABLE, headers={"Retry-After": "5"})
    answer = StreamingHttpResponse(Stream(row.pk), content_type="text/event-stream")
    # Neither nginx nor our own compression may hold an event back until there is more.
    answer.headers["X-Accel-Buffering"] = "no"
    answer.headers["Content-Encoding"] = "identity"
    return answer
