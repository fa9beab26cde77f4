"""Rupiah in parts: rounded as it is said, and never more or less than the whole."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise


def rounded(value: Fraction, step: int = 1) -> Decimal:
    """Return a value rounded to whole multiples of a step of rupiah, halves up."""
    return Decimal((value / step + Fraction(1, 2)).__floor__() * step)


def parted(whole: Decimal, weights: list[int]) -> Iterator[Decimal]:
    """Yield a whole in parts by weight, in whole rupiah; the last is what is left, the sum is the whole."""
    total = sum(weights)
    marks = (Fraction(whole) * sum(weights[:place]) / total for place in range(len(weights)))
    cut = (Decimal(one.__floor__()) for one in marks)
    for before, after in pairwise((*cut, whole)):
        yield after - before
