"""Ways of paying for a project whose cost parts may come from several channels."""

from collections.abc import Sequence
from itertools import combinations_with_replacement, product

import numpy as np

from sinergi.analysis.errors import InputError
from sinergi.analysis.portfolio.instance import Ints

MOST_WAYS = 64


def ways_of(
    parts: Sequence[tuple[Sequence[int], Sequence[int]]], channels: int, *, steps: int = 1
) -> Ints:
    """Return all ways to pay the parts of one project, minor units, shape (W, D, C).

    Parameters
    ----------
    parts
        For each part of the cost its amounts by year after the start, minor units, and the
        channels that may pay it.
    channels
        How many channels there are.
    steps
        1: one channel pays a part. More: a part may be split in so many equal portions, each paid
        by one channel; the remainder of a division goes to the first of them, so no unit is lost.

    Raises
    ------
    InputError
        A part without a channel, or more ways than can be weighed.
    """
    years = max(len(amounts) for amounts, _channels in parts)
    choices = []
    for amounts, allowed in parts:
        if not allowed:
            raise InputError("No channel may pay.", "parts", "Name at least one channel.")
        splits = combinations_with_replacement(sorted(set(allowed)), steps)
        choices.append([_split(amounts, split, years, channels) for split in splits])
    if np.prod([float(len(found)) for found in choices]) > MOST_WAYS:
        raise InputError(
            "There are more than {most} ways to pay.",
            "parts",
            "Name fewer channels or fewer portions.",
            most=MOST_WAYS,
        )
    found = [np.sum(chosen, axis=0) for chosen in product(*choices)]
    return np.unique(np.array(found, np.int64), axis=0)


def _split(amounts: Sequence[int], split: Sequence[int], years: int, channels: int) -> Ints:
    found = np.zeros((years, channels), np.int64)
    for year, amount in enumerate(amounts):
        portion, rest = divmod(int(amount), len(split))
        found[year, split[0]] += rest
        for channel in split:
            found[year, channel] += portion
    return found
