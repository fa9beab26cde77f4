"""What the pages of services share: the service, who may write on it, and forms that are sent once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sinergi.accounts import rules
from sinergi.accounts.errors import AccountsError, ForbiddenError, UnseenError
from sinergi.accounts.once import once, seal
from sinergi.agreements import permissions
from sinergi.agreements.actions.alarms import refresh
from sinergi.agreements.forms.kept import Kept
from sinergi.agreements.models import Party
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.services import Served, one_served
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import try_to_save


def everybody(frame: Frame) -> list[Party]:
    """Return all parties of an agreement, those that left among them."""
    return reading.parties(frame.agreement, all_of_them=True)


def service_of(request: HttpRequest, agreement_id: int, service_id: int) -> tuple[Frame, Served]:
    """Return an agreement and one of its services for a page.

    Raises
    ------
    UnseenError
    """
    frame = frame_of(request, agreement_id)
    return frame, one_served(frame.agreement, everybody(frame), service_id)


def may_write(frame: Frame, served: Served) -> bool:
    """Whether the reader keeps the agreement or provides the service."""
    return frame.edit or permissions.acts_for(frame.by, served.service.provider)


def require_writing(frame: Frame, served: Served) -> None:
    """Refuse the forms of a service to whom they are not for.

    Raises
    ------
    ForbiddenError
    """
    if not may_write(frame, served):
        rule = rules.OBJECT_EDIT
        raise ForbiddenError(rules.refusal(frame.by, rule, frame.agreement), rule)


def page_of_form(
    request: HttpRequest,
    frame: Frame,
    form: Kept,
    *,
    deed: str,
    heading: str,
    told: str,
    back: str,
    make: Callable[[], object],
    key: Mapping[str, Any],
    hint: str = "",
) -> HttpResponse:
    """Show a form that writes something new, and do what it says once when it is sent.

    Parameters
    ----------
    deed, key
        Under which it is remembered, with what the form says.
    told
        What is said when it is done.
    back
        The address to go to then.
    """
    status = 200
    if request.method == "POST":
        if form.is_valid() and _once(frame, form, deed, dict(key), make):
            refresh(frame.agreement)
            messages.success(request, told)
            return redirect(back)
        status = UNPROCESSABLE
    context = frame.context(request, form=form, heading=heading, back=back, hint=hint)
    return render(request, "agreements/plain_form.html", context, status=status)


def _once(
    frame: Frame, form: Kept, deed: str, key: dict[str, Any], make: Callable[[], object]
) -> bool:
    details: Any = form
    sent = {**key, **asdict(details.details())}

    def do() -> dict[str, Any]:
        make()
        return {}

    try:
        once(frame.by, deed, seal(form.cleaned_data["once"], sent), sent, do)
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        form.refuse(error)
        return False
    return True


def page_of_change(
    request: HttpRequest,
    frame: Frame,
    form: Kept,
    *,
    heading: str,
    told: str,
    back: str,
    save: Callable[[int], object],
    now: Callable[[], tuple[Mapping[str, Any], int]],
) -> HttpResponse:
    """Show a form that changes something, and what others changed meanwhile."""
    remember(form)
    met: Any = ()
    status = 200
    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            refresh(frame.agreement)
            messages.success(request, told)
            return redirect(back)
        met, status = tried.met, tried.status
    context = frame.context(request, form=form, heading=heading, back=back, met=met)
    return render(request, "agreements/plain_form.html", context, status=status)


def deed_on(
    request: HttpRequest, frame: Frame, back: str, told: str, do: Callable[[], object]
) -> HttpResponse:
    """Do what a button asks; a refusal is told where the button stands."""
    try:
        do()
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        messages.error(request, error.message)
        return redirect(back)
    refresh(frame.agreement)
    messages.success(request, told)
    return redirect(back)
