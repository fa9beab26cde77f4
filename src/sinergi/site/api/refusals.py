"""Errors of the rooms, told as problems."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sinergi.accounts.api.problems import ProblemError, field_errors, pointer, problem
from sinergi.accounts.errors import (
    AccountsError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    UnseenError,
)
from sinergi.evidence.uploads import is_full
from sinergi.opportunities.addresses import name_in_query
from sinergi.opportunities.messages import settings_message
from sinergi.opportunities.profile.directory import ListingError
from sinergi.opportunities.settings import SettingsError
from sinergi.reference.errors import UnknownRegion
from sinergi.site.api.faults import worded


def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(request, error.status, error.detail, error.errors, error.headers)


def _unseen(request: HttpRequest, error: AccountsError) -> HttpResponse:
    return problem(request, 404, error.message)


def _forbidden(request: HttpRequest, error: ForbiddenError) -> HttpResponse:
    return problem(request, 403, error.message)


def _invalid(request: HttpRequest, error: InvalidError) -> HttpResponse:
    return problem(request, 422, errors=field_errors(error.fields))


def _conflict(request: HttpRequest, error: AccountsError) -> HttpResponse:
    """Return 412 to a change that named an ETag, otherwise 409."""
    return problem(request, 412 if "If-Match" in request.headers else 409, error.message)


def _refused(request: HttpRequest, error: AccountsError) -> HttpResponse:
    return problem(request, 422, error.message)


def _validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(request, 422, errors=[_located(one) for one in error.errors])


def _located(one: dict[str, Any]) -> dict[str, str]:
    """Return where a value is and what is wrong with it."""
    source, *path = one["loc"]
    detail = worded(one)
    if source in {"body", "form", "file"}:
        return {"pointer": pointer(*path[1:]), "detail": detail}
    # The last one of a list is its place in it.
    names = [one for one in path if isinstance(one, str)]
    return {"parameter": names[-1] if names else "", "detail": detail}


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Return what `ninja` refuses by itself: a body that is not JSON."""
    return problem(request, error.status_code, _("The body is not valid JSON."))


def _settings(request: HttpRequest, error: SettingsError) -> HttpResponse:
    text = settings_message(error)
    name = name_in_query(error.field)
    return problem(request, 422, text, [{"parameter": name, "detail": text}])


def _listing(request: HttpRequest, error: ListingError) -> HttpResponse:
    text = _("Use one of: %(list)s.") % {"list": ", ".join(error.allowed)}
    return problem(request, 422, errors=[{"parameter": error.field, "detail": text}])


def _region(request: HttpRequest, error: UnknownRegion) -> HttpResponse:
    meant = "; ".join(f"{one.code} {one.name}" for one in error.suggestions[:3])
    text = _("There is no region with this code.")
    hint = _("Did you mean: %(suggestions)s?") % {"suggestions": meant} if meant else ""
    return problem(request, 404, f"{text} {hint}".strip())


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404, str(error))


def _bad(request: HttpRequest, error: BadRequest) -> HttpResponse:
    return problem(request, 400, str(error))


def _unwritten(request: HttpRequest, error: OSError) -> HttpResponse:
    """Tell of a full disk; any other fault stays one."""
    if not is_full(error):
        raise error
    return problem(request, 507)


HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (ProblemError, _problem),
    (UnseenError, _unseen),
    (ForbiddenError, _forbidden),
    (InvalidError, _invalid),
    (ConflictError, _conflict),
    (AccountsError, _refused),
    (ValidationError, _validation),
    (HttpError, _http),
    (SettingsError, _settings),
    (ListingError, _listing),
    (UnknownRegion, _region),
    (Http404, _missing),
    (BadRequest, _bad),
    (OSError, _unwritten),
)


def tell_refusals(api: NinjaAPI) -> None:
    """Give an API the handlers of all errors that a request can bring about."""
    for kind, handler in HANDLERS:
        api.add_exception_handler(kind, handler)
