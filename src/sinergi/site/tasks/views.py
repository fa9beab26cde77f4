"""The page of background tasks for administrators of the installation."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.queries.workers import workers_alive
from sinergi.accounts.requests import principal_of
from sinergi.site.tasks import actions, queries
from sinergi.site.tasks.claims import name_of


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Show the queue, what failed, and the workers."""
    context = {
        "queue": queries.overview(principal_of(request)),
        "alive": workers_alive(),
        "shown": queries.SHOWN,
    }
    return render(request, "site/tasks/tasks.html", context)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:500]


@require_POST
def retry(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Let a failed task be tried again."""
    row = actions.retry(principal_of(request), number, reason=_reason(request))
    messages.success(request, _("%(task)s is tried again.") % {"task": name_of(row)})
    return redirect("tasks:tasks")


@require_POST
def discard(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Discard a failed task."""
    actions.discard(principal_of(request), number, reason=_reason(request))
    messages.success(request, _("The task was discarded."))
    return redirect("tasks:tasks")
