"""What may be said of something that fell due, and where it stands: in time, late, in part. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long_text
from sinergi.agreements.models import DueState, ObligationKind
from sinergi.agreements.services import FIRST_DAY, MOST, amount_faults

NOTE = 2000
OPEN = (DueState.OPEN, DueState.PARTLY)
DONE = (DueState.FULFILLED, DueState.PARTLY)


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What somebody says was done of something due; amounts are of all that was done so far.

    Attributes
    ----------
    state
        `fulfilled` or `partly`.
    evidence
        Number of a file of the agreement.
    """

    state: str
    done_on: date | None
    amount: Decimal | None = None
    quantity: Decimal | None = None
    note: str = ""
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What was due, as far as a fulfilment is compared with it.

    Attributes
    ----------
    begins
        First day of the agreement, where it is known.
    """

    kind: str
    amount: Decimal | None = None
    quantity: Decimal | None = None
    begins: date | None = None

    @property
    def is_money(self) -> bool:
        """Whether rupiah are owed."""
        return self.kind == ObligationKind.MONEY or self.amount is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where something due stands on a day.

    Attributes
    ----------
    days
        How many days it is late, or was when it was done; 0 in time.
    left
        How many days are left until it falls due; 0 on the day, past it and when it is closed.
    """

    state: str
    days: int = 0
    left: int = 0

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Whether something is still to be done although its day is past."""
        return self.is_open and self.days > 0


def standing(state: str, on: date, done_on: date | None, today: date) -> Standing:
    """Return where something stands that falls due on a day; nothing is late on the day itself."""
    if state in OPEN:
        return Standing(state, max(0, (today - on).days), max(0, (on - today).days))
    if state == DueState.FULFILLED and done_on is not None:
        return Standing(state, max(0, (done_on - on).days))
    return Standing(state)


def rest(state: str, owed: Decimal | None, done: Decimal | None) -> Decimal | None:
    """Return what is still owed of an amount or a quantity; `None` where none is known."""
    if owed is None:
        return None
    if state not in OPEN:
        return Decimal(0)
    return max(Decimal(0), owed - (done or 0))


def completed(said: Fulfilment, owed: Owed) -> Fulfilment:
    """Return a fulfilment of the whole with the amount and quantity that were due, where none are said."""
    if said.state != DueState.FULFILLED:
        return said
    amount = owed.amount if said.amount is None else said.amount
    quantity = owed.quantity if said.quantity is None else said.quantity
    return Fulfilment(said.state, said.done_on, amount, quantity, said.note, said.evidence)


def faults(said: Fulfilment, owed: Owed, today: date) -> dict[str, str]:
    """Return what is wrong with a fulfilment, by field."""
    found = too_long_text("note", said.note, NOTE)
    if said.state not in DONE:
        found["state"] = _("Choose one of the list.")
    found |= _day_faults(said, owed, today)
    found |= _amount_faults(said, owed)
    found |= _quantity_faults(said, owed)
    nothing_counted = (
        said.amount is None and said.quantity is None and not found.keys() & {"amount"}
    )
    if said.state == DueState.PARTLY and nothing_counted and not said.note:
        found.setdefault("note", _("Say what was done and what is still to be done."))
    return found


def _day_faults(said: Fulfilment, owed: Owed, today: date) -> dict[str, str]:
    on = said.done_on
    if on is None:
        return {"done_on": _("Say on which day it was done.")}
    if on > today:
        return {"done_on": _("This day is still to come.")}
    if on < FIRST_DAY:
        return {"done_on": _("This day cannot be meant: give one between 1945 and 2199.")}
    if owed.begins is not None and on < owed.begins and not said.note:
        return {
            "done_on": _(
                "This day lies before the agreement begins. If it is right, say why in the note."
            )
        }
    return {}


def _amount_faults(said: Fulfilment, owed: Owed) -> dict[str, str]:
    if said.amount is None:
        return {"amount": _("Write an amount.")} if owed.kind == ObligationKind.MONEY else {}
    wrong = amount_faults("amount", said.amount)
    if wrong:
        return wrong
    return _measured("amount", said.amount, owed.amount, said)


def _quantity_faults(said: Fulfilment, owed: Owed) -> dict[str, str]:
    number = said.quantity
    if number is None:
        return {}
    if not number.is_finite():
        return {"quantity": _("Write a number.")}
    if abs(number) >= MOST or number != round(number, 4):
        return {"quantity": _("Too large, or more than four decimals.")}
    return _measured("quantity", number, owed.quantity, said)


def _measured(name: str, done: Decimal, owed: Decimal | None, said: Fulfilment) -> dict[str, str]:
    """Return what is wrong with how much was done, against how much was due."""
    if done <= 0:
        return {name: _("This must be more than zero.")}
    if owed is None:
        return {}
    if done > owed and not said.note:
        return {name: _("More than is due. If it is right, say why in the note.")}
    if said.state == DueState.FULFILLED and done < owed:
        return {
            name: _("Less than is due: record it as fulfilled in part, or let the rest be waived.")
        }
    if said.state == DueState.PARTLY and done >= owed > 0:
        return {name: _("This is all that is due: record it as fulfilled.")}
    return {}
