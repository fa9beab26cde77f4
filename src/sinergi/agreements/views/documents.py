"""Pages of documents: all of an agreement, begin one, one with its clauses, describe, compare, take out."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.once import once, seal
from sinergi.accounts.requests import why_of
from sinergi.accounts.texts import small_number
from sinergi.agreements.actions import documents as actions
from sinergi.agreements.documents import clauses as clause_rules
from sinergi.agreements.documents import document_words as words
from sinergi.agreements.documents.differences import changes
from sinergi.agreements.documents.exporting import CONTENT_TYPES, export_document
from sinergi.agreements.forms.documents import DocumentForm, NewDocumentForm
from sinergi.agreements.models import Document, DocumentVersion
from sinergi.agreements.queries import documents as queries
from sinergi.agreements.queries import library
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save


@require_safe
def documents(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the documents of an agreement."""
    frame = frame_of(request, agreement_id)
    rows = queries.documents(frame.agreement)
    context = frame.context(request, documents=rows, may_begin=frame.edit or bool(frame.mine))
    return render(request, "agreements/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_document(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form of a new document; POST begins it."""
    frame = frame_of(request, agreement_id)
    if not frame.edit and not frame.mine:
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(frame.by, rule, frame.agreement), rule)
    parties = [one for one in frame.parties if frame.edit or one.pk in frame.mine]
    form = NewDocumentForm(
        request.POST or None,
        parties=parties,
        templates=library.templates(frame.by),
        initial={"title": frame.agreement.title[:300], "kind": "kb"},
    )
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        number = _begin(frame, form) if form.is_valid() else None
        if number is not None:
            messages.success(request, _("The document was begun with the clauses of the library."))
            return redirect("agreements:document", agreement_id, number)
    context = frame.context(request, form=form, document=None, met=())
    return render(request, "agreements/document_form.html", context, status=status)


def _begin(frame: Frame, form: NewDocumentForm) -> int | None:
    told = form.cleaned_data
    sent = {name: str(value) for name, value in told.items() if name != "once"}

    def begin() -> dict[str, Any]:
        row = actions.begin_document(
            frame.by, frame.agreement.pk, told["kind"], form.details(), told["party"]
        )
        return {"document": row.pk}

    key = seal(told["once"], [frame.agreement.pk, sent])
    try:
        return int(once(frame.by, "begin_document", key, sent, begin).result["document"])
    except InvalidError as error:
        form.refuse(error)
        return None


@require_safe
def document(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Show the last version of a document."""
    frame = frame_of(request, agreement_id)
    row = queries.document(frame.agreement, document_id)
    return shown(request, frame, row, queries.version(row))


@require_safe
def document_version(
    request: HttpRequest, agreement_id: int, document_id: int, number: int
) -> HttpResponse:
    """Show one version of a document."""
    frame = frame_of(request, agreement_id)
    row = queries.document(frame.agreement, document_id)
    return shown(request, frame, row, queries.version(row, number))


def shown(
    request: HttpRequest,
    frame: Frame,
    row: Document,
    version: DocumentVersion,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Return the page of a version; `more` holds what somebody wrote that was refused."""
    seen = queries.seen(row, version)
    last = queries.version(row)
    remarks = queries.remarks(row)
    context = frame.context(
        request,
        document=row,
        version=version,
        is_last=version.number == last.number,
        seen=seen,
        clauses=words.clauses_shown(seen, remarks),
        missing=words.missing_told(seen, row.agreement),
        lost=words.lost_remarks(seen, remarks),
        accepting=queries.accepting(last, frame.parties),
        all_accept=queries.accepted_by_all(last, frame.parties),
        last=last,
        versions=queries.versions(row),
        may_write=actions.may_write(frame.by, row),
        may_remark=frame.edit or bool(frame.mine),
        **more,
    )
    return render(request, "agreements/document.html", context, status=status)


def refused_page(
    request: HttpRequest, frame: Frame, row: Document, deed: Callable[[], object], **written: Any
) -> HttpResponse | None:
    """Do a deed; return the page of the document with what was refused and `written`, or `None`."""
    try:
        deed()
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        told = {"status": status_of(error), "refused": error.message, **written}
        return shown(request, frame, row, queries.version(row), **told)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def edit_document(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Show and save title, number, day and template of a document."""
    frame = frame_of(request, agreement_id)
    row = queries.document(frame.agreement, document_id)
    if not actions.may_write(frame.by, row):
        rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    values = {**asdict(actions.details_of(row)), "revision": row.revision}
    offered = library.templates(frame.by, row.kind)
    form = DocumentForm(request.POST or None, initial=values, templates=offered, used=row.template)
    tried = UNTRIED
    remember(form)

    def save(revision: int) -> object:
        return actions.describe_document(
            frame.by, agreement_id, document_id, form.details(), revision=revision
        )

    def now() -> tuple[dict[str, Any], int]:
        row.refresh_from_db()
        return asdict(actions.details_of(row)), row.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The document was saved."))
            return redirect("agreements:document", agreement_id, document_id)
    context = frame.context(request, form=form, document=row, met=tried.met)
    return render(request, "agreements/document_form.html", context, status=tried.status)


@require_safe
def compare(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Show what differs between two versions, word by word."""
    frame = frame_of(request, agreement_id)
    row = queries.document(frame.agreement, document_id)
    there = queries.versions(row)
    last = queries.version(row).number
    numbers = [
        small_number(request.GET.get(name, "")) or usual
        for name, usual in (("dari", max(last - 1, 1)), ("ke", last))
    ]
    before, after = (queries.version(row, number) for number in numbers)
    found = changes(clause_rules.read(before.clauses), clause_rules.read(after.clauses))
    context = frame.context(
        request, document=row, before=before, after=after, changes=found, versions=there
    )
    return render(request, "agreements/document_compare.html", context)


@require_safe
def document_file(
    request: HttpRequest, agreement_id: int, document_id: int, number: int, fmt: str
) -> HttpResponse:
    """Hand out a version as Word or PDF."""
    frame = frame_of(request, agreement_id)
    try:
        name, content = export_document(frame.by, agreement_id, document_id, number, fmt)
    except UnseenError:
        raise
    except AccountsError as error:
        messages.error(request, error.message)
        return redirect("agreements:document", agreement_id, document_id)
    response = HttpResponse(content, content_type=CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def remove_document(request: HttpRequest, agreement_id: int, document_id: int) -> HttpResponse:
    """Take a document out."""
    frame = frame_of(request, agreement_id)
    row = queries.document(frame.agreement, document_id)

    def deed() -> None:
        actions.remove_document(frame.by, agreement_id, document_id, reason=why_of(request))

    if (refused := refused_page(request, frame, row, deed)) is not None:
        return refused
    messages.success(request, _("The document “%(name)s” was taken out.") % {"name": row.title})
    return redirect("agreements:documents", agreement_id)
