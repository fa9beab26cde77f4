"""Turns refusals that a view did not answer itself into pages, so that no view can forget one."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import get_callable, reverse
from django_htmx.http import HttpResponseClientRedirect

from sinergi.accounts.errors import (
    AccountsError,
    ConflictError,
    ForbiddenError,
    UnseenError,
)
from sinergi.accounts.requests import principal_of
from sinergi.accounts.rules import ADMINISTRATION

STATUS: tuple[tuple[type[AccountsError], HTTPStatus], ...] = (
    (UnseenError, HTTPStatus.NOT_FOUND),
    (ForbiddenError, HTTPStatus.FORBIDDEN),
    (ConflictError, HTTPStatus.CONFLICT),
    (AccountsError, HTTPStatus.UNPROCESSABLE_ENTITY),
)
"""The answer to each refusal; the first that fits."""


def status_of(error: AccountsError) -> HTTPStatus:
    """Return the HTTP status of a refusal: 404 unseen, 403 forbidden, 409 conflict, otherwise 422."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def sign_in_address(request: HttpRequest) -> str:
    """Return the address of the sign-in page, which leads back to the page that was asked for.

    Only a page that was read is led back to, and only by its path: never another host, never a deed.
    """
    there = resolve_url(settings.LOGIN_URL)
    if request.method not in {"GET", "HEAD"}:
        return there
    return f"{there}?{urlencode({'next': request.get_full_path()})}"


def refused(request: HttpRequest, error: AccountsError) -> HttpResponse:
    """Return the page that tells a refusal; who wanted to read is led to what would help.

    That is the sign-in page for a visitor, and the second factor for an administrator of the installation
    whose administration does not count without one. A visitor's form is given back, for a session may have
    ended while it was written.
    """
    status = status_of(error)
    visitor = not principal_of(request).signed_in
    if request.method in {"GET", "HEAD"}:
        if visitor and status is HTTPStatus.FORBIDDEN:
            return _led(request, sign_in_address(request))
        if lacks_factor(request, error):
            messages.warning(request, error.message)
            return _led(request, reverse("mfa_index"))
    elif visitor and status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        # A form whose session has ended; the page of old forms gives back what was typed.
        answer: HttpResponse = get_callable(settings.CSRF_FAILURE_VIEW)(
            request, reason=error.message
        )
        answer.status_code = status
        return answer
    context = {
        "detail": error.message,
        "code": status.value,
        "sign_in_url": sign_in_address(request) if visitor else "",
    }
    return render(request, "accounts/refused.html", context, status=status)


def lacks_factor(request: HttpRequest, error: AccountsError) -> bool:
    """Whether a second factor would let an administrator of the installation do what was refused."""
    asked = isinstance(error, ForbiddenError) and error.permission in ADMINISTRATION
    return asked and principal_of(request).administration_withheld


def _led(request: HttpRequest, there: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(there)
    return HttpResponseRedirect(there)


class Refusals:
    """Answers `AccountsError` of any view: 404, 403, 409 or 422, with what the error says.

    Must stand behind the middleware of sessions and sign-in. Nothing of the request was saved: actions are
    transactions, and an error rolls them back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Tell a refusal as a page; leave everything else to others."""
        if isinstance(exception, AccountsError):
            return refused(request, exception)
        return None
