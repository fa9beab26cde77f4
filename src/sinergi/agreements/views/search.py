"""The page that searches the texts of agreements."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import printable
from sinergi.agreements.queries.readable import readable
from sinergi.agreements.queries.search import MOST_LOOKED_INTO, hits, with_words

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
    asked = with_words(readable(principal_of(request)), text)
    page = Paginator(asked.rows.order_by("-updated", "-pk"), A_PAGE).get_page(
        request.GET.get("halaman")
    )
    found = hits(list(page.object_list), text)
    lines = [(one, [(KINDS[hit.kind], hit) for hit in found[one.pk]]) for one in page.object_list]
    context = {
        "text": text,
        "page": page,
        "lines": lines,
        "cut": asked.cut,
        "looked_into": MOST_LOOKED_INTO,
    }
    return render(request, "agreements/search.html", context)
