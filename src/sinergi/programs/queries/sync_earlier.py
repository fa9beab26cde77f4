"""Decisions that were made on an earlier grouping of the lines of a finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.programs.models import (
    Finding,
    FindingDecision,
    FindingLine,
    FindingVersion,
    Outcome,
    SyncRun,
)
from sinergi.programs.queries.plans import versions
from sinergi.programs.queries.sync import decisions_known, named_decisions, runs

GROUPED = {
    "package_over_line": "package_over_line",
    "package_without_budget": "package_over_line",
    "repeated": "repeated",
    "repeated_small": "repeated",
}
"""Rules that tell several lines of an agency or a plan together where these are many or small, to one name
for those between which lines move: how many and how small decides anew in each run."""
MOST = 10
MOST_LOOKED_AT = 500
"""Decisions on other groupings that are looked through, the newest."""
ABOUT = "about"
"""Key of `FindingDecision.details` under which `about` stands."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision on another grouping of some of the same lines.

    Attributes
    ----------
    finding
        Where it was made, if that is still there and open to the reader.
    shared
        Titles of the lines of both.
    lines
        Of how many lines it told, as far as they were kept.
    """

    decision: FindingDecision
    finding: Finding | None
    shared: list[str]
    lines: int


def about(finding: Finding) -> dict[str, Any]:
    """Return what a decision keeps of a finding whose lines may be grouped otherwise later; else nothing."""
    rule = GROUPED.get(finding.rule)
    if rule is None:
        return {}
    lines = [str(one.identity) for one in finding.lines.all()]
    told = sorted(finding.tells_of.values_list("version", flat=True))
    return {ABOUT: {"rule": rule, "lines": lines, "versions": told}}


def earlier(by: Principal, run: SyncRun, finding: Finding) -> list[Earlier]:
    """Return the decisions that count no more because lines of a finding were grouped otherwise then.

    The newest is first, the last one of each grouping alone and at most `MOST`. Left out are those on
    findings that the run still has, and those that tell of versions which somebody may not read.
    """
    rule = GROUPED.get(finding.rule)
    if rule is None:
        return []
    rules = [name for name, group in GROUPED.items() if group == rule]
    known = decisions_known(by, run).exclude(key__in=run.findings.order_by().values("key"))
    rows = known.filter(details__about__rule=rule) | known.filter(finding__rule__in=rules)
    last: dict[str, FindingDecision] = {}
    for made in rows.select_related("finding")[:MOST_LOOKED_AT]:
        last.setdefault(made.key, made)
    held = _held([one for one in last.values() if one.outcome != Outcome.REOPEN])
    titles = {str(one.identity): one.said["title"] for one in finding.lines.all()}
    told = [(made, lines, seen) for made, lines, seen in held if titles.keys() & lines]
    mine = _readable(by, told)
    found = [(made, lines) for made, lines, seen in told if seen <= mine][:MOST]
    named = {one.pk: one for one in named_decisions(by, run, [made for made, _lines in found])}
    open_runs = set(
        runs(by)
        .filter(pk__in={made.finding.run_id for made, _lines in found if made.finding})
        .values_list("pk", flat=True)
    )
    return [
        Earlier(
            named[made.pk],
            made.finding if made.finding and made.finding.run_id in open_runs else None,
            list(dict.fromkeys(title for one, title in titles.items() if one in lines)),
            len(lines),
        )
        for made, lines in found
    ]


Held = tuple[FindingDecision, set[str], set[int]]
"""A decision, the identities of the lines that it is on, and the versions that its finding told of."""


def _held(rows: list[FindingDecision]) -> list[Held]:
    """Return decisions with lines and versions: as they kept them, or as their findings have them."""
    without = [one.finding_id for one in rows if ABOUT not in one.details]
    lines: dict[Any, set[str]] = {}
    for number, identity in FindingLine.objects.filter(finding__in=without).values_list(
        "finding", "identity"
    ):
        lines.setdefault(number, set()).add(str(identity))
    told: dict[Any, set[int]] = {}
    for number, version in FindingVersion.objects.filter(finding__in=without).values_list(
        "finding", "version"
    ):
        told.setdefault(number, set()).add(version)
    return [
        (one, set(one.details[ABOUT]["lines"]), set(one.details[ABOUT]["versions"]))
        if ABOUT in one.details
        else (one, lines.get(one.finding_id, set()), told.get(one.finding_id, set()))
        for one in rows
    ]


def _readable(by: Principal, rows: Iterable[Held]) -> set[int]:
    wanted = {version for _made, _lines, told in rows for version in told}
    found = versions(by).filter(pk__in=wanted).order_by()
    return set(found.values_list("pk", flat=True)) if wanted else set()
