"""The page that searches the texts of agreements."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable
from sinergi.agreements.queries.search import hits, matching

A_PAGE = 20
KINDS = {
    "agreement": _("data of the agreement"),
    "party": _("party"),
    "document": _("document"),
    "obligation": _("obligation"),
    "file": _("file"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the agreements whose texts hold what is asked for, with the places."""
    text = printable(str(request.GET.get("kata", "")))[:400]
    rows = matching(principal_of(request), text).order_by("-updated", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    found = hits(list(page.object_list), text)
    lines = [(one, [(KINDS[hit.kind], hit) for hit in found[one.pk]]) for one in page.object_list]
    context = {"text": text, "page": page, "lines": lines}
    return render(request, "agreements/search.html", context)
