"""Pages of the points of a forum."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.views.frame import frame


@require_safe
def points(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the points of a forum."""
    principal = principal_of(request)
    context = frame(principal, get_forum(principal, forum_id), "points")
    return render(request, "forums/points.html", context)


@require_safe
def point(request: HttpRequest, forum_id: int, point_id: int) -> HttpResponse:
    """Show a point."""
    principal = principal_of(request)
    context = frame(principal, get_forum(principal, forum_id), "points")
    return render(request, "forums/point.html", {**context, "number": point_id})
