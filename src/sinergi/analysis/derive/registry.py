"""The derivation methods by the name that the catalogue uses."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sinergi.analysis.derive import levels, trends
from sinergi.analysis.derive.frame import DerivationInput, Derived
from sinergi.analysis.errors import InputError

Derivation = Callable[[DerivationInput], Derived]

DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    {
        "sum": levels.total,
        "ratio": levels.ratio,
        "difference": levels.difference,
        "scale": levels.scale,
        "share": levels.share,
        "gap_to_national_median": levels.gap_to_national_median,
        "lq": levels.lq,
        "normative_balance": levels.normative_balance,
        "growth": trends.growth,
        "change": trends.change,
        "frequency": trends.frequency,
        "mean_recent": trends.mean_recent,
        "volatility": trends.volatility,
    }
)


def derive(method: str, given: DerivationInput) -> Derived:
    """Compute a derived indicator by the name of its method.

    Raises
    ------
    InputError
        When there is no such method, or the input does not suit it.
    """
    if method not in DERIVATIONS:
        raise InputError(
            "There is no derivation method “{method}”.",
            "method",
            "Use one of: {known}.",
            method=method,
            known=", ".join(DERIVATIONS),
        )
    return DERIVATIONS[method](given)
