"""Checks and small arithmetic that the methods share."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sinergi.analysis.errors import InputError

FloatArray = NDArray[np.float64]


def numbers(given: ArrayLike, where: str, dimensions: int) -> FloatArray:
    """Return `given` as finite-or-NaN numbers of zero or more, with the number of dimensions asked for.

    Raises
    ------
    InputError
        When it is not numeric, has another number of dimensions, or holds a negative or infinite value.
    """
    array = signed(given, where, dimensions)
    negative = np.argwhere(array < 0)
    if len(negative):
        raise InputError(
            "A value is negative ({value}, at position {place}).",
            where,
            "This method takes zero or positive values; correct the value or leave it missing.",
            value=float(array[tuple(negative[0])]),
            place=", ".join(map(str, negative[0])),
        )
    return array


def signed(given: ArrayLike, where: str, dimensions: int) -> FloatArray:
    """Return `given` as finite-or-NaN numbers of any sign; errors as in `numbers`."""
    try:
        array = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as cause:
        raise InputError("A value is not a number.", where, "Give numbers only.") from cause
    if array.ndim != dimensions:
        raise InputError(
            "The table has {found} dimensions instead of {expected}.",
            where,
            "Give an array with {expected} dimensions.",
            found=array.ndim,
            expected=dimensions,
        )
    if np.isinf(array).any():
        raise InputError("A value is infinite.", where, "Leave unknown values missing (NaN).")
    return array


def same_shape(where: str, *arrays: NDArray[np.generic]) -> None:
    """Check that arrays have one shape.

    Raises
    ------
    InputError
        When they differ.
    """
    shapes = dict.fromkeys(array.shape for array in arrays)
    if len(shapes) > 1:
        raise InputError(
            "The arrays have different shapes: {shapes}.",
            where,
            "Give them the same regions (and sectors) in the same order.",
            shapes=", ".join(map(str, shapes)),
        )


def divide(above: ArrayLike, below: ArrayLike) -> FloatArray:
    """Divide with broadcasting; NaN where the divisor is zero or missing."""
    numerator, divisor = np.broadcast_arrays(
        np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    )
    quotient: FloatArray = np.full(numerator.shape, np.nan)
    np.divide(numerator, divisor, out=quotient, where=divisor != 0)
    return quotient


def complete_sum(x: FloatArray) -> FloatArray:
    """Add up the regions of (regions, sectors) in which every sector is known; (sectors,).

    All NaN when no region is complete.
    """
    complete = np.isfinite(x).all(axis=1)
    if not complete.any():
        return np.full(x.shape[1], np.nan)
    return np.asarray(x[complete].sum(axis=0), dtype=np.float64)
