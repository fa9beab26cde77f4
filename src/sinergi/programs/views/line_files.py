"""The lines of a version as CSV and Excel, in columns that an import takes back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.programs.exports.lines import CONTENT_TYPES, export_lines
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.lines import filter_of
from sinergi.programs.views.frame import version_of


@require_safe
def lines_file(request: HttpRequest, plan_id: int, number: int, kind: str) -> HttpResponse:
    """Hand out the lines that the filters of the address leave."""
    by = principal_of(request)
    version = version_of(by, queries.plan(by, plan_id), number)
    name, content = export_lines(by, version, kind, filter_of(request.GET))
    answer = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
