"""The page on which a point is recorded: it takes over what the themes and issues it is made of carry."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.forums import errors
from sinergi.forums.actions import points as actions
from sinergi.forums.actions.point_rows import first_review
from sinergi.forums.forms.fields import joined
from sinergi.forums.forms.points import NewPointForm
from sinergi.forums.models import Forum
from sinergi.forums.queries import points as queries
from sinergi.forums.queries.carrying import Carried, carried, known_names, owner_names
from sinergi.forums.queries.themes import submitted, themes
from sinergi.forums.views.frame import UNPROCESSABLE, frame
from sinergi.forums.views.points import agreeing

TAKE = "ambil"
"""The button that takes over what is ticked."""


@require_http_methods(["GET", "HEAD", "POST"])
def new_point(request: HttpRequest, forum_id: int) -> HttpResponse:
    """Show the form of a point; POST records it. `?tema=` and `?isu=` say what it is made of."""
    principal, forum, elsewhere = agreeing(request, forum_id)
    if elsewhere is not None:
        return elsewhere
    offered: dict[str, list[Any]] = {
        "themes": list(themes(forum)),
        "issues": list(submitted(forum)),
    }
    form, status = (
        NewPointForm(request.POST or None, initial=_begun(request, forum, offered), **offered),
        200,
    )
    if TAKE in request.POST:
        form = _taken_over(forum, form, offered)
        messages.info(
            request,
            _("What the ticked themes and issues say was taken over. Nothing is recorded yet."),
        )
    elif request.method == "POST":
        number = _agree(principal, forum, form) if form.is_valid() else None
        if number is not None:
            messages.success(request, _("The point was recorded."))
            return redirect("forums:point", forum_id, number)
        status = UNPROCESSABLE
    proposers = _carried(forum, offered, form["themes"].value(), form["issues"].value()).proposers
    context = {
        **frame(principal, forum, "points"),
        "form": form,
        "proposers": proposers,
        "names": known_names(principal, forum),
        "owners": owner_names(forum, proposers),
    }
    return render(request, "forums/point_new.html", context, status=status)


def _carried(forum: Forum, offered: dict[str, list[Any]], chosen: Any, raised: Any) -> Carried:
    """Return what is carried by the themes and issues of these numbers, which came from a browser."""
    drawn = [one for one in offered["themes"] if str(one.pk) in (chosen or ())]
    alone = [one for one in offered["issues"] if str(one.pk) in (raised or ())]
    return carried(forum, drawn, alone) if drawn or alone else Carried()


def _begun(request: HttpRequest, forum: Forum, offered: dict[str, list[Any]]) -> dict[str, Any]:
    """Return how the form of a new point begins: the next number, and what it is made of."""
    chosen, raised = request.GET.getlist("tema"), request.GET.getlist("isu")
    found = _carried(forum, offered, chosen, raised)
    return {
        "number": queries.next_number(forum),
        "review": first_review(forum),
        "title": found.title,
        "text": found.text,
        "affair": found.affair,
        "objects_named": joined(found.objects_named),
        "addressees": "\n".join(found.addressees),
        "themes": chosen,
        "issues": raised,
        "taken": _names_of(chosen, raised),
    }


def _names_of(chosen: Iterable[str], raised: Iterable[str]) -> str:
    """Return what was taken over as one text, which the form carries."""
    return " ".join([*(f"t{one}" for one in chosen), *(f"i{one}" for one in raised)])


def _taken_over(forum: Forum, form: NewPointForm, offered: dict[str, list[Any]]) -> NewPointForm:
    """Return the form with what is ticked now in place of what was taken over; what was written stays."""
    values = {name: form[name].value() for name in form.fields}
    before = str(values["taken"] or "").split()
    was = _carried(
        forum,
        offered,
        [one[1:] for one in before if one.startswith("t")],
        [one[1:] for one in before if one.startswith("i")],
    )
    now = _carried(forum, offered, values["themes"], values["issues"])
    values |= {
        "title": _line(values["title"], was.title, now.title),
        "text": _text(values["text"], was, now),
        "affair": now.affair if values["affair"] in ("", was.affair) else values["affair"],
        "objects_named": joined(
            _several(values["objects_named"].split(), was.objects_named, now.objects_named)
        ),
        "addressees": "\n".join(
            _several(values["addressees"].splitlines(), was.addressees, now.addressees)
        ),
        "taken": _names_of(values["themes"] or (), values["issues"] or ()),
    }
    return NewPointForm(initial=values, **offered)


def _line(written: str | None, was: str, now: str) -> str:
    """Return the new value where the old one stands as it was proposed, or nothing does."""
    here = (written or "").strip()
    return now or here if here in ("", was) else here


def _text(written: str | None, was: Carried, now: Carried) -> str:
    """Return the new wording; behind what somebody wrote instead of the old one, as far as it is new."""
    here = (written or "").replace("\r\n", "\n").strip()
    if here in ("", was.text.strip()):
        return now.text or here
    further = [piece for piece in now.pieces if piece not in was.pieces and piece[1] not in here]
    return "\n\n".join([here, *(f"{title}\n{text}".strip() for title, text in further)])


def _several(written: Iterable[str], was: Sequence[str], now: Sequence[str]) -> list[str]:
    """Return what was written, without what only the old choice had proposed, with what the new one adds."""
    old, new = ({one.casefold() for one in names} for names in (was, now))
    kept = [one for one in written if one and one.casefold() not in old - new]
    there = old | {one.casefold() for one in kept}
    return kept + [one for one in now if one.casefold() not in there]


def _agree(principal: Principal, forum: Forum, form: NewPointForm) -> int | None:
    """Record the point of a valid form, once however often it is sent; on refusal fill the form."""
    values = form.cleaned_data

    def agree() -> dict[str, Any]:
        return {"point": actions.agree(principal, forum.pk, form.details(), form.origin()).pk}

    sent = {**{k: v for k, v in values.items() if k not in ("once", "taken")}, "of": forum.pk}
    try:
        done = once(principal, "agree_point", seal(values["once"], sent), sent, agree)
    except (errors.ForumError, InvalidError) as error:
        form.refuse(error)
        return None
    return int(done.result["point"])
