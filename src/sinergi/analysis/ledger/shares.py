"""Divides whole amounts so that the parts add up exactly."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Divide `total` in proportion to weights by the method of the largest remainder (Hamilton).

    Parameters
    ----------
    total
        Not negative.
    weights
        Not negative, and not all zero where `total` is above zero. Of equal remainders the first gets more.

    Returns
    -------
    list of int
        In the order of the weights; the sum is `total`. No part is above its weight when the sum of the
        weights (whole numbers) is at least `total`.

    Raises
    ------
    ValueError
    """
    if total < 0 or any(one < 0 for one in weights):
        msg = "amounts and weights are not negative"
        raise ValueError(msg)
    scale = lcm(*(Fraction(one).denominator for one in weights if not isinstance(one, int)))
    exact = [int(one * scale) for one in weights]
    whole = sum(exact)
    if whole == 0:
        if total:
            msg = "nothing to divide by"
            raise ValueError(msg)
        return [0] * len(exact)
    parts = [total * one // whole for one in exact]
    left = total - sum(parts)
    if left:
        order = sorted(
            range(len(exact)), key=lambda place: (-(total * exact[place] % whole), place)
        )
        for place in order[:left]:
            parts[place] += 1
    return parts


def spread(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Fill a table of whole numbers with these sums of rows and columns, each row about in proportion.

    Parameters
    ----------
    rows, columns
        Not negative, with equal sums.

    Raises
    ------
    ValueError
        When the sums differ.
    """
    if sum(rows) != sum(columns):
        msg = f"sums differ: {sum(rows)} and {sum(columns)}"
        raise ValueError(msg)
    left = list(columns)
    table = []
    for amount in rows:
        parts = apportion(amount, left) if amount else [0] * len(left)
        left = [there - part for there, part in zip(left, parts, strict=True)]
        table.append(parts)
    return table
