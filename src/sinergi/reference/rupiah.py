"""Money: exact amounts, stored as whole minor units of one hundredth of a rupiah, never as floats."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

MINOR = 100
"""Minor units in one rupiah."""
MOST = Decimal(2**63 - 1) / MINOR
"""The largest amount that can be stored, in rupiah: about 92 quadrillion, some twenty national budgets."""


def minor(amount: Decimal | int) -> int:
    """Return an amount of rupiah in minor units.

    Raises
    ------
    ValueError
        When it has more than two places, is no number, or is larger than `MOST`.
    """
    scaled = Decimal(amount) * MINOR
    if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(scaled) > MOST * MINOR:
        msg = f"not an amount of rupiah: {amount}"
        raise ValueError(msg)
    return int(scaled)


def rupiah(units: int) -> Decimal:
    """Return minor units as rupiah, with two places."""
    return Decimal(int(units)).scaleb(-2)


class RupiahField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount of rupiah: a `Decimal` with two places to Python, whole minor units to the database.

    SQLite keeps decimals as floats, which are exact to fifteen digits only; whole numbers are exact in both
    databases, and so are their sums.
    """

    description = _("Amount of rupiah")
    # What the type checker takes for the value of the field, as the stubs of Django name it.
    _pyi_private_set_type: Decimal | int | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_args: Any) -> Decimal | None:
        """Return what the database holds as rupiah."""
        return None if value is None else rupiah(value)

    def to_python(self, value: Any) -> Decimal | None:
        """Return a typed value as rupiah.

        Raises
        ------
        ValidationError
        """
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(value)
        except (InvalidOperation, TypeError, ValueError):
            raise ValidationError(_("Not an amount."), code="invalid") from None

    def get_prep_value(self, value: Any) -> int | None:
        """Return the minor units to be stored."""
        if value is None or hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]
        return minor(Decimal(value))

    def value_to_string(self, obj: models.Model) -> str:
        """Return the amount as text, for archives."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)
