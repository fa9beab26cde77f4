"""What a person does with saved maps: save, change, put away, restore; each with its audit record."""

from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules as permissions
from sinergi.accounts.actions.owned import (
    bring_back,
    change,
    expect,
    held,
    put_away,
    record_on,
    why,
)
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable, too_long
from sinergi.opportunities.addresses import settings_from_query, settings_to_query
from sinergi.opportunities.lists import errors
from sinergi.opportunities.lists.rules import LENGTHS
from sinergi.opportunities.messages import settings_message
from sinergi.opportunities.models import SavedMap
from sinergi.opportunities.settings import SettingsError


@dataclass(frozen=True, slots=True)
class MapDetails:
    """What is kept of a map: its name, its settings as a query string, a note."""

    name: str
    query: str = ""
    note: str = ""


def details_of(row: SavedMap) -> MapDetails:
    """Return what is kept of a saved map."""
    return MapDetails(row.name, row.query, row.note)


def _clean(details: MapDetails) -> MapDetails:
    name, note = printable(details.name), printable(details.note)
    cleaned = MapDetails(name, details.query.strip().removeprefix("?"), note)
    faults = too_long(cleaned, LENGTHS)
    if not name:
        faults["name"] = _("Give the map a name.")
    if "query" not in faults:
        try:
            query = settings_to_query(settings_from_query(QueryDict(cleaned.query)))
        except SettingsError as error:
            faults["query"] = settings_message(error)
        else:
            cleaned = replace(cleaned, query=query)
    if faults:
        raise errors.InvalidError(faults)
    return cleaned


def _locked(by: Principal, permission: str, map_id: int, *, deleted: bool = False) -> SavedMap:
    """Return a saved map for a deed and hold it until the transaction ends."""
    missing = errors.map_not_found(map_id)
    return held(by, permission, SavedMap, map_id, missing, deleted=deleted)


@transaction.atomic
def save_map(by: Principal, organisation: Organisation, details: MapDetails) -> SavedMap:
    """Keep settings of the map for an organisation; only that organisation sees them.

    Raises
    ------
    ForbiddenError
    InvalidError
        When the name is missing, or the query string holds what no map can be computed for.
    """
    permissions.require(by, permissions.OBJECT_CREATE, organisation)
    values = asdict(_clean(details))
    row: SavedMap = SavedMap.objects.create(organisation=organisation, **values)
    record_on(by, Verb.CREATED, row, after=values)
    return row


@transaction.atomic
def edit_map(
    by: Principal, map_id: int, details: MapDetails, *, revision: int | None = None
) -> SavedMap:
    """Change name, settings or note of a saved map; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    ConflictError
        When it is no longer at `revision`.
    """
    row = _locked(by, permissions.OBJECT_EDIT, map_id)
    expect(row, revision)
    change(by, row, asdict(details_of(row)), asdict(_clean(details)))
    return row


@transaction.atomic
def put_map_away(
    by: Principal, map_id: int, *, revision: int | None = None, reason: str = ""
) -> SavedMap:
    """Put a saved map away; `restore_map` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = _locked(by, permissions.OBJECT_REMOVE, map_id)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_map(by: Principal, map_id: int, *, reason: str = "") -> SavedMap:
    """Bring a saved map that was put away back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = _locked(by, permissions.OBJECT_REMOVE, map_id, deleted=True)
    bring_back(by, row, why(reason))
    return row
