"""Sessions of a person: listed, ended one by one or all at once."""

from collections.abc import Iterable

from allauth.account.utils import perform_login
from allauth.core import context
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Person
from sinergi.accounts.signin import records


class SessionAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Records sessions that a person ends."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End sessions and record each."""
        for session in sessions:
            session.end()
            records.noted(context.request, Verb.SESSION_ENDED, session.user)


def end_all(person: Person) -> int:
    """End every session of a person and return how many there were; who ends them records the deed."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)


def sign_in(request: HttpRequest, person: Person, redirect_url: str | None = None) -> HttpResponse:
    """Open a session for somebody who has just proved who they are, as by an invitation.

    A second factor is asked for where the person has one. Returns the page to answer with.
    """
    response: HttpResponse = perform_login(request, person, redirect_url=redirect_url)
    return response
