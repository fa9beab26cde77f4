"""Pages of the themes of a forum: those in use, proposals of what seems alike, and one theme."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergi.accounts.once import new_token
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.history_lines import lines
from sinergi.analysis.errors import InputError
from sinergi.forums import errors, words
from sinergi.forums.forms.themes import RemarkForm
from sinergi.forums.models import Descent, Forum, Remark, StrategicIssue, Theme
from sinergi.forums.queries import themes as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.issues import history_of_part
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import frame
from sinergi.forums.views.origins import family
from sinergi.forums.views.theme_desk import THEME, numbers_of
from sinergi.forums.views.timing import not_now
from sinergi.forums.views.wordings import difference

FIRM, FAIRLY_FIRM = 0.35, 0.25
"""Likeness within a proposal from which nine and six in ten were right on the labelled issues (ADR 19)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A theme in use, with the issues in it and how many amendments wait."""

    theme: Theme
    issues: tuple[StrategicIssue, ...]
    waiting: int

    @property
    def organisations(self) -> list[str]:
        """Whose they are, each once."""
        names = {one.raised_by.name for one in self.issues if one.raised_by is not None}
        return sorted(names)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with a token of its own, so that taking it over twice makes one theme."""

    proposal: queries.Proposal
    token: str

    @property
    def words(self) -> list[str]:
        """The words that its issues share, each with others that were read as the same."""
        return [" ≈ ".join((word.written, *word.others)) for word in self.proposal.words]

    @property
    def differs(self) -> list[str]:
        """What its issues plainly differ in."""
        return [" / ".join(mark) for mark in self.proposal.differs]

    @property
    def firmness(self) -> str:
        """How firm it is, in words, and how often such proposals were right."""
        if self.proposal.differs:
            return _(
                "not firm, however many words they share: some of its issues may say the opposite; read them"
            )
        if self.proposal.likeness >= FIRM:
            return _(
                "firm: in the test nine in ten proposals like this held only issues that say the same"
            )
        if self.proposal.likeness >= FAIRLY_FIRM:
            return _(
                "fairly firm: in the test six in ten proposals like this held only issues that say the same"
            )
        return _(
            "loose: in the test most proposals like this held an issue that does not belong; read them first"
        )


@require_safe
def themes(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the themes in use and, to the secretariat, what else could be drawn together."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    around = frame(principal, forum, "themes")
    issues = submitted_by_number(forum)
    used = _drawn(forum, issues)
    inside = {issue.pk for one in used for issue in one.issues}
    free = [one for one in issues.values() if one.pk not in inside and one.withdrawn_at is None]
    late = not_now(forum, Deed.DRAW_THEMES)
    draws = around["frame"].prepares and not late
    context = {
        **around,
        "themes": used,
        "ticked": set(numbers_of(request.GET, THEME)),
        "free": free,
        "not_now": late,
        "draws": draws,
        "agrees": around["frame"].prepares and around["frame"].may[Deed.AGREE.value],
        **(_proposals(free) if draws else {}),
    }
    return render(request, "forums/themes.html", context)


def submitted_by_number(forum: Forum) -> dict[int, StrategicIssue]:
    """Return the issues of a forum that were submitted by number, also withdrawn ones; one query."""
    rows = forum.issues.filter(submitted_at__isnull=False).select_related("raised_by")
    return {row.pk: row for row in rows.order_by("pk")}


def _drawn(forum: Forum, issues: dict[int, StrategicIssue]) -> list[Drawn]:
    rows = list(queries.themes(forum))
    waiting = queries.waiting_amendments(forum, rows)
    inside = queries.issues_of_all([row.pk for row in rows])
    return [
        Drawn(
            row,
            tuple(issues[number] for number in sorted(inside.get(row.pk, ())) if number in issues),
            waiting[row.pk],
        )
        for row in rows
    ]


def _proposals(free: list[StrategicIssue]) -> dict[str, Any]:
    """Return what could be drawn together of the issues in no theme, or why that cannot be told."""
    try:
        found, alone = queries.proposals(free)
    except InputError as error:
        told = _(
            "There are %(count)s issues in no theme; at most %(most)s can be compared at once. Choose those "
            "of one affair below and draw them together by hand."
        )
        return {"too_many": told % error.values, "alone": free}
    return {"proposals": [Proposed(one, new_token()) for one in found], "alone": alone}


def get_theme(forum: Forum, theme_id: int) -> Theme:
    """Return a theme of a forum, also one that was merged or split.

    Raises
    ------
    NotFoundError
    """
    theme: Theme | None = forum.themes.filter(pk=theme_id).first()
    if theme is None:
        raise errors.not_found(_("The theme"))
    return theme


@require_safe
def theme(request: HttpRequest, forum_id: int, theme_id: int) -> HttpResponse:
    """Show a theme: wording, issues with their sentences, lineage, remarks."""
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    row = get_theme(forum, theme_id)
    return theme_page(request, principal, row, remark_form(principal, forum, row))


def remark_form(principal: Principal, forum: Forum, row: Theme, data: Any = None) -> RemarkForm:
    """Return the form of a remark, which begins with the present wording."""
    mine = frame(principal, forum, "themes")["frame"].mine
    return RemarkForm(data, initial={"wording": row.text}, delegations=mine)


def theme_page(
    request: HttpRequest,
    principal: Principal,
    row: Theme,
    form: RemarkForm,
    *,
    status: int = 200,
    **refused: Any,
) -> HttpResponse:
    """Show a theme with a form of a remark as it stands.

    Parameters
    ----------
    refused
        Of an amendment that was not decided: its number `undecided`, `why`, and the `refusal`.
    """
    forum = row.forum
    around = frame(principal, forum, "themes")
    issues = submitted_by_number(forum)
    inside = queries.issues_of(row)
    late = not_now(forum, Deed.DRAW_THEMES)
    live = row.retired_at is None
    told = around["frame"].prepares
    kin = family(principal, Node(Descent.Kind.THEME.value, row.pk))
    deeds = history_of_part(forum, f"theme:{row.pk}") if told else []
    held = [issues[number] for number in sorted(inside) if number in issues]
    context = {
        **around,
        "theme": row,
        "live": live,
        "issues": held,
        "may_split": sum(one.withdrawn_at is None for one in held) > 1,
        "family": kin,
        "steps_up": [step for step in kin.earlier if step.kind != Descent.Kind.ISSUE.value],
        "draws": told and live and not late,
        "agrees": told and live and around["frame"].may[Deed.AGREE.value],
        "not_now": late,
        "others": [
            one for one in issues.values() if one.pk not in inside and one.withdrawn_at is None
        ],
        "remarks": [
            (one, difference(row.text, one.wording) if one.wording else [])
            for one in queries.remarks_on(row)
        ],
        "form": form,
        "discusses": live and around["frame"].may[Deed.DISCUSS.value],
        "too_early": not_now(forum, Deed.DISCUSS),
        "told": told,
        "lines": lines(principal, deeds, field_name=words.field_name, shown=_shown(issues)),
        **refused,
    }
    return render(request, "forums/theme.html", context, status=status)


def _shown(issues: dict[int, StrategicIssue]) -> Any:
    """Return how the history tells a value: numbers of issues by their titles."""
    states = {str(value): str(label) for value, label in Remark.State.choices}

    def shown(name: str, value: Any, _deed: object) -> str:
        if name == "issues" and isinstance(value, list):
            return "; ".join(issues[one].title if one in issues else str(one) for one in value)
        if name == "themes" and isinstance(value, list):
            return ", ".join(map(str, value))
        return states.get(value, value) if name == "state" else str(value)

    return shown
