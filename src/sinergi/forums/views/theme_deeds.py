"""Pages on which the secretariat draws issues together and words themes."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts.errors import ConflictError, InvalidError, UnseenError
from sinergi.forums.actions import themes as actions
from sinergi.forums.errors import ForumError
from sinergi.forums.forms.themes import NewThemeForm, ThemeForm
from sinergi.forums.models import Forum, Theme
from sinergi.forums.queries.issues import themes_of
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE
from sinergi.forums.views.theme_desk import (
    ISSUE,
    done_once,
    lives_on,
    numbers_of,
    opened,
    refuse,
    status_of,
)
from sinergi.forums.views.themes import get_theme, submitted_by_number
from sinergi.opportunities.lists.merging import Met, merge, remember

FREE = "bebas"
"""Numbers of issues that stood in no theme when the form was shown."""


@require_http_methods(["GET", "HEAD", "POST"])
def draw_theme(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the form of a new theme with the issues to choose from; POST draws it."""
    principal, forum, around = opened(request, forum_id)
    asked = request.POST if request.method == "POST" else request.GET
    chosen, status = numbers_of(asked, ISSUE), 200
    form = NewThemeForm(request.POST or None, initial={"title": request.GET.get("judul", "")})
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            sent = [form.cleaned_data["title"], form.cleaned_data["text"], chosen]

            def draw() -> dict[str, Any]:
                with transaction.atomic():
                    _still_free(forum, set(chosen) & set(numbers_of(request.POST, FREE)))
                    made = actions.draw_theme(principal, forum.pk, form.details(), chosen)
                return {"theme": made.pk}

            try:
                done = done_once(principal, "draw_theme", form, [forum.pk, *sent], draw)
            except UnseenError:
                told = _("One of the issues was withdrawn meanwhile; it is no longer in the list.")
                form.add_error(None, told)
                status = CONFLICT
            except (ForumError, ConflictError, InvalidError) as error:
                form.refuse(error)
                status = status_of(error)
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
    principal, forum, around = opened(request, forum_id)
    row = get_theme(forum, theme_id)
    form, met, status = _word_form(row), list[Met](), 200
    if request.method == "POST":
        form, status = _word_form(row, request.POST), UNPROCESSABLE
        if form.is_valid():
            try:
                revision = form.cleaned_data["revision"] or 0
                actions.word_theme(principal, forum.pk, row.pk, form.details(), revision=revision)
            except (ForumError, ConflictError, InvalidError) as error:
                refuse(form, error)
                status = status_of(error)
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
        "lives_on": lives_on(principal, row),
    }
    return render(request, "forums/theme_word.html", context, status=status)


def _word_form(row: Theme, data: Any = None) -> ThemeForm:
    initial = {"title": row.title, "text": row.text, "revision": row.revision}
    form = ThemeForm(data, initial=initial)
    remember(form)
    return form


@require_POST
def add_to_theme(request: HttpRequest, forum_id: int, theme_id: int) -> HttpResponse:
    """Draw further issues into a theme."""
    principal, forum, _around = opened(request, forum_id)
    row, chosen = get_theme(forum, theme_id), numbers_of(request.POST, ISSUE)
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
