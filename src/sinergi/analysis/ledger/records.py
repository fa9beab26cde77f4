"""What goes into a ledger and what comes out of it; amounts are whole minor units, never floats."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Origin(StrEnum):
    """Where the channel of an amount says that it comes from."""

    OWN = "own"
    """The holder itself: taxes, charges, what it may dispose of."""
    GOVERNMENT = "government"
    """Another government that the row names as giver."""
    PARTNER = "partner"
    """Another government of which the channel does not say which."""
    LENDER = "lender"
    PRIVATE = "private"
    UNSTATED = ""
    """No channel is stated."""


class Certainty(IntEnum):
    """How the source of an amount is known, from best to worst."""

    STATED = 0
    """Its channel says it."""
    MATCHED = 1
    """A transfer of the giver to the holder was seen."""
    ASSUMED = 2
    """A transfer was seen that must be it, though a side names no channel, or the giver no receiver."""
    UNSEEN = 3
    """Its channel names a giver, of which no transfer was seen."""
    CIRCULAR = 4
    """It is passed on among governments that give to each other, and is not followed further."""
    UNSTATED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """An amount of a plan: used by its holder, or passed on.

    Attributes
    ----------
    id
        Of the amount; each once. It settles who gets the unit that is left over when amounts are divided.
    holder
        Code of the government whose plan it is.
    amount
        Minor units, not negative.
    affair, region, channel, agency
        What may be cut by; empty where not known.
    giver
        Code of the government that `Origin.GOVERNMENT` means.
    passed_on
        It is handed to another government: an edge, never a use.
    receiver
        Code of that government; empty where it is not named.
    purse
        The channel names what the amount is paid from, such as a budget, not how it is handed over.
    outside
        The money never enters the budget of a receiver: its giver holds it.
    """

    id: str
    holder: str
    year: int
    amount: int
    origin: Origin = Origin.UNSTATED
    giver: str = ""
    affair: str = ""
    region: str = ""
    channel: str = ""
    passed_on: bool = False
    receiver: str = ""
    purse: bool = False
    outside: bool = False

    @property
    def draws_on_others(self) -> bool:
        """Whether the channel says that another government gives it.

        The channel of a transfer may name how it is given rather than what it is given from: then it is its
        own.
        """
        if self.origin is Origin.GOVERNMENT:
            return self.giver != self.holder
        return self.origin is Origin.PARTNER and not self.passed_on

    @property
    def way(self) -> str:
        """Channel by which it is handed over, as both sides name it; empty where it does not say."""
        unsaid = self.purse or self.origin is Origin.UNSTATED
        return "" if unsaid or (self.passed_on and self.draws_on_others) else self.channel


@dataclass(frozen=True, slots=True)
class Recorded:
    """A transfer that is known without a line of the giver; it counts only beyond what such lines pass on.

    Lines that name another channel pass on other money. `purse` and `outside` are those of `Row`.
    """

    id: str
    giver: str
    receiver: str
    year: int
    amount: int
    channel: str = ""
    purse: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of an amount with one source, one holder and one use.

    Attributes
    ----------
    source
        Code of the government it comes from in the end; `lender`, `private`, `partner` (a government that is
        not known); empty: its channel is not stated.
    holder
        Code of the government that has it; empty where a transfer names no receiver.
    row
        `id` of the row that uses it, or that passed it on to a holder who has not planned it yet.
    planned
        False: the receiver has no use for it yet.
    """

    source: str
    holder: str
    row: str
    planned: bool
    affair: str
    region: str
    channel: str
    year: int
    amount: int
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Edge:
    """A transfer and what of it the receiver plans.

    Attributes
    ----------
    matched
        Planned by the receiver as coming from the giver.
    assumed
        Lies in amounts that do not say where they come from, or a side does not say how it is handed over, or
        the receiver is not named.
    """

    row: str
    giver: str
    receiver: str
    year: int
    channel: str
    amount: int
    matched: int
    assumed: int
    recorded: bool = False

    @property
    def unplanned(self) -> int:
        """What the receiver does not plan yet."""
        return self.amount - self.matched - self.assumed


@dataclass(frozen=True, slots=True)
class Unseen:
    """Amounts that a holder plans as coming from a giver of which no transfer was seen."""

    giver: str
    holder: str
    year: int
    channel: str
    amount: int


@dataclass(frozen=True, slots=True)
class Twice:
    """Money outside budgets that a plan names, and that is in the ledger by another plan already.

    Attributes
    ----------
    holder
        Government whose plan names it once more; empty: a recorded transfer does.
    row
        `id` of the row that is left out, as far as `amount` goes.
    """

    giver: str
    holder: str
    year: int
    channel: str
    affair: str
    region: str
    row: str
    amount: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries whose sum is all money, each rupiah once; edges, what does not meet, and what is left out."""

    entries: tuple[Entry, ...] = ()
    edges: tuple[Edge, ...] = ()
    unseen: tuple[Unseen, ...] = field(default=())
    twice: tuple[Twice, ...] = field(default=())

    @property
    def total(self) -> int:
        """All money in minor units."""
        return sum(entry.amount for entry in self.entries)
