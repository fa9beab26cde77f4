"""Funding of a whole plan: lines and their best channels, filters in the address, totals by channel."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable, small_number
from sinergi.programs import errors
from sinergi.programs.funding import ChannelAnswer, May, words
from sinergi.programs.queries.funding_plan import LineFunded, Narrowed, PlanFunded, plan_funded
from sinergi.reference import queries as reference

ON_A_PAGE = 100
LONGEST = 80


def narrowed(query: QueryDict) -> Narrowed:
    """Return the filters of an address; what cannot be is passed over."""
    channel = query.get("saluran", "")
    may = query.get("jawab", "")
    affair = query.get("urusan", "")
    return Narrowed(
        channel if channel in reference.funding_channels() else "",
        may if may in set(May) else "",
        affair if affair in reference.affairs() else "",
        printable(query.get("kata", ""))[:LONGEST],
        query.get("tanpa_saluran") == "1",
    )


def query_of(number: int, wanted: Narrowed) -> str:
    """Return the query string of a plan and filters; `narrowed` reads it."""
    pairs = {
        "rencana": str(number),
        "saluran": wanted.channel,
        "jawab": wanted.may,
        "urusan": wanted.affair,
        "kata": wanted.words,
        "tanpa_saluran": "1" if wanted.unstated else "",
    }
    return urlencode({name: value for name, value in pairs.items() if value})


def of_request(request: HttpRequest) -> tuple[PlanFunded, Narrowed]:
    """Return the plan of an address with the lines that its filters leave.

    Raises
    ------
    UnseenError
    """
    number = small_number(request.GET.get("rencana", ""))
    if number is None:
        raise errors.not_found(_("The plan"))
    wanted = narrowed(request.GET)
    return plan_funded(principal_of(request), number, wanted), wanted


def plan_page(request: HttpRequest) -> HttpResponse:
    """Show the lines of a plan with their best channels."""
    found, wanted = of_request(request)
    rows = _Rows()
    page = Paginator(found.rows, ON_A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "found": found,
        "wanted": wanted,
        "page": page,
        "rows": list(map(rows.row, page.object_list)),
        "totals": _totals(found),
        "query": query_of(found.plan.pk, wanted),
        "channels": [(code, words.channel_name(code)) for code in found.channels],
        "answers": [(may.value, str(text)) for may, text in words.MAY.items()],
        "affairs": [(one.code, words.named(one)) for one in reference.affairs().values()],
    }
    return render(request, "programs/funding_plan.html", context)


class _Rows:
    """Rows of lines as they are shown; answers that lines have in common are told once."""

    def __init__(self) -> None:
        self._told: dict[int, dict[str, Any]] = {}

    def row(self, one: LineFunded) -> dict[str, Any]:
        """Return a line with the channels by their answers, and what those say that its plan states."""
        told = self._told.get(id(one.answers)) or self._tell(one.answers)
        stated = [told["all"].get(code) or {"name": code} for code in one.stated]
        return {"line": one, "stated": stated, **told["by"]}

    def _tell(self, answers: list[ChannelAnswer]) -> dict[str, Any]:
        every = {
            one.code: {
                "name": words.channel_name(one.code),
                "answer": str(words.MAY[one.may]),
                "why": words.why(one),
                "may": one.may,
            }
            for one in answers
        }
        by = {may.value: [one for one in every.values() if one["may"] is may] for may in May}
        told = {"all": every, "by": by}
        self._told[id(answers)] = told
        return told


def _totals(found: PlanFunded) -> list[dict[str, Any]]:
    """Return the channels that could pay for something, with lines and money."""
    return [
        {
            "code": code,
            "name": words.channel_name(code),
            "yes": counted.lines[May.YES],
            "yes_money": counted.money[May.YES],
            "depends": counted.lines[May.DEPENDS],
            "depends_money": counted.money[May.DEPENDS],
            "unknown": counted.lines[May.NOT_KNOWN],
        }
        for code, counted in found.channels.items()
        if counted.lines[May.YES] or counted.lines[May.DEPENDS] or counted.lines[May.NOT_KNOWN]
    ]
