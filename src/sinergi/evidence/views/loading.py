"""A load in the background: begin it once, show how far it is, lead on when it is done."""

import dataclasses

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from sinergi.accounts import rules
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.workers import workers_alive
from sinergi.accounts.requests import SECOND_FACTOR, principal_of
from sinergi.evidence import uploads
from sinergi.evidence.tasks import load_upload
from sinergi.evidence.uploads import Upload
from sinergi.evidence.views.kept import loaded_from, own_upload, while_kept

UNDER_WAY = {TaskResultStatus.READY, TaskResultStatus.RUNNING}
SECONDS = 2
"""Without a script the page asks again after so long."""


def begin(request: HttpRequest, token: str, note: str) -> HttpResponse:
    """Hand the load of a waiting file to the background; a form sent twice begins it once.

    Raises
    ------
    NotKeptError
        When the file is not there, or somebody else uploaded it.
    ForbiddenError
        When somebody may not load there any more.
    """
    by = principal_of(request)
    if (done := loaded_from(by, token)) is not None:
        return redirect("evidence:batch", done.pk)
    upload = own_upload(by, token)
    number = upload.organisation
    owner = None if number is None else Organisation.objects.get(pk=number)
    rules.require(by, rules.OBJECT_CREATE, owner)
    if status_of(upload) not in UNDER_WAY:
        uploads.take_refusal(token)
        uploads.remember(dataclasses.replace(upload, note=note))
        second_factor = bool(request.session.get(SECOND_FACTOR))
        result = load_upload.enqueue(token, second_factor, by.request_id)
        kept = uploads.find(token)
        if kept is not None:
            uploads.remember(dataclasses.replace(kept, task=str(result.id)))
    return _lead_on(request, by, token) or redirect("evidence:loading", token)


def status_of(upload: Upload) -> "TaskResultStatus | None":
    """Return how far the task is that loads a file; `None` without one, or when it was cleared away."""
    if not upload.task:
        return None
    try:
        return load_upload.get_result(upload.task).status
    except (TaskResultDoesNotExist, NotImplementedError):
        return None


def _lead_on(request: HttpRequest, by: Principal, token: str) -> HttpResponse | None:
    """Return the way to the batch, or back to the problems; `None` while nothing is decided."""
    if (batch := loaded_from(by, token)) is not None:
        text = ngettext("%(n)s value was loaded.", "%(n)s values were loaded.", batch.rows)
        messages.success(request, text % {"n": batch.rows})
        return redirect("evidence:batch", batch.pk)
    upload = own_upload(by, token)
    if uploads.is_refused(token) or status_of(upload) == TaskResultStatus.FAILED:
        if not uploads.is_refused(token):
            uploads.refuse(token, _("The load failed. Try again, or tell your administrator."))
        return redirect("evidence:preview", token)
    return None


@require_GET
@while_kept
def loading(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far a load is; it leads on by itself, with a script or without."""
    by = principal_of(request)
    if (away := _lead_on(request, by, token)) is not None:
        return away
    upload = own_upload(by, token)
    context = {
        "upload": upload,
        "told": _told(upload),
        "begun": status_of(upload) in UNDER_WAY,
        "waiting": status_of(upload) == TaskResultStatus.READY,
        "worker": workers_alive() > 0,
    }
    response = render(request, "evidence/loading.html", context)
    response["Refresh"] = str(SECONDS)
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def progress(request: HttpRequest, token: str) -> JsonResponse:
    """Say how far the reading or loading of a file is: a sentence, and a share of 1 where one is known.

    `address` is where to go once a load is decided; the file of somebody else is as one that is not there.
    """
    by = principal_of(request)
    if (batch := loaded_from(by, token)) is not None:
        there = reverse("evidence:batch", args=[batch.pk])
        return JsonResponse({"text": "", "share": 1.0, "address": there})
    upload = uploads.find(token)
    if upload is None or not by.signed_in or upload.person != by.person_id:
        return JsonResponse({"text": "", "share": None})
    if uploads.is_refused(token):
        there = reverse("evidence:preview", args=[token])
        return JsonResponse({"text": "", "share": None, "address": there})
    text, share = _told(upload)
    return JsonResponse({"text": text, "share": share})


def _told(upload: Upload) -> tuple[str, float | None]:
    found = uploads.progress(upload.token)
    if found is None:
        return "", None
    step, done, total = found
    texts = {
        "read": _("Reading row %(done)s"),
        "check": _("Checking %(total)s values"),
        "load": _("Storing value %(done)s of %(total)s"),
    }
    numbers = {
        "done": number_format(done, force_grouping=True),
        "total": number_format(total, force_grouping=True),
    }
    share = done / total if step == "load" and total else None
    return texts.get(step, "") % numbers, share
