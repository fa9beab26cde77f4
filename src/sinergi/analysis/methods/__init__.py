"""The standard methods of regional analysis: NumPy arrays in, NumPy arrays and small results out.

Missing is NaN and stays NaN. Each function states its formula, shapes, units and source.
"""

from sinergi.analysis.methods.complexity import (
    Complexity,
    complexity_of_presence,
    economic_complexity,
)
from sinergi.analysis.methods.disparity import TheilParts, decompose, gini, theil, williamson
from sinergi.analysis.methods.food_balance import FoodBalance, food_balance
from sinergi.analysis.methods.gravity import gravity, great_circle_km
from sinergi.analysis.methods.klassen import Quadrant, klassen
from sinergi.analysis.methods.scalogram import Scalogram, guttman, marshall
from sinergi.analysis.methods.shift_share import (
    HomotheticShiftShare,
    ShiftShare,
    esteban_marquillas,
    shift_share,
)
from sinergi.analysis.methods.specialisation import (
    dynamic_location_quotient,
    location_quotient,
    revealed_comparative_advantage,
)

__all__ = [
    "Complexity",
    "FoodBalance",
    "HomotheticShiftShare",
    "Quadrant",
    "Scalogram",
    "ShiftShare",
    "TheilParts",
    "complexity_of_presence",
    "decompose",
    "dynamic_location_quotient",
    "economic_complexity",
    "esteban_marquillas",
    "food_balance",
    "gini",
    "gravity",
    "great_circle_km",
    "guttman",
    "klassen",
    "location_quotient",
    "marshall",
    "revealed_comparative_advantage",
    "shift_share",
    "theil",
    "williamson",
]
