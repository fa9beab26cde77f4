"""Pages for administrators of the installation: what there is, who there is, who holds the keys."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.actions import people as actions
from sinergi.accounts.errors import InvalidError, unseen
from sinergi.accounts.models import Organisation, Person, SignInProvider
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries import directory as queries
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.organisations import reason_of

PAGE = 50
OTHERS = ("audit:trail", "tasks:tasks")
"""Pages of other parts for the same reader; linked where this installation has them."""
DEEDS: dict[str, Callable[..., Person]] = {
    "nonaktifkan": actions.deactivate_person,
    "aktifkan": actions.reactivate_person,
    "jadikan-pengelola": actions.make_administrator,
    "lepas-pengelola": actions.unmake_administrator,
}
"""Deeds on a person, as the buttons send them."""


def _administrator(request: HttpRequest) -> Principal:
    principal = principal_of(request)
    rules.require(principal, rules.INSTALLATION)
    return principal


@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    """Show what an administrator of the installation looks after."""
    _administrator(request)
    live = Organisation.objects.filter(deleted_at=None)
    away = Organisation.objects.exclude(deleted_at=None)
    waiting = SignInProvider.objects.filter(confirmed_at=None, organisation__deleted_at=None)
    context = {
        "organisations": live.count(),
        "people": Person.objects.filter(erased_at=None, is_active=True).count(),
        "administrators": Person.objects.filter(is_administrator=True, erased_at=None),
        "orphans": queries.without_administrator()[:PAGE],
        "waiting": waiting.select_related("organisation").order_by("organisation__name")[:PAGE],
        "away": away.order_by("-deleted_at")[:PAGE],
        "others": _others(),
    }
    return render(request, "organisations/installation.html", context)


def _others() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name in OTHERS:
        try:
            found.append((name.partition(":")[0], reverse(name)))
        except NoReverseMatch:
            continue
    return found


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the installation, found by name or address."""
    principal = _administrator(request)
    text = request.GET.get("q", "").strip().replace("\x00", "")[:80]
    rows = queries.people(text)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("halaman")),
        "text": text,
        "me": principal.person_id,
    }
    return render(request, "organisations/people.html", context)


@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show a person: roles, and what can be done."""
    principal = _administrator(request)
    found = _person(number)
    context = {
        "person": found,
        "roles": queries.roles_of(found),
        "is_me": found.pk == principal.person_id,
    }
    return render(request, "organisations/person.html", context)


def _person(number: int) -> Person:
    found = Person.objects.filter(pk=number, erased_at=None).first()
    if found is None:
        raise unseen()
    return found


@require_POST
def person_deed(request: HttpRequest, number: int) -> HttpResponse:
    """Deactivate or reactivate a person, make or unmake an administrator of the installation."""
    principal = _administrator(request)
    found, deed = _person(number), DEEDS.get(request.POST.get("lakukan", ""))
    if deed is None:
        raise unseen()
    try:
        deed(principal, found, reason=reason_of(request))
    except InvalidError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Done: %(name)s.") % {"name": found.name})
    if found.pk == principal.person_id:
        return redirect("organisations:directory")
    return redirect("organisations:person", number)
