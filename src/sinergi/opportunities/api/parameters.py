"""The settings of a map as parameters of the API: the same names as in the address of the page."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Query, Schema

from sinergi.accounts.api import limits
from sinergi.accounts.api.schemas import Code
from sinergi.evidence.api.scope import BUKTI
from sinergi.opportunities import queries
from sinergi.opportunities.addresses import settings_from_query
from sinergi.opportunities.settings import MOST_MEMBERS, MOST_PEOPLE, MapSettings

MOST_CODES = 100
MOST_LISTED = 500
Codes = Annotated[list[Code], Field(max_length=MOST_CODES)]
Weight = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]


class MapQuery(Schema):
    """Settings of a map; what is left out is as on the page."""

    bukti: str = BUKTI
    objek: Codes = Field([], description="Codes of objects.", examples=[["TPA_REGIONAL"]])
    urusan: Codes = Field([], description="Codes of affairs.", examples=[["2.11"]])
    wilayah: Codes = Field([], description="Only opportunities with one of these regions.")
    dalam: Codes = Field(
        [], description="Provinces, island groups or associations; partners are sought in them."
    )
    anggota: str | None = Field(
        None,
        pattern=r"^[0-9]{1,2}(\.\.[0-9]{1,2})?$",
        description=f"Size of groups: 3 or 2..5, at most {MOST_MEMBERS}.",
    )
    penduduk_min: int | None = Field(None, ge=0, le=MOST_PEOPLE, description="Residents, least.")
    penduduk_maks: int | None = Field(None, ge=0, le=MOST_PEOPLE, description="Residents, most.")
    jarak: float | None = Field(None, ge=1, le=6000, description="Farthest distance, km.")
    ambang: Share | None = Field(None, description="Least link score to join a group, 0-1.")
    cakupan: Share | None = Field(None, description="Least coverage of the evidence, 0-1.")
    tiap: int | None = Field(
        None, ge=0, le=10_000, description="Most opportunities of one object; 0: no limit."
    )
    atas: int | None = Field(
        None, ge=1, le=MOST_LISTED, description="How many of the best to return; 50 when left out."
    )
    bobot_need: Weight | None = Field(None, description="Weight of need, 0-100.")
    bobot_strength: Weight | None = Field(None, description="Weight of strength, 0-100.")
    bobot_proximity: Weight | None = Field(None, description="Weight of proximity, 0-100.")
    bobot_gain: Weight | None = Field(None, description="Weight of gain, 0-100.")
    bobot_indikator: Codes = Field(
        [],
        description="Weights of indicators of an object.",
        examples=[["STUNTING:need:stunting:2"]],
    )


MapSettingsQuery = Query[MapQuery]


def settings_of(request: HttpRequest) -> MapSettings:
    """Return the settings that the address stands for.

    Raises
    ------
    SettingsError
        When they make no map.
    """
    return settings_from_query(request.GET)


def weighed(request: HttpRequest, settings: MapSettings) -> MapSettings:
    """Return the settings, counted as heavy where their map is not kept.

    Raises
    ------
    ProblemError
        429 when too many such maps were asked for.
    """
    if not queries.is_kept(settings):
        limits.heavy(request)
    return settings
