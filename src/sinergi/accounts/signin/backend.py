"""Who has an e-mail address and a password: the person whose address it is, not one who only asked for it."""

from allauth.account.auth_backends import AuthenticationBackend

from sinergi.accounts.models import Person


class PasswordBackend(AuthenticationBackend):  # type: ignore[misc]
    """Finds people by `Person.email` alone; an address that awaits its confirmation opens nothing."""

    def _authenticate_by_email(self, email: str, password: str) -> Person | None:
        person = Person.objects.filter(email=email.strip().lower()).first()
        found: Person | None = self._check_password(person, password)
        return found
