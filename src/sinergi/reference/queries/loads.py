"""What was loaded into this installation, and the nomenclature that came with it."""

from dataclasses import dataclass

from sinergi.reference.models import Activity, PackLoad
from sinergi.reference.queries.packs import pack


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A line of the activity nomenclature."""

    code: str
    name: str
    level: str
    """affair, program, activity or subactivity."""
    authority: str
    unit: str
    indicator: str
    spm: bool
    source: str


def loaded_version() -> str:
    """Return the version of the pack that the tables hold; empty before the first load."""
    return _version(PackLoad.Part.PACK)


def boundary_version() -> str:
    """Return a text that changes whenever the cells in the tables change."""
    latest = (
        PackLoad.objects.exclude(part=PackLoad.Part.NOMENCLATURE)
        .values_list("pk", "version")
        .first()
    )
    return "" if latest is None else f"{latest[0]}-{latest[1]}"


def _version(part: PackLoad.Part) -> str:
    found = PackLoad.objects.filter(part=part).values_list("version", flat=True).first()
    return found or ""


def activities(code: str) -> tuple[ActivityLine, ...]:
    """Return an activity and what stands below it, from the loaded nomenclature.

    Without a loaded nomenclature the names in the pack are used; an unknown code gives nothing.
    """
    rows = Activity.objects.filter(code=code) | Activity.objects.filter(parent=code)
    found = tuple(
        ActivityLine(
            row.code,
            row.name,
            row.level,
            row.authority,
            row.unit,
            row.indicator,
            row.spm,
            row.source,
        )
        for row in rows.order_by("code", "authority")
    )
    if found:
        return found
    return tuple(
        ActivityLine(one.code, one.name, "activity", one.level, "", "", False, "pack")
        for one in pack().activities
        if one.code == code
    )
