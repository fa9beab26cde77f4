"""The deed that gives amounts of many lines a funding channel at once."""

from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from sinergi.accounts.actions.owned import expect_revision, why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.programs.actions.rows import changeable, held_version, refuse, tell
from sinergi.programs.amounts import written
from sinergi.programs.models import LineAmount, Plan, PlanLine, PlanVersion
from sinergi.programs.queries.channels import (
    Filling,
    Preview,
    as_ranges,
    preview,
    touched,
    touched_lines,
)
from sinergi.programs.rules import without_channel_remarks
from sinergi.reference import queries as reference

AMOUNTS = LineAmount._meta.db_table  # noqa: SLF001 - the documented way to the table
AT_ONCE = 5000
"""Keys that one query names."""


@transaction.atomic
def fill_channel(
    by: Principal,
    version_id: int,
    asked: Filling,
    *,
    seen: int | None = None,
    reason: str = "",
) -> Preview:
    """Give amounts of many lines a channel, all or none; what a line then has twice of it is one amount.

    The sum of every line and year stays. The same few queries are asked for a thousand lines as for one.

    Parameters
    ----------
    seen
        `Preview.state` as it was shown.

    Returns
    -------
    Preview
        What was touched.

    Raises
    ------
    NotFoundError, ForbiddenError, StateError, InvalidError
    ConflictError
        When a chosen line came, went or was changed since.
    """
    version = held_version(by, version_id)
    changeable(version)
    told = why(reason)
    refuse(_faults(version, asked))
    found = preview(version, asked)
    expect_revision(Plan.KIND, version.plan_id, found.state, seen)
    if not found.lines:
        refuse({"channel": _("No amount of the chosen lines would get this channel.")})
    keys = list(touched_lines(version, asked).values_list("pk", flat=True))
    before, after = _told(asked, found, keys)
    settled = _remarks_to_settle(version, asked)
    rows = PlanLine.objects.filter(pk__in=touched_lines(version, asked).order_by().values("pk"))
    rows.update(revision=F("revision") + 1)
    _move(version, asked)
    # Last: a filter of lines by their remarks would not find them any more.
    _settle_remarks(settled)
    tell(by, Verb.CHANGED, version, before, after, reason=told)
    return found


def _faults(version: PlanVersion, asked: Filling) -> dict[str, str]:
    faults = {}
    if asked.channel and asked.channel not in reference.funding_channels():
        told = _("There is no funding channel “%(code)s”.")
        faults["channel"] = told % {"code": asked.channel}
    plan = version.plan
    if asked.year is not None and not plan.first_year <= asked.year <= plan.last_year:
        outside = _("The plan is for %(first)s to %(last)s; this year lies outside.")
        faults["year"] = outside % {"first": plan.first_year, "last": plan.last_year}
    return faults


def _told(asked: Filling, found: Preview, keys: list[int]) -> tuple[dict[str, Any], dict[str, Any]]:
    total = written(Decimal(found.total))
    before = {"channel": [one.channel for one in found.held if one.set], "amount": total}
    after = {"channel": [asked.channel], "amount": total, "lines": as_ranges(keys)}
    return before, after | ({"year": asked.year} if asked.year is not None else {})


def _remarks_to_settle(version: PlanVersion, asked: Filling) -> dict[tuple[str, ...], list[int]]:
    """Return lines that have no amount without a channel afterwards, by what is left of their remarks."""
    found: dict[tuple[str, ...], list[int]] = {}
    if not asked.channel:
        return found
    rows = touched_lines(version, asked)
    if asked.year is not None:
        elsewhere = LineAmount.objects.filter(line=OuterRef("pk"), channel="")
        rows = rows.exclude(Exists(elsewhere.exclude(year=asked.year)))
    for key, old in rows.exclude(remarks=[]).values_list("pk", "remarks"):
        new = without_channel_remarks(old, asked.replace)
        if new != list(old):
            found.setdefault(tuple(new), []).append(key)
    return found


def _settle_remarks(settled: dict[tuple[str, ...], list[int]]) -> None:
    """Take remarks on channels from lines, so many with a query as any database takes."""
    for left, keys in settled.items():
        for first in range(0, len(keys), AT_ONCE):
            chosen = PlanLine.objects.filter(pk__in=keys[first : first + AT_ONCE])
            chosen.update(remarks=list(left))


def _move(version: PlanVersion, asked: Filling) -> None:
    """Sum the amounts by line and year into the channel, inside the database; then take the old ones out."""
    old = touched(version, asked)
    chosen, values = old.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {AMOUNTS} (line_id, year, channel, amount) "  # noqa: S608 - our own table
            f"SELECT line_id, year, %s, SUM(amount) FROM {AMOUNTS} WHERE id IN ({chosen}) "
            "GROUP BY line_id, year ON CONFLICT (line_id, year, channel) "
            f"DO UPDATE SET amount = {AMOUNTS}.amount + excluded.amount",
            [asked.channel, *values],
        )
        cursor.execute(
            f"DELETE FROM {AMOUNTS} WHERE id IN ({chosen})",  # noqa: S608 - as above
            list(values),
        )
