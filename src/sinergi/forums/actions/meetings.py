"""Deeds on a whole meeting: announce, change, move on, put away, restore; its agenda and documents."""

import hashlib
from dataclasses import asdict, fields

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
from sinergi.forums import errors
from sinergi.forums.actions.rows import held_forum, refuse, tell
from sinergi.forums.codes import unknown_codes
from sinergi.forums.details import (
    LENGTHS,
    AgendaDetails,
    ForumDetails,
    agenda_faults,
    forum_faults,
    plain,
)
from sinergi.forums.models import AgendaItem, Forum, ForumDocument
from sinergi.forums.queries.standing import standing
from sinergi.forums.stages import Deed, Lack, Stage, before, following, lacking

MOST_BYTES = 10 * 1024 * 1024
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
"""What may be put with a forum, by the end of its name; always sent as a download."""
BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".pptx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".jpg": b"\xff\xd8\xff",
    ".png": b"\x89PNG",
}


def details_of(forum: Forum) -> ForumDetails:
    """Return what is written about a meeting."""
    return ForumDetails(**{f.name: getattr(forum, f.name) for f in fields(ForumDetails)})


def _clean(details: ForumDetails) -> ForumDetails:
    details = cleaned(details)
    faults = forum_faults(details)
    faults |= unknown_codes(region_code=[details.region_code])
    refuse(faults)
    return details


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
        When something is missing before it can go on.
    InvalidError
        When the stage is neither the next nor the one before, or the reason is too long.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_REMOVE)
    expect(forum, revision)
    now, kept = Stage(forum.stage), why(reason)
    if to == now:
        return forum
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


@transaction.atomic
def add_agenda_item(by: Principal, forum_id: int, details: AgendaDetails) -> AgendaItem:
    """Put an item on the agenda.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.PLAN)
    details = cleaned(details)
    refuse(agenda_faults(details, forum))
    item = AgendaItem.objects.create(forum=forum, **asdict(details))
    tell(by, Verb.ADDED, forum, f"agenda:{item.pk}", after=plain(details))
    return item


@transaction.atomic
def remove_agenda_item(by: Principal, forum_id: int, item_id: int) -> None:
    """Take an item off the agenda; the history keeps what it said.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.PLAN)
    item = forum.agenda.filter(pk=item_id).first()
    if item is None:
        raise errors.not_found(_("The item of the agenda"))
    said = AgendaDetails(**{f.name: getattr(item, f.name) for f in fields(AgendaDetails)})
    item.delete()
    tell(by, Verb.REMOVED, forum, f"agenda:{item_id}", before=plain(said))


@transaction.atomic
def add_document(
    by: Principal,
    forum_id: int,
    title: str,
    filename: str,
    content: bytes,
    *,
    open_to_all: bool = False,
) -> ForumDocument:
    """Put a document with a forum.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When it is too large, empty, or not of a kind that is taken.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    title = printable(title) or filename
    ending = _ending(filename)
    faults = _document_faults(filename, ending, content)
    if len(title) > LENGTHS["title"]:
        faults["title"] = _("At most %(most)s characters.") % {"most": LENGTHS["title"]}
    refuse(faults)
    document = ForumDocument.objects.create(
        forum=forum,
        title=title,
        filename=filename[-160:],
        media_type=MEDIA_TYPES[ending],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        open_to_all=open_to_all,
    )
    said = {"title": document.title, "filename": document.filename, "sha256": document.sha256}
    tell(
        by, Verb.ADDED, forum, f"document:{document.pk}", after=said | {"open_to_all": open_to_all}
    )
    return document


def _ending(filename: str) -> str:
    name = filename.lower()
    return next((ending for ending in MEDIA_TYPES if name.endswith(ending)), "")


def _document_faults(filename: str, ending: str, content: bytes) -> dict[str, str]:
    if not ending:
        kinds = ", ".join(one.removeprefix(".").upper() for one in MEDIA_TYPES)
        return {"file": _("A document is one of: %(kinds)s.") % {"kinds": kinds}}
    if not content:
        return {"file": _("The file is empty.")}
    if len(content) > MOST_BYTES:
        return {"file": _("The file is larger than %(most)s MB.") % {"most": MOST_BYTES // 2**20}}
    if not content.startswith(BEGINNINGS.get(ending, b"")):
        told = _("“%(name)s” is not what its name says: it does not begin like a %(kind)s file.")
        kind = ending.removeprefix(".").upper()
        return {"file": told % {"name": filename, "kind": kind}}
    return {}


@transaction.atomic
def remove_document(by: Principal, forum_id: int, document_id: int, *, reason: str = "") -> None:
    """Take a document away from a forum; its content is kept until the retention period ends.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    document = forum.documents.filter(pk=document_id, deleted_at=None).first()
    if document is None:
        raise errors.not_found(_("The document"))
    kept = why(reason)
    document.deleted_at = timezone.now()
    document.save(update_fields=["deleted_at"])
    said = {"title": document.title, "filename": document.filename}
    tell(by, Verb.REMOVED, forum, f"document:{document_id}", before=said, reason=kept)
