"""Writing a letter: stored sealed and handed to the worker, in the transaction of the deed it tells of."""

import json
import secrets
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.mail.deliver import deliver
from sinergi.accounts.models import Letter, Person
from sinergi.accounts.sealing import seal


def base_of(request: HttpRequest) -> str:
    """Return how links in letters begin, without a slash at the end."""
    return str(settings.SINERGI_BASE_URL or request.build_absolute_uri("/").rstrip("/"))


def send(to: Person | str, language: str, template: str, context: Mapping[str, Any]) -> Letter:
    """Write a letter; the worker sends it.

    Parameters
    ----------
    to
        A person or an e-mail address.
    language
        Code of `LANGUAGES`.
    template
        Folder with `subject.txt`, `body.txt` and `body.html`, such as `accounts/mail/reset`.
    context
        What the templates name; JSON.

    Raises
    ------
    InvalidError
        When it is no address that a letter can go to.
    """
    address = to.email if isinstance(to, Person) else to
    try:
        validate_email(address)
    except ValidationError as error:
        raise InvalidError({"email": _("This is not an e-mail address.")}) from error
    sealed = seal(json.dumps({"to": address, "language": language, "context": dict(context)}))
    with transaction.atomic():
        letter = Letter.objects.create(
            template=template, sealed=sealed, message_id=new_message_id()
        )
        deliver.enqueue(letter.pk)
    return letter


def new_message_id() -> str:
    """Return a `Message-ID` that nobody guesses, in the domain from which letters come (RFC 5322, 3.6.4)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{secrets.token_hex(20)}@{domain[:120]}>"
