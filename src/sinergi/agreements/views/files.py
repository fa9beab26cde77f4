"""Pages of the files of an agreement: all, hand one in, download, take one out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.once import new_token, once, seal
from sinergi.accounts.requests import principal_of, why_of
from sinergi.agreements.actions import attachments as actions
from sinergi.agreements.errors import StateError
from sinergi.agreements.files.looking import words
from sinergi.agreements.files.store import content_of, prepare
from sinergi.agreements.forms.files import FileForm
from sinergi.agreements.models import Attachment, AttachmentKind
from sinergi.agreements.queries import files as queries
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.evidence.views.downloads import attachment as named


@require_safe
def files(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the files of an agreement."""
    frame = frame_of(request, agreement_id)
    wanted = str(request.GET.get("jenis", ""))
    rows = queries.attachments(frame.agreement)
    if wanted in AttachmentKind.values:
        rows = rows.filter(kind=wanted)
    context = frame.context(
        request,
        rows=[
            (row, _may_remove(frame, row), [words(c) for c in row.file.warnings]) for row in rows
        ],
        kinds=AttachmentKind.choices,
        wanted=wanted,
        may_add=frame.edit or bool(frame.mine),
    )
    return render(request, "agreements/files.html", context)


def _may_remove(frame: Frame, row: Attachment) -> bool:
    return frame.edit or row.party_id in frame.mine


@require_http_methods(["GET", "HEAD", "POST"])
def new_file(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show the form by which a file is handed in; POST hands it in, once however often it is sent."""
    frame = frame_of(request, agreement_id)
    if not (frame.edit or frame.mine):
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(frame.by, rule, frame.agreement), rule)
    theirs = [one for one in frame.parties if frame.edit or one.pk in frame.mine]
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        parties=theirs,
        keeps=frame.edit,
        initial={"once": new_token(), "kind": _kind(request)},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and _handed_in(frame, form):
            messages.success(request, _("The file was handed in."))
            return redirect("agreements:files", agreement_id)
        status = UNPROCESSABLE
    context = frame.context(request, form=form)
    return render(request, "agreements/file_form.html", context, status=status)


def _kind(request: HttpRequest) -> str:
    wanted = str(request.GET.get("jenis", ""))
    return wanted if wanted in AttachmentKind.values else AttachmentKind.OTHER.value


def _handed_in(frame: Frame, form: FileForm) -> bool:
    """Hand a file in; fill the form with what is wrong otherwise."""
    upload, details = form.cleaned_data["file"], form.details()
    try:
        prepared = prepare(upload.read(), upload.name)
        sent = [frame.agreement.pk, prepared.sha256, prepared.filename, vars_of(details)]

        def do() -> dict[str, Any]:
            row = actions.attach_prepared(frame.by, frame.agreement.pk, details, prepared)
            return {"number": row.pk}

        once(frame.by, "attach", seal(form.cleaned_data["once"], sent), sent, do)
    except InvalidError as error:
        form.refuse(error)
        return False
    return True


def vars_of(details: actions.AttachmentDetails) -> list[Any]:
    """Return details as JSON values."""
    return [details.kind, details.title, details.party_id, details.is_public]


@require_safe
def file(request: HttpRequest, agreement_id: int, attachment_id: int) -> HttpResponse:
    """Give a file to be saved; never to be shown in the page, whatever it is."""
    row = queries.attachment(principal_of(request), agreement_id, attachment_id)
    response = HttpResponse(content_of(row.file), content_type=row.file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["ETag"] = f'"{row.file.sha256}"'
    return named(response, row.filename)


@require_POST
def remove_file(request: HttpRequest, agreement_id: int, attachment_id: int) -> HttpResponse:
    """Take a file out, with a reason."""
    by = principal_of(request)
    try:
        gone = actions.remove_attachment(by, agreement_id, attachment_id, why_of(request))
    except (InvalidError, StateError) as error:
        messages.error(request, error.message)
        return redirect("agreements:files", agreement_id)
    messages.success(request, _("The file “%(title)s” was taken out.") % {"title": gone.title})
    return redirect("agreements:files", agreement_id)
