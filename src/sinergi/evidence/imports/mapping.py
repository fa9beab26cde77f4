"""How a file is read: which sheet, rows and columns mean what. The same words in JSON and in a form."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from django.utils.translation import gettext as _

Layout = Literal["long", "periods", "indicators"]
Numbers = Literal["auto", "id", "en"]
RegionCodes = Literal["auto", "kemendagri", "bps"]
OnExisting = Literal["reject", "replace", "skip_identical"]
CHOICES: dict[str, tuple[str, ...]] = {
    "layout": get_args(Layout),
    "numbers": get_args(Numbers),
    "region_codes": get_args(RegionCodes),
}
COLUMN_FIELDS = (
    "region",
    "region_name",
    "indicator",
    "period",
    "value",
    "flag",
    "source_column",
)


class MappingError(ValueError):
    """A mapping cannot be read; carries the field and what is wrong with it."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(f"{field_name}: {reason}")
        self.field = field_name


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """An indicator of the user's own, made by the import."""

    code: str
    name: str
    unit: str
    better: str = "neither"
    """higher, lower or neither."""
    group: str = "other"
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that Sinergi does not know yet."""

    name: str
    publisher: str = ""
    period: str = ""
    licence: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read one file. Columns are named by letter (`C`), or in a file by their heading.

    Raises
    ------
    MappingError
        From `read` and `from_json`, when a field is unknown or has a value it cannot have.
    """

    sheet: str = ""
    """Name of the sheet; empty for text files."""
    header_row: int = 1
    """Row of the headings, counted from 1; 0 when there are none."""
    layout: Layout = "long"
    """`long`: one value a row; `periods`, `indicators`: a column for each of them."""
    region: str = ""
    region_name: str = ""
    """Column with names beside the codes, used to check them."""
    indicator: str = ""
    period: str = ""
    value: str = ""
    flag: str = ""
    source_column: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    """Wide layouts: value column to its period or indicator code."""
    indicator_code: str = ""
    """The indicator of all rows, where no column tells."""
    period_value: str = ""
    """The period of all rows, where no column tells."""
    source: str = ""
    """Code of a known source for all rows."""
    default_flag: str = ""
    """official, estimate, imputed or default for rows that do not say; empty: as the indicator."""
    numbers: Numbers = "auto"
    """How `1.234` is meant: `id` one thousand two hundred thirty-four, `en` a fraction."""
    region_codes: RegionCodes = "auto"
    """What a code without a dot is."""
    new_indicators: tuple[NewIndicator, ...] = ()
    new_source: NewSource | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the fields that differ from an empty mapping, ready for JSON."""
        empty = asdict(Mapping())
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != empty[name] or name in {"layout", "header_row"}
        }

    def with_(self, **changes: Any) -> "Mapping":
        """Return a copy with some fields changed."""
        return replace(self, **changes)


def from_json(data: object) -> Mapping:
    """Read a mapping from what `to_json` wrote, or a person in the same words."""
    if not isinstance(data, dict):
        raise MappingError("mapping", _("A mapping is an object with named fields."))
    known = {one.name: one for one in fields(Mapping)}
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name not in known:
            raise MappingError(name, _("There is no such field."))
        values[name] = _value(name, value)
    return Mapping(**values)


def _value(name: str, value: Any) -> Any:
    if name == "new_indicators":
        return tuple(_part(NewIndicator, name, one) for one in _list(name, value))
    if name == "new_source":
        return None if value is None else _part(NewSource, name, value)
    if name == "header_row":
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise MappingError(name, _("The row of the headings is a whole number from 0."))
        return value
    if name == "columns":
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise MappingError(name, _("Columns are given as column: period or indicator."))
        return {str(column): meaning for column, meaning in value.items()}
    if not isinstance(value, str):
        raise MappingError(name, _("The value is text."))
    if name in CHOICES and value not in CHOICES[name]:
        raise MappingError(name, _("Choose one of: %(list)s.") % {"list": ", ".join(CHOICES[name])})
    return value


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        raise MappingError(name, _("The value is a list."))
    return list(value)


def _part(kind: type[Any], name: str, data: Any) -> Any:
    allowed = {one.name for one in fields(kind)}
    if not isinstance(data, dict) or not set(data) <= allowed:
        raise MappingError(name, _("Its fields are: %(list)s.") % {"list": ", ".join(allowed)})
    try:
        return kind(**data)
    except TypeError as error:
        raise MappingError(name, _("A required field is missing.")) from error


def read(path: Path) -> Mapping:
    """Read a mapping file (JSON)."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8-sig")))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise MappingError(
            path.name, _("It is not a JSON file: %(why)s.") % {"why": error}
        ) from error


def write(mapping: Mapping, path: Path) -> None:
    """Write a mapping file (JSON) that `read` reads back to an equal mapping."""
    text = json.dumps(mapping.to_json(), ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
