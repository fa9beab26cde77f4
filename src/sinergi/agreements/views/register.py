"""The register of agreements: found, narrowed and taken home; those put away; what ends when."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.agreements.forms.register import DAYS, ORDER_NAMES, STATES, address, asked
from sinergi.agreements.queries import reading
from sinergi.agreements.queries import register as queries
from sinergi.agreements.queries.expiry import expiry as ends
from sinergi.agreements.queries.search import MOST_LOOKED_INTO
from sinergi.agreements.register_words import choices, families, stages
from sinergi.agreements.reports.register_sheet import register_sheet
from sinergi.opportunities.exports.writing import write_csv, write_xlsx
from sinergi.programs.queries.words import in_language, region_choices
from sinergi.reference import queries as reference

A_PAGE = 25
MOST_PUT_AWAY = 100
A_YEAR = timedelta(days=365)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Counted(Paginator[int]):
    """Pages of rows that were counted already."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        self._known = count
        super().__init__(rows, per_page)

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self._known


def shown(by: Principal, sent: Any) -> dict[str, Any]:
    """Return what the page shows of the agreements that are asked for."""
    today = timezone.localdate()
    wanted = asked(sent)
    found = queries.register(by, wanted, today)
    rows = found.rows
    tally = queries.tally(rows, today)
    numbers = rows.values_list("pk", flat=True)
    page: Page[int] = Counted(numbers, A_PAGE, tally.all).get_page(sent.get("halaman"))
    return {
        "wanted": wanted,
        "query": address(wanted),
        "narrower": address(wanted, without=("state", "days")),
        "tally": tally,
        "cut": found.cut,
        "looked_into": MOST_LOOKED_INTO,
        "page": page,
        "lines": queries.lines(queries.in_order(page.object_list), today),
        "narrowing": bool(address(wanted, without=("words", "state", "order"))),
        "soon": queries.SOON,
        "today": today,
    }


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Show the agreements that the reader may see, as far as they are asked for."""
    by = principal_of(request)
    context = shown(by, request.GET)
    if getattr(request, "htmx", False):
        return render(request, "agreements/parts/register.html", context)
    put_away: Any = reading.agreements_put_away(by) if by.signed_in or by.operator else ()
    context |= {
        "choices": _choices(by),
        "may_create": bool(organisations_of(by)),
        "put_away": put_away[:MOST_PUT_AWAY],
    }
    return render(request, "agreements/agreements.html", context)


def _choices(by: Principal) -> dict[str, Any]:
    objects = [(one.code, in_language(one)) for one in reference.catalogue().values()]
    return {
        "families": choices(families()),
        "stages": choices(stages()),
        "states": STATES,
        "regions": region_choices()[1:],
        "objects": sorted(objects, key=lambda one: one[1]),
        "affairs": [(code, in_language(one)) for code, one in reference.affairs().items()],
        "owners": queries.owners(by),
        "days": DAYS,
        "orders": ORDER_NAMES,
    }


@require_safe
def register_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the agreements that the page of the same question shows."""
    by, today = principal_of(request), timezone.localdate()
    sheet = register_sheet(queries.register(by, asked(request.GET), today).rows, today)
    content = write_csv(sheet) if kind == "csv" else write_xlsx([sheet])
    response = HttpResponse(content, content_type=TYPES[kind])
    name = _("agreement-register")
    response["Content-Disposition"] = f'attachment; filename="{name}-{today:%Y-%m-%d}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def expiry(request: HttpRequest) -> HttpResponse:
    """Show what ends in the next twelve months, and what is past its end."""
    today = timezone.localdate()
    context = {"expiry": ends(principal_of(request), today, today + A_YEAR)}
    return render(request, "agreements/expiry.html", context)
