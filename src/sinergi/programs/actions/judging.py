"""What people say in a ranking: what matters how much, and how an alternative stands."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ForbiddenError, InvalidError, conflict
from sinergi.accounts.principal import Principal
from sinergi.accounts.rules import OBJECT_EDIT
from sinergi.accounts.texts import printable, too_long_text
from sinergi.analysis import priority as methods
from sinergi.analysis.errors import InputError
from sinergi.programs import errors
from sinergi.programs.actions.priority import held_ranking
from sinergi.programs.actions.rows import refuse
from sinergi.programs.models import (
    Alternative,
    CriterionValue,
    Ranking,
    WeighingMethod,
    Weighting,
)
from sinergi.programs.priority.rules import (
    DEGREES,
    LENGTHS,
    points_faults,
    takes_words,
    value_faults,
)
from sinergi.programs.queries.plans import plans


def matrix(said: Mapping[str, float], codes: list[str]) -> np.ndarray[Any, Any]:
    """Return judgements `{"need|cost": 3.0}` as a matrix, in the order of `codes`.

    Raises
    ------
    InvalidError
        When one is no number above zero.
    """
    at = {code: number for number, code in enumerate(codes)}
    judged = {}
    for key, value in said.items():
        first, _bar, second = key.partition("|")
        if first in at and second in at:
            judged[at[first], at[second]] = value
    try:
        return methods.matrix_of(len(codes), judged)
    except InputError as error:
        raise InvalidError({"": error.translated(_)}) from error


def paired(said: Mapping[str, float], codes: list[str]) -> methods.Weighing:
    """Return what judgements `{"need|cost": 3.0}` say about criteria, in the order of `codes`.

    Raises
    ------
    InvalidError
        When one is no number above zero, or parts are compared with nothing.
    """
    given = matrix(said, codes)
    if not methods.connected(given):
        told = _("Some criteria are not compared with the others yet, even through others.")
        raise InvalidError({"": told})
    return methods.weigh(given)


def _weights(
    method: str, said: Mapping[str, float], codes: list[str]
) -> tuple[np.ndarray[Any, Any], float | None]:
    if method == WeighingMethod.EQUAL:
        return methods.equal(len(codes)), None
    if method == WeighingMethod.AHP:
        found = paired(said, codes)
        return found.weights, None if np.isnan(found.ratio) else found.ratio
    refuse(points_faults(method, said, codes))
    return methods.shares(np.array([said[code] for code in codes])), None


@transaction.atomic
def weigh(
    by: Principal,
    ranking_id: int,
    method: str,
    said: Mapping[str, float],
    *,
    revision: int | None = None,
) -> Weighting:
    """Keep what the person says matters how much, in place of what they said before.

    Comparisons that contradict each other are kept and told, not refused: they are an opinion.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_ranking(by, ranking_id)
    if by.person_id is None:
        raise ForbiddenError(_("Only a person who is signed in can weigh."), OBJECT_EDIT)
    if method not in WeighingMethod.values:
        raise InvalidError({"": _("Choose a way to weigh.")})
    codes = list(row.criteria.values_list("code", flat=True))
    if not codes:
        raise InvalidError({"": _("There is no criterion to weigh.")})
    weights, ratio = _weights(method, said, codes)
    shares = {code: float(share) for code, share in zip(codes, weights, strict=True)}
    old = Weighting.objects.filter(ranking=row, person=by.person_id).first()
    if old is not None:
        part = f"weighting:{old.pk}"
        expect_revision(Ranking.KIND, row.pk, old.revision, revision, part=part)
    kept, _made = Weighting.objects.update_or_create(
        ranking=row,
        person_id=by.person_id,
        defaults={
            "method": method,
            "said": dict(said),
            "weights": shares,
            "ratio": ratio,
            "revision": old.revision + 1 if old else 1,
        },
    )
    before = None if old is None else {"method": old.method, **_written(old.weights)}
    after = {"method": method, **_written(shares)}
    record_on(by, Verb.WEIGHED, row, before, after, part=f"weighting:{kept.pk}")
    return kept


def _written(shares: Mapping[str, float]) -> dict[str, str]:
    return {f"weight_{code}": f"{share:.4f}" for code, share in shares.items()}


class Said(NamedTuple):
    """What is said of an alternative by a criterion, as a form shows it: a number, or a word in its place."""

    value: float | None = None
    degree: str = ""
    note: str = ""

    @classmethod
    def of(cls, kept: CriterionValue | None) -> "Said":
        """Return what is kept; nothing where nobody said anything."""
        if kept is None:
            return cls()
        return cls(None if kept.degree else kept.value, kept.degree, kept.note)

    def same(self, other: "Said") -> bool:
        """Return whether both say the same; a number may have lost its last digits on the way."""
        mine, theirs = self.value, other.value
        if mine is None or theirs is None:
            return self == other
        return self[1:] == other[1:] and math.isclose(mine, theirs, rel_tol=1e-9)


@transaction.atomic
def rate(
    by: Principal,
    ranking_id: int,
    alternative_id: int,
    criterion_id: int,
    *,
    value: float | None = None,
    degree: str = "",
    note: str = "",
    seen: Said | None = None,
) -> CriterionValue | None:
    """Keep what a person says of an alternative; without value and word it is taken back.

    Parameters
    ----------
    seen
        What stood there when the person wrote; None: it does not matter.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = held_ranking(by, ranking_id)
    alternative = _readable(by, row, alternative_id)
    criterion = row.criteria.filter(pk=criterion_id).first()
    if criterion is None:
        raise errors.not_found(_("The criterion"))
    part = f"criterion:{criterion.pk}"
    old = CriterionValue.objects.filter(criterion=criterion, alternative=alternative).first()
    before = None if old is None else _of(old.value, old.degree, old.note)
    if seen is not None and not seen.same(Said.of(old)):
        raise conflict(None)
    note = printable(note)
    if value is None and not degree:
        if note and (old is None or note != old.note):
            told = _(
                "A note stands beside a number or a word. To take back what was said, leave all empty."
            )
            raise InvalidError({"value": told})
        if old is not None:
            old.delete()
            record_on(by, Verb.RATED, row, {"line": alternative.pk, **(before or {})}, part=part)
        return None
    worded = takes_words(criterion.unit, criterion.low, criterion.high)
    refuse(
        value_faults(value, degree, unit=criterion.unit, worded=worded)
        | too_long_text("note", note, LENGTHS["note"])
    )
    number = _number(criterion, value, degree)
    after = _of(number, degree, note)
    if after == before:
        return old
    kept, _made = CriterionValue.objects.update_or_create(
        criterion=criterion,
        alternative=alternative,
        defaults={"value": number, "degree": degree, "note": note, "person_id": by.person_id},
    )
    record_on(by, Verb.RATED, row, before, {"line": alternative.pk, **after}, part=part)
    return kept


def _of(value: float, degree: str, note: str) -> dict[str, Any]:
    return {"value": value, "degree": degree, "note": note}


def _number(criterion: Any, value: float | None, degree: str) -> float:
    """Return the number of a word: a share of the fixed ends of the criterion, or of 0 to 100."""
    if not degree:
        return float(value or 0.0)
    share = DEGREES[degree] / 100.0
    if criterion.low is not None and criterion.high is not None:
        return float(criterion.low + share * (criterion.high - criterion.low))
    return DEGREES[degree]


def _readable(by: Principal, row: Ranking, alternative_id: int) -> Alternative:
    readable = plans(by).select_related(None).order_by().values("pk")
    found: Alternative | None = row.alternatives.filter(
        pk=alternative_id, plan__in=readable
    ).first()
    if found is None:
        raise errors.not_found(_("The line"))
    return found
