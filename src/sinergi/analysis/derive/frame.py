"""What a derivation is given and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sinergi.analysis.errors import InputError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """The values of a derived indicator, one per region, with the span of periods behind each."""

    values: FloatArray
    """(regions,); NaN where a part is missing."""
    period_from: FloatArray
    """(regions,) fractional years; NaN where there is no value or no dated part."""
    period_to: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class DerivationInput:
    """Everything a derivation may read. All arrays list the same regions in the same order.

    Raises
    ------
    InputError
        When shapes disagree or an input is named that is not given.
    """

    inputs: tuple[str, ...]
    """Names to compute from, in the order that the method documents."""
    series: Mapping[str, FloatArray] = field(default_factory=dict)
    """Per indicator, values (regions, periods); NaN where nothing is recorded."""
    periods: Mapping[str, FloatArray] = field(default_factory=dict)
    """Per indicator of `series`, its periods (periods,) in fractional years, rising."""
    facts: Mapping[str, FloatArray] = field(default_factory=dict)
    """Facts of regions without a series, (regions,): `population`, `area_km2`."""
    nation: Mapping[str, FloatArray] = field(default_factory=dict)
    """Per indicator of `series`, the nation's own row, (periods,)."""
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    fact_periods: Mapping[str, float] = field(default_factory=dict)
    """Per fact, the fractional year it describes, where known."""

    def __post_init__(self) -> None:
        regions = {array.shape[0] for array in (*self.series.values(), *self.facts.values())}
        if len(regions) > 1:
            raise InputError(
                "The inputs list different numbers of regions: {sizes}.",
                "inputs",
                "Give every array the same regions in the same order.",
                sizes=", ".join(map(str, sorted(regions))),
            )
        for name, values in self.series.items():
            self._check_series(name, values)
        for name in self.inputs:
            if name not in self.series and name not in self.facts:
                raise InputError(
                    "There is no input “{name}”.",
                    "inputs",
                    "Give it as a series or a fact; given are: {given}.",
                    name=name,
                    given=", ".join(sorted([*self.series, *self.facts])) or "-",
                )

    def _check_series(self, name: str, values: FloatArray) -> None:
        shape = values.shape[1:]
        rows = {"periods": self.periods.get(name), "nation": self.nation.get(name, np.empty(shape))}
        for kind, row in rows.items():
            if row is None or values.ndim != 2 or row.shape != shape:
                raise InputError(
                    "The {kind} of “{name}” do not fit its values.",
                    "{name}",
                    "Give values as (regions, periods) and {kind} as (periods,).",
                    kind=kind,
                    name=name,
                )

    @property
    def regions(self) -> int:
        """The number of regions."""
        arrays = [*self.series.values(), *self.facts.values()]
        return int(arrays[0].shape[0]) if arrays else 0

    def number(self, name: str, default: float | None = None) -> float:
        """Return a numeric parameter.

        Raises
        ------
        InputError
            When it is missing and has no default, or is not a finite number.
        """
        given = self.parameters.get(name, default)
        try:
            number = float("nan" if given is None else given)
        except ValueError:
            number = float("nan")
        if not np.isfinite(number):
            raise InputError(
                "The parameter “{name}” is missing or not a number.",
                "parameters",
                "Give it a number in the declaration of the indicator.",
                name=name,
            )
        return number

    def names(self, parameter: str) -> tuple[str, ...]:
        """Return a parameter that lists names separated by commas; empty when it is not given."""
        listed = str(self.parameters.get(parameter, ""))
        return tuple(name.strip() for name in listed.split(",") if name.strip())

    def table(self, name: str) -> tuple[FloatArray, FloatArray]:
        """Return values (regions, periods) and periods of an input; a fact has one period."""
        if name in self.series:
            return self.series[name], self.periods[name]
        column = self.facts[name].astype(np.float64)[:, np.newaxis]
        return column, np.array([self.fact_periods.get(name, np.nan)])


def need_inputs(given: DerivationInput, least: int, most: int | None = None) -> None:
    """Check how many inputs a method is given.

    Raises
    ------
    InputError
        When there are fewer than `least` or more than `most`.
    """
    count = len(given.inputs)
    if count < least or (most is not None and count > most):
        raise InputError(
            "The method takes {expected} inputs; {count} are given.",
            "inputs",
            "Correct the list of inputs in the declaration of the indicator.",
            expected=least if most == least else f"{least}–{most or '…'}",
            count=count,
        )
