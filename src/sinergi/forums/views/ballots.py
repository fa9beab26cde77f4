"""Pages of the ballots of a forum."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import frame


@require_safe
def ballots(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the ballots of a forum."""
    principal = principal_of(request)
    context = frame(principal, get_forum(principal, forum_id), "ballots")
    return render(request, "forums/ballots.html", context)
