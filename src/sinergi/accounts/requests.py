"""From a request of the web to who asks, at which revision, and why."""

from dataclasses import replace

from django.http import HttpRequest

from sinergi.accounts.models import Person, SignInProvider
from sinergi.accounts.principal import Principal, principal_for, visitor
from sinergi.accounts.texts import small_number
from sinergi.accounts.vocabulary import Channel

SECOND_FACTOR = "second_factor"
"""Session key: the session was opened with a second factor."""
PROVIDER = "provider_of"
"""Session key: number of the organisation whose OpenID Connect provider opened the session.

The provider speaks for its organisation only: roles elsewhere, and the administration of the installation,
do not count in such a session; and none at all once nobody could sign in by the provider any more.
"""


def principal_of(request: HttpRequest) -> Principal:
    """Return who sent a request; asks the database once a request.

    The API puts its own principal, that of the token, on the request before anything asks.
    """
    kept = getattr(request, "principal", None)
    if kept is None:
        kept = _of_session(request)
        request.principal = kept  # type: ignore[attr-defined]
    return kept


def signed_in_person(request: HttpRequest) -> Person:
    """Return the person whose session it is, as stored now; for views that ask for sign-in first.

    Raises
    ------
    Person.DoesNotExist
        When nobody is signed in.
    """
    return Person.objects.get(pk=request.user.pk or 0)


def _of_session(request: HttpRequest) -> Principal:
    request_id = getattr(request, "request_id", "")
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return visitor(Channel.WEB, request_id)
    organisation = request.session.get(PROVIDER)
    found = principal_for(
        person,
        Channel.WEB,
        second_factor=bool(request.session.get(SECOND_FACTOR)),
        organisation=organisation,
        request_id=request_id,
    )
    if organisation is None:
        return found
    found = replace(found, administrator=False, administration_withheld=False)
    return found if _opens(organisation) else replace(found, rights={}, reach={})


def _opens(organisation: int) -> bool:
    """Whether the provider of an organisation is still there, switched on and confirmed as it is."""
    rows = SignInProvider.objects.filter(organisation=organisation, is_active=True)
    return rows.filter(confirmed_at__isnull=False).exists()


def revision_of(request: HttpRequest) -> int:
    """Return the revision the person saw; 0, which never is, when a form sent none or nonsense."""
    return small_number(request.POST.get("revision", "")) or 0


def why_of(request: HttpRequest) -> str:
    """Return the reason that a form gives for its deed."""
    return request.POST.get("mengapa", "")
