"""What a person does with practices: present, change, put away, restore; each with its audit record."""

from dataclasses import asdict, dataclass, fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
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
from sinergi.accounts.texts import cleaned, too_long
from sinergi.evidence.queries import indicator_catalogue
from sinergi.forums import errors
from sinergi.forums.actions.rows import in_time, refuse
from sinergi.forums.codes import unknown_codes
from sinergi.forums.models import Practice
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.stages import Deed

LENGTHS = {
    "title": 200,
    "problem": 4000,
    "done": 6000,
    "cost": 2000,
    "result": 4000,
    "contact": 200,
}
MOST_CODES = 20


@dataclass(frozen=True, slots=True)
class PracticeDetails:
    """What is written about a practice; `objects_named` and `indicators` are codes."""

    title: str
    problem: str = ""
    done: str = ""
    cost: str = ""
    result: str = ""
    objects_named: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    contact: str = ""


def details_of(row: Practice) -> PracticeDetails:
    """Return what is written about a practice."""
    values = {f.name: getattr(row, f.name) for f in fields(PracticeDetails)}
    values |= {name: tuple(values[name]) for name in ("objects_named", "indicators")}
    return PracticeDetails(**values)


def _clean(details: PracticeDetails) -> PracticeDetails:
    details = cleaned(details)
    faults = too_long(details, LENGTHS) | unknown_codes(objects_named=details.objects_named)
    needed = {
        "title": _("Give the practice a title."),
        "problem": _("Write which problem there was."),
        "done": _("Write what was done."),
    }
    faults |= {name: told for name, told in needed.items() if not getattr(details, name)}
    for name in ("objects_named", "indicators"):
        if len(getattr(details, name)) > MOST_CODES:
            faults[name] = _("Too many: at most %(most)s.") % {"most": MOST_CODES}
    if set(details.indicators) - set(indicator_catalogue()):
        faults["indicators"] = _("One of these indicators does not exist.")
    refuse(faults)
    return details


@transaction.atomic
def present(
    by: Principal,
    organisation: Organisation,
    details: PracticeDetails,
    *,
    forum_id: int | None = None,
) -> Practice:
    """Put a practice on the shelf of an organisation; only that organisation sees it at first.

    Parameters
    ----------
    forum_id
        The forum in which it is presented, if any; its stage must allow that.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    forum = get_forum(by, forum_id) if forum_id is not None else None
    if forum is not None:
        in_time(forum, Deed.PRESENT)
    details = _clean(details)
    row = Practice.objects.create(organisation=organisation, forum=forum, **asdict(details))
    record_on(by, Verb.CREATED, row, after=asdict(details) | {"forum": forum_id})
    return row


def _held(by: Principal, permission: str, number: int, *, deleted: bool = False) -> Practice:
    missing = errors.not_found(_("The practice"))
    return held(by, permission, Practice, number, missing, deleted=deleted)


@transaction.atomic
def edit_practice(
    by: Principal, number: int, details: PracticeDetails, *, revision: int | None = None
) -> Practice:
    """Change what is written about a practice; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = _held(by, rules.OBJECT_EDIT, number)
    expect(row, revision)
    change(by, row, asdict(details_of(row)), asdict(_clean(details)))
    return row


@transaction.atomic
def put_practice_away(
    by: Principal, number: int, *, revision: int | None = None, reason: str = ""
) -> Practice:
    """Put a practice away; `restore_practice` brings it back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    row = _held(by, rules.OBJECT_REMOVE, number)
    expect(row, revision)
    put_away(by, row, timezone.now(), why(reason))
    return row


@transaction.atomic
def restore_practice(by: Principal, number: int, *, reason: str = "") -> Practice:
    """Bring a practice that was put away back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    row = _held(by, rules.OBJECT_REMOVE, number, deleted=True)
    bring_back(by, row, why(reason))
    return row
