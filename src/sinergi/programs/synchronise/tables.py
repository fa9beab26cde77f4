"""Plans, lines, promises and points as tables, only what whoever runs a synchronisation may read."""

import hashlib
from collections.abc import Iterable, Sequence

import polars as pl

from sinergi.accounts.principal import Principal
from sinergi.analysis.synchronise.tables import (
    ANNUAL,
    BUDGET,
    CEILING,
    JOINT,
    MEDIUM_TERM,
    NEAR,
    OTHER,
    PACKAGES,
    PLANS,
    PROMISES,
    WHOLE,
)
from sinergi.forums.fates import SETTLED
from sinergi.forums.queries.reading import readable
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.programs.models import JointShare, PlanKind, PlanLine, PlanVersion
from sinergi.programs.queries.joint import joints
from sinergi.programs.queries.plans import versions
from sinergi.programs.queries.tables import line_table
from sinergi.programs.synchronise.law import level_of
from sinergi.reference.queries import nearest_region, pack

STAGE = {
    PlanKind.RPJMD: MEDIUM_TERM,
    PlanKind.RENSTRA: MEDIUM_TERM,
    PlanKind.RKPD: ANNUAL,
    PlanKind.RKP: ANNUAL,
    PlanKind.KUA_PPAS: CEILING,
    PlanKind.APBD: BUDGET,
    PlanKind.RUP: PACKAGES,
}
WHOLE_KINDS = frozenset(
    {PlanKind.RPJMD, PlanKind.RKPD, PlanKind.RKP, PlanKind.KUA_PPAS, PlanKind.APBD}
)
"""Kinds that hold all lines of a government: of a Renstra or a RUP nothing follows from what is missing."""
NEAR_KM = 2.0
"""How close to a neighbour a point lies that reaches it; regions are known to about 1.2 km."""
EXTRA = {
    "id": pl.Int64,
    "object": pl.String,
    "unit": pl.String,
    "target": pl.Float64,
    "output": pl.String,
    "written_region": pl.String,
}
CONTENT = (
    "code", "title", "activity", "agency", "place", "region", "object", "first_year", "last_year",
    "amount", "unit", "target", "output",
)  # fmt: skip
"""What makes a line another one when it changes."""


def readable_versions(by: Principal, numbers: Iterable[int]) -> list[PlanVersion]:
    """Return those of some versions that somebody may read, in order of region and plan."""
    rows = versions(by).filter(pk__in=list(numbers))
    return list(rows.order_by("plan__region_code", "plan_id", "pk"))


def plan_table(compared: Sequence[PlanVersion]) -> pl.DataFrame:
    """Return the plans of versions, as `analysis.synchronise` takes them."""
    rows = [
        {
            "plan": one.plan_id,
            "home": one.plan.region_code,
            "level": level_of(one.plan.region_code),
            "stage": STAGE.get(PlanKind(one.plan.kind), OTHER),
            "first_year": one.plan.first_year,
            "last_year": one.plan.last_year,
            "whole": one.plan.kind in WHOLE_KINDS and not one.plan.agency.strip(),
        }
        for one in compared
    ]
    return pl.DataFrame(rows, schema={**PLANS, **WHOLE})


def full_line_table(by: Principal, compared: Sequence[PlanVersion]) -> pl.DataFrame:
    """Return lines with all that rules ask of them, and `content`, a digest of what each says.

    The region is empty where the line names none and its plan is one of the nation: it lies nowhere then.
    """
    numbers = [one.pk for one in compared]
    lines = line_table(by, numbers)
    rows = PlanLine.objects.filter(version__in=numbers).order_by("pk")
    told = [
        (pk, code, unit, None if target is None else float(target), output, region)
        for pk, code, unit, target, output, region in rows.values_list(
            "pk", "object_code", "unit", "target", "output", "region_code"
        )
    ]
    more = pl.DataFrame(told, schema=EXTRA, orient="row")
    joined = lines.join(more, on="id", how="left", maintain_order="left")
    nowhere = (pl.col("written_region") == "") & (pl.col("region") == "ID")
    joined = joined.with_columns(region=pl.when(nowhere).then(pl.lit("")).otherwise("region"))
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in CONTENT]
    return joined.with_columns(content=pl.concat_str(parts, separator="\x1f"))


def digests(lines: pl.DataFrame) -> dict[int, str]:
    """Return version to SHA-256 of what its lines say, in the order of the document."""
    found = {}
    for (version,), rows in lines.group_by("version", maintain_order=True):
        text = "\n".join(rows["identity"] + "\x1f" + rows["content"])
        found[int(str(version))] = hashlib.sha256(text.encode()).hexdigest()
    return found


def promise_table(by: Principal) -> pl.DataFrame:
    """Return entries of priority lists and points of forums that somebody may read, a row for each member.

    `promise` is `entry:<number>` or `point:<number>:<object>`. Points that are settled, that name no
    object, or whose addressees are no regions are left out.
    """
    rows = [*_entries(by), *_points(by)]
    return pl.DataFrame(rows, schema=PROMISES, orient="row")


def _entries(by: Principal) -> list[tuple[object, ...]]:
    lists = PriorityList.objects.filter(deleted_at=None).readable_by(by).order_by()
    entries = PriorityEntry.objects.filter(deleted_at=None, priority_list__in=lists.values("pk"))
    rows: list[tuple[object, ...]] = []
    for one in entries.select_related("priority_list").prefetch_related("members"):
        year = one.target_year
        for member in one.members.all():
            told = (f"entry:{one.pk}", "list", one.priority_list.name, one.object_code)
            rows.append((*told, member.region_code, member.role, year, year))
    return rows


def _points(by: Principal) -> list[tuple[object, ...]]:
    settled = [one.value for one in SETTLED]
    points = readable(by).exclude(fate__in=settled).order_by("pk")
    rows: list[tuple[object, ...]] = []
    for one in points.select_related("owner").prefetch_related("addressees__organisation"):
        named = [one.owner, *(row.organisation for row in one.addressees.all())]
        members = sorted({who.region_code for who in named if who is not None and who.region_code})
        year = one.due.year if one.due else None
        for code in one.objects_named:
            told = (f"point:{one.pk}:{code}", "point", one.title, code)
            rows += [(*told, member, "", year, year) for member in members]
    return rows


def joint_table(by: Principal, lines: pl.DataFrame) -> pl.DataFrame:
    """Return the lines that joint objects name from which their members pay, as far as `by` may read them."""
    told = JointShare.objects.filter(joint__in=joints(by).order_by().values("pk"))
    named = told.exclude(identity=None).values_list("plan", "identity", "joint")
    rows = [(plan, str(identity), str(joint)) for plan, identity, joint in named]
    shape = {"plan": pl.Int32, "identity": pl.String, "joint": pl.String}
    shares = pl.DataFrame(rows, schema=shape, orient="row")
    held = lines.select(pl.col("plan").cast(pl.Int32), "identity", line="id")
    return held.join(shares, on=["plan", "identity"]).select(list(JOINT))


def near_table(lines: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Return lines whose point lies within `NEAR_KM` of another region than that of their plan.

    Only of lines whose code or object asks for a border: eight directions around each point are looked up.
    """
    wanted = {one.activity for one in pack().objects if one.adjacency == "required"}
    objects = [one.code for one in pack().objects if one.adjacency == "required"]
    activity = pl.col("code").str.split(".").list.head(5).list.join(".")
    asked = lines.filter(
        pl.col("lat").is_not_null()
        & (activity.is_in(list(wanted)) | pl.col("object").is_in(objects))
    ).join(plans.select("plan", "home"), on="plan")
    rows = []
    for number, home, lat, lon in asked.select("id", "home", "lat", "lon").iter_rows():
        rows += [(number, region, NEAR_KM) for region in sorted(_around(lat, lon) - {home})]
    return pl.DataFrame(rows, schema=NEAR, orient="row")


def _around(lat: float, lon: float) -> set[str]:
    """Return the regions at a point and `NEAR_KM` around it; here a degree is 111 km both ways."""
    step = NEAR_KM / 111.0
    sides = [(a, b) for a in (-step, 0.0, step) for b in (-step, 0.0, step)]
    return {found for a, b in sides if (found := nearest_region(lat + a, lon + b))}
