"""Lines of bills as they are kept: what a month cost, and corrections of months before it. Pure.

A correction stands as a line of its own in a later bill: by how much quantity and amount differ, signed, at
the tariff of the days that it corrects, with the bill that was wrong, what it said, what is right, and why.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from sinergi.agreements.billing import Line, Why, together


class Billed(Protocol):
    """A bill, as far as its lines are concerned."""

    lines: Any


def line_kept(one: Line) -> dict[str, Any]:
    """Return a line as it is kept."""
    return {
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "quantity": str(one.quantity),
        "price": str(one.price),
        "amount": str(one.amount),
        "why": str(one.why or ""),
    }


def line_read(kept: Mapping[str, Any]) -> Line:
    """Return a kept line as the rules see it."""
    why = kept.get("why") or ""
    return Line(
        date.fromisoformat(kept["first"]),
        date.fromisoformat(kept["last"]),
        Decimal(kept["quantity"]),
        Decimal(kept.get("price") or 0),
        Decimal(kept["amount"]),
        Why(why) if why else None,
    )


def corrections(bill: Billed) -> list[dict[str, Any]]:
    """Return the lines of a bill that correct earlier ones, as they are kept."""
    return [one for one in bill.lines if one.get("of")]


def own_lines(bill: Billed) -> list[dict[str, Any]]:
    """Return the lines of a bill that are of its own month, as they are kept."""
    return [one for one in bill.lines if not one.get("of")]


def corrections_of(number: int, bills: Iterable[Billed]) -> list[dict[str, Any]]:
    """Return the lines of bills that correct a bill, as they are kept."""
    return [one for each in bills for one in corrections(each) if one["of"] == number]


def standing(bill: Billed, number: int, bills: Iterable[Billed]) -> tuple[Line, ...]:
    """Return what a bill says together with all corrections of it that other bills hold."""
    made = [line_read(one) for one in corrections_of(number, bills)]
    return together([line_read(one) for one in own_lines(bill)], made)
