"""Who may do what: the one place that pages, API and command line ask.

Permissions are predicates over who asks (`Principal`) and what about (an `Owned` row, an `Organisation`, or
`None` for the installation), registered under names with `rules`.
"""

from typing import Any

import rules
from django.utils.translation import gettext as _

from sinergi.accounts.errors import ForbiddenError, unseen
from sinergi.accounts.models.organisations import Organisation
from sinergi.accounts.models.owned import Level, Owned, Share, Visibility, reaching
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right


def _owner(thing: Owned | Organisation | None) -> int | None:
    if thing is None:
        return None
    return thing.pk if isinstance(thing, Organisation) else thing.organisation_id


def _holds(right: Right) -> Any:
    def holds(principal: Principal, thing: Owned | Organisation | None) -> bool:
        return principal.has(right, _owner(thing))

    return rules.predicate(holds, name=f"holds:{right.value}")


def _shared(right: Right) -> Any:
    def shared(principal: Principal, thing: Owned | Organisation | None) -> bool:
        if not isinstance(thing, Owned) or thing.pk is None:
            return False
        rows = Share.objects.filter(kind=thing.KIND, object_id=thing.pk)
        return rows.filter(reaching(principal, right)).exists()

    return rules.predicate(shared, name=f"shared:{right.value}")


def is_public(principal: Principal, thing: Owned | Organisation | None) -> bool:
    """Everybody may read it: it was made public, or belongs to the installation."""
    if not isinstance(thing, Owned):
        return False
    return thing.organisation_id is None or thing.visibility == Visibility.PUBLIC


def administers(principal: Principal, thing: object) -> bool:
    """Administrator of the installation, in a session and not by a token, or the operator."""
    return principal.operator or principal.administrator


def is_common(principal: Principal, thing: Owned | Organisation | None) -> bool:
    """Whether it belongs to the installation, and so to everybody."""
    return isinstance(thing, Owned) and thing.organisation_id is None


OBJECT_READ = "object.read"
OBJECT_HISTORY = "object.history"
"""To read what it was before it was made public, too."""
OBJECT_CREATE = "object.create"
OBJECT_EDIT = "object.edit"
OBJECT_REMOVE = "object.remove"
OBJECT_SHARE = "object.share"
OBJECT_PUBLISH = "object.publish"
ORGANISATION_READ = "organisation.read"
ORGANISATION_MANAGE = "organisation.manage"
ORGANISATION_AUDIT = "organisation.audit"
INSTALLATION = "installation.administer"

_administers = rules.predicate(administers)
PERMISSIONS = {
    OBJECT_READ: rules.predicate(is_public) | _holds(Right.READ) | _shared(Right.READ),
    OBJECT_HISTORY: rules.predicate(is_common) | _holds(Right.READ) | _shared(Right.READ),
    OBJECT_CREATE: _holds(Right.EDIT),
    OBJECT_EDIT: _holds(Right.EDIT) | _shared(Right.EDIT),
    OBJECT_REMOVE: _holds(Right.REMOVE),
    OBJECT_SHARE: _holds(Right.SHARE),
    OBJECT_PUBLISH: _holds(Right.PUBLISH),
    ORGANISATION_READ: _administers | _holds(Right.READ),
    ORGANISATION_MANAGE: _administers | _holds(Right.MANAGE),
    ORGANISATION_AUDIT: _administers | _holds(Right.AUDIT),
    INSTALLATION: _administers,
}
for _name, _predicate in PERMISSIONS.items():
    rules.set_perm(_name, _predicate)


def may(principal: Principal, permission: str, thing: Owned | Organisation | None = None) -> bool:
    """Whether somebody may do something with a thing.

    Parameters
    ----------
    permission
        A name of `PERMISSIONS`.
    thing
        The row; for `object.create` the organisation that will own it; `None` for the installation.
    """
    if permission not in PERMISSIONS:
        raise KeyError(permission)
    return bool(rules.has_perm(permission, principal, thing))


def require(
    principal: Principal, permission: str, thing: Owned | Organisation | None = None
) -> None:
    """Refuse what is not allowed.

    Raises
    ------
    UnseenError
        When the thing may not even be seen: it must look as if it were not there.
    ForbiddenError
        When it may be seen, and this may not be done with it.
    """
    if may(principal, permission, thing):
        return
    if isinstance(thing, Owned) and not may(principal, OBJECT_READ, thing):
        raise unseen()
    raise ForbiddenError(refusal(principal, permission, thing), permission)


def refusal(principal: Principal, permission: str, thing: Owned | Organisation | None) -> str:
    """Return why something is not allowed and what would help, for people."""
    owner = _owner(thing)
    if owner is not None and owner in principal.withheld:
        return _(
            "The organisation requires a second factor. Set one up under “My account”, sign in with it, "
            "and try again."
        )
    if principal.administration_withheld:
        return _(
            "Administrators of the installation need a second factor. Set one up first: then your "
            "administration counts."
        )
    if not principal.signed_in:
        return _("Sign in to do this.")
    if principal.scopes is not None:
        return _(
            "This token may not do this: its scopes or the roles of its person do not allow it."
        )
    return _(
        "Your roles do not allow this. An administrator of the organisation can give you one that does."
    )


ADMINISTRATION = frozenset(
    {INSTALLATION, ORGANISATION_READ, ORGANISATION_MANAGE, ORGANISATION_AUDIT}
)
"""What the administration of the installation allows."""
LEVELS = {Level.READ: OBJECT_READ, Level.EDIT: OBJECT_EDIT}
"""The permission that each level of a share gives."""
