"""The lines that a ranking compares, as they stand in the current versions of their plans."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Channel, Right
from sinergi.programs.models import Alternative, PlanLine, Ranking, VersionState
from sinergi.programs.queries.plans import plans

CHUNK = 500
REGENCY = 5
"""Characters of the code of a regency or city."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is compared.

    Attributes
    ----------
    number
        Of the alternative.
    line
        Of the line in the current version.
    region
        Regency, city or province it lies in; that of its plan where the line names none.
    visible
        Whether the reader may read its plan.
    """

    number: int
    plan: int
    identity: UUID
    line: int
    title: str
    plan_title: str
    code: str
    region: str
    own_region: bool
    unit: str
    target: Decimal | None
    total: Decimal
    readiness: tuple[str, str, str]
    object_code: str
    visible: bool


def as_organisation(ranking: Ranking) -> Principal:
    """Return a principal that reads what the organisation of a ranking reads, and no more.

    The lines that are compared are the same for everybody. What is counted in other plans, and compared in
    cost, is also cut to what the reader may read: `Column.partly` says where another reader may see other
    values.
    """
    return Principal(
        person_id=None,
        name="",
        channel=Channel.WORKER,
        rights={ranking.organisation_id: frozenset({Right.READ})},
    )


def compared(by: Principal, ranking: Ranking) -> list[Row]:
    """Return the lines of a ranking that are still in a plan that its organisation may read.

    All are compared, whoever reads; `visible` says which of them the reader may be told about.
    """
    chosen = {
        (plan, identity): number
        for number, plan, identity in Alternative.objects.filter(ranking=ranking).values_list(
            "pk", "plan", "identity"
        )
    }
    wanted = {plan for plan, _identity in chosen}
    own = set(plans(as_organisation(ranking)).filter(pk__in=wanted).values_list("pk", flat=True))
    seen = set(plans(by).filter(pk__in=wanted).values_list("pk", flat=True))
    identities = sorted({identity for plan, identity in chosen if plan in own})
    found = []
    for start in range(0, len(identities), CHUNK):
        for told in _lines(own, identities[start : start + CHUNK]):
            number = chosen.get((told["version__plan"], told["identity"]))
            if number is not None:
                found.append(_row(number, told, visible=told["version__plan"] in seen))
    return sorted(found, key=lambda row: row.number)


FIELDS = (
    "pk", "version__plan", "version__plan__title", "version__plan__region_code", "identity", "title",
    "code", "region_code", "unit", "target", "total", "land", "design", "permits", "object_code",
)  # fmt: skip


def _lines(own: set[int], identities: list[UUID]) -> list[dict[str, Any]]:
    rows = PlanLine.objects.filter(
        version__state=VersionState.CURRENT, version__plan__in=own, identity__in=identities
    )
    return list(rows.order_by("pk").values(*FIELDS))


def _row(number: int, told: dict[str, Any], *, visible: bool) -> Row:
    region = str(told["region_code"] or told["version__plan__region_code"])
    return Row(
        number=number,
        plan=told["version__plan"],
        identity=told["identity"],
        line=told["pk"],
        title=told["title"],
        plan_title=told["version__plan__title"],
        code=told["code"],
        region=region[:REGENCY],
        own_region=bool(told["region_code"]),
        unit=" ".join(told["unit"].lower().split()),
        target=told["target"],
        total=told["total"],
        readiness=(told["land"], told["design"], told["permits"]),
        object_code=told["object_code"],
        visible=visible,
    )
