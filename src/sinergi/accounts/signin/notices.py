"""From the mails that django-allauth wants to send to our letters."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_noop as _

from sinergi.accounts.mail.letters import base_of, send
from sinergi.accounts.models import Person
from sinergi.reference.moments import moment

NOTICES = {
    "account/email/password_changed": _("The password of your account was changed."),
    "account/email/password_reset": _("A new password was set for your account."),
    "account/email/password_set": _("A password was set for your account."),
    "account/email/email_changed": _("The e-mail address of your account was changed."),
    "account/email/email_deleted": _("An e-mail address was removed from your account."),
    "account/email/email_confirm": _("The e-mail address of your account was confirmed."),
    "mfa/email/totp_activated": _("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account."),
    "socialaccount/email/account_connected": _(
        "Sign-in by the provider of your organisation was connected to your account."
    ),
    "socialaccount/email/account_disconnected": _(
        "Sign-in by the provider of your organisation was disconnected from your account."
    ),
}
"""What was done, told to the person so that a deed of somebody else is noticed."""
NOTICE = "accounts/mail/notice"
CONFIRM = "accounts/mail/confirm"


def write(request: HttpRequest, name: str, address: str, context: dict[str, Any]) -> None:
    """Write the letter that stands for a mail of the library; nothing for those we do not send.

    Parameters
    ----------
    name
        Prefix of the library's templates: `account/email/password_changed`.
    """
    language = _language(address)
    if name == "account/email/email_confirmation":
        send(address, language, CONFIRM, {"link": context["activate_url"]})
    elif name in NOTICES:
        with override(language):
            link = base_of(request) + reverse("account_reset_password")
            when = moment(timezone.now())
        told = {"what": NOTICES[name], "when": when, "ip": context.get("ip", ""), "link": link}
        send(address, language, NOTICE, told)


def _language(address: str) -> str:
    """Return the language of the person with an address, or that of the page."""
    chosen = Person.objects.filter(email=address.lower()).values_list("language", flat=True)
    return chosen.first() or get_language() or "id"
