"""What the page of a meeting shows, to whom: its parts, its forms, and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sinergi.accounts import rules
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.views.sharing import panel
from sinergi.forums import words, zones
from sinergi.forums.forms.meeting import AgendaForm, AnswerForm, DocumentForm
from sinergi.forums.models import Delegation, Forum
from sinergi.forums.places import place_of
from sinergi.forums.practices.queries import practices
from sinergi.forums.queries import meetings
from sinergi.forums.queries.standing import is_sealed, standing
from sinergi.forums.queries.themes import submitted
from sinergi.forums.stages import Deed, Stage, allows, before, following, lacking
from sinergi.forums.views.frame import frame
from sinergi.forums.views.meeting_history import history_lines


@dataclass(frozen=True)
class Failed:
    """What was refused on the page: a form with its faults, or why the stage could not be changed."""

    agenda: AgendaForm | None = None
    document: DocumentForm | None = None
    stage: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """Where a forum may go.

    Attributes
    ----------
    lacks
        What is missing before it may go on, in words.
    to, back
        Value and name of the next stage, and of the one that it may be taken back to.
    opens
        What is done at the next stage and not at this one, after “to”.
    """

    lacks: Sequence[str]
    to: tuple[str, str] | None
    back: tuple[str, str] | None
    opens: Sequence[str]


@dataclass(frozen=True, slots=True)
class Invited:
    """An organisation of the reader that is invited, and the form of its answer."""

    row: Delegation
    form: AnswerForm


def meeting_page(
    principal: Principal,
    forum: Forum,
    failed: Failed = Failed(),
) -> dict[str, Any]:
    """Return what the page of a meeting shows to somebody."""
    context = frame(principal, forum, "forum")
    seen = context["frame"]
    inside = meetings.is_inside(principal, forum)
    plans = seen.prepares and seen.may[Deed.PLAN.value]
    return context | {
        "inside": inside,
        "plans": plans,
        "agenda": meetings.agenda(forum),
        "documents": list(meetings.documents(principal, forum)),
        "answers": meetings.answers(forum),
        "raised": submitted(forum).count(),
        "agreed": forum.points.filter(struck_at=None).count(),
        "delegations": list(meetings.delegations(forum)) if inside else [],
        "of": {row.pk for row in seen.mine},
        "invited": [Invited(row, answer_form(row)) for row in seen.mine],
        "next": next_of(forum) if seen.prepares else None,
        "place": place_of(forum),
        "zone": zones.short(zones.zone_of(forum), forum.begins),
        "practices": list(practices(principal).filter(forum=forum)),
        "may_present": seen.may[Deed.PRESENT.value] and bool(organisations_of(principal)),
        "agenda_form": (failed.agenda or AgendaForm(forum=forum)) if plans else None,
        "document_form": (failed.document or DocumentForm()) if seen.prepares else None,
        "failed": failed,
        "has_calendar": forum.begins is not None,
        "may_remove": rules.may(principal, rules.OBJECT_REMOVE, forum),
        "panel": panel(principal, forum),
        "lines": history_lines(principal, forum),
    }


def answer_form(row: Delegation, data: Any = None) -> AnswerForm:
    """Return the form by which a delegation answers."""
    auto_id = f"jawab-{row.pk}-%s"
    return AnswerForm(data, initial={"note": row.note}, auto_id=auto_id)


def next_of(forum: Forum) -> Next:
    """Return where a forum may go, and what it lacks."""
    stage = Stage(forum.stage)
    to, back = following(stage), before(stage, sealed=is_sealed(forum))
    missing = lacking(to, standing(forum)) if to else ()
    opens = [one for one in Deed if to and allows(to, one) and not allows(stage, one)]
    return Next(
        lacks=[words.lack_name(one) for one in missing],
        to=(to.value, words.stage_name(to)) if to else None,
        back=(back.value, words.stage_name(back)) if back else None,
        opens=[words.deed_name(one) for one in opens],
    )
