"""Findings of a run about the same lines, and which decisions on them say different things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sinergi.accounts.principal import Principal
from sinergi.programs.models import (
    Finding,
    FindingDecision,
    FindingKind,
    FindingLine,
    Outcome,
    SyncRun,
)
from sinergi.programs.queries.sync import NOTES, decisions, findings, standing

Deed = tuple[str, str, Mapping[str, Any]]
"""Kind of a finding, outcome of a decision on it, and `FindingDecision.details`."""
MOST = 20
LEAST = 2
ONE_WORK = (FindingKind.DUPLICATE, FindingKind.OVERLAP)
"""Kinds that say that their lines are one work: to dismiss one is to say that they are not."""
OPPOSED = (
    {Outcome.MERGE, Outcome.SHARE},
    {Outcome.MERGE, Outcome.DISMISS},
    {Outcome.SHARE, Outcome.DISMISS},
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A finding about the same lines, with the decision that counts on it; none: it is open."""

    finding: Finding
    decision: FindingDecision | None


def same_lines(one: set[Any], other: set[Any]) -> bool:
    """Return whether two findings, by the identities of their lines, are about the same lines."""
    return len(one & other) >= LEAST or one == other != set()


def beside(by: Principal, run: SyncRun, finding: Finding) -> list[Beside]:
    """Return findings that somebody may read and that tell of the same lines, at most `MOST`; no codes."""
    mine = identities(finding)
    held = FindingLine.objects.filter(finding__run=run, identity__in=mine)
    rows = findings(by, run).filter(pk__in=held.values("finding")).exclude(pk=finding.pk)
    told = rows.exclude(kind__in=(*NOTES, FindingKind.CODE)).prefetch_related("lines")
    found = [one for one in told if same_lines(mine, identities(one))][:MOST]
    last: dict[str, FindingDecision] = {}
    for made in decisions(by, run, [one.key for one in found]):
        last.setdefault(made.key, made)
    return [Beside(one, last.get(one.key) if counts(one) else None) for one in found]


def of_lines(by: Principal, run: SyncRun, wanted: Iterable[UUID]) -> list[Finding]:
    """Return findings that somebody may read and that hold some lines, most of them first; at most `MOST`."""
    mine = set(wanted)
    held = FindingLine.objects.filter(finding__run=run, identity__in=mine)
    rows = findings(by, run).filter(pk__in=held.values("finding")).exclude(kind__in=NOTES)
    told = sorted(rows.prefetch_related("lines"), key=lambda one: -len(mine & identities(one)))
    return told[:MOST]


def identities(finding: Finding) -> set[Any]:
    """Return what identifies the lines of a finding."""
    return {one.identity for one in finding.lines.all()}


def counts(finding: Finding) -> bool:
    """Return whether a decision on a finding of `queries.sync.findings` counts now."""
    return standing(finding) in ("decided", "dismissed")


def of_finding(finding: Finding, made: FindingDecision) -> Deed:
    """Return a decision as `opposed` compares it."""
    return finding.kind, made.outcome, made.details


def opposed(one: Deed, other: Deed) -> bool:
    """Return whether two decisions on the same lines cannot both hold."""
    (kind, outcome, details), (kind_b, outcome_b, details_b) = one, other
    if outcome == outcome_b:
        return bool(_agreed(details) != _agreed(details_b))
    if {outcome, outcome_b} not in OPPOSED:
        return False
    return Outcome.DISMISS not in (outcome, outcome_b) or (kind in ONE_WORK and kind_b in ONE_WORK)


def _agreed(details: Mapping[str, Any]) -> Any:
    """Return what was agreed so that equal splits are equal, in rupiah or in per cent."""
    shares = details.get("shares")
    if not shares:
        return details.get("stays"), tuple(details.get("years") or ())
    whole = Decimal(100) if details.get("per_cent") else Decimal(details.get("cost") or 1)
    return {code: Fraction(Decimal(value)) / Fraction(whole) for code, value in shares.items()}
