"""Pages on which the secretariat draws issues together, words, merges and splits themes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ConflictError, InvalidError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.forums.actions import themes as actions
from sinergi.forums.errors import ForumError
from sinergi.forums.forms.themes import NewThemeForm, ThemeForm
from sinergi.forums.models import Descent, Forum, Theme
from sinergi.forums.queries import themes as queries
from sinergi.forums.queries.forums import get_forum
from sinergi.forums.queries.issues import themes_of
from sinergi.forums.queries.lineage import Node
from sinergi.forums.stages import Deed
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE, frame
from sinergi.forums.views.origins import Family, family
from sinergi.forums.views.themes import get_theme, submitted_by_number
from sinergi.forums.views.timing import not_now
from sinergi.opportunities.lists.merging import Met, merge, remember

MOST_PARTS = 6
ISSUE, THEME, SEEN, PART = "isu", "tema", "revisi", "bagian"
"""What the forms send: numbers of issues and of themes, revisions seen, the part into which an issue goes."""
FREE = "bebas"
"""Numbers of issues that stood in no theme when the form was shown."""
ANOTHER = "tambah-bagian"


def _open(request: HttpRequest, forum_id: int) -> tuple[Principal, Forum, dict[str, Any]]:
    """Return who asks, the forum and what a page of the secretariat shows around its form.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    principal = principal_of(request)
    forum = get_forum(principal, forum_id)
    rules.require(principal, rules.OBJECT_EDIT, forum)
    around = frame(principal, forum, "themes")
    return principal, forum, {**around, "not_now": not_now(forum, Deed.DRAW_THEMES)}


def _numbers(sent: QueryDict, name: str) -> list[int]:
    """Return the numbers that a form sends under one name; what is none is left out."""
    return [int(one) for one in sent.getlist(name) if one.isdecimal() and len(one) < 16]


def _status(error: AccountsError) -> int:
    return CONFLICT if isinstance(error, ConflictError | UnseenError) else UNPROCESSABLE


def _once(
    principal: Principal, deed: str, form: Any, sent: object, do: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do what a valid form asks, once however often it is sent."""
    token = form.cleaned_data.get("once", "")
    return once(principal, deed, seal(token, sent), sent, do).result


@require_http_methods(["GET", "HEAD", "POST"])
def draw_theme(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the form of a new theme with the issues to choose from; POST draws it."""
    principal, forum, around = _open(request, forum_id)
    asked = request.POST if request.method == "POST" else request.GET
    chosen, status = _numbers(asked, ISSUE), 200
    form = NewThemeForm(request.POST or None, initial={"title": request.GET.get("judul", "")})
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            sent = [form.cleaned_data["title"], form.cleaned_data["text"], chosen]

            def draw() -> dict[str, Any]:
                with transaction.atomic():
                    _still_free(forum, set(chosen) & set(_numbers(request.POST, FREE)))
                    made = actions.draw_theme(principal, forum.pk, form.details(), chosen)
                return {"theme": made.pk}

            try:
                done = _once(principal, "draw_theme", form, [forum.pk, *sent], draw)
            except UnseenError:
                told = _("One of the issues was withdrawn meanwhile; it is no longer in the list.")
                form.add_error(None, told)
                status = CONFLICT
            except (ForumError, ConflictError, InvalidError) as error:
                form.refuse(error)
                status = _status(error)
            else:
                messages.success(request, _("The theme was drawn."))
                return redirect("forums:theme", forum.pk, done["theme"])
    inside = themes_of(forum)
    issues = [
        (one, inside.get(one.pk, []))
        for one in submitted_by_number(forum).values()
        if one.withdrawn_at is None
    ]
    context = {**around, "form": form, "issues": issues, "chosen": set(chosen)}
    return render(request, "forums/theme_draw.html", context, status=status)


def _still_free(forum: Forum, issues: set[int]) -> None:
    """Refuse when somebody else drew issues into a theme that stood in none when the form was shown.

    Raises
    ------
    ConflictError
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    inside = themes_of(forum)
    names = {theme.title for number in issues for theme in inside.get(number, ())}
    if names:
        told = _(
            "Somebody else of the secretariat drew some of these issues into a theme meanwhile: %(themes)s. "
            "Nothing was drawn now. Look at that theme, or draw yours as well."
        )
        raise ConflictError(told % {"themes": ", ".join(f"“{one}”" for one in sorted(names))})


@require_http_methods(["GET", "HEAD", "POST"])
def word_theme(request: HttpRequest, forum_id: int, theme_id: int) -> HttpResponse:
    """Show and save the wording of a theme; on conflict show what somebody else changed meanwhile."""
    principal, forum, around = _open(request, forum_id)
    row = get_theme(forum, theme_id)
    form, met, status = _word_form(row), list[Met](), 200
    if request.method == "POST":
        form, status = _word_form(row, request.POST), UNPROCESSABLE
        if form.is_valid():
            try:
                revision = form.cleaned_data["revision"] or 0
                actions.word_theme(principal, forum.pk, row.pk, form.details(), revision=revision)
            except (ForumError, ConflictError, InvalidError) as error:
                _refuse(form, error)
                status = _status(error)
                row = get_theme(forum, theme_id)
                if isinstance(error, ConflictError):
                    met = merge(form, {"title": row.title, "text": row.text}, row.revision)
            else:
                messages.success(request, _("The wording was saved."))
                return redirect("forums:theme", forum.pk, row.pk)
    context = {
        **around,
        "theme": row,
        "form": form,
        "met": met,
        "lives_on": _lives_on(principal, row),
    }
    return render(request, "forums/theme_word.html", context, status=status)


def _word_form(row: Theme, data: Any = None) -> ThemeForm:
    initial = {"title": row.title, "text": row.text, "revision": row.revision}
    form = ThemeForm(data, initial=initial)
    remember(form)
    return form


def _refuse(form: ThemeForm, error: AccountsError) -> None:
    """Show what an action refused; a theme that is gone was merged or split by somebody else."""
    if isinstance(error, UnseenError):
        form.add_error(None, _gone())
    else:
        form.refuse(error)


def _gone() -> str:
    return _(
        "Somebody else of the secretariat merged or split one of these themes meanwhile. Nothing was changed "
        "and nothing is lost: what you wrote is below, and so is what became of the theme."
    )


def _lives_on(principal: Principal, row: Theme) -> Family | None:
    """Return what became of a theme that was merged or split."""
    if row.retired_at is None:
        return None
    return family(principal, Node(Descent.Kind.THEME.value, row.pk))


@require_POST
def add_to_theme(request: HttpRequest, forum_id: int, theme_id: int) -> HttpResponse:
    """Draw further issues into a theme."""
    principal, forum, _around = _open(request, forum_id)
    row, chosen = get_theme(forum, theme_id), _numbers(request.POST, ISSUE)
    if not chosen:
        messages.error(request, _("Choose at least one issue."))
        return redirect("forums:theme", forum.pk, row.pk)
    try:
        actions.add_to_theme(principal, forum.pk, row.pk, chosen)
    except UnseenError:
        told = _(
            "The theme was merged or split, or an issue was withdrawn meanwhile. Choose again."
        )
        messages.error(request, told)
    except ForumError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The issues were drawn into the theme."))
    return redirect("forums:theme", forum.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_themes(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the wording of the theme that several are merged into; POST merges them."""
    principal, forum, around = _open(request, forum_id)
    asked = request.POST if request.method == "POST" else request.GET
    numbers, status = sorted(set(_numbers(asked, THEME)))[: actions.MOST_THEMES], 200
    rows = list(forum.themes.filter(pk__in=numbers))
    texts = (row.text for row in rows if row.text)
    initial = {"title": rows[0].title if rows else "", "text": "\n\n".join(texts)}
    form = NewThemeForm(request.POST or None, initial=initial)
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            seen = {
                number: (_numbers(request.POST, f"{SEEN}-{number}") or [0])[0] for number in numbers
            }
            sent = [forum.pk, form.cleaned_data["title"], form.cleaned_data["text"], numbers]

            def unite() -> dict[str, Any]:
                made = actions.merge_themes(
                    principal, forum.pk, numbers, form.details(), revisions=seen
                )
                return {"theme": made.pk}

            try:
                done = _once(principal, "merge_themes", form, sent, unite)
            except (ForumError, ConflictError, InvalidError) as error:
                _refuse(form, error)
                status = _status(error)
                rows = list(forum.themes.filter(pk__in=numbers))
            else:
                messages.success(request, _("The themes were merged."))
                return redirect("forums:theme", forum.pk, done["theme"])
    live = [row for row in rows if row.retired_at is None]
    gone = [(row, _lives_on(principal, row)) for row in rows if row.retired_at is not None]
    context = {**around, "form": form, "themes": live, "gone": gone}
    return render(request, "forums/theme_merge.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def split_theme(request: HttpRequest, forum_id: int, theme_id: int) -> HttpResponse:
    """Show the parts into which a theme is split and the issues that go into each; POST splits it."""
    principal, forum, around = _open(request, forum_id)
    row = get_theme(forum, theme_id)
    issues = submitted_by_number(forum)
    inside = [issues[number] for number in sorted(queries.issues_of(row)) if number in issues]
    count = _count(request.POST.get("jumlah", ""))
    count = min(count + (ANOTHER in request.POST), MOST_PARTS)
    sent = request.POST if request.method == "POST" else None
    forms = [_part_form(row, number, sent) for number in range(1, count + 1)]
    placed = {one.pk: _part_of(sent, one.pk, count) for one in inside}
    told, status = "", 200
    if sent is not None and ANOTHER not in sent:
        told, made = _split(principal, row, forms, placed, _revision(sent))
        if made:
            messages.success(request, _("The theme was split."))
            return redirect("forums:themes", forum.pk)
        row.refresh_from_db()
        status = CONFLICT if row.retired_at or row.revision != _revision(sent) else UNPROCESSABLE
    context = {
        **around,
        "theme": row,
        "forms": list(enumerate(forms, 1)),
        "issues": [(one, placed[one.pk]) for one in inside],
        "count": count,
        "may_add": count < MOST_PARTS,
        "told": told,
        "lives_on": _lives_on(principal, row),
    }
    return render(request, "forums/theme_split.html", context, status=status)


def _count(text: str) -> int:
    return max(2, int(text)) if text.isdecimal() and len(text) < 3 else 2


def _revision(sent: QueryDict) -> int:
    return (_numbers(sent, "revision") or [0])[0]


def _part_form(row: Theme, number: int, sent: QueryDict | None) -> ThemeForm:
    data = sent if sent is not None and f"b{number}-title" in sent else None
    form = ThemeForm(data, prefix=f"b{number}", initial={"title": row.title if number == 1 else ""})
    del form.fields["revision"]
    return form


def _part_of(sent: QueryDict | None, issue: int, count: int) -> int:
    """Return the part that an issue was put into; 0 for none yet."""
    part = (_numbers(sent, f"{PART}-{issue}") or [0])[0] if sent is not None else 0
    return part if part <= count else 0


def _split(
    principal: Principal,
    row: Theme,
    forms: list[ThemeForm],
    placed: dict[int, int],
    revision: int,
) -> tuple[str, bool]:
    """Split a theme as valid forms say; return what is wrong, and whether it was done."""
    if not all([form.is_valid() for form in forms]):  # noqa: C419 - every form shows what is wrong
        return _("Word every part."), False
    inside = [
        [issue for issue, part in placed.items() if part == number]
        for number in range(1, len(forms) + 1)
    ]
    if 0 not in placed.values() and not all(inside):
        return _("Every part needs an issue."), False
    parts = [(form.details(), found) for form, found in zip(forms, inside, strict=True)]
    try:
        actions.split_theme(principal, row.forum_id, row.pk, parts, revision=revision)
    except UnseenError:
        return _gone(), False
    except (ForumError, ConflictError, InvalidError) as error:
        return error.message, False
    return "", True
