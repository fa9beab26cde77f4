"""Deeds on a whole meeting: announce, change, move on, put away, restore."""

from dataclasses import asdict, fields, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import (
    bring_back,
    change,
    expect,
    put_away,
    record_on,
    touch,
    why,
)
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import WHY, cleaned, printable, too_long_text
from sinergi.forums import errors, zones
from sinergi.forums.actions.rows import held_forum, refuse, tell
from sinergi.forums.codes import unknown_codes
from sinergi.forums.details import (
    LENGTHS,
    ForumDetails,
    forum_faults,
    plain,
)
from sinergi.forums.models import Forum
from sinergi.forums.queries.standing import is_sealed, standing
from sinergi.forums.stages import Deed, Lack, Stage, allows, before, following, lacking


def details_of(forum: Forum) -> ForumDetails:
    """Return what is written about a meeting."""
    return ForumDetails(**{f.name: getattr(forum, f.name) for f in fields(ForumDetails)})


def _clean(details: ForumDetails) -> ForumDetails:
    details = cleaned(details)
    faults = forum_faults(details)
    faults |= unknown_codes(region_code=[details.region_code])
    if details.time_zone and not zones.is_zone(details.time_zone):
        faults["time_zone"] = _("There is no such time zone.")
    refuse(faults)
    return replace(details, time_zone=details.time_zone or zones.usual(details.region_code))


@transaction.atomic
def announce(by: Principal, organisation: Organisation, details: ForumDetails) -> Forum:
    """Announce a forum; its organisation is the secretariat, and only it sees the forum at first.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    clean = _clean(details)
    forum: Forum = Forum.objects.create(organisation=organisation, **asdict(clean))
    record_on(by, Verb.CREATED, forum, after=plain(clean))
    return forum


@transaction.atomic
def edit_forum(
    by: Principal, forum_id: int, details: ForumDetails, *, revision: int | None = None
) -> Forum:
    """Change what is written about a meeting; a change of nothing leaves no trace.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.PLAN)
    expect(forum, revision)
    clean = _clean(details)
    change(by, forum, asdict(details_of(forum)), asdict(clean))
    return forum


@transaction.atomic
def move_on(
    by: Principal, forum_id: int, to: Stage, *, revision: int | None = None, reason: str = ""
) -> Forum:
    """Take a forum to its next stage, or back to the one before where that is allowed.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError
    LackError
        When something is missing before it can go on, or a ballot is open or in preparation that it would
        leave behind by going back.
    InvalidError
        When the stage is neither the next nor the one before, or the reason is too long.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_REMOVE)
    expect(forum, revision)
    now, kept = Stage(forum.stage), why(reason)
    if to == now:
        return forum
    if to == before(now) and before(now, sealed=is_sealed(forum)) is None:
        told = _("The minutes are sealed, so the forum does not go back: correct them instead.")
        raise InvalidError({"stage": told})
    if to == before(now) and not allows(to, Deed.VOTE) and standing(forum).open_ballots:
        raise errors.lacks(to, [Lack.BALLOT_OPEN])
    if to not in {following(now), before(now)}:
        raise InvalidError({"stage": _("A forum goes one stage at a time.")})
    if to == following(now) and (missing := lacking(to, standing(forum))):
        raise errors.lacks(to, missing)
    forum.stage = Forum.Stages(to.value)
    touch(forum)
    tell(by, Verb.STAGE_MOVED, forum, "", {"stage": now}, {"stage": to}, reason=kept)
    return forum


@transaction.atomic
def enter_past(by: Principal, forum_id: int, stage: Stage, source: str) -> Forum:
    """Say that a forum is over and known from publications only: it is followed up without sealed minutes.

    Nobody can seal what was signed elsewhere, so no minutes are made; pages name the source instead.

    Parameters
    ----------
    stage
        Where it stands now: following up.
    source
        The publications.

    Raises
    ------
    NotFoundError, ForbiddenError, LackError
    ForumError
        When it is past its announcement: then it was held here.
    InvalidError
        When the source is lacking, the stage is another, or the meeting is not over.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_REMOVE)
    source = printable(source)
    faults = too_long_text("source", source, LENGTHS["source"])
    if not source:
        faults["source"] = _("Name where this is known from.")
    if stage is not Stage.FOLLOWING_UP:
        faults["stage"] = _("A forum known from publications is over: it can only be followed up.")
    last = forum.ends or forum.begins
    if last is not None and last >= timezone.localdate():
        faults["ends"] = _("This meeting is not over yet.")
    refuse(faults)
    if Stage(forum.stage) is not Stage.ANNOUNCED:
        raise errors.ForumError(_("This forum is held here, so its minutes are sealed here too."))
    if last is None:
        raise errors.lacks(stage, [Lack.NO_DAYS])
    was = {"stage": forum.stage, "source": forum.source}
    forum.stage, forum.source = Forum.Stages(stage.value), source
    touch(forum)
    after = {"stage": stage, "source": source}
    tell(by, Verb.STAGE_MOVED, forum, "", was, after, reason=source[:WHY])
    return forum


@transaction.atomic
def put_forum_away(
    by: Principal, forum_id: int, *, revision: int | None = None, reason: str = ""
) -> Forum:
    """Put a forum away; points that were forwarded from it live on where they went.

    Raises
    ------
    NotFoundError, ForbiddenError, ConflictError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_REMOVE)
    expect(forum, revision)
    put_away(by, forum, timezone.now(), why(reason))
    return forum


@transaction.atomic
def restore_forum(by: Principal, forum_id: int, *, reason: str = "") -> Forum:
    """Bring a forum that was put away back.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_REMOVE, deleted=True)
    bring_back(by, forum, why(reason))
    return forum
