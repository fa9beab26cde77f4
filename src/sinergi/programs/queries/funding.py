"""Reads for funding: what is known of lines, and the yearly menus that were loaded."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from sinergi.accounts.principal import Principal
from sinergi.programs.funding import LineFacts, authority_of, physical_of
from sinergi.programs.funding.conditions import Menus
from sinergi.programs.funding.facts import affair_of, further_of, is_fee, level_of, routine_of
from sinergi.programs.models import FundingMenu, LineAmount, PlanLine, VersionState
from sinergi.programs.queries.plans import versions
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject
from sinergi.reference.rupiah import minor


def menus() -> Menus:
    """Return the yearly menus that the installation loaded; one query."""
    rows = FundingMenu.objects.order_by("channel", "year").values_list("channel", "year", "items")
    return Menus(
        tuple((one, year, tuple(item["code"] for item in items)) for one, year, items in rows)
    )


def line_of(by: Principal, identity: UUID) -> PlanLine | None:
    """Return the newest line with an identity that somebody may read: of the current version, if he may."""
    rows = PlanLine.objects.filter(identity=identity, version__in=versions(by).values("pk"))
    rows = rows.select_related("version__plan__organisation").prefetch_related("amounts")
    found = sorted(
        rows, key=lambda row: (row.version.state != VersionState.CURRENT, -row.version.number)
    )
    return next(iter(found), None)


@lru_cache(maxsize=2)
def _objects(version: str) -> dict[str, CooperationObject]:
    """Return the cooperation objects by code, once for each version of the pack."""
    del version
    return reference.catalogue()


def object_of(code: str) -> CooperationObject | None:
    """Return the cooperation object of a line, if its code is known."""
    return _objects(reference.catalogue_version()).get(code) if code else None


class Told(NamedTuple):
    """What a line itself says that funding asks for; the fields are those of `PlanLine`."""

    code: str
    title: str
    activity: str
    object_code: str
    land: str
    design: str
    permits: str
    is_transfer: bool
    transfer_to: str


def facts_of(line: PlanLine, year: int | None = None) -> LineFacts:
    """Return what funding asks of a line in a year, by default its first; what is not known stays unknown."""
    when = line.first_year if year is None else year
    amounts = [one for one in line.amounts.all() if one.year == when]
    paid = sum((minor(one.amount) for one in amounts), 0)
    told = Told(*(getattr(line, name) for name in Told._fields))
    region = line.version.plan.region_code
    return told_facts(told, region, when, paid if amounts else None, _stated(amounts))


def told_facts(
    told: Told, region: str, year: int, amount: int | None, channels: tuple[str, ...]
) -> LineFacts:
    """Return what funding asks of a line of a plan, from what its row and its amounts of the year say.

    Parameters
    ----------
    region
        Whose plan it is.
    amount
        Of the year, in minor units.
    channels
        Those that the plan states in the year.
    """
    physical, source = physical_and_how(told)
    known = object_of(told.object_code)
    authority, affair = of_code(told.code)
    affair = affair or (known.affair if known else "")
    receiver = told.transfer_to if told.is_transfer and told.transfer_to else region
    return LineFacts(
        level=level_of(receiver),
        further=further_of(receiver, affair),
        authority=authority or _authority_of_object(told.object_code),
        affair=affair,
        code=told.code,
        physical=physical,
        physical_from=source,
        year=year,
        land=told.land,
        design=told.design,
        permits=told.permits,
        cooperation=True if known else None,
        amount=amount,
        channels=channels,
        usual=known.funding if known else (),
        routine=routine_of(told.code, (told.title, told.activity), physical=physical),
    )


def of_code(code: str) -> tuple[str, str]:
    """Return authority and affair that a code tells; empty where it tells none."""
    return _of_code(code, reference.pack().version)


@lru_cache(maxsize=65_536)
def _of_code(code: str, version: str) -> tuple[str, str]:
    del version
    affair = affair_of(code)
    return authority_of(code), affair if affair in reference.affairs() else ""


def _stated(amounts: Iterable[LineAmount]) -> tuple[str, ...]:
    return tuple(sorted({one.channel for one in amounts if one.channel}))


def _authority_of_object(code: str) -> str:
    known = object_of(code)
    return known.authority[0] if known and len(known.authority) == 1 else ""


def physical_and_how(line: PlanLine | Told) -> tuple[bool | None, str]:
    """Return whether a line builds something, and how that is known: by its object or by its words.

    What pays for a service of an object, such as a landfill, does not build the object.
    """
    if is_fee(line.title):
        return False, "words"
    known = object_of(line.object_code)
    if known:
        return known.physical, "object"
    told = physical_of((line.title, line.activity), reference.work_words())
    return told, "words" if told is not None else ""
