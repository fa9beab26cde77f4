"""Forms that make, change, put away and bring back: once, told why not, met with what others changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sinergi.accounts.errors import (
    AccountsError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    UnseenError,
)
from sinergi.accounts.middleware import status_of
from sinergi.accounts.models import Kept, Organisation
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.opportunities.lists.merging import Met, Shown, in_words, merge


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a form that was sent.

    Attributes
    ----------
    met
        What others changed meanwhile; the form then holds it, ready for another try.
    status
        Of the page that shows the form again.
    """

    saved: bool
    met: tuple[Met, ...] = ()
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY


UNTRIED = Tried(saved=False, status=HTTPStatus.OK)
"""Of a form that was not sent yet."""


def try_to_save(
    form: Any,
    save: Callable[[int], object],
    now: Callable[[], tuple[Mapping[str, Any], int]],
    shown: Shown = in_words,
) -> Tried:
    """Save what a form says, unless it is not valid, is refused, or others changed the same meanwhile.

    Parameters
    ----------
    form
        Bound, with the field `revision` and the method `refuse`; see `merging.remember`.
    save
        Does it, given the revision that the writer saw, 0 for none.
    now
        Returns the values that stand now, by field, and their revision; asked on conflict only.

    Raises
    ------
    UnseenError, ForbiddenError
        As `save`: they have pages of their own.
    """
    if not form.is_valid():
        return Tried(saved=False)
    try:
        save(form.cleaned_data["revision"] or 0)
    except (UnseenError, ForbiddenError):
        raise
    except AccountsError as error:
        form.refuse(error)
        met = merge(form, *now(), shown) if isinstance(error, ConflictError) else ()
        return Tried(saved=False, met=tuple(met), status=status_of(error))
    return Tried(saved=True)


def put_away(
    request: HttpRequest, deed: Callable[..., Kept], number: int, told: str, stay: str, leave: str
) -> HttpResponse:
    """Put away what a form names, at the revision that the person saw.

    Parameters
    ----------
    deed
        The action; takes the person, the number, `revision` and `reason`.
    told
        What is said then; may hold `%(name)s`.
    stay, leave
        Names of the page of the thing, shown again when it is refused, and of the page of all.

    Raises
    ------
    UnseenError, ForbiddenError
    """
    try:
        row = deed(
            principal_of(request), number, revision=revision_of(request), reason=why_of(request)
        )
    except (ConflictError, InvalidError) as error:
        messages.error(request, error.message)
        return redirect(stay, number)
    messages.success(request, told % {"name": row.label})
    return redirect(leave)


def bring_back(
    request: HttpRequest, deed: Callable[..., Kept], number: int, told: str, page: str
) -> HttpResponse:
    """Bring back what a form names; says so on its page. Parameters are those of `put_away`.

    Raises
    ------
    UnseenError, ForbiddenError, InvalidError
    """
    row = deed(principal_of(request), number, reason=why_of(request))
    messages.success(request, told % {"name": row.label})
    return redirect(page, number)


def make_once(
    by: Principal,
    form: Any,
    organisations: Iterable[Organisation],
    make: Callable[[Organisation], Kept],
    *,
    deed: str,
    kind: str,
) -> int | None:
    """Make something of a valid form, once however often it is sent; return its number.

    Returns None, and fills the form, when it is refused.

    Parameters
    ----------
    form
        Valid, with the fields `organisation` and `once` and the method `refuse`.
    organisations
        Among which the form chose.
    deed, kind
        Under which what was done is remembered.

    Raises
    ------
    UnseenError, ForbiddenError, ConflictError
        As `make`.
    """
    values = form.cleaned_data
    owner = {str(one.pk): one for one in organisations}[values["organisation"]]
    sent = {name: value for name, value in values.items() if name != "once"}
    try:
        done = once(by, deed, seal(values["once"], sent), sent, lambda: {kind: make(owner).pk})
    except InvalidError as error:
        form.refuse(error)
        return None
    return int(done.result[kind])
