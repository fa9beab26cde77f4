"""An installation that shows nothing to visitors: `SINERGI_SIGN_IN_REQUIRED=1`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

OPEN = ("/api/", "/healthz", "/readyz", "/metrics")
"""Addresses that ask for a token by themselves, or that tell nothing but whether the installation is well."""


class SignInRequired(LoginRequiredMiddleware):
    """Leads visitors to the sign-in page from every view that is not marked `login_not_required`."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Return the way to the sign-in page, or nothing where the view may answer."""
        if not settings.SINERGI_SIGN_IN_REQUIRED or request.path_info.startswith(OPEN):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
