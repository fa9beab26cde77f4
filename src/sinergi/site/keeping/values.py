"""Values as an archive holds them: JSON that means the same whichever database it came from.

Whole numbers, booleans, text and fractions are as they are. Times are UTC with microseconds,
`2026-11-21T08:00:00.000000Z`; dates, clock times and UUIDs are text; spans are microseconds; bytes are
base64; decimals are text with all their places; JSON is its text. Fractions that are no number are `nan`,
`inf` and `-inf`.
"""

import base64
import json
import math
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils.dateparse import parse_datetime

KINDS = {
    **dict.fromkeys(
        (
            "AutoField",
            "BigAutoField",
            "SmallAutoField",
            "IntegerField",
            "BigIntegerField",
            "SmallIntegerField",
            "PositiveIntegerField",
            "PositiveBigIntegerField",
            "PositiveSmallIntegerField",
        ),
        "int",
    ),
    **dict.fromkeys(
        (
            "CharField",
            "TextField",
            "SlugField",
            "EmailField",
            "URLField",
            "FileField",
            "FilePathField",
        ),
        "text",
    ),
    "GenericIPAddressField": "address",
    "BooleanField": "bool",
    "FloatField": "float",
    "DecimalField": "decimal",
    "DateTimeField": "time",
    "DateField": "date",
    "TimeField": "clock",
    "DurationField": "span",
    "UUIDField": "uuid",
    "JSONField": "json",
    "BinaryField": "bytes",
}
"""What Django calls a type, and what an archive does."""

Change = Callable[[Any], Any]
SECOND = 1_000_000


def kind_of(field: "Field[Any, Any]") -> str:
    """Return the kind of what a field stores; for a reference, of the key that it names.

    Raises
    ------
    KeyError
        For a type that archives do not know.
    """
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]
    kind = KINDS[field.get_internal_type()]
    return f"decimal:{field.decimal_places}" if kind == "decimal" else kind  # type: ignore[attr-defined]


def _time(value: Any) -> str:
    moment: Any = parse_datetime(value) if isinstance(value, str) else value
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return str(moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")).rjust(27, "0")


def _float(value: Any) -> float | str:
    number = float(value)
    return number if math.isfinite(number) else str(number)


def _span(value: Any) -> int:
    return value // timedelta(microseconds=1) if isinstance(value, timedelta) else int(value)


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _decimal(places: int) -> Change:
    unit = Decimal(1).scaleb(-places)
    return lambda value: str(Decimal(str(value)).quantize(unit))


def told(kind: str) -> Change | None:
    """Return what puts a value of a database into that of an archive; `None` where it is the same."""
    name, _, places = kind.partition(":")
    if name == "decimal":
        return _decimal(int(places))
    changes: dict[str, Change] = {
        "bool": bool,
        "float": _float,
        "time": _time,
        "date": lambda value: str(value)[:10],
        "clock": str,
        "span": _span,
        "uuid": lambda value: str(uuid.UUID(str(value))),
        "json": _json,
        "bytes": lambda value: base64.b64encode(value).decode("ascii"),
        "address": lambda value: str(value).removesuffix("/32").removesuffix("/128"),
    }
    return changes.get(name)


def _sqlite_time(value: str) -> str:
    fraction = value[19:26]
    return f"{value[:10]} {value[11:19]}{'' if fraction == '.000000' else fraction}"


def stored(kind: str, vendor: str) -> Change | None:
    """Return what puts a value of an archive into that of a database; `None` where it is the same."""
    name = kind.partition(":")[0]
    both: dict[str, Change] = {"bytes": base64.b64decode, "float": float}
    if vendor == "postgresql":
        both["span"] = lambda value: timedelta(microseconds=value)
        return both.get(name)
    here: dict[str, Change] = {
        **both,
        "bool": int,
        "time": _sqlite_time,
        "uuid": lambda value: value.replace("-", ""),
    }
    return here.get(name)


def _plain(value: Any) -> Any:
    """Return JSON as both hold it: PostgreSQL keeps 1e16 as a whole number, and no order of keys."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def comparable(kind: str, value: Any) -> Any:
    """Return a value of an archive so that it is equal where it means the same."""
    if kind == "json" and value is not None:
        return json.dumps(_plain(json.loads(value)), sort_keys=True)
    return value


def now() -> str:
    """Return this moment as an archive writes it."""
    return _time(datetime.now(UTC))
