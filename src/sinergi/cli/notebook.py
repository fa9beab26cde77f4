"""Sinergi in a notebook: the map, explanations, profiles and evidence as Polars frames.

Example: ``work = open_workspace(); work.map(objects=["TPA_REGIONAL"], top=5)``.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinergi.cli import language as speech
from sinergi.cli import workspace
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _

if TYPE_CHECKING:
    import polars as pl

    from sinergi.cli.tables import Table
    from sinergi.opportunities.results import Explanation
    from sinergi.opportunities.settings import MapSettings
    from sinergi.reference.catalogue import CooperationObject


def open_workspace(home: str | Path | None = None, language: str = "") -> "Workspace":
    """Open an installation; `sinergi setup` must have made it ready.

    Parameters
    ----------
    home
        Folder with the database; by default `SINERGI_HOME`, otherwise `var` in the present folder.
    language
        `id` or `en`; by default as the environment says, otherwise Indonesian.

    Raises
    ------
    CommandError
        When nothing is loaded there, or this process already works in another home.
    """
    if home is not None:
        _go_to(Path(home).resolve())
    os.environ.setdefault(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
    )  # notebooks run cells in an event loop
    speech.choose("en" if language == "en" else "id" if language else speech.of_environment())
    workspace.open_evidence()
    return Workspace()


def _go_to(home: Path) -> None:
    from django.conf import settings  # noqa: PLC0415 - the home must be known before Django starts

    if settings.configured and home != settings.HOME:
        raise CommandError(
            _("This process works in {home} already. Restart it to open another.").format(
                home=settings.HOME
            )
        )
    os.environ["SINERGI_HOME"] = str(home)


class Workspace:
    """Reads of one installation, as Polars frames and as the values behind them."""

    def map(self, settings: "MapSettings | None" = None, **given: Any) -> "pl.DataFrame":
        """Return the ranked opportunities, one a row.

        Parameters
        ----------
        settings
            Settings to start from; by default the usual ones.
        **given
            Single settings, by the names of `MapSettings`: `objects`, `affairs`, `regions`, `within`,
            `members_min`, `members_max`, `weights`, `top` and others.

        Returns
        -------
        polars.DataFrame
            rank, object, affair, logic, member_codes, score and its parts (0-1), coverage (0-1), flags;
            `saving` in IDR a year is an estimate.

        Raises
        ------
        SettingsError
            For a name that is no setting, or a value it cannot have.
        """
        from sinergi.cli.render import opportunities as render  # noqa: PLC0415 - needs Django
        from sinergi.opportunities.queries import opportunity_map  # noqa: PLC0415 - needs Django

        return _frame(render.table(opportunity_map(_settings(settings, given)).opportunities))

    def explain(
        self, code: str, regions: Sequence[str], settings: "MapSettings | None" = None
    ) -> "Explanation":
        """Return one opportunity in full, for any set of at least two regions."""
        from sinergi.opportunities.queries import explain  # noqa: PLC0415 - needs Django

        return explain(code, tuple(regions), settings)

    def reasons(
        self, code: str, regions: Sequence[str], settings: "MapSettings | None" = None
    ) -> "pl.DataFrame":
        """Return every observation behind a score, with what it contributes (0-1), one a row."""
        import polars as pl  # noqa: PLC0415 - as everything heavy here

        told = self.explain(code, regions, settings)
        rows = [asdict(one) for one in told.reasons]
        return pl.DataFrame(rows, infer_schema_length=None)

    def profile(
        self, region: str, settings: "MapSettings | None" = None
    ) -> dict[str, "pl.DataFrame"]:
        """Return the profile of a region: frames by part (facts, economy, indicators, …)."""
        from sinergi.cli.render import region as render  # noqa: PLC0415 - needs Django
        from sinergi.opportunities.profile import profile  # noqa: PLC0415 - needs Django

        parts = render.parts(profile(region, settings))
        return {name: _frame(table) for name, table in parts.items()}

    def missing(self, region: str | None = None) -> "pl.DataFrame":
        """Return the evidence that is missing and would matter most."""
        from sinergi.cli.render import region as render  # noqa: PLC0415 - needs Django
        from sinergi.opportunities.missing import missing  # noqa: PLC0415 - needs Django

        return _frame(render.missing_table(missing(region)))

    def evidence(self, codes: str | Iterable[str]) -> "pl.DataFrame":
        """Return the latest value of indicators for all regions, one value a row.

        Parameters
        ----------
        codes
            Stored or derived indicators, such as `poverty` or `density`.

        Returns
        -------
        polars.DataFrame
            region, name, level, province, indicator, value, period, flag, source. Regions without a value
            are left out: missing is missing.

        Raises
        ------
        CommandError
            When there is no such indicator.
        """
        from sinergi.cli.render.evidence import latest  # noqa: PLC0415 - needs Django

        return latest([codes] if isinstance(codes, str) else list(codes))

    def series(self, region: str, code: str) -> "pl.DataFrame":
        """Return all periods of one stored indicator for one region: period, value, flag."""
        import polars as pl  # noqa: PLC0415 - as everything heavy here

        from sinergi.evidence.queries import series  # noqa: PLC0415 - needs Django

        schema = {"period": pl.String, "value": pl.Float64, "flag": pl.String}
        return pl.DataFrame(series(region, [code])[code], schema=schema, orient="row")

    def objects(self) -> dict[str, "CooperationObject"]:
        """Return the catalogue of cooperation objects by code."""
        from sinergi.reference.queries import catalogue  # noqa: PLC0415 - needs Django

        return catalogue()


def _settings(settings: "MapSettings | None", given: dict[str, Any]) -> "MapSettings":
    from sinergi.opportunities.settings import MapSettings  # noqa: PLC0415 - needs NumPy and others

    start = settings.as_dict() if settings else {}
    lists = {"objects", "affairs", "regions", "within"}
    told = {
        name: [value] if name in lists and isinstance(value, str) else value
        for name, value in given.items()
    }
    return MapSettings.from_dict({**start, **told})


def _frame(table: "Table") -> "pl.DataFrame":
    from sinergi.cli.files import frame_of  # noqa: PLC0415 - needs Polars

    return frame_of(table)
