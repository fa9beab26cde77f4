"""The annex as a value: what every format shows, in the language of the reader."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.evidence.queries import unit_label
from sinergi.opportunities import messages
from sinergi.opportunities.lists import queries, words
from sinergi.opportunities.lists.snapshot import Snapshot, localised
from sinergi.opportunities.models import PriorityEntry, PriorityList
from sinergi.opportunities.results import Reason
from sinergi.reference.moments import day


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list of cooperation plans, every cell as text but number and year."""

    number: int
    affair: str
    object: str
    partners: tuple[str, ...]
    """`Kota Banjarmasin (tuan rumah)`, one for each member."""
    kind: str
    authority: str
    activity: str
    funding: str
    year: int | None
    reason: str
    proposer: str
    note: str
    score: str
    """Points of 100, with the rank where it has one."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One observation behind a line."""

    number: int
    object: str
    region: str
    part: str
    indicator: str
    value: float | None
    unit: str
    period: str
    source: str
    flag: str
    sure: bool
    """False for an estimate, an imputed value, an expert default, or nothing."""
    kind: str
    peer_rank: str
    contribution: float | None
    """Points of 100."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source and what was taken from it."""

    name: str
    indicators: tuple[str, ...]
    periods: str
    count: int


@dataclass(frozen=True, slots=True)
class Annex:
    """A priority list, ready to be set in any format."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    """Name and value: list, owner, planning document, purpose, date."""
    rows: tuple[Row, ...]
    grounds: tuple[Ground, ...]
    sources: tuple[Source, ...]
    versions: tuple[tuple[str, str], ...]
    """Name and value: evidence and catalogue at the time of choosing, settings."""
    notes: tuple[str, ...]
    place_and_date: str
    signatory: str


def columns() -> dict[str, str]:
    """Return field of `Row` to heading, in the order of the form."""
    return {
        "number": _("No."),
        "affair": _("Affair"),
        "object": _("Cooperation object"),
        "partners": _("Partners (region and role)"),
        "kind": _("Type"),
        "authority": _("Authority / lead"),
        "activity": _("Activity code"),
        "funding": _("Funding channel"),
        "year": _("Year"),
        "reason": _("Reason"),
        "proposer": _("Proposer"),
        "note": _("Note"),
    }


def ground_columns() -> dict[str, str]:
    """Return field of `Ground` to heading."""
    return {
        "number": _("No."),
        "object": _("Cooperation object"),
        "region": _("Region"),
        "part": _("Part"),
        "indicator": _("Indicator"),
        "value": _("Value"),
        "unit": _("Unit"),
        "period": _("Period"),
        "source": _("Source"),
        "flag": _("Status of the value"),
        "kind": _("Kind of evidence"),
        "peer_rank": _("Peer rank"),
        "contribution": _("Points"),
    }


def source_columns() -> dict[str, str]:
    """Return field of `Source` to heading."""
    return {
        "name": _("Source"),
        "indicators": _("Indicators"),
        "periods": _("Periods"),
        "count": _("Observations used"),
    }


def _row(entry: PriorityEntry) -> Row:
    kept = Snapshot(entry.snapshot)
    score = words.points(kept.score)
    if kept.rank:
        score = f"{score} ({words.rank(kept)})"
    return Row(
        number=entry.position,
        affair="\n".join(f"{code} {name}" for code, name in kept.affairs),
        object=kept.name,
        partners=tuple(f"{m.name} ({messages.role_name(m.role)})" for m in kept.members),
        kind=words.cooperation_type(kept),
        authority=words.authority(kept, entry.lead),
        activity=kept.activity,
        funding=kept.funding_name(entry.funding_channel) if entry.funding_channel else "",
        year=entry.target_year,
        reason=entry.reason or words.proposed_reason(kept),
        proposer=entry.proposer,
        note=entry.note,
        score=score,
    )


def _ground(number: int, kept: Snapshot, reason: Reason) -> Ground:
    known = reason.value is not None
    return Ground(
        number=number,
        object=kept.name,
        region=kept.member_name(reason.member),
        part=messages.part_name(reason.part),
        indicator=localised(reason.name_id, reason.name_en),
        value=reason.value,
        unit=unit_label(reason.unit),
        period=reason.period,
        source=reason.source,
        flag=messages.flag_name(reason.flag if known else ""),
        sure=known and reason.flag == "official",
        kind=messages.kind_name(reason.kind),
        peer_rank=f"{reason.peer_rank}/{reason.peer_count}" if reason.peer_rank else "",
        contribution=reason.contribution * words.POINTS if known else None,
    )


def _grounds(entries: list[PriorityEntry]) -> tuple[Ground, ...]:
    kept = [(entry.position, Snapshot(entry.snapshot)) for entry in entries]
    return tuple(
        _ground(position, one, reason)
        for position, one in kept
        for reason in [*one.reasons, *one.missing]
    )


def _sources(grounds: tuple[Ground, ...]) -> tuple[Source, ...]:
    used: dict[str, list[Ground]] = {}
    for ground in grounds:
        if ground.value is not None:
            used.setdefault(ground.source, []).append(ground)
    return tuple(
        Source(
            name=name,
            indicators=tuple(sorted({ground.indicator for ground in taken})),
            periods=", ".join(sorted({ground.period for ground in taken})),
            count=len(taken),
        )
        for name, taken in sorted(used.items())
    )


def _versions(entries: list[PriorityEntry]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for entry in entries:
        kept = Snapshot(entry.snapshot)
        weights = kept.values["opportunity"]["weights"]
        shares = ", ".join(
            f"{messages.part_name(name)} {words.number(share * words.POINTS, 0)}%"
            for name, share in weights.items()
        )
        text = _(
            "chosen %(date)s; evidence %(evidence)s (%(as_of)s); catalogue %(catalogue)s; "
            "weights: %(weights)s; evidence present: %(coverage)s%%"
        ) % {
            "date": day(entry.created),
            "evidence": kept.evidence_version or "–",
            "as_of": kept.evidence_as_of or "–",
            "catalogue": kept.catalogue_version or "–",
            "weights": shares,
            "coverage": words.number(kept.coverage * words.POINTS, 0),
        }
        pairs.append((f"{entry.position}. {kept.name}", text))
    return tuple(pairs)


def _notes(entries: list[PriorityEntry], grounds: tuple[Ground, ...]) -> tuple[str, ...]:
    kept = [Snapshot(entry.snapshot) for entry in entries]
    notes = [
        _(
            "Scores (0–100) are computed from the evidence listed in the appendix; they advise and "
            "do not decide."
        )
    ]
    if any(one.mandatory_candidate for one in kept):
        notes.append(
            _(
                "“Candidate for mandatory” means that the tests of PP 28/2018 (bordering, externality, "
                "cheaper together) may be met; whether cooperation is mandatory is decided by the "
                "authorised officials."
            )
        )
    if any(not ground.sure for ground in grounds):
        notes.append(
            _(
                "Values marked * are not official figures: estimates, imputed values, expert defaults "
                "or not available."
            )
        )
    if any(one.defaults for one in kept):
        notes.append(
            _(
                "Reach, indicators or weights of some objects are expert defaults, not sourced facts."
            )
        )
    return tuple(notes)


def _facts(plan: PriorityList, today: str) -> tuple[tuple[str, str], ...]:
    facts: list[tuple[str, Any]] = [
        (_("List"), plan.name),
        (_("Organisation"), plan.owner),
        (_("Planning document"), plan.planning_document),
        (_("Purpose"), plan.purpose),
        (_("Date"), today),
    ]
    return tuple((name, value) for name, value in facts if value)


def build(plan: PriorityList) -> Annex:
    """Return the annex of a list in the active language."""
    entries = queries.entries(plan)
    grounds = _grounds(entries)
    today = day(timezone.localdate())
    return Annex(
        title=_("List of Regional Cooperation Plans"),
        subtitle=_("Mapping of Government Affairs Open to Cooperation"),
        facts=_facts(plan, today),
        rows=tuple(_row(entry) for entry in entries),
        grounds=grounds,
        sources=_sources(grounds),
        versions=_versions(entries),
        notes=_notes(entries, grounds),
        place_and_date=f"…………………………, {today}",
        signatory=plan.signatory
        or _("Chair of the Regional Cooperation Coordination Team (TKKSD)"),
    )
