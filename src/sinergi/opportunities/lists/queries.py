"""Reads of priority lists: the lists, one list, its entries, and what changed since entries were chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation, Visibility
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.opportunities.lists import errors
from sinergi.opportunities.lists.snapshot import Snapshot
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.opportunities.results import Explanation
from sinergi.opportunities.settings import MapSettings

Explain = Callable[[str, tuple[str, ...], MapSettings], Explanation]


@dataclass(frozen=True, slots=True)
class Drift:
    """How the present map differs from the snapshot of an entry.

    Attributes
    ----------
    score, rank
        What the map says now; `None` when it can no longer say (an object or a region has gone).
    hidden
        Code of the organisation whose evidence it was chosen with, when the reader may not read that
        evidence: then nothing was computed.
    """

    score_before: float
    rank_before: int
    score: float | None
    rank: int | None
    hidden: str = ""

    @property
    def differs(self) -> bool:
        """Whether score or rank is another one, and not only the version of the evidence."""
        if self.hidden:
            return False
        same_score = self.score is not None and abs(self.score - self.score_before) < 5e-4
        return not (same_score and self.rank == self.rank_before)


def lists(
    principal: Principal, *, organisation: Organisation | None = None, editable: bool = False
) -> QuerySet[PriorityList]:
    """Return the lists that somebody may read, the last changed first, each with `size`; one query.

    Parameters
    ----------
    organisation
        Only lists that belong to this one.
    editable
        Only those that the principal may edit.
    """
    rows = PriorityList.objects.filter(deleted_at=None)
    rows = rows.editable_by(principal) if editable else rows.readable_by(principal)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return _told(rows)


class Standing(models.IntegerChoices):
    """Why somebody sees a list."""

    OWN = 0, _("Of your organisations")
    SHARED = 1, _("Shared with you")
    PUBLIC = 2, _("Public")


def with_standing(rows: QuerySet[PriorityList], principal: Principal) -> QuerySet[PriorityList]:
    """Return lists with `standing`: own ones first, then those shared with somebody, then public ones."""
    own = principal.organisations(Right.READ)
    standing = Case(
        When(organisation__in=own, then=Value(Standing.OWN.value)),
        When(visibility=Visibility.PUBLIC, then=Value(Standing.PUBLIC.value)),
        default=Value(Standing.SHARED.value),
    )
    return rows.annotate(standing=standing).order_by("standing", "-updated", "-pk")


def owners(principal: Principal) -> QuerySet[Organisation]:
    """Return the organisations whose lists somebody may read, by name."""
    numbers = PriorityList.objects.filter(deleted_at=None).readable_by(principal)
    return Organisation.objects.filter(pk__in=numbers.order_by().values("organisation"))


def lists_put_away(principal: Principal) -> QuerySet[PriorityList]:
    """Return the lists that were put away and that somebody may restore."""
    rows = PriorityList.objects.exclude(deleted_at=None)
    if not principal.operator:
        rows = rows.filter(organisation__in=principal.organisations(Right.REMOVE))
    return _told(rows)


def _told(rows: QuerySet[PriorityList]) -> QuerySet[PriorityList]:
    """Return rows with their organisation and `size`, the number of entries on each."""
    live = PriorityEntry.objects.filter(priority_list=OuterRef("pk"), deleted_at=None)
    counted = live.order_by().values("priority_list").annotate(number=Count("pk")).values("number")
    return rows.select_related("organisation").annotate(size=Coalesce(Subquery(counted), 0))


def get_list(principal: Principal, list_id: int) -> PriorityList:
    """Return one list.

    Raises
    ------
    NotFoundError
        When it is not there, was put away, or may not be seen.
    """
    found = lists(principal).filter(pk=list_id).first()
    if found is None:
        raise errors.list_not_found(list_id)
    return found


def entries(priority_list: PriorityList, *, removed: bool = False) -> list[PriorityEntry]:
    """Return the entries of a list, first priority first; with `removed`, those taken off, last first."""
    rows = priority_list.entries.filter(deleted_at__isnull=not removed)
    rows = rows.prefetch_related("members")
    return list(rows.order_by("-deleted_at") if removed else rows)


def drift(
    entry: PriorityEntry, evidence_version: str, catalogue_version: str, explain: Explain
) -> Drift | None:
    """Return how the map changed since the entry was chosen; `None` while its ground is the same.

    Parameters
    ----------
    evidence_version, catalogue_version
        The present versions; as long as both are those of the snapshot, nothing is computed.
    explain
        `opportunities.queries.explain`: object code, region codes, settings.
    """
    kept = Snapshot(entry.snapshot)
    if (kept.evidence_version, kept.catalogue_version) == (evidence_version, catalogue_version):
        return None
    try:
        codes = tuple(entry.members_key.split("+"))
        now = explain(entry.object_code, codes, kept.settings).opportunity
    except (LookupError, ValueError):
        return Drift(kept.score, kept.rank, None, None)
    return Drift(kept.score, kept.rank, now.score, now.rank)
