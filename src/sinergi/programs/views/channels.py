"""The page that gives amounts of many lines a funding channel: what it would touch first, then the deed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.requests import principal_of, why_of
from sinergi.accounts.texts import printable, small_number
from sinergi.programs.actions.channels import fill_channel
from sinergi.programs.queries import plans as queries
from sinergi.programs.queries.channels import (
    MOST_TICKED,
    Filling,
    preview,
    with_other_channel,
)
from sinergi.programs.queries.lines import NO_CHANNEL, filter_of
from sinergi.programs.queries.words import channel_name
from sinergi.programs.rules import takes_changes
from sinergi.programs.templatetags.programs import rupiah
from sinergi.programs.views.frame import not_now, version_of
from sinergi.reference import queries as reference

SHOWN = 50
"""Lines with another channel that the page names; all are counted."""
TICKED = "centang"


def filling_of(query: QueryDict) -> Filling:
    """Return what an address asks for; a year that is none is passed over, the deed judges the channel."""
    ticked = None
    if query.get("pilih") == TICKED:
        told = [small_number(one) for one in query.getlist("baris")[:MOST_TICKED]]
        ticked = frozenset(one for one in told if one is not None)
    channel = printable(query.get("menjadi", ""))[:40]
    return Filling(
        channel="" if channel == NO_CHANNEL else channel,
        wanted=filter_of(query),
        ticked=ticked,
        year=small_number(query.get("tahun_jumlah", ""), 4),
        replace=query.get("ganti") == "ya",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Show which lines and how much money would get a channel; POST gives it to them."""
    by = principal_of(request)
    plan = queries.plan(by, plan_id)
    version = version_of(by, plan, number)
    rules.require(by, rules.OBJECT_EDIT, plan)
    if not takes_changes(version):
        return not_now(request, plan, version)
    asked, trouble, status = filling_of(request.GET), "", 200
    if request.method == "POST":
        seen = small_number(request.POST.get("seen", ""), 15) or 0
        try:
            done = fill_channel(by, version.pk, asked, seen=seen, reason=why_of(request))
        except (UnseenError, ForbiddenError):
            raise
        except AccountsError as error:
            trouble, status = error.message, status_of(error)
        else:
            _tell(request, done.lines, asked.channel, rupiah(done.total))
            address = reverse("programs:version", args=[plan.pk, number])
            return redirect(f"{address}{_back(asked)}")
    named = "menjadi" in request.GET
    others = with_other_channel(version, asked)
    context: dict[str, Any] = {
        "plan": plan,
        "edition": version,
        "asked": asked,
        "named": named and bool(request.GET["menjadi"]),
        "trouble": trouble,
        "found": preview(version, asked),
        "others": list(others[:SHOWN]),
        "others_number": others.count(),
        "channels": [(code, channel_name(code)) for code in reference.funding_channels()],
        "years": range(plan.first_year, plan.last_year + 1),
        "kept": _kept(request.GET),
        "back": _back(asked),
        "here": request.GET.urlencode(),
    }
    return render(request, "programs/channels.html", context, status=status)


def _tell(request: HttpRequest, lines: int, channel: str, total: str) -> None:
    told = ngettext(
        "%(channel)s now stands at %(count)s line, for %(total)s.",
        "%(channel)s now stands at %(count)s lines, for %(total)s.",
        lines,
    )
    count = number_format(lines, use_l10n=True, force_grouping=True)
    values = {"count": count, "channel": channel_name(channel), "total": total}
    messages.success(request, told % values)


def _back(asked: Filling) -> str:
    """Return the lines that were filtered, as the rest of an address.

    Without the filter by channel: what was just set would no longer be among them.
    """
    pairs = {name: value for name, value in asked.wanted.pairs.items() if name != "sumber"}
    return f"?{urlencode(pairs)}#baris" if pairs else "#baris"


def _kept(query: QueryDict) -> list[tuple[str, str]]:
    """Return what names the lines, for a form that asks anew what to do with them."""
    apart = {"menjadi", "ganti", "tahun_jumlah"}
    return [(name, value) for name in query if name not in apart for value in query.getlist(name)]
