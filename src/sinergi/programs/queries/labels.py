"""Which pair of lines somebody is asked about next, and what they said before."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np
import polars as pl
from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.analysis.similarity import EVIDENCE, design, match
from sinergi.analysis.similarity.choosing import most_telling
from sinergi.analysis.synchronise import Settings, comparable
from sinergi.programs import errors, similarity
from sinergi.programs.models import PairLabel, PlanLine
from sinergi.programs.queries.plans import current_versions, plans
from sinergi.programs.synchronise.law import present_law
from sinergi.programs.synchronise.tables import full_line_table, plan_table, readable_versions
from sinergi.reference.models import Activity
from sinergi.reference.queries.packs import pack
from sinergi.reference.rupiah import rupiah

MOST_LINES = 4_000
"""Lines that are compared to find pairs worth asking about; of more, these are drawn by their identity."""
LEAST = 0.05
"""Probability from which a pair is worth asking about: all others are plainly different."""
MOST_PAIRS = 2_000
"""Of the pairs, the least certain ones among which unlike ones are chosen."""
JUDGED = (
    "identity",
    "title",
    "place",
    "agency",
    "code",
    "first_year",
    "last_year",
    "amount",
)
"""What of a line is shown to whoever judges it, and kept with the answer."""


@dataclass(frozen=True)
class Asked:
    """A pair to be judged."""

    a: dict[str, Any]
    """Number of the line (`id`), what is judged, and `version`."""
    b: dict[str, Any]
    evidence: dict[str, Any]
    probability: float
    key: str
    left: int
    """Pairs worth asking about, this one included."""


def versions_for(by: Principal, wanted: Iterable[int] | None) -> tuple[int, ...]:
    """Return the current versions of plans that somebody may read; of all when `wanted` is None."""
    return tuple(sorted(one.pk for one in current_versions(by, plans=wanted)))


def next_pair(by: Principal, organisation: int, versions: tuple[int, ...]) -> Asked | None:
    """Return the pair whose answer tells most, or None when nothing is left to be asked.

    Pairs that the organisation judged, and that have not changed since, are not asked again.
    """
    table, pairs = _candidates(by, versions)
    if not len(pairs):
        return None
    likely = similarity.model_for(organisation).probability(pairs)
    near = np.argsort(np.abs(likely - 0.5), kind="stable")[:MOST_PAIRS]
    rows = {row["id"]: row for row in table.iter_rows(named=True)}
    done = set(_answered(organisation).values_list("key", flat=True))
    keys = [_key_of(rows, pairs.row(int(place), named=True)) for place in near]
    keep = np.array([key not in done for key in keys], dtype=bool)
    if not keep.any():
        return None
    features = design(pairs)[near]
    chosen = most_telling(likely[near][keep], features[keep], features[~keep], 1)[0]
    place = int(near[np.flatnonzero(keep)[chosen]])
    return _asked(rows, pairs.row(place, named=True), float(likely[place]), int(keep.sum()))


def this_pair(by: Principal, organisation: int, versions: tuple[int, ...], a: int, b: int) -> Asked:
    """Return a pair as it is now.

    Raises
    ------
    UnseenError
        When one of the lines is not there or may not be seen, or they are plainly different.
    """
    table, pairs = _candidates(by, versions)
    found = pairs.filter((pl.col("a") == min(a, b)) & (pl.col("b") == max(a, b)))
    if not len(found):
        raise errors.not_found(_("The pair of lines"))
    rows = {
        row["id"]: row for row in table.filter(pl.col("id").is_in([a, b])).iter_rows(named=True)
    }
    likely = similarity.model_for(organisation).probability(found)
    return _asked(rows, found.row(0, named=True), float(likely[0]), 1)


def own_answers(by: Principal, organisation: int) -> QuerySet[PairLabel]:
    """Return what somebody answered for an organisation, the last first; without those taken back."""
    return _answered(organisation).filter(person=by.person_id).order_by("-pk")


def readable_answers(by: Principal, rows: Iterable[PairLabel]) -> list[tuple[PairLabel, bool]]:
    """Return answers, and of each whether what its lines said may be shown: while its plans are readable."""
    found = list(rows)
    wanted = {plan for one in found for plan in one.plans}
    seen = set(plans(by).filter(pk__in=wanted).values_list("pk", flat=True))
    return [(one, bool(one.plans) and seen.issuperset(one.plans)) for one in found]


def _answered(organisation: int) -> QuerySet[PairLabel]:
    return PairLabel.objects.filter(organisation=organisation, undone_at=None)


def _candidates(by: Principal, versions: tuple[int, ...]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the lines that somebody may read and the pairs of them that may be the same work."""
    readable = tuple(sorted(one.pk for one in readable_versions(by, versions)))
    told = PlanLine.objects.filter(version__in=readable)
    stamp = told.aggregate(count=Count("pk"), last=Max("pk"), changes=Sum("revision"))
    loaded = Activity.objects.aggregate(count=Count("pk"), last=Max("pk"))
    key = (readable, (*stamp.values(), *loaded.values()), pack().version)
    return _compared(_Once(by, key), key)


class _Once:
    """Somebody who reads, of whom the cache knows nothing: what they may read is in its key."""

    def __init__(self, by: Principal, key: object) -> None:
        self.by = by
        self.key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=8)
def _compared(
    who: _Once, key: tuple[tuple[int, ...], tuple[Any, ...], str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Compare the lines that name a certain work, as a synchronisation does."""
    compared = readable_versions(who.by, key[0])
    lines = full_line_table(who.by, compared)
    table = comparable(lines, plan_table(compared), present_law(), Settings())
    if len(table) > MOST_LINES:
        table = table.sort("identity").head(MOST_LINES)
    found = match(
        similarity.lines(table),
        words=similarity.dictionary(),
        model=similarity.shipped(),
        least=LEAST,
        within_plans=True,
    )
    return table, found


def _asked(
    rows: dict[int, dict[str, Any]], pair: dict[str, Any], probability: float, left: int
) -> Asked:
    a, b = (_shown(rows[pair[side]]) for side in ("a", "b"))
    kept = {name: None if pair[name] is None else round(float(pair[name]), 4) for name in EVIDENCE}
    return Asked(a, b, {**kept, "veto": pair["veto"]}, probability, key_of(a, b), left)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: row[name] for name in ("id", "version", *JUDGED)}
    return {**told, "amount": str(rupiah(row["amount"]))}


def _key_of(rows: dict[int, dict[str, Any]], pair: dict[str, Any]) -> str:
    return key_of(_shown(rows[pair["a"]]), _shown(rows[pair["b"]]))


def key_of(a: dict[str, Any], b: dict[str, Any]) -> str:
    """Return the digest of two lines as they are judged, whichever comes first."""
    told = sorted(json.dumps([one[name] for name in JUDGED]) for one in (a, b))
    return sha256("\n".join(told).encode()).hexdigest()
