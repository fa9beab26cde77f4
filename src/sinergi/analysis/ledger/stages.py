"""Chooses which plans count: plans of several stages for one year are the same money, not more money."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Why = Literal["counts", "other_stage", "whole_government", "older", "never_counted"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan that has money in a year.

    Attributes
    ----------
    scope
        Part of the government that it is for, however its name is spaced and capitalised; empty: all of it.
    age
        Anything that can be compared; of two plans for the same the larger counts.
    """

    plan: int
    government: str
    year: int
    kind: str
    scope: str = ""
    age: Any = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether a plan counts in a year, and why not."""

    offer: Offer
    why: Why

    @property
    def counts(self) -> bool:
        """Whether its money is in the ledger."""
        return self.why == "counts"


def choose(offers: Iterable[Offer], precedence: Sequence[str]) -> list[Choice]:
    """Choose one plan for each government and year, or for each of its parts.

    A plan of the whole government goes before plans of its parts, whatever their kind; without one, each part
    has its own plan. Of several for the same the earlier kind in `precedence` wins, then the newest.

    Parameters
    ----------
    precedence
        Kinds, the one that counts first at the head; a kind that is not there never counts.
    """
    grouped: dict[tuple[str, int], list[Offer]] = defaultdict(list)
    for offer in offers:
        grouped[offer.government, offer.year].append(offer)
    found: list[Choice] = []
    for key in sorted(grouped):
        found += _of_one_year(grouped[key], list(precedence))
    return found


def _of_one_year(offers: list[Offer], precedence: list[str]) -> list[Choice]:
    counted = [one for one in offers if one.kind in precedence]
    choices = [Choice(one, "never_counted") for one in offers if one.kind not in precedence]
    first: dict[str, Offer] = {}
    for one in sorted(counted, key=lambda one: (one.age, one.plan)):
        before = first.get(_part(one))
        if not before or precedence.index(one.kind) <= precedence.index(before.kind):
            first[_part(one)] = one
    ordered = sorted(counted, key=lambda one: one.plan)
    return [
        *choices,
        *(Choice(one, _why(one, first.get("") or first[_part(one)])) for one in ordered),
    ]


def _part(one: Offer) -> str:
    return " ".join(one.scope.casefold().split())


def _why(one: Offer, first: Offer) -> Why:
    if one is first:
        return "counts"
    if one.kind != first.kind:
        return "other_stage"
    return "older" if _part(one) == _part(first) else "whole_government"
