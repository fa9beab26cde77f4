"""The page behind the link of an invitation: it shows who invites to what; only its button accepts."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from sinergi.accounts.actions import invitations as actions
from sinergi.accounts.errors import ForbiddenError, InvalidError, UnseenError
from sinergi.accounts.forms import NewcomerForm
from sinergi.accounts.models import Assignment, Invitation, Person
from sinergi.accounts.requests import principal_of

View = Callable[[HttpRequest, str], HttpResponse]
UNPROCESSABLE, FORBIDDEN, NOT_FOUND = 422, 403, 404


def discreet(view: View) -> View:
    """Keep what a view answers, and the address it has, out of caches, search engines and other hosts.

    The policy for referrers lets the origin through: with none at all, browsers send forms with the origin
    `null`, which the protection against forged requests must refuse.
    """

    @wraps(view)
    def answer(request: HttpRequest, secret: str) -> HttpResponse:
        response = view(request, secret)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


@discreet
@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an invitation, which consumes nothing; POST accepts it."""
    try:
        offer = actions.offered(secret)
        if request.method == "POST":
            return _accept(request, secret, offer)
        return _show(request, offer, NewcomerForm())
    except UnseenError as error:
        context = {"why": error.message}
        return render(request, "organisations/invitation_dead.html", context, status=NOT_FOUND)


def _show(
    request: HttpRequest, offer: Invitation, form: NewcomerForm, status: int = 200, fault: str = ""
) -> HttpResponse:
    principal = principal_of(request)
    person = request.user if principal.signed_in else None
    known = Person.objects.filter(email=offer.email).exists()
    there = {"next": request.path}
    context = {
        "offer": offer,
        "form": form,
        "fault": fault,
        "person": person,
        "fits": person is not None and getattr(person, "email", "") == offer.email,
        "known": known,
        "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{urlencode(there)}",
    }
    return render(request, "organisations/invitation.html", context, status=status)


def _accept(request: HttpRequest, secret: str, offer: Invitation) -> HttpResponse:
    principal = principal_of(request)
    form = NewcomerForm(None if principal.signed_in else request.POST)
    try:
        if principal.signed_in:
            return _welcome(request, actions.accept(principal, secret))
        if not form.is_valid():
            return _show(request, offer, form, UNPROCESSABLE)
        made = actions.accept_as_new(
            principal,
            secret,
            form.cleaned_data["name"],
            form.cleaned_data["password"],
            language=get_language() or "id",
        )
    except ForbiddenError as error:
        return _show(request, offer, NewcomerForm(), FORBIDDEN, error.message)
    except InvalidError as error:
        form.refuse(error)
        return _show(request, offer, form, UNPROCESSABLE)
    text = _("Your account is ready. Sign in with %(email)s and the password you chose.")
    messages.success(request, text % {"email": made.person.email})
    return redirect(settings.LOGIN_URL)


def _welcome(request: HttpRequest, made: Assignment) -> HttpResponse:
    text = _("You are now %(role)s of %(organisation)s.")
    values = {"role": made.get_role_display(), "organisation": made.organisation.name}
    messages.success(request, text % values)
    return redirect("organisations:page", made.organisation.code)
