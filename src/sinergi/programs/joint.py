"""What a joint object and a transfer allow: their details, their faults, and what each payer owes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.analysis.ledger import apportion
from sinergi.programs.amounts import LARGEST, unclear_text
from sinergi.reference import queries as reference
from sinergi.reference.rupiah import MINOR, minor, rupiah

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_SHARES = 60
MOST_PARTS = Decimal(10) ** 12
"""Below it a part must be: of columns with fourteen digits before the point, with room for sums."""
LENGTHS = {"title": 200, "measure": 40, "source": 300, "note": 4000}


@dataclass(frozen=True, slots=True)
class TransferDetails:
    """What a person writes about a transfer; see `models.Transfer`."""

    giver: str
    receiver: str
    year: int
    amount: Decimal
    channel: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShareDetails:
    """What a person writes about one government in a joint object; see `models.JointShare`."""

    region_code: str
    pays: bool = True
    holds: bool = False
    amount: Decimal | None = None
    parts: Decimal | None = None
    identity: UUID | None = None


@dataclass(frozen=True, slots=True)
class JointDetails:
    """What a person writes about a joint object; see `models.JointObject`."""

    title: str
    year: int
    object_code: str = ""
    region_code: str = ""
    total: Decimal | None = None
    measure: str = ""
    source: str = ""
    note: str = ""
    shares: tuple[ShareDetails, ...] = ()


def transfer_faults(details: TransferDetails) -> dict[str, str]:
    """Return what is wrong with a transfer, by field."""
    faults = too_long(details, LENGTHS)
    for name, code in (("giver", details.giver), ("receiver", details.receiver)):
        if code not in reference.pack().region:
            faults[name] = _("Name a government by its code.")
    if details.giver == details.receiver and not faults:
        faults["receiver"] = _("A government passes nothing on to itself.")
    if fault := _money_fault(details.amount):
        faults["amount"] = fault
    elif details.amount == 0:
        faults["amount"] = _("The amount must be above zero.")
    if details.channel and details.channel not in reference.funding_channels():
        faults["channel"] = _("“%(code)s” is no funding channel of the country pack.") % {
            "code": details.channel
        }
    return faults | _year_fault(details.year)


def _year_fault(year: int) -> dict[str, str]:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    told = {"first": FIRST_YEAR, "last": LAST_YEAR}
    return {"year": _("Choose a year between %(first)s and %(last)s.") % told}


def joint_faults(details: JointDetails) -> dict[str, str]:
    """Return what is wrong with a joint object, by field; faults of shares by `shares.<number>`."""
    faults = too_long(details, LENGTHS) | _year_fault(details.year)
    if not details.title.strip():
        faults["title"] = _("Give it a name.")
    if details.object_code and details.object_code not in reference.catalogue():
        faults["object_code"] = _("Choose one of the list.")
    if details.region_code and details.region_code not in reference.pack().region:
        faults["region_code"] = _("Name a government by its code.")
    if len(details.shares) > MOST_SHARES:
        faults["shares"] = _("At most %(number)s governments.") % {"number": MOST_SHARES}
    for number, share in enumerate(details.shares):
        if fault := _share_fault(share, details.shares[:number]):
            faults[f"shares.{number}"] = fault
    return faults or _sum_fault(details)


def _share_fault(share: ShareDetails, before: Sequence[ShareDetails]) -> str:
    if share.region_code not in reference.pack().region:
        return _("Name a government by its code.")
    return _double_fault(share, before) or _amount_fault(share)


def _double_fault(share: ShareDetails, before: Sequence[ShareDetails]) -> str:
    if any(one.region_code == share.region_code for one in before):
        return _("This government is there already.")
    if not (share.pays or share.holds):
        return _("Say whether it pays, holds, or both.")
    return ""


def _amount_fault(share: ShareDetails) -> str:
    if share.amount is not None and share.parts is not None:
        return _("Give an amount or a part, not both.")
    if share.amount is not None and (fault := _money_fault(share.amount)):
        return fault
    if share.parts is not None and (fault := _parts_fault(share.parts)):
        return fault
    has_share = share.amount is not None or share.parts is not None
    if has_share == share.pays:
        return ""
    if share.pays:
        return _("Say what it pays: an amount or a part.")
    return _("Who does not pay has no amount and no part.")


def _money_fault(amount: Decimal) -> str:
    if amount.is_finite() and amount < 0:
        return _("An amount cannot be negative.")
    try:
        minor(amount)
    except (ValueError, ArithmeticError):
        return _("Too large, or more than two decimals.")
    return unclear_text("large") if amount > LARGEST else ""


def _parts_fault(parts: Decimal) -> str:
    if parts.is_finite() and parts <= 0:
        return _("A part must be above zero.")
    if not parts.is_finite() or parts >= MOST_PARTS or parts != round(parts, 4):
        return _("Too large, or more than four decimals.")
    return ""


def _sum_fault(details: JointDetails) -> dict[str, str]:
    """Return what is wrong with the total: it must be what fixed amounts and parts can make up."""
    total = details.total
    fixed = sum((one.amount for one in details.shares if one.amount is not None), Decimal(0))
    by_parts = any(one.parts is not None for one in details.shares)
    if total is None:
        return {"total": _("Parts need a total to be parts of.")} if by_parts else {}
    if fault := _money_fault(total):
        return {"total": fault}
    paid = any(one.pays for one in details.shares)
    if fixed > total or (paid and not by_parts and fixed != total):
        told = _("The fixed amounts come to Rp %(sum)s, which does not fit the total.")
        return {"total": told % {"sum": fixed}}
    return {}


def dues(total: Decimal | None, shares: Sequence[ShareDetails]) -> list[Decimal]:
    """Return what each owes in rupiah; with a total and payers, the sum is the total.

    Fixed amounts first; the rest is divided by parts with the method of the largest remainder, in whole
    rupiah where the rest is whole.
    """
    fixed = [minor(one.amount) if one.amount is not None else 0 for one in shares]
    parts = [Fraction(one.parts) if one.parts is not None else Fraction(0) for one in shares]
    left = (minor(total) if total is not None else 0) - sum(fixed)
    divided = [0] * len(shares)
    if left > 0 and any(parts):
        unit = MINOR if left % MINOR == 0 else 1
        divided = [unit * one for one in apportion(left // unit, parts)]
    return [rupiah(a + b) for a, b in zip(fixed, divided, strict=True)]
