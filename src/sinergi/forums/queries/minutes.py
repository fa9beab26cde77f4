"""Reads of minutes: the versions that somebody may read, and who would sign."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import Principal
from sinergi.forums import errors, permissions
from sinergi.forums.models import Delegation, Forum, Minutes

HEADS = (
    ("Pemerintah Kota ", "Wali Kota "),
    ("Pemerintah Kabupaten ", "Bupati "),
    ("Pemerintah Provinsi ", "Gubernur "),
)
"""Who signs for a government, by how its name begins; the terms are official and stay in Indonesian."""


def versions(by: Principal, forum: Forum) -> QuerySet[Minutes]:
    """Return the versions that somebody may read, the latest first: of drafts only the secretariat knows."""
    rows = forum.minutes.order_by("-version")
    return rows if permissions.prepares(by, forum) else rows.exclude(sealed_at=None)


def get_version(by: Principal, forum: Forum, version: int) -> Minutes:
    """Return one version of the minutes of a forum that may be read.

    Raises
    ------
    NotFoundError
        When it is not there, or is a draft that may not be seen.
    """
    row = versions(by, forum).filter(version=version).first()
    if row is None:
        raise errors.not_found(_("This version of the minutes"))
    return row


def suggested_signatories(forum: Forum) -> list[tuple[str, str]]:
    """Return who would sign: the heads of the delegations that come, by office."""
    coming = forum.delegations.filter(left_at=None, answer=Delegation.Answer.COMING)
    names = [row.organisation.name for row in coming.select_related("organisation")]
    return [(_head(name), "") for name in names]


def _head(name: str) -> str:
    found = next((one for one in HEADS if name.startswith(one[0])), None)
    return name if found is None else name.replace(*found, 1)


def given_on(forum: Forum, version: int, sha256: str) -> datetime | None:
    """Return when a file of this hash was first given out of a version; `None` when that is not recorded."""
    rows = AuditRecord.objects.filter(
        kind=Forum.KIND,
        object_id=str(forum.pk),
        part=f"minutes:{version}",
        verb=Verb.EXPORTED,
        after__contains=sha256,
    )
    first = rows.order_by("sequence").first()
    return None if first is None else first.at
