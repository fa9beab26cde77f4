"""Opens the installation that a command works in: Django, its database and its language."""

import os
from typing import TYPE_CHECKING

from sinergi.cli import language

if TYPE_CHECKING:
    from sinergi.accounts.models import Organisation
    from sinergi.accounts.principal import Principal

_person: dict[str, str] = {}
"""Under `email`, whom the command line acts as; empty for the operator."""


def act_as(email: str | None) -> None:
    """Remember whom commands act as: `--as`."""
    _person.clear()
    if email:
        _person["email"] = email


def open_workspace() -> None:
    """Set Django up, once per process, and let it speak the language of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinergi.site.settings")
    import django  # noqa: PLC0415 - commands that need no database start without it
    from django.apps import apps  # noqa: PLC0415 - as above
    from django.utils import translation  # noqa: PLC0415 - as above

    if not apps.ready:
        django.setup()
    translation.activate(language.chosen())


def open_evidence() -> None:
    """Open the workspace and make sure that there is evidence to compute from.

    Raises
    ------
    CommandError
        When nothing is loaded yet; names the command that loads it.
    """
    from sinergi.cli.failures import CommandError  # noqa: PLC0415 - as above

    open_workspace()
    from sinergi.evidence import queries  # noqa: PLC0415 - needs Django

    if not queries.as_of():
        raise CommandError(
            language.gettext("No evidence is loaded yet. Run `sinergi setup` first.")
        )


def acting() -> "Principal":
    """Return who runs the command: the person of `--as`, second factor taken as given, or the operator.

    Raises
    ------
    CommandError
        When there is no such active person.
    """
    from sinergi.accounts.models import Person  # noqa: PLC0415 - needs Django
    from sinergi.accounts.principal import operator, principal_for  # noqa: PLC0415 - as above
    from sinergi.accounts.vocabulary import Channel  # noqa: PLC0415 - as above
    from sinergi.cli.failures import CommandError  # noqa: PLC0415 - as above

    email = _person.get("email")
    if not email:
        return operator()
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise CommandError(
            language.gettext("There is no active person {email}.").format(email=email)
        )
    return principal_for(person, Channel.COMMAND_LINE, second_factor=True)


def organisation_named(code: str | None) -> "Organisation":
    """Return the organisation of `--organisation`; without it, the only one in which the actor may edit.

    A machine without any organisation is one person's own: it gets a workspace.

    Raises
    ------
    UnseenError
        When there is no such organisation.
    CommandError
        When none was named and there are several, or none in which the actor may edit.
    """
    from sinergi.accounts.actions.workspace import workspace  # noqa: PLC0415 - needs Django
    from sinergi.accounts.models import Organisation  # noqa: PLC0415 - as above
    from sinergi.accounts.queries.organisations import (  # noqa: PLC0415 - as above
        organisation,
        organisations_of,
    )
    from sinergi.cli.failures import CommandError  # noqa: PLC0415 - as above

    if code:
        return organisation(code)
    actor = acting()
    if actor.operator and not Organisation.objects.exists():
        return workspace(actor)
    found = organisations_of(actor)
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.code for one in found) or "–"
    text = language.gettext("Say which organisation: --organisation CODE, one of: {names}.")
    raise CommandError(text.format(names=names))
