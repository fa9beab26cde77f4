"""Getting the demo ready: safe to repeat; what people of the demo changed stays changed."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sinergi.accounts.models import Person
from sinergi.accounts.principal import operator
from sinergi.site.demo import secrets
from sinergi.site.demo.agreements import ensure_agreements
from sinergi.site.demo.lists import ensure_lists
from sinergi.site.demo.meetings import ensure_meetings
from sinergi.site.demo.people import PEOPLE, ensure_organisations, ensure_people
from sinergi.site.demo.plans import ensure_plans
from sinergi.site.demo.together import ensure_together
from sinergi.site.demo.trial import ensure_trial


@dataclass(frozen=True, slots=True)
class Entrance:
    """How somebody of the demo signs in.

    Attributes
    ----------
    password
        `None` when its person has changed it.
    """

    name: str
    what: str
    email: str
    password: str | None


def prepare_demo(home: Path | None = None) -> list[Entrance]:
    """Make what the demo lacks, from organisations to agreements; return how people sign in.

    Passwords are kept before people are made, so that nobody is made whose password is lost.

    Parameters
    ----------
    home
        Where passwords are kept; usually the home of the installation.
    """
    place = home or settings.HOME
    passwords = secrets.kept(place)
    fresh = {one.email: secrets.generated() for one in PEOPLE if one.email not in passwords}
    if fresh:
        known = set(Person.objects.filter(email__in=fresh).values_list("email", flat=True))
        passwords |= {email: "" if email in known else fresh[email] for email in fresh}
        secrets.keep(place, passwords)
    by = operator()
    ensure_organisations(by)
    people = ensure_people(by, passwords)
    ensure_lists()
    ensure_meetings(by)
    ensure_trial()
    ensure_plans()
    ensure_together()
    ensure_agreements()
    return [
        Entrance(one.name, str(one.what), one.email, _still(person, passwords[one.email]))
        for one, person in people
    ]


def _still(person: Person, password: str) -> str | None:
    return password if password and person.check_password(password) else None
