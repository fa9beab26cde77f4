"""The map and one opportunity as tables with headings in the language of the reader."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.evidence.queries import unit_label
from sinergi.opportunities.exports.writing import Sheet
from sinergi.opportunities.messages import (
    flag_name,
    kind_name,
    logic_name,
    part_name,
    role_name,
)
from sinergi.opportunities.results import Explanation, Opportunity, OpportunityMap, Reason
from sinergi.opportunities.settings import PARTS
from sinergi.reference import queries as reference

JOIN = "; "
POINTS = 100


def map_sheets(found: OpportunityMap) -> tuple[Sheet, ...]:
    """Return the ranked opportunities, and their members one a line."""
    return opportunities_sheet(found.opportunities), members_sheet(found.opportunities)


def explanation_sheets(found: Explanation) -> tuple[Sheet, ...]:
    """Return the opportunity, its members and its reasons."""
    shown = (found.opportunity,)
    return reasons_sheet(found), opportunities_sheet(shown), members_sheet(shown)


def opportunities_sheet(shown: tuple[Opportunity, ...]) -> Sheet:
    """Return one line per opportunity; scores and parts as points of 100, money as IDR a year."""
    affairs, language = reference.affairs(), get_language() or "id"
    columns = (
        _("Rank"), _("Object code"), _("Cooperation object"), _("Affair"), _("Partner logic"),
        _("Member codes"), _("Members"), _("Score"), *(part_name(part) for part in PARTS),
        _("Coverage, %"), _("In the top 10, % of weight draws"), _("Mandatory candidate"),
        _("Provinces that must be a party"), _("Estimated saving, IDR a year"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for one in shown:
        item = one.object
        affair = affairs.get(item.affair)
        rows.append((
            one.rank, item.code, item.name(language),
            f"{item.affair} {affair.name(language)}" if affair else item.affair,
            logic_name(one.logic), one.key, JOIN.join(member.name for member in one.members),
            _points(one.score), *(_points(one.parts.get(part)) for part in PARTS),
            _points(one.coverage), _points(one.acceptability),
            _("yes") if one.mandatory_candidate else _("no"), JOIN.join(one.province_required),
            round(one.money.saving) if one.money else None,
        ))  # fmt: skip
    return Sheet(_("Opportunities"), columns, rows)


def members_sheet(shown: tuple[Opportunity, ...]) -> Sheet:
    """Return one line per member of each opportunity."""
    columns = (
        _("Rank"), _("Object code"), _("Region code"), _("Region"), _("Role"), part_name("need"),
        part_name("strength"), _("Coverage, %"), _("Adds"), _("Saves, IDR a year"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (
            one.rank, one.object.code, member.code, member.name, role_name(member.role),
            _points(member.need), _points(member.strength), _points(member.coverage),
            round(member.adds, 3), None if member.saves is None else round(member.saves),
        )
        for one in shown
        for member in one.members
    ]  # fmt: skip
    return Sheet(_("Members"), columns, rows)


def reasons_sheet(found: Explanation) -> Sheet:
    """Return one line per observation, also the missing; the points of a side add up to its part."""
    columns = (
        _("Region code"), _("Region"), _("Part"), _("Indicator code"), _("Indicator"), _("Value"),
        _("Unit"), _("Period"), _("Source"), _("Certainty"), _("Kind"), _("Rank among peers"),
        _("Peers"), _("Value on 0–100"), _("Weight in the part, %"), _("Points"), _("Note"),
    )  # fmt: skip
    names = {member.code: member.name for member in found.opportunity.members}
    rows = [_reason(reason, names) for reason in (*found.reasons, *found.missing)]
    for part in ("proximity", "gain"):
        if part in found.contributions:
            points = _points(found.contributions[part])
            rows.append(
                ("", "", part_name(part), *[None] * 12, points, _("of the group as a whole"))
            )
    return Sheet(_("Reasons"), columns, rows)


def _reason(reason: Reason, names: dict[str, str]) -> tuple[Any, ...]:
    english = (get_language() or "id").startswith("en")
    counted = reason.normalised is not None
    return (
        reason.member, names.get(reason.member, ""), part_name(reason.part), reason.indicator,
        reason.name_en if english else reason.name_id, reason.value, unit_label(reason.unit), reason.period,
        reason.source, flag_name(reason.flag), kind_name(reason.kind), reason.peer_rank,
        reason.peer_count, _points(reason.normalised), _points(reason.weight) if counted else None,
        _points(reason.contribution) if counted else None,
        reason.note_en if english else reason.note_id,
    )  # fmt: skip


def _points(share: float | None) -> float | None:
    """Return a share as points of 100, exact enough for sums to hold."""
    return None if share is None else round(share * POINTS, 4)
