"""What is told of a search for a portfolio, beside the projects that it chose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sinergi.cli import tables
from sinergi.cli.language import gettext as _
from sinergi.cli.language import number, pgettext
from sinergi.cli.tables import Column, Table
from sinergi.cli.workspace import open_workspace

if TYPE_CHECKING:
    from sinergi.analysis.portfolio import Result, Variety


def told_about(
    result: "Result", told: "Variety | None" = None, *, conflict: Sequence[str] = ()
) -> Table:
    """Return how the search ended, its score, what it leaves open, and what would have to give way.

    What is left open is told only where the choice is not proven to be the best: of a proven one, rupiah
    of a gap would say how much money the last bit of score is worth, which reads like money in doubt.
    """
    columns = (
        Column("what", pgettext("column of facts", "What")),
        Column("value", pgettext("column", "Value")),
    )
    rows = [
        (_("Status"), status(result)),
        (_("Score"), number(result.score, 3)),
        *(_left_open(result) if result.status != "optimal" else ()),
        (_("Money left, Rp"), number(result.unspent / 100, 2)),
        (_("Seconds"), number(result.seconds, 1)),
        *(_others(told) if told else ()),
        *((_("Must give way"), text) for text in conflict),
    ]
    return tables.table(columns, rows, pgettext("column", "About"))


def status(result: "Result") -> str:
    """Return how a search ended, in the words of the page."""
    open_workspace()
    from sinergi.programs.portfolio.words import STATUS  # noqa: PLC0415 - needs Django

    return str(STATUS[result.status])


def _left_open(result: "Result") -> list[tuple[str, str]]:
    gap = result.gap
    if gap is None:
        return []
    rows = [
        (_("No choice scores more than"), number(result.bound, 3)),
        (_("Gap"), f"{number(gap.share * 100, 3)}%"),
    ]
    if gap.money is not None:
        text = _("with so much less no choice reaches this score")
        rows.append((_("Gap, Rp"), f"{number(gap.money / 100, 2)} ({text})"))
    return rows


def _lossy(told: "Variety") -> str:
    """Return what is proven of all that differ enough: what they lose, or that there are none."""
    if told.least_lost is None:
        return _(
            "proven: no other is possible that differs in a fifth, where each of two holds 5% of its own"
        )
    return _(
        "proven: a further choice that differs in a fifth, where each of two holds 5% of its own, loses "
        "more than 2%"
    )


def _others(told: "Variety") -> list[tuple[str, str]]:
    """Return each other choice, and why there are fewer than were asked for."""
    text = _("score {score}, loses {lost}, differs {differs} from the nearest other")
    rows = [
        (
            _("Choice {n}").format(n=place),
            text.format(
                score=number(one.score, 3),
                lost=f"{number(one.lost * 100, 2)}%",
                differs=f"{number(one.differs * 100, 1)}%",
            ),
        )
        for place, one in enumerate(told.found[1:], 2)
    ]
    if told.why:
        why = {
            "time": _("the time was over"),
            "lossy": _lossy(told),
            "ended": _("the solver was ended before it was done"),
        }[told.why]
        head = _("asked for {asked}, found {found}: {why}")
        found = head.format(asked=told.asked, found=len(told.found), why=why)
        rows.append((_("Choices"), found))
    return rows
