"""Settings of sign-in: how people prove who they are, how often they may try, how long a session lasts.

Read by `settings.py`, which names what differs between installations.
"""

from typing import Any

APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
"""Behind the rooms, so that our templates come before those of the library."""

AUTHENTICATION_BACKENDS = ["sinergi.accounts.signin.backend.PasswordBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_CHECK = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_CHECK}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_CHECK}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name"), "max_similarity": 0.6},
    },
    {"NAME": f"{_CHECK}.CommonPasswordValidator"},
    {"NAME": f"{_CHECK}.NumericPasswordValidator"},
    {"NAME": "sinergi.accounts.signin.words.GuessableWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "opportunities:map"
LOGOUT_REDIRECT_URL = "opportunities:map"
SESSION_ENGINE = "sinergi.accounts.signin.store"
SESSION_COOKIE_AGE = 12 * 60 * 60
"""A working day: then everybody signs in again, however busy."""
SINERGI_SESSION_IDLE_SECONDS = 60 * 60
"""An hour without a request ends a session; docs/security.md says why these two."""

ACCOUNT_ADAPTER = "sinergi.accounts.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
"""People come by an invitation to their address, which proves it; a new address is confirmed by link."""
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,60/h/ip,5/5m/key,40/d/key",
    "reset_password": "10/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/m/key",
}
_FORMS = "sinergi.accounts.signin.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignInForm",
    "add_email": f"{_FORMS}.NewAddressForm",
    "change_password": f"{_FORMS}.PasswordChangeForm",
    "reset_password": f"{_FORMS}.ResetForm",
    "reset_password_from_key": f"{_FORMS}.NewPasswordForm",
    "reauthenticate": f"{_FORMS}.PasswordAgainForm",
}

MFA_ADAPTER = "sinergi.accounts.signin.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sinergi"
MFA_TOTP_TOLERANCE = 1
"""One step of 30 seconds either way, for clocks that are a little wrong."""
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""The unverified address of a change under way must not keep anybody from a second factor."""
MFA_FORMS = {
    "authenticate": f"{_FORMS}.CodeForm",
    "reauthenticate": f"{_FORMS}.CodeAgainForm",
    "activate_totp": f"{_FORMS}.AppForm",
    "add_webauthn": f"{_FORMS}.PasskeyForm",
    "edit_webauthn": f"{_FORMS}.PasskeyNameForm",
}
USERSESSIONS_ADAPTER = "sinergi.accounts.signin.sessions.SessionAdapter"
USERSESSIONS_TRACK_ACTIVITY = False

SOCIALACCOUNT_ADAPTER = "sinergi.accounts.signin.providers.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
"""A form cannot lead to another host under our content policy; `signin.guards` refuses foreign links."""
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
