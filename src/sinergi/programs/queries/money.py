"""The ledger of the plans that somebody may read: which plans count, and where their money comes from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID

import polars as pl
from django.db.models import QuerySet

from sinergi.accounts.principal import Principal
from sinergi.analysis.ledger import Choice, Ledger, Offer, Origin, Recorded, Row, build, choose
from sinergi.programs.funding.facts import affair_of, level_of
from sinergi.programs.models import PlanKind, PlanLine, PlanVersion, Transfer
from sinergi.programs.queries.keeping import Shelf
from sinergi.programs.queries.plans import current_versions
from sinergi.programs.queries.tables import amount_table, line_table
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import FundingOrigin
from sinergi.reference.rupiah import minor

PRECEDENCE = (
    PlanKind.APBD,
    PlanKind.KUA_PPAS,
    PlanKind.RKPD,
    PlanKind.RKP,
    PlanKind.RENSTRA,
    PlanKind.RPJMD,
    PlanKind.OTHER,
)
"""Which document counts where several tell of the same money; procurement (RUP) never does."""
NATION = "ID"
PROVINSI = "PROVINSI"
AT_ONCE = 5_000
"""Lines whose names are asked for at once: a database takes so many in one question."""
KEPT_ENTRIES = 500_000
"""Entries of ledgers that a process keeps; a hundred thousand take about 40 MB."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the ledger is drawn up over.

    Attributes
    ----------
    years
        First and last.
    stage
        Kind of plan that goes first; empty: the usual order.
    """

    years: tuple[int, int] | None = None
    stage: str = ""

    @property
    def precedence(self) -> tuple[str, ...]:
        """Kinds of plans, the one that counts first at the head."""
        usual = tuple(str(one.value) for one in PRECEDENCE)
        return (self.stage, *usual) if self.stage in usual else usual


@dataclass(frozen=True, slots=True)
class Drawn:
    """A ledger with the plans behind it; only of what the reader may read."""

    ledger: Ledger
    choices: list[Choice]
    versions: dict[int, PlanVersion]
    """By number of their plan."""
    lines: dict[str, int] = field(default_factory=dict)
    """Row of the ledger to `id` of its line."""


def draw_up(by: Principal, scope: Scope) -> Drawn:
    """Return the ledger of the current versions that somebody may read; a handful of queries.

    It is drawn up once for each state of these plans and transfers, and kept in the process.
    Regions are cut out of it afterwards: what a government gets may come from anywhere.
    A version in preparation, superseded or undone never counts, nor does a plan that may not be read: it is
    as if it were not there.
    """
    versions = {one.plan_id: one for one in current_versions(by, years=scope.years)}
    recorded = _recorded(by, scope)
    stand = tuple((one.pk, one.plan.updated) for one in versions.values())
    key = (scope, stand, tuple(recorded), reference.pack().version)
    drawn = _drawn.get(key, lambda: _draw_up(by, scope, versions, recorded))
    return replace(drawn, versions=versions)


_drawn: Shelf[Drawn] = Shelf(KEPT_ENTRIES, lambda one: max(len(one.ledger.entries), 1))


def _draw_up(
    by: Principal, scope: Scope, versions: dict[int, PlanVersion], recorded: list[Recorded]
) -> Drawn:
    money = _money(by, versions)
    if scope.years:
        money = money.filter(pl.col("year").is_between(*scope.years))
    choices = choose(_offers(money, versions), scope.precedence)
    counted = pl.DataFrame(
        [(one.offer.plan, one.offer.year) for one in choices if one.counts],
        schema={"plan": pl.Int32, "year": pl.Int16},
        orient="row",
    )
    kept = money.join(counted, on=("plan", "year"), how="semi").sort("line", "year", "channel")
    rows, lines = _rows(kept, versions)
    ledger = build(rows, recorded, _parents())
    return Drawn(ledger, choices, versions, lines)


def _parents() -> dict[str, str]:
    return {one.code: one.parent for one in reference.pack().regions if one.parent}


def _money(by: Principal, versions: dict[int, PlanVersion]) -> pl.DataFrame:
    """Return amounts above zero with what the ledger needs of their lines."""
    numbers = [one.pk for one in versions.values()]
    lines = line_table(by, numbers).select("id", "plan", "region", "code", "is_transfer")
    receivers = pl.DataFrame(
        list(_receivers(numbers)), schema={"id": pl.Int64, "receiver": pl.String}, orient="row"
    )
    amounts = amount_table(by, numbers).filter(pl.col("amount") > 0)
    joined = amounts.join(lines, left_on="line", right_on="id")
    joined = joined.join(receivers, left_on="line", right_on="id", how="left")
    return joined.with_columns(pl.col("receiver").fill_null(""))


def _receivers(versions: Iterable[int]) -> QuerySet[PlanLine, tuple[int, str]]:
    rows = PlanLine.objects.filter(version__in=list(versions), is_transfer=True)
    return rows.exclude(transfer_to="").order_by().values_list("pk", "transfer_to")


def _offers(money: pl.DataFrame, versions: dict[int, PlanVersion]) -> list[Offer]:
    """Return each plan and year that has money."""
    pairs = money.select("plan", "year").unique().sort("plan", "year")
    found = []
    for number, year in pairs.iter_rows():
        version = versions[number]
        plan = version.plan
        age = (version.created, version.pk)
        found.append(Offer(number, plan.region_code, year, plan.kind, plan.agency, age))
    return found


def _rows(
    money: pl.DataFrame, versions: dict[int, PlanVersion]
) -> tuple[list[Row], dict[str, int]]:
    origins, purses, outside = reference.funding_origins(), _purses(), _outside()
    origin_at = cache(lambda channel, holder: origin_of(origins.get(channel), holder))
    rows, lines = [], {}
    columns = (
        "line",
        "year",
        "channel",
        "amount",
        "plan",
        "region",
        "code",
        "is_transfer",
        "receiver",
    )
    for line, year, channel, amount, plan, region, code, passed, receiver in money.select(
        columns
    ).iter_rows():
        name = f"{line}:{year}:{channel}"
        holder = versions[plan].plan.region_code
        origin, giver = origin_at(channel, holder)
        lines[name] = line
        rows.append(
            Row(
                name, holder, year, amount, origin, giver, affair_of(code), region, channel,
                bool(passed), receiver, channel in purses, channel in outside,
            )
        )  # fmt: skip
    return rows, lines


def _purses() -> set[str]:
    """Return the channels that name what is paid from: nobody hands money over by them."""
    origins = reference.funding_origins().items()
    return {code for code, one in origins if one.origin in ("own", "lender", "private")}


def _outside() -> set[str]:
    """Return the channels whose money never enters the budget of whoever it is for."""
    return {code for code, one in reference.funding_origins().items() if not one.in_budget}


def origin_of(told: FundingOrigin | None, holder: str) -> tuple[Origin, str]:
    """Return where the money of a channel comes from for a holder, and which government gives it.

    What a regency calls the budget of the province comes from its province; what a government of another
    level calls somebody's budget comes from a government that the channel does not name.
    """
    if told is None:
        return Origin.UNSTATED, ""
    if told.origin == "nation":
        return Origin.GOVERNMENT, NATION
    level = level_of(holder)
    region = reference.pack().region.get(holder)
    local = region is not None and region.level in ("regency", "city")
    province = region.parent if region is not None and local else ""
    if told.origin == "province":
        return Origin.GOVERNMENT, province or holder
    owners = reference.funding_channels()[told.channel].recipients
    if told.origin == "own" and level and len(owners) == 1 and level not in owners:
        from_province = bool(province) and owners == (PROVINSI,)
        return (Origin.GOVERNMENT, province) if from_province else (Origin.PARTNER, "")
    return Origin(told.origin), ""


def transfers(by: Principal, years: tuple[int, int] | None = None) -> QuerySet[Transfer]:
    """Return the recorded transfers that somebody may read and that are not put away."""
    when = {"year__range": years} if years else {}
    rows: Any = Transfer.objects.filter(deleted_at=None, **when).readable_by(by)
    found: QuerySet[Transfer] = rows.select_related("organisation")
    return found


def _recorded(by: Principal, scope: Scope) -> list[Recorded]:
    purses, outside = _purses(), _outside()
    return [
        Recorded(
            f"{one.pk:09}", one.giver, one.receiver, one.year, minor(one.amount), one.channel,
            one.channel in purses, one.channel in outside,
        )
        for one in transfers(by, scope.years)
    ]  # fmt: skip


def line_names(drawn: Drawn, rows: Iterable[str]) -> dict[str, tuple[str, UUID]]:
    """Return title and identity of the lines behind rows of the ledger; a query for each few thousand."""
    wanted = {row: drawn.lines[row] for row in rows if row in drawn.lines}
    numbers = sorted(set(wanted.values()))
    found = {}
    for start in range(0, len(numbers), AT_ONCE):
        part = PlanLine.objects.filter(pk__in=numbers[start : start + AT_ONCE]).order_by()
        for pk, title, identity in part.values_list("pk", "title", "identity"):
            found[pk] = (title, identity)
    return {row: found[pk] for row, pk in wanted.items() if pk in found}
