"""Pages on which the secretariat merges themes into one and splits one into several."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts.errors import ConflictError, InvalidError, UnseenError
from sinergi.accounts.principal import Principal
from sinergi.forums.actions import themes as actions
from sinergi.forums.errors import ForumError
from sinergi.forums.forms.themes import NewThemeForm, ThemeForm
from sinergi.forums.models import Theme
from sinergi.forums.queries import themes as queries
from sinergi.forums.views.frame import CONFLICT, UNPROCESSABLE
from sinergi.forums.views.theme_desk import (
    PART,
    SEEN,
    THEME,
    done_once,
    gone,
    lives_on,
    numbers_of,
    opened,
    refuse,
    status_of,
)
from sinergi.forums.views.themes import get_theme, submitted_by_number

MOST_PARTS = 6
FEWEST_MERGED = 2
ANOTHER = "tambah-bagian"


@require_http_methods(["GET", "HEAD", "POST"])
def merge_themes(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the wording of the theme that several are merged into; POST merges them."""
    principal, forum, around = opened(request, forum_id)
    asked = request.POST if request.method == "POST" else request.GET
    numbers, status = sorted(set(numbers_of(asked, THEME)))[: actions.MOST_THEMES], 200
    if request.method != "POST" and len(numbers) < FEWEST_MERGED:
        messages.error(request, _("Choose at least two themes to merge."))
        ticked = urlencode({THEME: numbers}, doseq=True)
        return redirect(f"{reverse('forums:themes', args=[forum.pk])}?{ticked}")
    rows = list(forum.themes.filter(pk__in=numbers))
    texts = (row.text for row in rows if row.text)
    initial = {"title": rows[0].title if rows else "", "text": "\n\n".join(texts)}
    form = NewThemeForm(request.POST or None, initial=initial)
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            seen = {
                number: (numbers_of(request.POST, f"{SEEN}-{number}") or [0])[0]
                for number in numbers
            }
            sent = [forum.pk, form.cleaned_data["title"], form.cleaned_data["text"], numbers]

            def unite() -> dict[str, Any]:
                made = actions.merge_themes(
                    principal, forum.pk, numbers, form.details(), revisions=seen
                )
                return {"theme": made.pk}

            try:
                done = done_once(principal, "merge_themes", form, sent, unite)
            except (ForumError, ConflictError, InvalidError) as error:
                refuse(form, error)
                status = status_of(error)
                rows = list(forum.themes.filter(pk__in=numbers))
            else:
                messages.success(request, _("The themes were merged."))
                return redirect("forums:theme", forum.pk, done["theme"])
    live = [row for row in rows if row.retired_at is None]
    gone = [(row, lives_on(principal, row)) for row in rows if row.retired_at is not None]
    context = {**around, "form": form, "themes": live, "gone": gone}
    return render(request, "forums/theme_merge.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def split_theme(request: HttpRequest, forum_id: int, theme_id: int) -> HttpResponse:
    """Show the parts into which a theme is split and the issues that go into each; POST splits it."""
    principal, forum, around = opened(request, forum_id)
    row = get_theme(forum, theme_id)
    issues = submitted_by_number(forum)
    held = [issues[number] for number in sorted(queries.issues_of(row)) if number in issues]
    inside = [one for one in held if one.withdrawn_at is None]
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
        "withdrawn": [one for one in held if one.withdrawn_at is not None],
        "count": count,
        "may_add": count < MOST_PARTS,
        "told": told,
        "lives_on": lives_on(principal, row),
    }
    return render(request, "forums/theme_split.html", context, status=status)


def _count(text: str) -> int:
    return max(2, int(text)) if text.isdecimal() and len(text) < 3 else 2


def _revision(sent: QueryDict) -> int:
    return (numbers_of(sent, "revision") or [0])[0]


def _part_form(row: Theme, number: int, sent: QueryDict | None) -> ThemeForm:
    data = sent if sent is not None and f"b{number}-title" in sent else None
    form = ThemeForm(data, prefix=f"b{number}", initial={"title": row.title if number == 1 else ""})
    del form.fields["revision"]
    return form


def _part_of(sent: QueryDict | None, issue: int, count: int) -> int:
    """Return the part that an issue was put into; 0 for none yet."""
    part = (numbers_of(sent, f"{PART}-{issue}") or [0])[0] if sent is not None else 0
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
        return gone(), False
    except (ForumError, ConflictError, InvalidError) as error:
        return error.message, False
    return "", True
