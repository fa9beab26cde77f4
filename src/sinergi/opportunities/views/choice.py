"""The opportunity that an address names, and what the map says of it."""

import re

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from sinergi.opportunities import queries as map_queries
from sinergi.opportunities.addresses import settings_from_query
from sinergi.opportunities.messages import settings_message
from sinergi.opportunities.results import Explanation
from sinergi.opportunities.settings import MapSettings, SettingsError

CODES = re.compile(r"[\s+,]+")
SPAN = re.compile(r"\d*(\.\.\d*)?")


def chosen(query: QueryDict) -> tuple[str, tuple[str, ...], MapSettings]:
    """Return object, region codes and map settings of an address.

    The first `objek` is the opportunity's; further ones, and an `anggota` that is a span (`2..5`), are
    settings of the map.

    Raises
    ------
    BadRequest
        When object or members are missing, or a setting is out of range.
    """
    objects, members = query.getlist("objek"), query.getlist("anggota")
    spans = [text for text in members if SPAN.fullmatch(text)]
    codes = tuple(c for text in members if text not in spans for c in CODES.split(text) if c)
    if not objects or not objects[0] or len(codes) < 2:
        raise BadRequest(
            _("The address must name an object (`objek`) and at least two regions (`anggota`).")
        )
    rest = query.copy()
    rest.setlist("objek", objects[1:])
    rest.setlist("anggota", spans)
    try:
        return objects[0], codes, settings_from_query(rest)
    except SettingsError as error:
        raise BadRequest(settings_message(error)) from error


def explained(code: str, regions: tuple[str, ...], settings: MapSettings) -> Explanation:
    """Return what the map says of an opportunity, or answer 400."""
    try:
        return map_queries.explain(code, regions, settings)
    except SettingsError as error:
        raise BadRequest(settings_message(error)) from error
