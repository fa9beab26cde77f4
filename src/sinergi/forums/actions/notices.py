"""Deeds on what somebody is told."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.forums.models import NoticeChoice


@transaction.atomic
def choose_letters(by: Principal, kinds: Collection[str]) -> NoticeChoice:
    """Choose of which kinds to get letters; the own choice only.

    Parameters
    ----------
    kinds
        Of `NoticeChoice.Kind`; no letters of the others.

    Raises
    ------
    ForbiddenError
        When nobody is signed in.
    """
    if by.person_id is None:
        raise ForbiddenError(_("Sign in to do this."), rules.OBJECT_READ)
    values = {kind: kind in kinds for kind in NoticeChoice.Kind.values}
    row, _made = NoticeChoice.objects.update_or_create(person_id=by.person_id, defaults=values)
    return row
