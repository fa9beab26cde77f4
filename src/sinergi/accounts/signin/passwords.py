"""Asking for the password once more, with the same limits as at sign-in."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from sinergi.accounts.models import Person


def is_password_of(request: HttpRequest, person: Person, password: str) -> bool:
    """Whether a password is that of a person; too many attempts that fail are refused unasked."""
    try:
        found = get_adapter(request).authenticate(request, email=person.email, password=password)
    except ValidationError:
        return False
    return found is not None and found.pk == person.pk
