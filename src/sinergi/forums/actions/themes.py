"""Deeds on themes: draw issues together, word, merge, split, take issues out; and remarks on them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import why
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned, printable, too_long_text
from sinergi.forums import errors
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.rows import (
    expect,
    held_delegation,
    held_forum,
    held_theme,
    in_time,
    refuse,
    tell,
)
from sinergi.forums.details import LENGTHS, ThemeDetails, changes, plain, theme_faults
from sinergi.forums.models import Descent, Forum, Remark, Theme
from sinergi.forums.queries.lineage import Node
from sinergi.forums.queries.themes import issues_of, issues_of_all
from sinergi.forums.stages import Deed

MOST_THEMES = 200


def _clean(details: ThemeDetails) -> ThemeDetails:
    details = cleaned(details)
    refuse(theme_faults(details))
    return details


def _issues(forum: Forum, numbers: Iterable[int]) -> list[Node]:
    """Return issues of a forum that were submitted and not withdrawn.

    Raises
    ------
    NotFoundError
        When one is not there.
    """
    wanted = sorted(set(numbers))
    rows = forum.issues.select_for_update().filter(
        pk__in=wanted, submitted_at__isnull=False, withdrawn_at=None
    )
    if rows.count() != len(wanted):
        raise errors.not_found(_("One of the issues"))
    return [Node(Descent.Kind.ISSUE, number) for number in wanted]


@transaction.atomic
def draw_theme(by: Principal, forum_id: int, details: ThemeDetails, issues: Iterable[int]) -> Theme:
    """Draw issues together under one theme. An issue may stand in several.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DRAW_THEMES)
    details = _clean(details)
    nodes = _issues(forum, issues)
    if not nodes:
        raise InvalidError({"issues": _("Choose at least one issue.")})
    if forum.themes.filter(retired_at=None).count() >= MOST_THEMES:
        told = _("A forum has at most %(most)s themes. Merge some.") % {"most": MOST_THEMES}
        raise InvalidError({"title": told})
    theme = Theme.objects.create(forum=forum, **asdict(details))
    descend(nodes, Node(Descent.Kind.THEME, theme.pk))
    after = {**plain(details), "issues": [node.number for node in nodes]}
    tell(by, Verb.THEME_DRAWN, forum, f"theme:{theme.pk}", after=after)
    return theme


@transaction.atomic
def word_theme(
    by: Principal,
    forum_id: int,
    theme_id: int,
    details: ThemeDetails,
    *,
    revision: int | None = None,
) -> Theme:
    """Word a theme otherwise.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DRAW_THEMES)
    theme = held_theme(forum, theme_id)
    expect(forum, f"theme:{theme.pk}", theme, revision)
    _word(by, forum, theme, _clean(details))
    return theme


def _word(by: Principal, forum: Forum, theme: Theme, details: ThemeDetails) -> None:
    differs = changes({"title": theme.title, "text": theme.text}, plain(details))
    if differs.names:
        theme.title, theme.text = details.title, details.text
        theme.revision += 1
        theme.save()
        part = f"theme:{theme.pk}"
        tell(by, Verb.THEME_WORDED, forum, part, differs.before, differs.after)


@transaction.atomic
def add_to_theme(by: Principal, forum_id: int, theme_id: int, issues: Iterable[int]) -> Theme:
    """Draw further issues into a theme that is there.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DRAW_THEMES)
    theme = held_theme(forum, theme_id)
    nodes = _issues(forum, issues)
    descend(nodes, Node(Descent.Kind.THEME, theme.pk))
    theme.revision += 1
    theme.save()
    after = {"issues": [node.number for node in nodes]}
    tell(by, Verb.THEME_DRAWN, forum, f"theme:{theme.pk}", after=after)
    return theme


def _unchanged(themes: Sequence[Theme], revisions: dict[int, int] | None) -> None:
    """Refuse when another secretary merged, split or worded one of the themes meanwhile."""
    if revisions is None:
        return
    if any(revisions.get(theme.pk) != theme.revision for theme in themes):
        told = _(
            "Somebody else of the secretariat changed one of these themes meanwhile. Nothing was merged; "
            "look at the themes as they are now and choose again."
        )
        raise ConflictError(told)


@transaction.atomic
def merge_themes(
    by: Principal,
    forum_id: int,
    theme_ids: Iterable[int],
    details: ThemeDetails,
    *,
    revisions: dict[int, int] | None = None,
) -> Theme:
    """Make one theme of several; the former ones are retired and stay its ancestors.

    Parameters
    ----------
    revisions
        Theme number to the revision that was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError, ConflictError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DRAW_THEMES)
    numbers = sorted(set(theme_ids))
    if len(numbers) < 2:
        raise InvalidError({"themes": _("Choose at least two themes to merge.")})
    details = _clean(details)
    themes = [held_theme(forum, number) for number in numbers]
    _unchanged(themes, revisions)
    made = Theme.objects.create(forum=forum, **asdict(details))
    inside = sorted(set[int]().union(*issues_of_all(numbers).values()))
    former = [Node(Descent.Kind.THEME, number) for number in numbers]
    issues = [Node(Descent.Kind.ISSUE, number) for number in inside]
    descend([*former, *issues], Node(Descent.Kind.THEME, made.pk))
    _retire(themes)
    after = {**plain(details), "themes": numbers}
    tell(by, Verb.THEMES_MERGED, forum, f"theme:{made.pk}", after=after)
    return made


@transaction.atomic
def split_theme(
    by: Principal,
    forum_id: int,
    theme_id: int,
    parts: Sequence[tuple[ThemeDetails, Sequence[int]]],
    *,
    revision: int | None = None,
) -> list[Theme]:
    """Make several themes of one: each with its wording and the issues that go into it.

    Every part has an edge from its own issues, so that no sentence gets an origin that it does not have.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, ConflictError
    InvalidError
        When there are fewer than two parts, or an issue of the theme goes into none.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DRAW_THEMES)
    theme = held_theme(forum, theme_id)
    expect(forum, f"theme:{theme.pk}", theme, revision)
    if len(parts) < 2:
        raise InvalidError({"parts": _("A theme is split into at least two.")})
    left = issues_of(theme) - {number for _details, numbers in parts for number in numbers}
    if left:
        told = _("Every issue of the theme must go into a part: %(count)s are left.")
        raise InvalidError({"parts": told % {"count": len(left)}})
    made = []
    for details, numbers in parts:
        one = Theme.objects.create(forum=forum, **asdict(_clean(details)))
        nodes = _issues(forum, numbers)
        descend([Node(Descent.Kind.THEME, theme.pk), *nodes], Node(Descent.Kind.THEME, one.pk))
        made.append(one)
    _retire([theme])
    after = {"themes": [one.pk for one in made]}
    tell(by, Verb.THEME_SPLIT, forum, f"theme:{theme.pk}", after=after)
    return made


def _retire(themes: Iterable[Theme]) -> None:
    for theme in themes:
        theme.retired_at = timezone.now()
        theme.revision += 1
        theme.save()


@transaction.atomic
def remark(
    by: Principal,
    forum_id: int,
    delegation_id: int,
    theme_id: int,
    *,
    text: str = "",
    wording: str = "",
) -> Remark:
    """Comment on a theme, or propose another wording.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_READ)
    delegation = held_delegation(by, forum, delegation_id)
    in_time(forum, Deed.DISCUSS)
    theme = held_theme(forum, theme_id)
    text, wording = printable(text), printable(wording)
    faults = too_long_text("text", text, LENGTHS["text"])
    faults |= too_long_text("wording", wording, LENGTHS["wording"])
    if not text and not wording:
        faults["text"] = _("Write a comment, or the wording that you propose.")
    refuse(faults)
    made = Remark.objects.create(
        theme=theme, organisation=delegation.organisation, text=text, wording=wording
    )
    after = {"organisation": delegation.organisation_id, "text": text, "wording": wording}
    tell(by, Verb.REMARKED, forum, f"theme:{theme.pk}", after=after)
    return made


@transaction.atomic
def decide_amendment(
    by: Principal,
    forum_id: int,
    remark_id: int,
    *,
    taken: bool,
    revision: int | None = None,
    reason: str = "",
) -> Remark:
    """Take an amendment over, which words the theme so, or say that it is not taken over.

    Parameters
    ----------
    revision
        Of the theme, as it was seen.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, InvalidError
    ConflictError
        When it has been decided already, or the theme was worded otherwise meanwhile.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DISCUSS)
    rows = Remark.objects.select_for_update(of=("self",)).exclude(wording="")
    found = rows.filter(theme__forum=forum, pk=remark_id).first()
    if found is None:
        raise errors.not_found(_("The amendment"))
    if found.state != Remark.State.OPEN:
        raise ConflictError(_("This amendment has been decided already."))
    theme = held_theme(forum, found.theme_id)
    expect(forum, f"theme:{theme.pk}", theme, revision)
    found.state = Remark.State.TAKEN if taken else Remark.State.REFUSED
    found.save(update_fields=["state"])
    if taken:
        _word(by, forum, theme, ThemeDetails(theme.title, found.wording))
    after = {"wording": found.wording, "state": str(found.state)}
    tell(by, Verb.AMENDMENT_DECIDED, forum, f"theme:{theme.pk}", after=after, reason=why(reason))
    return found
