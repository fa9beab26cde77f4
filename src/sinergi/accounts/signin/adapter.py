"""Sign-in by password: what we decide otherwise than django-allauth."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmationHMAC
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sinergi.accounts.mail.letters import base_of
from sinergi.accounts.models import Person
from sinergi.accounts.requests import principal_of
from sinergi.accounts.signin import records
from sinergi.accounts.signin.notices import write

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People come by invitation only; everything that concerns sign-in is recorded."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail address and password do not belong together."),
        "too_many_login_attempts": _("Too many attempts that failed. Try again in a few minutes."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or it was used before."),
        "enter_current_password": _("Type your present password."),
        "rate_limited": _("Too many requests. Try again in a few minutes."),
        "same_as_current": _("Choose another than the present one."),
        "email_taken": _("Somebody else uses this e-mail address."),
        "duplicate_email": _("This is your address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Return the active person whose password it is; a deactivated one is refused like a stranger."""
        person: Person | None = super().authenticate(request, **credentials)
        if person is not None and not person.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return person

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt; what is stopped unasked is logged, by nothing that names a person.

        Raises
        ------
        ValidationError
            When there were too many that failed.
        """
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            logger.warning("attempts to sign in were stopped: too many failed")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record that somebody was refused; the same work whether or not the address is known."""
        records.password_refused(request, str(credentials.get("email", "")))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Refuse a deactivated person who came by passkey or provider."""
        self.add_message(request, messages.ERROR, message=str(_("You cannot sign in here.")))
        return HttpResponseRedirect(reverse("account_login"))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the first page, in the language of the person; to the second factor where it is required.

        Only administrators of the installation are led there: what they do first must not wait for it.
        """
        person = request.user
        with override(person.language if isinstance(person, Person) else None):
            if principal_of(request).administration_withheld:
                return reverse("mfa_index")
            return str(super().get_login_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("account:overview")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Lead to the account, or to sign-in."""
        signed_in = self.request.user.is_authenticated
        return resolve_url("account:overview" if signed_in else "account_login")

    def is_safe_url(self, url: str | None) -> bool:
        """Whether a page may be led to: one of this host only."""
        return url_has_allowed_host_and_scheme(
            url or "", allowed_hosts=None, require_https=self.request.is_secure()
        )

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC
    ) -> str:
        """Return the address that confirms a new e-mail address."""
        return base_of(request) + reverse("account_confirm_email", args=[emailconfirmation.key])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter of our own in place of a mail of the library."""
        write(self.request, template_prefix, email, context)
