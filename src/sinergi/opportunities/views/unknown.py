"""Answers addresses that name an object or a region which does not exist, with what was meant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from rapidfuzz import process, utils

from sinergi.opportunities import messages
from sinergi.opportunities.settings import SettingsError
from sinergi.reference import queries as reference

LIKE_ENOUGH = 70
"""Similarity of codes, 0-100, below which one is not what was meant."""


def unknown(
    request: HttpRequest, error: SettingsError, code: str, codes: tuple[str, ...], query: str
) -> HttpResponse:
    """Answer 404: say what is not known, and lead to what could have been meant."""
    item = reference.catalogue().get(code)
    context = {
        "message": messages.message(error),
        "item": item,
        "computable": item is not None and item.computable,
        "meant": _address(code, codes, query),
        "error_code": error.code,
    }
    return render(request, "opportunities/opportunity_unknown.html", context, status=404)


def _address(code: str, codes: tuple[str, ...], query: str) -> str:
    """Return the address with every unknown code replaced by the likeliest; empty when one has none."""
    objects, regions = reference.catalogue(), reference.region_table().position
    meant = code if code in objects else _closest(code)
    places = [one if one in regions else _place(one) for one in codes]
    if not meant or not objects[meant].computable:
        return ""
    if not places:
        return reverse("opportunities:object", args=[meant])
    if not all(places) or len(set(places)) < 2:
        return ""
    path = reverse("opportunities:opportunity", args=[meant, "+".join(sorted(set(places)))])
    return f"{path}?{query}" if query else path


def _closest(code: str) -> str:
    found = process.extractOne(
        code, list(reference.catalogue()), processor=utils.default_process, score_cutoff=LIKE_ENOUGH
    )
    return found[0] if found else ""


def _place(told: str) -> str:
    found = reference.find_region(told)
    return found[0].code if found else ""
