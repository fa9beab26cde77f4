"""Whose something is, and who can see it: what every page of an owned object tells."""

from collections.abc import Iterable
from dataclasses import dataclass

from sinergi.accounts import rules
from sinergi.accounts.models import Organisation, Owned, Share, Visibility
from sinergi.accounts.principal import Principal


@dataclass(frozen=True, slots=True)
class Audience:
    """Owner, shares and visibility of a row, and what somebody may do about them.

    Attributes
    ----------
    owner
        `None`: the installation.
    """

    owner: Organisation | None
    public: bool
    shares: tuple[Share, ...]
    may_edit: bool
    may_remove: bool
    may_share: bool
    may_publish: bool


def audience(principal: Principal, row: Owned) -> Audience:
    """Return whose a row is, who can see it and what the principal may do; at most three queries."""
    shares = Share.objects.filter(kind=row.KIND, object_id=row.pk).select_related("organisation")
    return Audience(
        owner=row.organisation,
        public=row.organisation_id is None or row.visibility == Visibility.PUBLIC,
        shares=tuple(shares),
        may_edit=rules.may(principal, rules.OBJECT_EDIT, row),
        may_remove=rules.may(principal, rules.OBJECT_REMOVE, row),
        may_share=rules.may(principal, rules.OBJECT_SHARE, row),
        may_publish=rules.may(principal, rules.OBJECT_PUBLISH, row),
    )


def shares_of(kind: str, numbers: Iterable[int]) -> dict[int, list[Share]]:
    """Return the shares of many rows of a kind, by number of the row; one query."""
    found: dict[int, list[Share]] = {}
    rows = Share.objects.filter(kind=kind, object_id__in=list(numbers))
    for share in rows.select_related("organisation"):
        found.setdefault(share.object_id, []).append(share)
    return found
