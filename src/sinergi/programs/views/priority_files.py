"""A ranking as a file: what the page of the same address shows."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.opportunities.exports.writing import write_csv, write_xlsx
from sinergi.programs.exports.leaving import record_left
from sinergi.programs.exports.priority import sheets
from sinergi.programs.priority.places import Asked
from sinergi.programs.queries import priority as queries

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def ranking_file(request: HttpRequest, ranking_id: str, kind: str) -> HttpResponse:
    """Send a ranking: order, parts of each score, criteria, sensitivity; CSV holds the order only."""
    principal = principal_of(request)
    one = queries.ranking(principal, int(ranking_id))
    made = sheets(principal, one, Asked.of(request.GET))
    content = write_csv(made[0]) if kind == "csv" else write_xlsx(made)
    plans = one.alternatives.values_list("plan", flat=True)
    record_left(principal, one, plans, {"format": kind, "rows": len(made[0].rows)})
    response = HttpResponse(content, content_type=TYPES[kind])
    name = _("ranking")
    response["Content-Disposition"] = f'attachment; filename="{name}-{one.pk}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response
