"""Waiting files as pages know them: for the person who uploaded them, until they are loaded or a day old."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.evidence import uploads
from sinergi.evidence.actions.load import loaded_before
from sinergi.evidence.models import ImportBatch
from sinergi.evidence.uploads import Upload

GONE, NOT_FOUND = 410, 404


class NotKeptError(Http404):
    """A file that does not wait: it was loaded, removed, or is somebody else's."""


def own_upload(by: Principal, token: str) -> Upload:
    """Return a waiting file of the person who asks.

    Raises
    ------
    NotKeptError
        For any other.
    """
    upload = uploads.find(token)
    if upload is None or not by.signed_in or upload.person != by.person_id:
        raise NotKeptError
    return upload


def loaded_from(by: Principal, token: str) -> ImportBatch | None:
    """Return the batch that came of an upload, to the person who uploaded it."""
    batch = loaded_before(token)
    mine = batch is not None and by.signed_in and batch.loaded_by_id == by.person_id
    return batch if mine else None


def while_kept(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Say what became of the file when it does not wait, also when it goes while a page about it is made."""

    @wraps(view)
    def kept(request: HttpRequest, token: str, **options: str) -> HttpResponseBase:
        try:
            return view(request, token, **options)
        except (FileNotFoundError, NotKeptError):
            return _gone(request, token)

    return kept


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    """Lead on to the load that came of a file, for its person; for others it never was."""
    batch = loaded_from(principal_of(request), token)
    status = NOT_FOUND if batch is None else GONE
    return render(request, "evidence/gone.html", {"batch": batch}, status=status)
