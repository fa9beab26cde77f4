"""Files of minutes: a version as Word or PDF, and a file from outside held against a version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.requests import principal_of
from sinergi.forums.documents import CONTENT_TYPES, export_minutes
from sinergi.forums.documents.checking import check
from sinergi.forums.forms.minutes import CheckForm
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.minutes import get_version
from sinergi.forums.views.frame import UNPROCESSABLE, frame


@require_safe
def file(request: HttpRequest, forum_id: int, version: int, fmt: str) -> HttpResponse:
    """Send a version as a file in the language of the page."""
    language = (get_language() or "id")[:2]
    name, content = export_minutes(principal_of(request), forum_id, version, fmt, language)
    response = HttpResponse(content, content_type=CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest, forum_id: int, version: int) -> HttpResponse:
    """Ask for a file; POST says whether it is what Sinergi gave of this version. Nothing is taken over."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = get_version(principal, forum, version)
    if not principal.signed_in:
        told = _("Sign in to have a file compared.")
        raise ForbiddenError(told, rules.OBJECT_READ)
    form, found, status = CheckForm(), None, 200
    if request.method == "POST":
        form, status = CheckForm(request.POST, request.FILES), UNPROCESSABLE
        if form.is_valid():
            try:
                found, status = check(forum, row, form.content()), 200
            except InvalidError as error:
                form.refuse(error)
    context = frame(principal, forum, "minutes") | {"row": row, "form": form, "found": found}
    return render(request, "forums/minutes_check.html", context, status=status)
