"""The page of what is late: what, who owes it, to whom, since when."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.agreements.models import Due
from sinergi.agreements.queries import dues as queries

A_PAGE = 50
WHOSE = (
    ("", _("All that I may read")),
    (queries.MINE, _("What my parties owe")),
    (queries.THEIRS, _("What is owed to my parties")),
)


class Counted(Paginator[Due]):
    """Pages of rows that were counted already."""

    def __init__(self, rows: Any, count: int) -> None:
        self._known = count
        super().__init__(rows, A_PAGE)

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self._known


@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """Show what is late in all agreements that the reader may read, the longest late first."""
    by, today = principal_of(request), timezone.localdate()
    wanted = asked(request)
    rows = queries.late(by, today, wanted)
    tally = queries.late_tally(rows)
    page = Counted(rows, tally.dues).get_page(request.GET.get("halaman"))
    query = {"milik": wanted.whose, "perjanjian": wanted.agreement}
    context = {
        "wanted": wanted,
        "whose": WHOSE,
        "tally": tally,
        "page": page,
        "lines": queries.lines(page.object_list, today),
        "agreements": queries.late_agreements(by, today),
        "query": urlencode({name: value for name, value in query.items() if value}),
        "today": today,
    }
    return render(request, "agreements/late.html", context)


def asked(request: HttpRequest) -> queries.LateWanted:
    """Read what an address asks for; what is no such thing is not asked."""
    whose = request.GET.get("milik", "")
    if whose not in (queries.MINE, queries.THEIRS):
        whose = ""
    return queries.LateWanted(whose, small_number(request.GET.get("perjanjian", "")))
