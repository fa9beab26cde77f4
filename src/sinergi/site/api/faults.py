"""Faults of single values in words, in the language of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

NUMBER = _("This is not a number.")
WHOLE = _("This is not a whole number.")
TEXT = _("This is not a text.")
FAULTS: Mapping[str, Any] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no such field."),
    "string_type": TEXT,
    "string_unicode": TEXT,
    "string_too_short": _("At least %(min_length)s characters are needed."),
    "string_too_long": _("At most %(max_length)s characters are allowed."),
    "string_pattern_mismatch": _("This does not have the form %(pattern)s."),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "int_parsing_size": _("This number is too large."),
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "greater_than_equal": _("The least is %(ge)s."),
    "less_than_equal": _("The most is %(le)s."),
    "bool_type": _("Write true or false."),
    "bool_parsing": _("Write true or false."),
    "literal_error": _("Use one of: %(expected)s."),
    "enum": _("Use one of: %(expected)s."),
    "list_type": _("This is not a list."),
    "too_short": _("At least %(min_length)s values are needed."),
    "too_long": _("At most %(max_length)s values are allowed."),
    "dict_type": _("This is not an object."),
    "model_type": _("This is not an object."),
    "model_attributes_type": _("This is not an object."),
    "value_error": _("This value is not allowed."),
}
"""Kind of fault of the validator to its words, with the values that it carries."""


def worded(fault: Mapping[str, Any]) -> str:
    """Return what is wrong with a value; a kind without words of its own is “not allowed”."""
    template = FAULTS.get(str(fault["type"]), FAULTS["value_error"])
    try:
        return str(template) % dict(fault.get("ctx", {}))
    except KeyError:
        return str(FAULTS["value_error"])
