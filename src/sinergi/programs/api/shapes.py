"""What the API takes and returns of plans: amounts are decimal texts, so that no rupiah is lost."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Path, Schema
from pydantic import Field

from sinergi.accounts.api.schemas import MOST, Given, text
from sinergi.programs.models import LineAmount, Plan, PlanLine, PlanVersion
from sinergi.programs.rules import LINE_LENGTHS, PLAN_LENGTHS, Amount, LineDetails, PlanDetails

PlanNumber = Annotated[int, Path(ge=1, le=MOST, description="Number of the plan.")]
VersionNumber = Annotated[
    int, Path(ge=1, le=1_000_000, description="Number of the version within its plan.")
]
Identity = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$", description="Identity of the line.")]
MOST_AMOUNT = 20
"""Characters of an amount."""
AMOUNT = r"^[0-9]{1,17}(\.[0-9]{1,2})?$"


class PlanTold(Schema):
    """A plan, with the number of its current version, if any."""

    id: int
    organisation: str
    visibility: str
    title: str
    kind: str
    region_code: str
    agency: str
    first_year: int
    last_year: int
    source: str
    licence: str
    note: str
    current: int | None
    revision: int
    updated: datetime


class VersionTold(Schema):
    """A version of a plan; its total is exact, in rupiah."""

    number: int
    label: str
    state: str
    filename: str
    sheet: str
    sha256: str
    report: dict[str, Any]
    lines: int
    total: str
    created: datetime


class AmountTold(Schema):
    """Money of a year from a channel, in rupiah, as a decimal text."""

    year: int
    channel: str
    amount: str


class LineTold(Schema):
    """A line of a version."""

    identity: str
    version: int
    position: int
    code: str
    code_written: str
    activity: str
    program_name: str
    activity_name: str
    title: str
    agency_code: str
    agency: str
    place: str
    region_code: str
    lat: float | None
    lon: float | None
    place_certainty: str
    first_year: int
    last_year: int
    output: str
    target: str | None
    unit: str
    land: str
    design: str
    permits: str
    object_code: str
    is_transfer: bool
    transfer_to: str
    note: str
    external_id: str
    total: str
    amounts: list[AmountTold]
    remarks: list[str]
    revision: int


class NewPlan(Given):
    """A plan to be made."""

    organisation: str = Field(max_length=60, min_length=1, examples=["kota-palangka-raya"])
    title: text(PLAN_LENGTHS["title"], least=1)  # type: ignore[valid-type]
    kind: str = Field(max_length=8, examples=["rkpd"])
    region_code: str = Field(max_length=13, examples=["62.71"])
    first_year: int = Field(ge=1900, le=2100)
    last_year: int = Field(ge=1900, le=2100)
    agency: text(PLAN_LENGTHS["agency"]) = ""  # type: ignore[valid-type]
    source: text(PLAN_LENGTHS["source"]) = ""  # type: ignore[valid-type]
    licence: text(PLAN_LENGTHS["licence"]) = ""  # type: ignore[valid-type]
    note: text(PLAN_LENGTHS["note"]) = ""  # type: ignore[valid-type]

    def details(self) -> PlanDetails:
        """Return the details that the action takes."""
        return PlanDetails(**self.dict(exclude={"organisation"}))


class NewVersion(Given):
    """A version to be begun, with the lines of another one of the plan if it names one."""

    label: text(80) = ""  # type: ignore[valid-type]
    copy_of: int | None = Field(None, ge=1, le=1_000_000)


class GivenAmount(Given):
    """Money of a year from a channel."""

    year: int = Field(ge=1900, le=2100)
    channel: str = Field("", max_length=40)
    amount: str = Field(pattern=AMOUNT, max_length=MOST_AMOUNT, examples=["2500000000.50"])


class GivenLine(Given):
    """A line; what is not given is empty, years are then those of the plan."""

    title: text(LINE_LENGTHS["title"], least=1)  # type: ignore[valid-type]
    code: text(LINE_LENGTHS["code"]) = ""  # type: ignore[valid-type]
    activity: text(LINE_LENGTHS["activity"]) = ""  # type: ignore[valid-type]
    agency_code: text(LINE_LENGTHS["agency_code"]) = ""  # type: ignore[valid-type]
    agency: text(LINE_LENGTHS["agency"]) = ""  # type: ignore[valid-type]
    place: text(LINE_LENGTHS["place"]) = ""  # type: ignore[valid-type]
    region_code: text(LINE_LENGTHS["region_code"]) = ""  # type: ignore[valid-type]
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    first_year: int | None = Field(None, ge=1900, le=2100)
    last_year: int | None = Field(None, ge=1900, le=2100)
    output: text(LINE_LENGTHS["output"]) = ""  # type: ignore[valid-type]
    target: str | None = Field(None, pattern=r"^[0-9]{1,14}(\.[0-9]{1,4})?$")
    unit: text(LINE_LENGTHS["unit"]) = ""  # type: ignore[valid-type]
    land: text(10) = ""  # type: ignore[valid-type]
    design: text(10) = ""  # type: ignore[valid-type]
    permits: text(10) = ""  # type: ignore[valid-type]
    object_code: text(LINE_LENGTHS["object_code"]) = ""  # type: ignore[valid-type]
    is_transfer: bool = False
    transfer_to: text(LINE_LENGTHS["transfer_to"]) = ""  # type: ignore[valid-type]
    note: text(LINE_LENGTHS["note"]) = ""  # type: ignore[valid-type]
    external_id: text(LINE_LENGTHS["external_id"]) = ""  # type: ignore[valid-type]
    amounts: list[GivenAmount] = Field(default_factory=list, max_length=200)
    keep: bool = Field(
        default=False,
        description="Keep a code that the nomenclature does not know, or of another level.",
    )

    def details(self) -> LineDetails:
        """Return the details that the action takes."""
        values = self.dict(exclude={"amounts", "keep", "target"})
        amounts = tuple(Amount(one.year, one.channel, Decimal(one.amount)) for one in self.amounts)
        target = None if self.target is None else Decimal(self.target)
        return LineDetails(**values, target=target, amounts=amounts)


def plan_told(plan: Plan, current: int | None) -> dict[str, Any]:
    """Return a plan as `PlanTold`."""
    same = set(PlanTold.model_fields) - {"id", "organisation", "visibility", "current"}
    return {
        "id": plan.pk,
        "organisation": plan.organisation.code,
        "visibility": str(plan.visibility),
        "current": current,
        **{name: getattr(plan, name) for name in sorted(same)},
    }


def version_told(version: PlanVersion, lines: int, total: Decimal) -> dict[str, Any]:
    """Return a version as `VersionTold`."""
    same = set(VersionTold.model_fields) - {"lines", "total"}
    told = {name: getattr(version, name) for name in sorted(same)}
    return told | {"state": str(version.state), "lines": lines, "total": exact(total)}


def line_told(line: PlanLine, version: PlanVersion) -> dict[str, Any]:
    """Return a line as `LineTold`."""
    apart = {"identity", "version", "target", "total", "amounts"}
    told = {name: getattr(line, name) for name in sorted(set(LineTold.model_fields) - apart)}
    return told | {
        "identity": str(line.identity),
        "version": version.number,
        "target": None if line.target is None else format(line.target.normalize(), "f"),
        "total": exact(line.total),
        "amounts": [_amount(one) for one in line.amounts.all()],
    }


def _amount(one: LineAmount) -> dict[str, Any]:
    return {"year": one.year, "channel": one.channel, "amount": exact(one.amount)}


def exact(amount: Decimal) -> str:
    """Return an amount as a decimal text with two places."""
    return f"{Decimal(amount):.2f}"
