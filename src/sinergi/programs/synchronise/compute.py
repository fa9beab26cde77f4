"""From the versions of a run to its findings: computed for whoever started it, and kept."""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from sinergi.accounts.principal import Principal
from sinergi.analysis.synchronise import NOTES, Settings, comparable, synchronise
from sinergi.opportunities.models import PriorityEntry
from sinergi.programs.models import (
    Finding,
    FindingLine,
    FindingVersion,
    PlanLine,
    PlanVersion,
    RunState,
    SyncRun,
    SyncVersion,
)
from sinergi.programs.queries.tables import amount_table
from sinergi.programs.synchronise import tables
from sinergi.programs.synchronise.likeness import alike
from sinergi.programs.synchronise.limits import limited_law
from sinergi.reference.rupiah import rupiah

MOST = 20_000
"""Findings that are kept of a run, the weightiest; how many there were is told."""
MOST_LINES = 60
"""Lines of one finding that are kept with it; how many there are stands in its figures."""
BATCH = 2_000
BY_SUBJECT = frozenset(
    {
        "code_moved", "code_unknown", "name_of_other_code", "other_nomenclature", "code_of_other_level",
        "level_not_holder", "level_required", "channel_cannot_pay", "agency_over_budget",
        "agency_without_budget", "package_over_line", "package_without_budget", "repeated_small",
        "promise_without_money", "before_what_it_needs",
    }
)  # fmt: skip
"""Rules that tell of many lines at once: they are the same finding while plan and subject are, and changed
when their lines are."""
SAME_KEY = {"package_without_budget": "package_over_line"}
"""Rules that say of one subject what another does: a decision on the one counts for the other."""
SAID = (
    "code", "title", "activity", "agency", "place", "region", "first_year", "last_year", "amount", "unit",
    "target", "output", "lat", "lon",
)  # fmt: skip
KEPT = ("state", "progress", "failure", "totals", "computed_at", "told_at")
"""What computing writes of a run; all else may have been changed meanwhile."""
UNIQUE = ("run", "key")
Told = Callable[[int], None]


def settings_of(run: SyncRun) -> Settings:
    """Return what a run takes for enough."""
    return Settings(**run.thresholds)


def found_among(
    by: Principal,
    compared: list[PlanVersion],
    settings: Settings,
    organisation: int | None = None,
    told: Told = lambda _percent: None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the lines of versions and the findings among them, for somebody who may read all of them."""
    lines = tables.full_line_table(by, compared)
    plans = tables.plan_table(compared)
    law = limited_law()
    told(10)
    certain = comparable(lines, plans, law, settings)
    pairs = alike(
        certain,
        organisation,
        settings,
        several=plans["home"].n_unique() > 1,
        progress=lambda share: told(10 + int(60 * share)),
    )
    told(70)
    found = synchronise(
        lines,
        plans,
        pairs=pairs,
        amounts=amount_table(by, [one.pk for one in compared]),
        promises=tables.promise_table(by),
        near=tables.near_table(lines, plans),
        joint=tables.joint_table(by, lines),
        law=law,
        settings=settings,
    )
    told(85)
    return lines, found


def compute_run(run: SyncRun, by: Principal, told: Told = lambda _percent: None) -> None:
    """Compute a run and keep what was found in place of what it held; all of it or nothing.

    Nothing is kept of an attempt that was overtaken by a later one, or whose run was put away meanwhile.

    Raises
    ------
    PermissionError
        When `by` may no longer read one of its versions.
    """
    began = time.monotonic()
    wanted = run.wanted or list(run.compared.values_list("version", flat=True))
    compared = tables.readable_versions(by, wanted)
    if len(compared) != len(wanted):
        raise PermissionError
    lines, found = found_among(by, compared, settings_of(run), run.organisation_id, told)
    with transaction.atomic():
        rows = SyncRun.objects.select_for_update().filter(pk=run.pk, deleted_at=None)
        now = rows.filter(attempt=run.attempt).first()
        if now is None:
            return
        _keep(now, compared, lines, found.head(MOST))
        _keep_versions(now, compared, lines)
        now.totals = {
            "lines": lines.height,
            "plans": len(compared),
            "found": found.filter(~pl.col("kind").is_in(NOTES)).height,
            "left_out": max(found.height - MOST, 0),
            "seconds": round(time.monotonic() - began, 1),
        }
        now.state, now.progress, now.failure = RunState.DONE, 100, ""
        now.computed_at = now.told_at = timezone.now()
        now.save(update_fields=KEPT)
        _let_go(now)


def _let_go(run: SyncRun) -> None:
    """Leave the lines that were taken out while the run was computed as a line that is gone.

    The last deed of a transaction: the database asks at its end whether each line is there.
    """
    there = PlanLine.objects.filter(pk=OuterRef("line_id"))
    of_run = FindingLine.objects.filter(finding__run=run, line__isnull=False)
    of_run.filter(~Exists(there)).update(line=None)


def _keep_versions(run: SyncRun, compared: list[PlanVersion], lines: pl.DataFrame) -> None:
    of_version = tables.digests(lines)
    counts = dict(lines.group_by("version").len().iter_rows())
    run.compared.all().delete()
    SyncVersion.objects.bulk_create(
        SyncVersion(
            run=run,
            version=one,
            digest=of_version.get(one.pk, ""),
            lines=counts.get(one.pk, 0),
        )
        for one in compared
    )


def _keep(
    run: SyncRun, compared: list[PlanVersion], lines: pl.DataFrame, found: pl.DataFrame
) -> None:
    numbers = found["lines"].explode().drop_nulls().unique()
    held = {
        row["id"]: row for row in lines.filter(pl.col("id").is_in(numbers.implode())).to_dicts()
    }
    version_of = {one.plan_id: one.pk for one in compared}
    home = {one.plan_id: one.plan.region_code for one in compared}
    rows: dict[str, tuple[Finding, dict[str, Any]]] = {}
    for position, one in enumerate(found.iter_rows(named=True), 1):
        made = _finding(run, position, one, held, home)
        if made.key in rows:  # Same rule, same subject: what tells them apart are their lines.
            made.key = _digest(
                made.key, *sorted(held[number]["identity"] for number in one["lines"])
            )
        rows.setdefault(made.key, (made, one))
    _replace(run, [made for made, _one in rows.values()])
    about: list[FindingVersion] = []
    of_lines: list[FindingLine] = []
    for made, one in rows.values():
        plans = {held[number]["plan"] for number in one["lines"]} | set(one["plans"])
        about += [
            FindingVersion(finding=made, version_id=version_of[plan]) for plan in sorted(plans)
        ]
        of_lines += [_line(made, held[number]) for number in one["lines"][:MOST_LINES]]
    FindingVersion.objects.bulk_create(about, batch_size=BATCH)
    FindingLine.objects.bulk_create(of_lines, batch_size=BATCH)


def _replace(run: SyncRun, made: list[Finding]) -> None:
    """Keep findings in place of those that a run held; one with the same key stays under its number.

    Whoever writes a decision on it meanwhile finds it again, and its address in files still leads to it.
    """
    FindingLine.objects.filter(finding__run=run).delete()
    FindingVersion.objects.filter(finding__run=run).delete()
    keys = {one.key for one in made}
    gone = [pk for pk, key in run.findings.values_list("pk", "key") if key not in keys]
    for start in range(0, len(gone), BATCH):
        run.findings.filter(pk__in=gone[start : start + BATCH]).delete()
    Finding.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=UNIQUE,
        update_fields=[
            one.name
            for one in Finding._meta.concrete_fields  # noqa: SLF001 - documented
            if one.name not in UNIQUE and not one.primary_key
        ],
    )


def _finding(
    run: SyncRun,
    position: int,
    one: dict[str, Any],
    held: dict[int, dict[str, Any]],
    home: dict[int, str],
) -> Finding:
    lines = [held[number] for number in one["lines"]]
    plans = sorted({line["plan"] for line in lines})
    same = plans if one["rule"] in BY_SUBJECT else sorted(line["identity"] for line in lines)
    rule = SAME_KEY.get(one["rule"], one["rule"])
    if rule == "some_apart":  # Asked of the lines that earlier runs told as one work.
        rule = "same_in_plan" if len(plans) == 1 else "same_across"
    content = sorted(line["identity"] + line["content"] for line in lines)
    facts = json.loads(one["facts"]) | {"lines": len(lines)}
    regions = {home[plan] for plan in plans} | set(one["actors"])
    entry, point = _source(facts.get("promise", ""))
    return Finding(
        run=run,
        position=position,
        kind=one["kind"],
        rule=one["rule"],
        severity=one["severity"],
        key=_digest(rule, one["subject"], *map(str, same)),
        fingerprint=_digest(*content),
        stake=None if one["stake"] is None else rupiah(one["stake"]),
        firmness=one["firmness"],
        regions=one["actors"],
        amid="|" + "|".join(sorted(regions))[:490] + "|",
        facts=facts,
        source_list_id=entry,
        source_point_id=point,
    )


def _source(promise: str) -> tuple[int | None, int | None]:
    """Return the list or the point that a promise came from."""
    kind, _colon, rest = promise.partition(":")
    if kind == "point":
        return None, int(rest.partition(":")[0])
    if kind == "entry":
        return PriorityEntry.objects.filter(pk=rest).values_list(
            "priority_list", flat=True
        ).first(), None
    return None, None


def _line(made: Finding, line: dict[str, Any]) -> FindingLine:
    return FindingLine(
        finding=made,
        line_id=line["id"],
        version_id=line["version"],
        identity=line["identity"],
        said={name: line[name] for name in SAID},
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()
