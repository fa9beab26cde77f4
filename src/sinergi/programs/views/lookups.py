"""Answers while a line is typed: what a code is, where a text lies, how an amount is understood."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinergi.accounts.texts import printable
from sinergi.programs.amounts import Unclear, read_amount
from sinergi.programs.codes import check_code, suggestions
from sinergi.programs.places import find_place
from sinergi.programs.queries.words import region_codes


def _region(request: HttpRequest) -> str:
    code = request.GET.get("milik", "")
    return code if code in region_codes() else "ID"


def _text(request: HttpRequest, name: str) -> str:
    return printable(request.GET.get(name, ""))[:500]


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """Say what the nomenclature knows of a code, whose it is, and which codes are like it."""
    text, region = _text(request, "code"), _region(request)
    check = check_code(text, region)
    near = [] if check.whole or len(text) < 3 else suggestions(text, region)
    return render(request, "programs/parts/code_check.html", {"check": check, "near": near})


@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """Say which region a text names, how surely."""
    told = find_place(_text(request, "place"), _region(request))
    return render(request, "programs/parts/place_found.html", {"place": told})


@require_safe
def amount(request: HttpRequest) -> HttpResponse:
    """Say how an amount is understood, or why it is not."""
    text = printable(request.GET.get("amounts-amount", ""))[:200]
    told: dict[str, object] = {}
    if text:
        try:
            told["understood"] = read_amount(text)
        except Unclear as error:
            told["fault"] = str(error)
    return render(request, "programs/parts/amount_read.html", told)
