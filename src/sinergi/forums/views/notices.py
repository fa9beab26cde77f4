"""What waits for somebody and what moved: in the application, and by e-mail if so chosen."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.requests import principal_of
from sinergi.forums.actions.notices import choose_letters
from sinergi.forums.models import NoticeChoice
from sinergi.forums.queries import notices as queries

LATELY = timedelta(days=60)


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader and what moved lately; POST chooses whether letters are sent."""
    principal = principal_of(request)
    if principal.person_id is None:
        raise ForbiddenError(_("Sign in to do this."), rules.OBJECT_READ)
    if request.method == "POST":
        choose_letters(
            principal, [kind for kind in NoticeChoice.Kind.values if kind in request.POST]
        )
        messages.success(request, _("Your choice was saved."))
        return redirect("forums:notices")
    today = timezone.localdate()
    context = {
        "voting": queries.voting(principal),
        "invited": queries.invited(principal, today),
        "unreceived": queries.unreceived(principal, today),
        "taken": queries.taken(principal, today),
        "waiting": queries.waiting(principal, today),
        "news": queries.moved(principal, timezone.now() - LATELY),
        "choice": queries.choices_of(principal.person_id),
    }
    return render(request, "forums/board_notices.html", context)
