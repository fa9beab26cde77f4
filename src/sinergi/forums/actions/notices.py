"""Deeds on what somebody is told."""

from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.forums.models import NoticeChoice


@transaction.atomic
def choose_digest(by: Principal, *, digest: bool) -> NoticeChoice:
    """Choose whether to get a digest by e-mail; the own choice only.

    Raises
    ------
    ForbiddenError
        When nobody is signed in.
    """
    if by.person_id is None:
        raise ForbiddenError(_("Sign in to do this."), rules.OBJECT_READ)
    values = {"digest": digest}
    row, _made = NoticeChoice.objects.update_or_create(person_id=by.person_id, defaults=values)
    return row
