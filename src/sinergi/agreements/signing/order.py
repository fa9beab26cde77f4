"""Who may sign now, and what stands against a signature: pure, over what is known of a document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

WITH_ACCEPTANCE = frozenset({"kb", "pks", "nota", "addendum", "minutes"})
"""Kinds of documents of which all signers accept the text first; letters are of one party alone."""
PLACES = 99


@dataclass(frozen=True, slots=True)
class Signer:
    """A party that signs.

    Attributes
    ----------
    accepted
        Whether it accepts this version; `None` while it did not answer.
    lacking
        Kinds of approvals that it still needs; `open` where it is not known yet whether it needs one.
    """

    party: int
    place: int = 1
    state: str = "waiting"
    accepted: bool | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """A document that is signed.

    Attributes
    ----------
    asks_acceptance, asks_approvals
        Whether the text is accepted by all, and approvals are there, before anybody signs.
    """

    signers: tuple[Signer, ...]
    asks_acceptance: bool = True
    asks_approvals: bool = False
    signed: bool = False

    def signer(self, party: int) -> Signer | None:
        """Return a signer by its party."""
        return next((one for one in self.signers if one.party == party), None)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What stands against a signature now.

    Attributes
    ----------
    code
        `no_signer`, `done`, `signed`, `refused`, `not_accepted`, `rejected`, `approval`, `before`.
    parties
        Who must act first.
    """

    code: str
    parties: tuple[int, ...] = ()


def hindrances(signing: Signing, party: int) -> tuple[Hindrance, ...]:
    """Return what stands against the signature of a party now; nothing where it may sign."""
    own = signing.signer(party)
    if own is None:
        return (Hindrance("no_signer"),)
    if signing.signed:
        return (Hindrance("done"),)
    if own.state == "signed":
        return (Hindrance("signed"),)
    found = []
    others = [one for one in signing.signers if one.state != "signed"]
    if signing.asks_acceptance:
        found += _who("rejected", (one for one in others if one.accepted is False))
        found += _who("not_accepted", (one for one in others if one.accepted is None))
    if signing.asks_approvals and own.lacking:
        found.append(Hindrance("approval", (party,)))
    found += _who("refused", (one for one in others if one.state == "refused" and one is not own))
    found += _who("before", (one for one in others if one.place < own.place))
    return tuple(found)


def _who(code: str, signers: Iterable[Signer]) -> list[Hindrance]:
    parties = tuple(one.party for one in signers)
    return [Hindrance(code, parties)] if parties else []


def turn(signing: Signing) -> tuple[int, ...]:
    """Return the parties that may sign now."""
    return tuple(one.party for one in signing.signers if not hindrances(signing, one.party))


def complete(signing: Signing) -> bool:
    """Whether all have signed."""
    return bool(signing.signers) and all(one.state == "signed" for one in signing.signers)


def asks_approvals(stages: Iterable[Any], kind: str) -> bool:
    """Whether stages ask for approvals before the one in which a kind of document is signed."""
    seen = False
    for stage in stages:
        for task in stage.tasks:
            seen = seen or "approvals_given" in task.guards
            if stage.code.startswith("signing") and task.document == kind:
                return seen
    return False


def signing_stage(stages: Iterable[Any], kind: str) -> str:
    """Return the code of the stage in which a kind of document is signed; empty where none is for it."""
    for stage in stages:
        if stage.code.startswith("signing") and any(one.document == kind for one in stage.tasks):
            return str(stage.code)
    return ""


@dataclass(frozen=True, slots=True)
class Day:
    """The days around a signature.

    Attributes
    ----------
    version_on
        When the text came to be; `None` where it was written here only after it was signed elsewhere.
    power_on
        Of the power of attorney; `None` without one.
    before_on
        Last day on which somebody signed who comes before.
    """

    on: date | None
    today: date
    version_on: date | None = None
    power_on: date | None = None
    before_on: date | None = None


def day_fault(day: Day) -> str:
    """Return what is wrong with the day of a signature: a code, empty where nothing is."""
    if day.on is None:
        return "missing"
    if day.on > day.today:
        return "future"
    checks: Mapping[str, date | None] = {
        "before_version": day.version_on,
        "before_power": day.power_on,
        "before_others": day.before_on,
    }
    return next((code for code, first in checks.items() if first and day.on < first), "")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a party.

    Attributes
    ----------
    head
        Who represents the party, as the agreement says; empty where it does not.
    """

    name: str
    office: str = ""
    by_power: bool = False
    power_number: str = ""
    power_on: date | None = None
    has_power_file: bool = False
    head: str = ""
    today: date | None = field(default=None, compare=False)


def signatory_faults(one: Signatory) -> dict[str, str]:
    """Return what is missing of a signatory before he can sign: field to a code."""
    faults: dict[str, str] = {}
    if not one.name:
        faults["name"] = "missing"
    if one.by_power:
        faults |= {} if one.power_number else {"power_number": "missing"}
        faults |= {} if one.power_on else {"power_on": "missing"}
        faults |= {} if one.has_power_file else {"power": "missing"}
    elif one.name and one.head and _plain(one.name) != _plain(one.head):
        faults["name"] = "no_power"
    if one.power_on and one.today and one.power_on > one.today:
        faults["power_on"] = "future"
    return faults


def _plain(name: str) -> str:
    """Return a name without titles' dots and case, as two people write the same one."""
    return " ".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())
