"""Options that several commands share, and how their texts are read."""

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinergi.cli.failures import CommandError
from sinergi.cli.files import TableFormat
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop
from sinergi.cli.workspace import acting

if TYPE_CHECKING:
    from sinergi.opportunities.settings import MapSettings

Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", help=gettext_noop("Write to this file."), dir_okay=False),
]
Format = Annotated[
    TableFormat | None, typer.Option("--format", "-f", help=gettext_noop("Form of the result."))
]
Evidence = Annotated[
    str | None,
    typer.Option(
        "--evidence",
        metavar="CODE",
        help=gettext_noop("Compute with the evidence of this organisation above the common one."),
    ),
]
Settings = Annotated[
    Path | None,
    typer.Option(
        "--settings", help=gettext_noop("Settings of the map (JSON or TOML)."), dir_okay=False
    ),
]


def settings_from(path: Path | None, **given: Any) -> "MapSettings":
    """Return the settings of a file, changed by what the command line gives.

    Parameters
    ----------
    path
        A JSON or TOML file; none: the usual settings.
    **given
        Settings; None and empty lists leave the file's word.

    Raises
    ------
    SettingsError
        For a name that is no setting, or a value it cannot have.
    CommandError
        When the file is neither JSON nor TOML.
    """
    from sinergi.opportunities.settings import MapSettings  # noqa: PLC0415 - keeps `--help` fast

    values = {} if path is None else _read(path)
    values |= {name: value for name, value in given.items() if value not in (None, (), [])}
    settings = MapSettings.from_dict(values)
    read_evidence_of(settings.evidence)
    return settings


def read_evidence_of(code: str | None) -> None:
    """Read the evidence of an organisation above the common one until the command ends.

    Raises
    ------
    UnseenError
        When there is no such organisation, or the actor may read nothing of it.
    """
    if not code:
        return
    from sinergi.evidence.scope import open_for_good, scope_of  # noqa: PLC0415 - needs Django

    open_for_good(scope_of(acting(), code))


def _read(path: Path) -> dict[str, Any]:
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    try:
        found = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise CommandError(
            _(
                "{file} cannot be read: {why}. Write JSON, or TOML in a file that ends in .toml."
            ).format(file=path, why=error)
        ) from error
    if not isinstance(found, dict):
        raise CommandError(
            _("{file} holds no settings. Write names and values, as in {example}.").format(
                file=path, example='{"top": 20}'
            )
        )
    return found.get("settings", found) if "opportunities" in found else found


def span(text: str | None) -> dict[str, int]:
    """Return the settings that `2..5` or `3` stands for.

    Raises
    ------
    SettingsError
        When it is neither.
    """
    if text is None:
        return {}
    low, dots, high = text.partition("..")
    try:
        first = int(low)
        return {"members_min": first, "members_max": int(high) if dots else first}
    except ValueError:
        from sinergi.opportunities.settings import (  # noqa: PLC0415 - keeps `--help` fast
            SettingsError,
        )

        raise SettingsError("members", text, "not_a_span", "2..12") from None
