"""What a joint facility saves: economies of scale against transport."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """Yearly cost of serving `quantity`: ``coefficient * quantity ** exponent``.

    References
    ----------
    Power law of scale economies ("six-tenths rule"): Chilton, C. H. (1950). Six-tenths factor
    applies to complete plant costs. Chemical Engineering 57(4).
    """

    coefficient: float
    """IDR per year at quantity 1."""
    exponent: float
    transport: float
    """IDR per unit of quantity and road km."""

    def alone(self, quantity: Floats) -> Floats:
        """Return the cost of serving each quantity by itself, IDR per year."""
        cost: Floats = self.coefficient * np.power(quantity, self.exponent)
        return cost

    def together(self, quantity: Floats, road_km: Floats) -> float:
        """Return the cost of one facility for all, with the transport of each quantity to it.

        Parameters
        ----------
        quantity, road_km
            (members,) per year, and km of road to the host (0 for the host itself).
        """
        facility = self.alone(quantity.sum(keepdims=True))[0]
        return float(facility + self.transport * (quantity @ road_km))

    def joining_saves(self, served: float, quantity: float, road_km: float) -> float:
        """Return what one more member saves, IDR per year: its own facility less the larger joint one."""
        power, c = self.exponent, self.coefficient
        own = c * quantity**power
        larger = c * ((served + quantity) ** power - served**power)
        return float(own - larger - self.transport * quantity * road_km)
