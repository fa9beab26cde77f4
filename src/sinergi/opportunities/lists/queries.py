"""Reads of priority lists: the lists, one list, its history, and what changed since entries were chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sinergi.opportunities.lists import errors
from sinergi.opportunities.lists.snapshot import Snapshot
from sinergi.opportunities.models import ListEvent, PriorityEntry, PriorityList
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
    """

    score_before: float
    rank_before: int
    score: float | None
    rank: int | None

    @property
    def differs(self) -> bool:
        """Whether score or rank is another one, and not only the version of the evidence."""
        same_score = self.score is not None and abs(self.score - self.score_before) < 5e-4
        return not (same_score and self.rank == self.rank_before)


def lists(*, deleted: bool = False) -> QuerySet[PriorityList]:
    """Return the priority lists, the last changed first, each with `size`, its number of entries."""
    live = Count("entries", filter=Q(entries__deleted_at__isnull=True))
    return PriorityList.objects.filter(deleted_at__isnull=not deleted).annotate(size=live)


def get_list(list_id: int) -> PriorityList:
    """Return one list.

    Raises
    ------
    NotFoundError
        When it is not there or was deleted.
    """
    found = lists().filter(pk=list_id).first()
    if found is None:
        raise errors.list_not_found(list_id)
    return found


def entries(priority_list: PriorityList, *, removed: bool = False) -> list[PriorityEntry]:
    """Return the entries of a list, first priority first; with `removed`, those taken off, last first."""
    rows = priority_list.entries.filter(deleted_at__isnull=not removed)
    rows = rows.prefetch_related("members")
    return list(rows.order_by("-deleted_at") if removed else rows)


def history(priority_list: PriorityList, limit: int = 100) -> list[ListEvent]:
    """Return the last deeds on a list, the newest first."""
    return list(priority_list.events.select_related("entry")[:limit])


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
