"""What the deeds on organisations and people share: rows held for a deed, revisions, records."""

from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, InvalidError, unseen
from sinergi.accounts.models import Organisation, Person
from sinergi.accounts.principal import Principal


def held(organisation: Organisation, *, put_away: bool = False) -> Organisation:
    """Return an organisation as it is now, held until the transaction ends.

    Raises
    ------
    UnseenError
        When it was put away meanwhile, or with `put_away` is not.
    """
    rows = Organisation.objects.select_for_update(no_key=True)
    row = rows.filter(pk=organisation.pk, deleted_at__isnull=not put_away).first()
    if row is None:
        raise unseen()
    return row


def expect(row: Organisation, revision: int | None) -> None:
    """Refuse a change that was made from another revision than the present one; `None` does not ask.

    Raises
    ------
    ConflictError
    """
    if revision is not None and revision != row.revision:
        raise ConflictError(
            _("Somebody else has changed the organisation meanwhile. Look at it and try again.")
        )


def touch(row: Organisation) -> None:
    """Save an organisation as its next revision."""
    row.revision += 1
    row.save()


def tell(
    by: Principal,
    verb: Verb,
    organisation: Organisation,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    *,
    part: str = "",
    reason: str = "",
) -> None:
    """Record a deed on an organisation."""
    record(
        by,
        verb,
        kind="organisation",
        object_id=organisation.pk,
        organisation=organisation.pk,
        name=organisation.name,
        part=part,
        before=before,
        after=after,
        reason=reason,
    )


def held_person(person: Person) -> Person:
    """Return a person as they are now, held; all administrators are held, so that the last one is known.

    Raises
    ------
    UnseenError
        When the person was erased.
    """
    rows = Person.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(is_administrator=True))
    found = rows.filter(pk=person.pk, erased_at=None).first()
    if found is None:
        raise unseen()
    return found


def refuse_last(person: Person) -> None:
    """Refuse to lose the last administrator of the installation.

    Raises
    ------
    InvalidError
    """
    others = Person.objects.filter(is_administrator=True, is_active=True).exclude(pk=person.pk)
    if person.is_administrator and person.is_active and not others.exists():
        text = _("This is the last administrator of the installation. Make another one first.")
        raise InvalidError({"person": text})
