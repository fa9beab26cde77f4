"""The table of a joint object as CSV or Excel: who pays, who holds, and how far lines carry it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sinergi.accounts.principal import Principal
from sinergi.opportunities.exports.writing import Sheet
from sinergi.programs import money_words as words
from sinergi.programs.exports.funding import CONTENT_TYPES, written
from sinergi.programs.exports.leaving import record_left
from sinergi.programs.models import JointObject
from sinergi.programs.queries.joint import ShareSeen, Standing

__all__ = ["CONTENT_TYPES", "export_joint", "standing"]

STANDINGS = {
    Standing.ENOUGH: gettext_lazy("its line carries it"),
    Standing.LESS: gettext_lazy("its line has less than it owes"),
    Standing.NO_LINE: gettext_lazy("no budget line in its plan"),
    Standing.NOT_LINKED: gettext_lazy("its line is not linked yet"),
    Standing.NO_PLAN: gettext_lazy("its plan for the year is not here"),
    Standing.NOT_CURRENT: gettext_lazy("its line is in no current version"),
    Standing.UNSEEN: gettext_lazy("a line is named that you may not see, or that is gone"),
    Standing.HOLDS: gettext_lazy("does not pay"),
}


def standing(told: Standing) -> str:
    """Return how far a payer's line carries its share, in words."""
    return str(STANDINGS[told])


def export_joint(by: Principal, row: JointObject, seen: list[ShareSeen], kind: str) -> bytes:
    """Return the table as a file; that a private one left is recorded."""
    columns = (
        _("Government"), _("Pays"), _("Holds"), pgettext("of a payer", "Part"),
        _("Share (Rp)"), pgettext("of a plan", "Line"),
        _("Planned in the year (Rp)"), _("Standing"),
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (
            words.region(one.share.region_code), _("yes") if one.share.pays else _("no"),
            _("yes") if one.share.holds else _("no"), one.share.parts,
            one.due if one.share.pays else None, one.line.title if one.line else "", one.planned,
            standing(one.standing),
        )
        for one in seen
    ]  # fmt: skip
    rows.append((_("Total"), "", "", None, sum(one.due for one in seen), "", None, ""))
    content = written([Sheet(_("Joint object"), columns, rows)], kind)
    plans = [one.line.version.plan_id for one in seen if one.line]
    record_left(by, row, plans, {"format": kind})
    return content
