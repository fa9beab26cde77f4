"""The public register, for everybody without sign-in; and putting an agreement into it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.accounts.texts import printable
from sinergi.agreements import errors
from sinergi.agreements.actions.listing import list_publicly
from sinergi.agreements.files.store import content_of
from sinergi.agreements.queries import public_register as queries
from sinergi.agreements.register_words import choices, families, family_name, state_name
from sinergi.opportunities.exports.writing import Sheet, write_csv

A_PAGE = 50
MOST = 50_000


def _asked(request: HttpRequest) -> tuple[str, str]:
    words, family = (printable(request.GET.get(name, ""))[:160] for name in ("kata", "rumpun"))
    return words, family if family in families() else ""


@require_safe
def public_register(request: HttpRequest) -> HttpResponse:
    """Show what everybody may know of agreements."""
    words, family = _asked(request)
    rows = queries.narrowed(words, family)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "page": page,
        "lines": queries.told(page.object_list, timezone.localdate()),
        "words": words,
        "family": family,
        "families": choices(families()),
        "query": query.urlencode(),
    }
    return render(request, "agreements/public_register.html", context)


@require_safe
def public_file(request: HttpRequest) -> HttpResponse:
    """Send the public register as CSV."""
    rows = queries.narrowed(*_asked(request))[:MOST]
    columns = (
        _("Number"), _("Title of the agreement"), pgettext("of agreements", "Family"), _("Parties"),
        pgettext("of cooperation", "Object"), _("First day"), _("Last day"), _("State"),
    )  # fmt: skip
    table = [
        (one.number, one.title, family_name(one.family), "; ".join(one.parties), one.about, one.begins,
         one.ends, state_name(one.state))
        for one in queries.told(rows, timezone.localdate())
    ]  # fmt: skip
    content = write_csv(Sheet(_("Public register"), columns, table))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = _("public-register")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@require_safe
def public_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show what everybody may know of one agreement."""
    line = queries.one(agreement_id, timezone.localdate())
    context = {"line": line, "files": queries.attachments(agreement_id)}
    return render(request, "agreements/public_agreement.html", context)


@require_safe
def public_attachment(request: HttpRequest, agreement_id: int, file_id: int) -> HttpResponse:
    """Send a file that goes with the public register."""
    row = queries.attachments(agreement_id).filter(pk=file_id).first()
    if row is None:
        raise errors.not_found(_("The file"))
    response = HttpResponse(content_of(row.file), content_type=row.file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, row.filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def listing(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Put an agreement into the public register (`daftar` is 1) or take it out."""
    by, wanted = principal_of(request), request.POST.get("daftar") == "1"
    try:
        list_publicly(
            by, agreement_id, listed=wanted, revision=revision_of(request), reason=why_of(request)
        )
    except (ConflictError, InvalidError) as error:
        messages.error(request, error.message)
        return redirect("agreements:changes", agreement_id)
    told = (
        _("It stands in the public register now.") if wanted else _("It left the public register.")
    )
    messages.success(request, told)
    return redirect("agreements:changes", agreement_id)
