"""Deeds on lines of a version: add, change, remove."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.programs.actions.rows import (
    changeable,
    held_line,
    held_version,
    line_part,
    refuse,
    tell,
)
from sinergi.programs.amounts import written
from sinergi.programs.codes import check_code, refusal
from sinergi.programs.models import LineAmount, Plan, PlanLine
from sinergi.programs.places import placed
from sinergi.programs.queries.words import region_codes
from sinergi.programs.rules import (
    TEXTS,
    LineDetails,
    line_details,
    line_faults,
    without_channel_remarks,
)
from sinergi.reference import queries as reference

OF_THE_CODE = frozenset(
    {
        "code_unknown",
        "code_malformed",
        "level_province",
        "level_local",
        "level_subnational",
        "level_special",
    }
)
OF_THE_PLACE = frozenset({"place_ambiguous", "place_outside"})


def _clean(
    plan: Plan, details: LineDetails, *, keep: bool, before: PlanLine | None = None
) -> tuple[LineDetails, list[str]]:
    """Return details fit to be kept, with the remarks of code and place; refuse what cannot be."""
    details = cleaned(details)
    years = plan.first_year, plan.last_year
    details = replace(
        details,
        first_year=years[0] if details.first_year is None else details.first_year,
        last_year=years[1] if details.last_year is None else details.last_year,
    )
    faults = line_faults(
        details,
        years,
        regions=region_codes(),
        channels=reference.funding_channels(),
        objects=reference.catalogue(),
    )
    check = check_code(details.code, plan.region_code)
    settled = before is not None and before.code == details.code
    if check.doubtful and not keep and not settled and "code" not in faults:
        faults["code"] = refusal(check)
    refuse(faults)
    details, place_remarks = placed(plan.region_code, details)
    if not details.activity:
        details = replace(details, activity=check.name[:500])
    return details, [*check.remarks, *place_remarks]


def _written(details: LineDetails) -> dict[str, Any]:
    """Return the details as records keep them."""
    values: dict[str, Any] = {name: getattr(details, name) for name in TEXTS}
    if details.target is not None:
        values["target"] = str(details.target.normalize())
    values["amounts"] = [
        " ".join(filter(None, (str(one.year), one.channel, written(one.amount or Decimal(0)))))
        for one in sorted(details.amounts, key=lambda one: (one.year or 0, one.channel))
    ]
    return values


def _total(details: LineDetails) -> Decimal:
    return sum((one.amount or Decimal(0) for one in details.amounts), Decimal(0))


def _write_amounts(line: PlanLine, details: LineDetails) -> None:
    line.amounts.all().delete()
    LineAmount.objects.bulk_create(
        LineAmount(
            line=line, year=one.year or 0, channel=one.channel, amount=one.amount or Decimal(0)
        )
        for one in details.amounts
    )


@transaction.atomic
def add_line(
    by: Principal, version_id: int, details: LineDetails, *, keep: bool = False
) -> PlanLine:
    """Add a line at the end of a version.

    Parameters
    ----------
    keep
        Keep a code that the nomenclature does not know, or that is of another level, with the remark.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError, InvalidError
    """
    version = held_version(by, version_id)
    changeable(version)
    details, remarks = _clean(version.plan, details, keep=keep)
    last = version.lines.aggregate(last=Max("position"))["last"] or 0
    line = PlanLine.objects.create(
        version=version,
        position=last + 1,
        total=_total(details),
        remarks=remarks,
        **{name: getattr(details, name) for name in TEXTS},
    )
    _write_amounts(line, details)
    after = {
        name: value for name, value in _written(details).items() if value not in ("", None, [])
    }
    tell(by, Verb.LINE_ADDED, version, after=after, part=line_part(line))
    return line


@transaction.atomic
def edit_line(
    by: Principal,
    line_id: int,
    details: LineDetails,
    *,
    keep: bool = False,
    revision: int | None = None,
) -> PlanLine:
    """Change a line; a change of nothing leaves no trace.

    Parameters
    ----------
    keep
        As in `add_line`; a code that stays as it was is not asked about again.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError, InvalidError
    ConflictError
        When the line is no longer at `revision`.
    """
    line = held_line(by, line_id, revision)
    details, found = _clean(line.version.plan, details, keep=keep, before=line)
    old, new = _written(line_details(line)), _written(details)
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        return line
    for name in TEXTS:
        setattr(line, name, getattr(details, name))
    line.total = _total(details)
    rest = [one for one in line.remarks if one not in OF_THE_CODE | OF_THE_PLACE]
    if "amounts" in changed:
        rest = [one for one in rest if not one.startswith("amount_")]
        if all(one.channel for one in details.amounts):
            rest = without_channel_remarks(rest, replaced=True)
    line.remarks = [*rest, *found]
    line.revision += 1
    line.save()
    if "amounts" in changed:
        _write_amounts(line, details)
    before, after = ({name: one[name] for name in changed} for one in (old, new))
    tell(by, Verb.LINE_CHANGED, line.version, before, after, part=line_part(line))
    return line


@transaction.atomic
def remove_line(
    by: Principal, line_id: int, *, revision: int | None = None, reason: str = ""
) -> None:
    """Take a line out of a version; it stays in the versions before.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError, InvalidError, ConflictError
    """
    line = held_line(by, line_id, revision)
    told = why(reason)
    values = _written(line_details(line)).items()
    before = {name: value for name, value in values if value not in ("", None, [])}
    version, part = line.version, line_part(line)
    line.delete()
    tell(by, Verb.LINE_REMOVED, version, before, part=part, reason=told)
