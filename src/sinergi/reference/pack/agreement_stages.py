"""Parses the stages of agreements and their tasks, and checks what they say about each other."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from sinergi.reference.pack.files import Row, read_rows
from sinergi.reference.pack.issues import Issues
from sinergi.reference.stages import (
    FIRST,
    GUARDS,
    OF_DOCUMENT,
    AgreementStage,
    AgreementTask,
    Applies,
    Guard,
    Scope,
)

STAGES, TASKS = "agreement_stages.csv", "agreement_tasks.csv"
DOCUMENTS = ("kak", "offer", "answer", "kb", "pks", "nota", "addendum", "minutes")
STAGE_COLUMNS = (
    "family",
    "position",
    "code",
    "name_id",
    "name_en",
    "applies_when",
    "source",
    "provenance",
)
TASK_COLUMNS = (
    "family",
    "stage",
    "code",
    "scope",
    "name_id",
    "name_en",
    "document",
    "guards",
    "default_days",
    "source",
    "provenance",
)


def parse_agreement_stages(folder: Path, issues: Issues) -> tuple[AgreementStage, ...]:
    """Read `agreement_stages.csv` with the tasks of `agreement_tasks.csv`."""
    rows = read_rows(folder, STAGES, STAGE_COLUMNS, issues)
    stages = [_stage(row) for row in rows]
    _in_order(stages, [row.line for row in rows], issues)
    tasks = _tasks(folder, stages, issues)
    return tuple(
        replace(one, tasks=tuple(task for task in tasks if _asked(one, task))) for one in stages
    )


def check_agreement_stages(
    stages: Iterable[AgreementStage], sources: frozenset[str], issues: Issues
) -> None:
    """Note the sources of stages and tasks that the pack does not declare."""
    for line, stage in enumerate(stages, start=2):
        if stage.source not in sources:
            issues.add(STAGES, line, "source", "unknown_code", value=stage.source)
        for task in stage.tasks:
            if task.source not in sources and stage.family == task.families[0]:
                place = issues.lines[(TASKS, task.stage, task.code + "|".join(task.families))]
                issues.add(TASKS, place, "source", "unknown_code", value=task.source)


def _asked(stage: AgreementStage, task: AgreementTask) -> bool:
    return task.stage == stage.code and stage.family in task.families


def _stage(row: Row) -> AgreementStage:
    return AgreementStage(
        row.text("code"),
        row.text("name_id"),
        row.text("name_en"),
        row.text("family"),
        row.integer("position", 1),
        cast("Applies", row.choice("applies_when", get_args(Applies))),
        row.text("source"),
        row.text("provenance"),
    )


def _in_order(stages: list[AgreementStage], lines: list[int], issues: Issues) -> None:
    """Note stages that are not counted 1..n within their family, or do not begin with the first."""
    seen: dict[str, list[str]] = {}
    for one, line in zip(stages, lines, strict=True):
        before = seen.setdefault(one.family, [])
        if one.position != len(before) + 1:
            issues.add(
                STAGES,
                line,
                "position",
                "stage_out_of_order",
                value=one.position,
                family=one.family,
            )
        if one.code in before:
            issues.add(STAGES, line, "code", "code_twice", value=one.code)
        if (one.code == FIRST) == bool(before):
            issues.add(STAGES, line, "code", "stage_not_first", value=FIRST, family=one.family)
        before.append(one.code)


def _tasks(
    folder: Path, stages: Iterable[AgreementStage], issues: Issues
) -> tuple[AgreementTask, ...]:
    known = {(one.family, one.code) for one in stages}
    families = {family for family, _code in known}
    seen: set[tuple[str, str, str]] = set()
    found = []
    for row in read_rows(folder, TASKS, TASK_COLUMNS, issues):
        task = _task(row)
        for family in task.families:
            if family not in families:
                row.wrong("family", "unknown_code", value=family)
            elif (family, task.stage) not in known:
                row.wrong("stage", "unknown_code", value=task.stage)
            if (family, task.stage, task.code) in seen:
                row.wrong("code", "code_twice", value=task.code)
            seen.add((family, task.stage, task.code))
        issues.lines[(TASKS, task.stage, task.code + "|".join(task.families))] = row.line
        found.append(task)
    return tuple(found)


def _task(row: Row) -> AgreementTask:
    guards = row.codes("guards")
    for guard in guards:
        if guard not in GUARDS:
            row.wrong("guards", "not_one_of", value=guard, allowed=", ".join(GUARDS))
    document = row.choice("document", DOCUMENTS, optional=True)
    if not document and any(guard in OF_DOCUMENT for guard in guards):
        row.wrong("document", "empty")
    row.text("family")
    return AgreementTask(
        row.text("code"),
        row.text("name_id"),
        row.text("name_en"),
        row.codes("family"),
        row.text("stage"),
        cast("Scope", row.choice("scope", get_args(Scope))),
        document,
        cast("tuple[Guard, ...]", guards),
        row.integer("default_days", 1) if row.optional("default_days") else None,
        row.text("source"),
        row.text("provenance"),
    )
