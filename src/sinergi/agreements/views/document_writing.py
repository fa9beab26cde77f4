"""The page on which the next version of a document is written: all clauses in one form, nothing lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.texts import small_number
from sinergi.agreements.actions import documents as actions
from sinergi.agreements.documents.clauses import KEY, MOST_CLAUSES, ClauseText, read
from sinergi.agreements.documents.placeholders import PLACEHOLDERS
from sinergi.agreements.models import Document, DocumentVersion
from sinergi.agreements.queries import documents as queries
from sinergi.agreements.queries import library
from sinergi.agreements.queries.library import Offer
from sinergi.agreements.views.frame import Frame, frame_of

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Written:
    """A clause as the form shows it; `place` is what was written as its order."""

    key: str
    heading: str
    text: str
    place: str
    remove: bool = False
    both: bool = False
    heading_error: str = ""
    text_error: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form sent: its clauses, a new one, codes of the library, why, and from which version.

    Attributes
    ----------
    errors
        Of the new clause and of why: field to what is wrong.
    """

    clauses: list[Written]
    heading: str
    text: str
    codes: tuple[str, ...]
    why: str
    base: int
    errors: Mapping[str, str] = field(default_factory=dict)


def _sent(post: Mapping[str, str], codes: list[str]) -> Sent:
    keys = [name[6:] for name in post if name.startswith("judul-") and KEY.match(name[6:])]
    found = [
        Written(
            key,
            post.get(f"judul-{key}", ""),
            post.get(f"isi-{key}", ""),
            post.get(f"urut-{key}", ""),
            remove=f"hapus-{key}" in post,
        )
        for key in keys[: MOST_CLAUSES + 1]
    ]
    base = small_number(post.get("versi", "")) or 0
    new = post.get("judul-baru", ""), post.get("isi-baru", "")
    return Sent(found, *new, tuple(codes), post.get("mengapa", ""), base)


def _texts(sent: Sent, before: Mapping[str, str], offers: Mapping[str, Offer]) -> list[ClauseText]:
    """Return the clauses in the order that was written; equal places stay as they stood."""
    kept = [one for one in sent.clauses if not one.remove]
    places = [small_number(one.place, 5) for one in kept]
    order = sorted(
        range(len(kept)), key=lambda i: (places[i] if places[i] is not None else i + 1, i)
    )
    made = [
        ClauseText(kept[i].key, kept[i].heading, kept[i].text, before.get(kept[i].key, ""))
        for i in order
    ]
    chosen = [offers[code] for code in sent.codes if code in offers]
    made += [ClauseText("", one.heading, one.text, one.code) for one in chosen]
    if sent.heading.strip() or sent.text.strip():
        made.append(ClauseText("", sent.heading, sent.text))
    return made


@require_http_methods(["GET", "HEAD", "POST"])
def write_document(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Show all clauses of a document to be written; POST makes the next version."""
    frame = frame_of(request, agreement_id)
    row = queries.document(frame.agreement, document_id)
    if not actions.may_write(frame.by, row):
        rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    last = queries.version(row)
    there = read(last.clauses)
    clauses = [
        Written(one.key, one.heading, one.text, str(place))
        for place, one in enumerate(there, start=1)
    ]
    if request.method == "POST":
        return _save(request, frame, row)
    return _page(request, frame, row, Sent(clauses, "", "", (), "", last.number))


def _save(request: HttpRequest, frame: Frame, row: Document) -> HttpResponse:
    sent = _sent(request.POST.dict(), request.POST.getlist("pustaka")[:MOST_CLAUSES])
    offers = {one.key: one for one in _offers(frame, row)}
    last = queries.version(row).number
    sources = {
        one["key"]: one["source"]
        for version in (queries.version(row), _seen_version(row, sent.base))
        for one in version.clauses
    }
    try:
        made = actions.write_version(
            frame.by,
            frame.agreement.pk,
            row.pk,
            _texts(sent, sources, offers),
            base=sent.base,
            reason=sent.why,
        )
    except (UnseenError, ForbiddenError):
        raise
    except actions.BothWroteError as error:
        told = _(
            "Somebody else wrote these clauses meanwhile. Yours are below; compare, then save again."
        )
        clauses = [
            Written(one.key, one.heading, one.text, str(place), both=one.key in error.both)
            for place, one in enumerate(error.clauses, start=1)
            if one.key
        ]
        again = Sent(clauses, sent.heading, sent.text, sent.codes, sent.why, error.last)
        return _page(request, frame, row, again, refused=told, status=CONFLICT)
    except InvalidError as error:
        wrong = _placed(sent, error.fields)
        links = _links(wrong, error.fields)
        return _page(request, frame, row, wrong, links=links, status=status_of(error))
    except AccountsError as error:
        return _page(request, frame, row, sent, refused=error.message, status=status_of(error))
    if made.number == last:
        messages.info(request, _("Nothing changed: version %(number)s stays.") % {"number": last})
    else:
        messages.success(request, _("Version %(number)s is written.") % {"number": made.number})
    return redirect("agreements:document", frame.agreement.pk, row.pk)


def _placed(sent: Sent, faults: Mapping[str, str]) -> Sent:
    """Return what was sent with what is wrong beside each field."""
    clauses = [
        replace(
            one,
            heading_error=faults.get(f"heading-{one.key}", ""),
            text_error=faults.get(f"text-{one.key}", ""),
        )
        for one in sent.clauses
    ]
    # What has no key yet is named by its place: of what is new only the own clause can be wrong.
    own = {
        name.partition("-")[0]: told
        for name, told in faults.items()
        if name.partition("-")[2].startswith("new")
    }
    why = {"why": faults["why"]} if "why" in faults else {}
    return replace(sent, clauses=clauses, errors=own | why)


def _links(sent: Sent, faults: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what is wrong with the field that it leads to; without one where it is of the whole form."""
    told = []
    for one in sent.clauses:
        name = one.heading or one.key
        told += [(f"j-{one.key}", f"{name}: {one.heading_error}")] if one.heading_error else []
        told += [(f"i-{one.key}", f"{name}: {one.text_error}")] if one.text_error else []
    places = {"heading": "j-baru", "text": "i-baru", "why": "mengapa"}
    told += [(places[name], text) for name, text in sent.errors.items()]
    shown = {text for one in sent.clauses for text in (one.heading_error, one.text_error)}
    rest = (text for text in faults.values() if text not in shown | {*sent.errors.values()})
    return [*told, *(("", text) for text in rest)]


def _seen_version(row: Document, number: int) -> DocumentVersion:
    return queries.version(row, number)


def _offers(frame: Frame, row: Document) -> list[Offer]:
    return library.offered(frame.by, row.kind, frame.agreement.organisation_id)


def _page(
    request: HttpRequest,
    frame: Frame,
    row: Document,
    sent: Sent,
    *,
    refused: str = "",
    links: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    context = frame.context(
        request,
        document=row,
        sent=sent,
        refused=refused,
        links=links,
        offers=_offers(frame, row),
        placeholders=list(PLACEHOLDERS),
        last=queries.version(row),
    )
    return render(request, "agreements/document_write.html", context, status=status)
