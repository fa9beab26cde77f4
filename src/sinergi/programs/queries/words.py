"""Names of regions, channels, affairs and objects that plans name by code, for choices and pages."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named

NATION = "ID"


def region_codes() -> frozenset[str]:
    """Return the codes of all regions that are valid now, and of the nation."""
    return frozenset({NATION}) | reference.region_table().position.keys()


def region_name(code: str) -> str:
    """Return the name of a region; its code where the pack does not know it."""
    if code == NATION:
        return _("Indonesia")
    table = reference.region_table()
    row = table.position.get(code)
    return code if row is None else table.names[row]


def region_choices() -> list[tuple[str, str]]:
    """Return code and name of the nation and of each region, in the order of codes."""
    table = reference.region_table()
    return [(NATION, _("Indonesia")), *zip(table.codes, table.names, strict=True)]


def in_language(thing: Named) -> str:
    """Return a name in the language of the page."""
    return thing.name(get_language() or "id")


def channel_name(code: str) -> str:
    """Return the name of a funding channel; its code where the pack does not know it."""
    found = reference.funding_channels().get(code)
    if found is None:
        return code or _("channel not stated")
    return in_language(found)


def affair_name(code: str) -> str:
    """Return the name of the affair of an activity code; its code where the pack does not know it."""
    affair = ".".join(code.split(".")[:2])
    found = reference.affairs().get(affair)
    if found is None:
        return affair or _("without a code")
    return in_language(found)


def object_name(code: str) -> str:
    """Return the name of a cooperation object; its code where the pack does not know it."""
    found = reference.catalogue().get(code)
    return code if found is None else in_language(found)
