"""Funding as files: what the page of the same address shows."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.programs.exports import funding as exports
from sinergi.programs.funding import channels_for
from sinergi.programs.queries.funding import menus
from sinergi.programs.views.funding import facts_of_request
from sinergi.programs.views.funding_plan import of_request


@require_safe
def funding_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the answers for a plan, a line or a situation."""
    name = _("funding")
    if request.GET.get("rencana"):
        found, _wanted = of_request(request)
        name = f"{name}-{found.plan.pk}"
        content = exports.export_plan(principal_of(request), found, kind)
    else:
        answers = channels_for(facts_of_request(request), menus())
        content = exports.written([exports.answers_sheet(answers)], kind)
    response = HttpResponse(content, content_type=exports.CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
