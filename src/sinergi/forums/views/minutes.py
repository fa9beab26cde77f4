"""Pages of the minutes of a forum: the present version, each version, what differs between two."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.forums import minutes as contents
from sinergi.forums.documents import WRITERS
from sinergi.forums.documents.comparison import compare
from sinergi.forums.documents.sheet import values
from sinergi.forums.forms.minutes import WORDED
from sinergi.forums.models import Forum, Minutes
from sinergi.forums.queries import minutes as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.sealing import lacks, still_held
from sinergi.forums.stages import Deed, Stage, allows
from sinergi.forums.views.frame import frame


def context_of(principal: Principal, forum: Forum, row: Minutes | None) -> dict[str, Any]:
    """Return what the page of a version shows; `None` when there is none yet."""
    context = frame(principal, forum, "minutes")
    rows = list(queries.versions(principal, forum))
    sealed = [one for one in rows if one.sealed_at is not None]
    stage, framed = Stage(forum.stage), context["frame"]
    in_time = allows(stage, Deed.CORRECT if sealed else Deed.SIGN, sealed=bool(sealed))
    context |= {
        "versions": rows,
        "row": row,
        "sheet": None if row is None else values(row),
        "formats": [(fmt, fmt.upper()) for fmt in WRITERS],
        "may_draw_up": framed.prepares and in_time,
        "corrects": bool(sealed),
        "draft": next((one for one in rows if one.sealed_at is None), None),
        "behind": framed.prepares and row is not None and _behind(forum, row, rows),
    }
    if row is not None:
        hash_now = row.sha256 or contents.hash_of(row.content)
        earlier = [one for one in rows if one.version < row.version]
        may_seal = framed.seals and row.sealed_at is None and in_time
        context |= {"sha256": hash_now, "earlier": earlier, "may_seal": may_seal}
        if framed.prepares and row.sealed_at is None and in_time:
            today = timezone.localdate()
            context["lacks"] = list(lacks(forum, row.content, today).values())
            context["still_held"] = still_held(row.content, today)
        context["goes_on"] = framed.seals and bool(sealed) and stage is Stage.DELIBERATING
    return context


def _behind(forum: Forum, row: Minutes, rows: list[Minutes]) -> bool:
    """Whether the forum holds other than its last version says: it would have to be drawn up anew."""
    if row.version != rows[0].version:
        return False
    said = row.content
    signed = [(one["office"], one["name"]) for one in said["signatories"]]
    now = contents.content_of(forum, said["opening"], signed)
    found = contents.differences(said, now)
    if row.sealed_at is not None:
        # When a point is looked at again is told anew as it is followed up; the minutes say what was agreed.
        found = [one for one in found if one.where[-1] != "review"]
    elif row.version > 1:
        # A version that corrects may word points otherwise; they follow it when it is sealed.
        found = [one for one in found if one.where[0] != "points" or one.where[-1] not in WORDED]
    return bool(found)


@require_safe
def minutes(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the present minutes of a forum: the last sealed version, before that the draft."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rows = queries.versions(principal, forum)
    row = rows.exclude(sealed_at=None).first() or rows.first()
    return render(request, "forums/minutes.html", context_of(principal, forum, row))


@require_safe
def version(request: HttpRequest, forum_id: int, version: int) -> HttpResponse:
    """Show one version of the minutes of a forum."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = queries.get_version(principal, forum, version)
    return render(request, "forums/minutes.html", context_of(principal, forum, row))


@require_safe
def difference(request: HttpRequest, forum_id: int, version: int) -> HttpResponse:
    """Show what differs between a version and an earlier one, `?dari=`; without it the one before."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    after = queries.get_version(principal, forum, version)
    asked = request.GET.get("dari", "")
    named = small_number(asked, 5)
    earlier = version - 1 if named is None else named
    before = queries.get_version(principal, forum, earlier)
    context = frame(principal, forum, "minutes") | {
        "before": before,
        "after": after,
        "sections": compare(before, after),
    }
    return render(request, "forums/minutes_difference.html", context)
