"""From the address of `SINERGI_EMAIL_URL` to the settings by which Django sends e-mail."""

from typing import Any
from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends."
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
PATIENCE = 10
"""Seconds to wait for the mail server: a page may be waiting for it, too."""


def email_settings(address: str) -> dict[str, Any]:
    """Return Django's settings of e-mail for an address, see `environment.Environment.email_url`."""
    parts = urlsplit(address)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": f"{BACKENDS}console.EmailBackend"}
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": f"{BACKENDS}filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    return {
        "EMAIL_BACKEND": f"{BACKENDS}smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "127.0.0.1",
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": PATIENCE,
    }
