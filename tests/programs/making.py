"""Plans for tests: made in one line each, without the checks that actions do."""

import itertools
from decimal import Decimal

from sinergi.accounts.models import Organisation, Visibility
from sinergi.accounts.principal import Principal
from sinergi.programs.models import (
    LineAmount,
    Plan,
    PlanKind,
    PlanLine,
    PlanVersion,
    VersionState,
)
from tests.people import asks, organisation, person

_counter = itertools.count(1)


def office(code: str = "bappeda-bandung", **fields: object) -> Organisation:
    """An organisation that has plans."""
    usual = {"name": code.replace("-", " ").title(), "region_code": "32.04"}
    return organisation(code, **{**usual, **fields})


def planner(owner: Organisation | None = None, role: str = "analyst") -> Principal:
    """Somebody who works for an organisation, each time another person; roles as in `Role`."""
    return asks(person(f"Perencana {next(_counter)}", (role, owner or office())))


def stranger() -> Principal:
    """Somebody of another organisation."""
    return planner(organisation("kota-jauh"))


def a_plan(owner: Organisation | None = None, **fields: object) -> Plan:
    """A plan of Kabupaten Bandung for 2025 to 2027, without versions."""
    usual: dict[str, object] = {
        "title": f"RKPD Kabupaten Bandung {next(_counter)}",
        "kind": PlanKind.RKPD,
        "region_code": "32.04",
        "first_year": 2025,
        "last_year": 2027,
    }
    return Plan.objects.create(organisation=owner or office(), **{**usual, **fields})


def public(plan: Plan) -> Plan:
    """The plan, to be read by everybody."""
    plan.visibility = Visibility.PUBLIC
    plan.save()
    return plan


def a_version(
    plan: Plan | None = None, state: VersionState = VersionState.CURRENT, **fields: object
) -> PlanVersion:
    """A version of a plan, current unless told otherwise."""
    plan = plan or a_plan()
    number = plan.versions.count() + 1
    return PlanVersion.objects.create(**{"plan": plan, "number": number, "state": state, **fields})


def a_line(
    version: PlanVersion, title: str = "Pembangunan jembatan Citarum", **fields: object
) -> PlanLine:
    """A line of a version; `amounts` is year → rupiah, or (year, channel) → rupiah."""
    amounts = fields.pop("amounts", {version.plan.first_year: 1_000_000})
    keyed = {key if isinstance(key, tuple) else (key, ""): value for key, value in amounts.items()}
    usual: dict[str, object] = {
        "position": version.lines.count() + 1,
        "code": "1.03.10.2.01.0004",
        "first_year": version.plan.first_year,
        "last_year": version.plan.last_year,
        "total": sum((Decimal(one) for one in keyed.values()), Decimal(0)),
    }
    line = PlanLine.objects.create(version=version, title=title, **{**usual, **fields})
    LineAmount.objects.bulk_create(
        LineAmount(line=line, year=year, channel=channel, amount=Decimal(value))
        for (year, channel), value in keyed.items()
    )
    return line


def many_lines(version: PlanVersion, number: int, **fields: object) -> list[PlanLine]:
    """Many lines of a version, numbered, each with one amount in the first year; written at once."""
    plan = version.plan
    usual: dict[str, object] = {
        "code": "1.03.10.2.01.0004",
        "agency": "Dinas PUTR",
        "first_year": plan.first_year,
        "last_year": plan.last_year,
        "total": Decimal(1_000_000),
    }
    start = version.lines.count() + 1
    rows = PlanLine.objects.bulk_create(
        (
            PlanLine(
                version=version,
                position=position,
                title=f"Pemeliharaan jalan ruas {position}",
                **{**usual, **fields},
            )
            for position in range(start, start + number)
        ),
        batch_size=2000,
    )
    LineAmount.objects.bulk_create(
        (LineAmount(line=row, year=plan.first_year, amount=row.total) for row in rows),
        batch_size=5000,
    )
    return rows
