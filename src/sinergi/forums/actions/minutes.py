"""Deeds on the minutes: draw up, seal, correct by a later version."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable, too_long_text
from sinergi.forums import errors, minutes
from sinergi.forums.actions.point_rows import write_point
from sinergi.forums.actions.points import details_of
from sinergi.forums.actions.rows import held_forum, in_time, refuse, tell
from sinergi.forums.details import LENGTHS, changes, plain
from sinergi.forums.minutes import Wording
from sinergi.forums.models import Forum, Minutes, Point
from sinergi.forums.queries.standing import is_sealed
from sinergi.forums.sealing import lacks
from sinergi.forums.stages import Deed

MOST_SIGNATORIES = 120


def _draft(forum: Forum) -> Minutes | None:
    return forum.minutes.select_for_update().filter(sealed_at=None).first()


@transaction.atomic
def draw_up(
    by: Principal,
    forum_id: int,
    *,
    opening: str = "",
    signatories: list[tuple[str, str]] | None = None,
    reason: str = "",
    seen: str | None = None,
    wording: Mapping[int, Wording] | None = None,
) -> Minutes:
    """Draw up the minutes from what the forum holds now, anew when there is a draft.

    A draft that would say the same stays as it is and leaves no trace.

    Parameters
    ----------
    opening
        Text before the points.
    signatories
        Office and name of those who sign; without a name a line is left for it.
    reason
        Why there is another version after a sealed one; needed then.
    seen
        Hash of the draft that was open while this was written, empty when there was none; `None` does not
        ask.
    wording
        Number of a point to what it says instead, in a version after a sealed one; the point itself
        changes when that version is sealed.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    ConflictError
        When there is another draft than the one seen.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT)
    last = forum.minutes.exclude(sealed_at=None).order_by("-version").first()
    in_time(forum, Deed.SIGN if last is None else Deed.CORRECT)
    opening, kept = printable(opening), why(reason)
    signed = [(printable(office), printable(name)) for office, name in signatories or []]
    words = _clean_wording(forum, wording or {})
    faults = _faults(opening, signed) | _wording_faults(words)
    if words and last is None:
        faults["points"] = _(
            "Before the minutes are sealed, points are changed on their own pages."
        )
    if last is not None and not kept:
        faults["reason"] = _("Sealed minutes are corrected by a new version: say why.")
    refuse(faults)
    content = minutes.content_of(forum, opening, signed, words)
    row = _draft(forum)
    if row is not None and (row.content, row.reason) == (content, kept):
        return row
    now = "" if row is None else minutes.hash_of(row.content)
    if seen is not None and seen != now:
        told = _("Somebody else drew the minutes up meanwhile, so yours were not kept. Compare.")
        raise ConflictError(told)
    if row is None:
        row = Minutes(forum=forum, version=last.version + 1 if last else 1)
    row.content, row.reason = content, kept
    row.save()
    part = f"minutes:{row.version}"
    tell(
        by,
        Verb.MINUTES_DRAWN_UP,
        forum,
        part,
        after={"points": len(content["points"])},
        reason=kept,
    )
    return row


def _clean_wording(forum: Forum, wording: Mapping[int, Wording]) -> dict[int, Wording]:
    """Return the wordings that differ from what the forum holds."""
    rows = forum.points.filter(struck_at=None, number__in=wording).prefetch_related("addressees")
    held = {row.number: _said(row) for row in rows}
    if held.keys() != wording.keys():
        raise errors.not_found(_("One of the points"))
    clean = {number: _clean(one, held[number]) for number, one in wording.items()}
    return {number: one for number, one in clean.items() if one != held[number]}


def _said(point: Point) -> Wording:
    names = tuple(one.name for one in point.addressees.all())
    return Wording(point.title, point.text, names, point.owner_name)


def _clean(given: Wording, held: Wording) -> Wording:
    """Return a wording fit to be kept, with what it leaves as the point has it."""
    names = given.addressees
    kept = {printable(name) for name in names or () if name.strip()}
    same = names is None or kept == {*(held.addressees or ())}
    return Wording(
        printable(given.title),
        printable(given.text),
        held.addressees if same else tuple(sorted(kept)),
        held.owner if given.owner is None else printable(given.owner),
    )


def _wording_faults(wording: Mapping[int, Wording]) -> dict[str, str]:
    faults: dict[str, str] = {}
    for number, one in wording.items():
        title, text = f"title_{number}", f"text_{number}"
        faults |= too_long_text(title, one.title, LENGTHS["title"])
        faults |= too_long_text(text, one.text, LENGTHS["text"])
        faults |= too_long_text(f"owner_{number}", one.owner or "", LENGTHS["owner_name"])
        for name in one.addressees or ():
            faults |= too_long_text(f"addressees_{number}", name, LENGTHS["name"])
        if not one.title:
            faults[title] = _("Write what was agreed in one line.")
    return faults


def _faults(opening: str, signed: list[tuple[str, str]]) -> dict[str, str]:
    faults = too_long_text("opening", opening, LENGTHS["text"])
    longest = LENGTHS["office"]
    if len(signed) > MOST_SIGNATORIES or any(
        len(a) > longest or len(b) > longest for a, b in signed
    ):
        told = _("At most %(most)s signatories, each with at most %(longest)s characters.")
        faults["signatories"] = told % {"most": MOST_SIGNATORIES, "longest": longest}
    if any(not office for office, _name in signed):
        faults["signatories"] = _("Say for each signatory in which office.")
    return faults


@transaction.atomic
def seal_minutes(by: Principal, forum_id: int, version: int, sha256: str) -> Minutes:
    """Seal the minutes as they were signed: their content never changes again.

    Asked again for what is sealed already, it changes nothing: whoever comes second finds it done.

    Parameters
    ----------
    sha256
        Of the draft that was signed: what is sealed is what was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    ConflictError
        When the draft is another than the one that was signed.
    InvalidError
        All that `sealing.lacks` tells: the meeting has not begun, nobody signs, there is no point.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_REMOVE)
    # PostgreSQL refuses to look for texts with characters of control.
    seen = sha256 if sha256.isalnum() else ""
    done = forum.minutes.filter(version=version, sha256=seen).exclude(sealed_at=None).first()
    if done is not None:
        return done
    first = not is_sealed(forum)
    in_time(forum, Deed.SIGN if first else Deed.CORRECT)
    row = _draft(forum)
    if row is None or row.version != version:
        raise errors.not_found(_("The draft of the minutes"))
    if minutes.hash_of(row.content) != sha256:
        told = _("The draft was drawn up anew after you opened it. Read it again, then seal it.")
        raise ConflictError(told)
    refuse(lacks(forum, row.content, timezone.localdate()))
    row.sha256, row.sealed_at = sha256, timezone.now()
    row.save(update_fields=["sha256", "sealed_at"])
    if not first:
        _reword(by, forum, row)
    after = {"version": version, "sha256": sha256}
    tell(by, Verb.MINUTES_SEALED, forum, f"minutes:{version}", after=after)
    return row


def _reword(by: Principal, forum: Forum, row: Minutes) -> None:
    """Let the points say what the corrected minutes say."""
    said = {one["number"]: one for one in row.content["points"]}
    for point in forum.points.select_for_update().filter(struck_at=None, number__in=said):
        one, old = said[point.number], details_of(point)
        new = replace(
            old,
            title=one["title"],
            text=one["text"],
            addressees=tuple(one["addressees"]),
            owner_name=one["owner"],
        )
        differs = changes(plain(old), plain(new))
        if not differs.names:
            continue
        point.revision += 1
        write_point(point, new)
        changed = (differs.before, differs.after)
        tell(by, Verb.POINT_CHANGED, forum, f"point:{point.pk}", *changed, reason=row.reason)
