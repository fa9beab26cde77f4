"""Deeds on themes: draw issues together, word, merge, split, draw further ones in."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import cleaned
from sinergi.forums import errors
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.rows import (
    expect,
    held_forum,
    held_theme,
    refuse,
    tell,
)
from sinergi.forums.details import ThemeDetails, changes, plain, theme_faults
from sinergi.forums.models import Descent, Forum, Theme
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


def _room_for(forum: Forum, more: int, field: str) -> None:
    if forum.themes.filter(retired_at=None).count() + more > MOST_THEMES:
        told = _("A forum has at most %(most)s themes. Merge some.") % {"most": MOST_THEMES}
        raise InvalidError({field: told})


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
    _room_for(forum, 1, "title")
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
    reword(by, forum, theme, _clean(details))
    return theme


def reword(by: Principal, forum: Forum, theme: Theme, details: ThemeDetails) -> None:
    """Give a theme that is held other words, with its audit record; the same words leave no trace."""
    differs = changes({"title": theme.title, "text": theme.text}, plain(details))
    if differs.names:
        theme.title, theme.text = details.title, details.text
        theme.revision += 1
        theme.save()
        part = f"theme:{theme.pk}"
        tell(by, Verb.THEME_WORDED, forum, part, differs.before, differs.after)


@transaction.atomic
def add_to_theme(by: Principal, forum_id: int, theme_id: int, issues: Iterable[int]) -> Theme:
    """Draw further issues into a theme that is there; nothing changes where it holds all of them.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DRAW_THEMES)
    theme = held_theme(forum, theme_id)
    inside = issues_of(theme)
    nodes = [node for node in _issues(forum, issues) if node.number not in inside]
    if not nodes:
        return theme
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

    Every part has an edge from its own issues, so that no sentence gets an origin that it does not have. What
    was withdrawn need not go anywhere: unless it is put into a part it stays with the former theme.

    Raises
    ------
    NotFoundError, ForbiddenError, StageError, ConflictError
    InvalidError
        When there are fewer than two parts or too many, one is without an issue or has one that is not of the
        theme, or a live issue of the theme goes into none.
    """
    forum = held_forum(by, forum_id, rules.OBJECT_EDIT, Deed.DRAW_THEMES)
    theme = held_theme(forum, theme_id)
    expect(forum, f"theme:{theme.pk}", theme, revision)
    inside = _parted(theme, [set(numbers) for _details, numbers in parts])
    _room_for(forum, len(parts) - 1, "parts")
    made = []
    for details, numbers in parts:
        one = Theme.objects.create(forum=forum, **asdict(_clean(details)))
        nodes = [Node(Descent.Kind.ISSUE, number) for number in sorted(inside & set(numbers))]
        descend([Node(Descent.Kind.THEME, theme.pk), *nodes], Node(Descent.Kind.THEME, one.pk))
        made.append(one)
    _retire([theme])
    after = {"themes": [one.pk for one in made]}
    tell(by, Verb.THEME_SPLIT, forum, f"theme:{theme.pk}", after=after)
    return made


def _parted(theme: Theme, parts: Sequence[set[int]]) -> set[int]:
    """Return the numbers of the issues of a theme, if each live one goes into a part and no other does."""
    if len(parts) < 2:
        raise InvalidError({"parts": _("A theme is split into at least two.")})
    if not all(parts):
        raise InvalidError({"parts": _("Every part needs an issue.")})
    inside, placed = issues_of(theme), set[int]().union(*parts)
    if placed - inside:
        told = _("Only issues of the theme go into its parts. Draw others into a part afterwards.")
        raise InvalidError({"parts": told})
    live = theme.forum.issues.filter(pk__in=inside - placed, withdrawn_at=None)
    if left := live.count():
        told = _("Every issue of the theme must go into a part: %(count)s are left.")
        raise InvalidError({"parts": told % {"count": left}})
    return inside


def _retire(themes: Iterable[Theme]) -> None:
    for theme in themes:
        theme.retired_at = timezone.now()
        theme.revision += 1
        theme.save()
