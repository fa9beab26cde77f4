"""Pages of the meeting itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.forums.queries import forums as queries
from sinergi.forums.views.frame import frame


@require_safe
def forums(request: HttpRequest) -> HttpResponse:
    """Show the forums that the reader may see."""
    principal = principal_of(request)
    context = {"forums": queries.with_counts(queries.forums(principal))}
    return render(request, "forums/forums.html", context)


@require_safe
def forum(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show a forum."""
    principal = principal_of(request)
    context = frame(principal, queries.get_forum(principal, forum_id), "forum")
    return render(request, "forums/forum.html", context)
