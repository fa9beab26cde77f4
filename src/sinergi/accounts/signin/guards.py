"""What stands before views of django-allauth."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


def with_password(view: View) -> View:
    """Let in people who have a password; others set one first, by the link that goes to their address.

    Whoever has neither password nor second factor cannot be asked again who they are; an organisation's
    provider alone must not be enough to take over an account.
    """

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.has_usable_password():
            return view(request, *args, **kwargs)
        messages.warning(
            request,
            _("Set a password first: write your e-mail address, and follow the link that arrives."),
        )
        return HttpResponseRedirect(reverse("account_reset_password"))

    return guarded


def from_here(view: View) -> View:
    """Let in requests that come from our own pages or from the address bar, not from another site."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.headers.get("Sec-Fetch-Site", "none") in {"cross-site", "same-site"}:
            return HttpResponseRedirect(reverse("account_login"))
        return view(request, *args, **kwargs)

    return guarded


def told_failures(view: View) -> View:
    """Lead back to the sign-in page when a provider answers what nobody can understand, or not at all."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (requests.RequestException, KeyError, TypeError, ValueError):
            logger.warning("a provider of sign-in did not answer as it should", exc_info=True)
        messages.error(
            request, _("The provider of the organisation did not let you in. Try again later.")
        )
        return HttpResponseRedirect(reverse("account_login"))

    return guarded
