"""Forgotten passwords: the worker finds out whether the address is known, so that the page does not tell."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import override

from sinergi.accounts.mail.deliver import COMPLETED
from sinergi.accounts.models import Person

RESET = "accounts/mail/reset"


def completed(address: str, context: dict[str, Any]) -> dict[str, Any] | None:
    """Return the context of the letter with the link, or `None` when no active person has the address.

    It is in the language that the person has chosen, whichever the page was in.
    """
    person = Person.objects.filter(email=address, is_active=True).first()
    if person is None:
        return None
    language = person.language or context["language"]
    with override(language):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(person),
                "key": default_token_generator.make_token(person),
            },
        )
    return {**context, "language": language, "link": context["base"] + path}


COMPLETED[RESET] = completed
