"""The tables of a profile as rows, and as CSV that a spreadsheet opens safely."""

import csv
from collections.abc import Callable, Iterable, Sequence
from io import StringIO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.evidence.safe_cells import safe_cell
from sinergi.opportunities import messages
from sinergi.opportunities.profile import words
from sinergi.opportunities.profile.directory import Entry
from sinergi.opportunities.profile.records import RegionProfile, Sector, Side

Cell = str | float | None
Rows = Iterable[Sequence[Cell]]


def to_csv(columns: Sequence[str], rows: Rows) -> bytes:
    """Return a table as CSV: UTF-8 with a mark for Excel; what is missing stays empty."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(column) for column in columns])
    for row in rows:
        writer.writerow(["" if cell is None else safe_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def table(profile: RegionProfile, name: str) -> bytes:
    """Return one table of a profile as CSV.

    Raises
    ------
    KeyError
        When there is no table of that name in `TABLES`.
    """
    columns, rows = TABLES[name](profile)
    return to_csv(columns, rows)


def _language() -> str:
    return get_language() or "id"


def _sectors(profile: RegionProfile) -> tuple[list[str], Rows]:
    economy = profile.economy
    kinds = [] if economy is None else [one.kind for one in economy.references]
    names = {"province": _("province"), "nation": _("nation")}
    columns = [_("Sector"), _("Name"), _("First year"), _("Last year"), _("GRDP, last year")]
    columns += [_("Share"), _("Growth, percent per year"), _("Change")]
    for kind in kinds:
        columns += [
            f"{label} ({names[kind]})"
            for label in (
                _("LQ"),
                _("DLQ"),
                _("Growth, percent per year"),
                _("National growth"),
                _("Industry mix"),
                _("Competitive share"),
                _("Klassen"),
            )
        ]
    if economy is None:
        return columns, []
    span = (economy.start, economy.end)
    return columns, [_sector_row(one, span, kinds) for one in economy.sectors]


def _sector_row(one: Sector, span: tuple[int, int], kinds: list[str]) -> list[Cell]:
    row: list[Cell] = [one.code, one.name(_language()), *span]
    row += [one.value, one.share, one.growth, one.change]
    for kind in kinds:
        other = one.against[kind]
        row += [other.lq, other.dlq, other.growth, other.national, other.mix, other.competitive]
        row.append(words.quadrant(other.quadrant))
    return row


def _parts(profile: RegionProfile) -> tuple[list[str], Rows]:
    columns = [_("Code"), _("Region"), _("GRDP, last year"), _("GRDP per resident, million IDR")]
    columns += [_("Growth, percent per year"), _("Klassen")]
    found = () if profile.economy is None else profile.economy.parts
    rows = [
        [one.code, one.name, one.total, one.per_head, one.growth, words.quadrant(one.quadrant)]
        for one in found
    ]
    return columns, rows


def _indicators(profile: RegionProfile) -> tuple[list[str], Rows]:
    columns = [_("Code"), _("Indicator"), _("Value"), _("Unit"), _("Period"), _("Status")]
    columns += [_("Old"), _("Rank"), _("Peers"), _("Median of peers"), _("Median of the province")]
    columns.append(_("Source"))
    rows: Rows = [
        [
            one.code,
            one.name(_language()),
            one.value,
            one.unit,
            one.period,
            messages.flag_name(one.flag) if one.flag else "",
            _("yes") if one.old else "",
            one.rank,
            one.peers,
            one.peer_median,
            one.province_median,
            one.source,
        ]
        for one in profile.indicators
    ]
    return columns, rows


def _trends(profile: RegionProfile) -> tuple[list[str], Rows]:
    columns = [_("Code"), _("Indicator"), _("Line"), _("Period"), _("Value"), _("Unit")]
    names = {"region": profile.facts.name, "peers": _("Median of peers")}
    names["province"] = _("Median of the province")
    rows: Rows = [
        [one.code, one.name(_language()), names[line.who], period, value, one.unit]
        for one in profile.indicators
        for line in one.trend
        for period, value in zip(line.periods, line.values, strict=True)
    ]
    return columns, rows


def _needs(profile: RegionProfile) -> tuple[list[str], Rows]:
    columns = [_("Affair"), _("Name of the affair"), _("Object"), _("Name of the object")]
    rank, peers, coverage = _("Rank"), _("Peers"), _("Evidence present")
    for side in (messages.part_name("need"), messages.part_name("strength")):
        columns += [side, *(f"{side}: {word}" for word in (rank, peers, coverage))]
    columns.append(_("Opportunities"))
    rows: Rows = [
        [
            affair.affair.code,
            affair.affair.name(_language()),
            one.code,
            one.name(_language()),
            *_side(one.need),
            *_side(one.strength),
            one.opportunities,
        ]
        for affair in profile.affairs
        for one in affair.objects
    ]
    return columns, rows


def _side(side: Side | None) -> list[Cell]:
    return [None] * 4 if side is None else [side.score, side.rank, side.peers, side.coverage]


def _partners(profile: RegionProfile) -> tuple[list[str], Rows]:
    columns = [_("Code"), _("Partner"), _("Province"), _("Distance, km"), _("Shares a border")]
    columns += [_("What to do"), _("Object"), _("Name of the object"), _("Score"), _("Rank")]
    columns += [_("Role of this region"), _("Role of the partner"), _("Members")]
    rows: Rows = [
        [
            partner.code,
            partner.name,
            partner.province,
            partner.km,
            _("yes") if partner.borders else _("no"),
            words.direction(one.direction),
            one.object,
            one.name(_language()),
            one.score,
            one.rank,
            messages.role_name(one.role),
            messages.role_name(one.partner_role),
            one.key,
        ]
        for partner in profile.partners
        for one in partner.shared
    ]
    return columns, rows


def _missing(profile: RegionProfile) -> tuple[list[str], Rows]:
    columns = [
        _("Kind"),
        _("Code"),
        _("Name"),
        _("Regions without it"),
        _("Regions with an old value"),
    ]
    columns += [
        _("Last period"),
        _("Importance"),
        _("Objects that depend on it"),
        _("What is lacking"),
    ]
    kinds = {"indicator": _("indicator"), "object": _("object")}
    rows: Rows = [
        [
            kinds[one.kind],
            one.code,
            one.name(_language()),
            one.missing,
            one.old,
            one.last_period,
            one.importance,
            "; ".join(dict.fromkeys(use.object for use in one.objects)),
            one.lacks(_language()),
        ]
        for one in profile.missing
    ]
    return columns, rows


TABLES: dict[str, Callable[[RegionProfile], tuple[list[str], Rows]]] = {
    "sektor": _sectors,
    "sebanding": _parts,
    "indikator": _indicators,
    "tren": _trends,
    "kebutuhan": _needs,
    "mitra": _partners,
    "bukti": _missing,
}
"""What can be downloaded, by the name in the address."""


def directory_csv(entries: Iterable[Entry]) -> bytes:
    """Return the directory of regions as CSV."""
    columns = [_("Code"), _("Name"), _("Level"), _("Province"), _("Population"), _("Area, km²")]
    columns += [_("People per km²"), _("Opportunities"), _("Best score")]
    rows: Rows = [
        [
            one.code,
            one.name,
            words.level(one.level),
            one.province,
            one.population,
            one.area_km2,
            one.density,
            one.opportunities,
            one.best,
        ]
        for one in entries
    ]
    return to_csv(columns, rows)
