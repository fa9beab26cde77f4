"""The board of what became of points."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show what became of the points of all forums that the reader may see."""
    return render(request, "forums/board.html")
