"""Pages of the issues of a forum."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import frame


@require_safe
def issues(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the issues of a forum."""
    principal = principal_of(request)
    context = frame(principal, get_forum(principal, forum_id), "issues")
    return render(request, "forums/issues.html", context)
