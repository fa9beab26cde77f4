"""Forms of sign-in: those of django-allauth with our words and without placeholders."""

import hashlib
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.letters import base_of, send
from sinergi.accounts.models import Person
from sinergi.accounts.names import clean_name
from sinergi.accounts.signin.records import doer
from sinergi.accounts.signin.resets import RESET
from sinergi.accounts.tokens import live, revoke_all

CODE_KEPT_SECONDS = 180
"""For which a code that was taken is remembered: longer than any code of an app is right."""
PASSWORD_HINT = _("At least 12 characters. Several words that do not belong together are best.")


class Ours(forms.Form):
    """A form with our labels and hints, without placeholders."""

    words: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(Ours, account.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    words: ClassVar = {"login": _("E-mail address"), "password": _("Password")}


class ResetForm(Ours, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link for a new password goes."""

    words: ClassVar = {"email": _("E-mail address")}

    def clean_email(self) -> str:
        """Return the address; whether anybody has it, the worker finds out."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Write the letter: the same work for every address."""
        address = str(self.cleaned_data["email"])
        language = get_language() or "id"
        send(address, language, RESET, {"base": base_of(request), "language": language})
        return address


class NewPasswordForm(Ours, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after a link was followed."""

    words: ClassVar = {"password1": _("New password"), "password2": _("New password again")}
    hints: ClassVar = {"password1": PASSWORD_HINT}


class PasswordChangeForm(Ours, account.ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one; who has tokens may revoke them along with it."""

    words: ClassVar = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints: ClassVar = {"password1": PASSWORD_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if live().filter(person=self.user).exists():
            self.fields["revoke_tokens"] = forms.BooleanField(
                label=_("Also revoke my tokens for programs"), required=False
            )

    def save(self) -> None:
        """Set the password, and revoke the tokens where that was asked for."""
        with transaction.atomic():
            super().save()
            if self.cleaned_data.get("revoke_tokens"):
                revoke_all(doer(context.request, self.user), self.user.pk)


class PasswordAgainForm(Ours, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, before a sensitive deed."""

    words: ClassVar = {"password": _("Password")}


class NewAddressForm(Ours, account.AddEmailForm):  # type: ignore[misc]
    """A new e-mail address."""

    words: ClassVar = {"email": _("New e-mail address")}


class CodeOnce(forms.Form):
    """A code that was taken is not taken again, however long it would still be right.

    The library remembers a code of an app for one step of 30 seconds, and takes it during three.
    """

    def clean_code(self) -> str:
        """Return a code that is right and new."""
        code = str(super().clean_code())  # type: ignore[misc]
        number: int = self.user.pk  # type: ignore[attr-defined]
        if not taken_first(number, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


def taken_first(person: int, code: str) -> bool:
    """Note that a person gave a code; whether it is the first time within some minutes."""
    digest = hashlib.sha256(f"{person}:{normalize_user_code(code)}".encode()).hexdigest()
    return bool(cache.add(f"signin:code:{digest}", "y", timeout=CODE_KEPT_SECONDS))


class CodeForm(Ours, CodeOnce, codes.AuthenticateForm):  # type: ignore[misc]
    """A code of the authenticator app or a recovery code."""

    words: ClassVar = {"code": _("Code")}
    hints: ClassVar = {
        "code": _("Six digits of your authenticator app, or one of your recovery codes.")
    }


class CodeAgainForm(Ours, CodeOnce, codes.ReauthenticateForm):  # type: ignore[misc]
    """A code, before a sensitive deed."""

    words: ClassVar = CodeForm.words
    hints: ClassVar = CodeForm.hints


class AppForm(Ours, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an authenticator app."""

    words: ClassVar = {"code": _("Code that the app shows")}


class PasskeyForm(Ours, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    name = forms.CharField(required=False, max_length=60)
    words: ClassVar = {
        "name": _("Name"),
        "passwordless": _("Sign in with it alone, without a password"),
    }
    hints: ClassVar = {
        "name": _("By which you recognise it: work laptop, phone, grey key."),
        "passwordless": _("The device then asks for a fingerprint, face or PIN."),
    }


class PasskeyNameForm(Ours, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(max_length=60)
    words: ClassVar = {"name": _("Name")}


class ProfileForm(forms.ModelForm[Person]):
    """Name and language of a person."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("id", "Bahasa Indonesia"), ("en", "English")],
        help_text=_("Of e-mail to you, and of the first page after you sign in."),
    )

    class Meta:
        """Only what a person may change about themselves."""

        model = Person
        fields = ("name", "language")
        labels: ClassVar = {"name": _("Name")}

    def clean_language(self) -> str:
        """Return a language that there is."""
        code = str(self.cleaned_data["language"])
        if code not in dict(settings.LANGUAGES):
            raise forms.ValidationError(_("There is no such language."))
        return code

    def clean_name(self) -> str:
        """Return the name in normal form; characters that deceive the eye are refused."""
        try:
            return clean_name(self.cleaned_data["name"])
        except InvalidError as error:
            raise forms.ValidationError(error.message) from error


class ErasureForm(forms.Form):
    """The password, before everything about a person is erased."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    understood = forms.BooleanField(
        label=_("I understand that this cannot be taken back."), required=True
    )
