"""Pages of reminders: put aside what was seen, choose letters, and the days of an agreement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sinergi.accounts import rules
from sinergi.accounts.requests import principal_of
from sinergi.accounts.texts import small_number
from sinergi.agreements.actions import reminders as actions
from sinergi.agreements.forms.reminders import ReminderForm, values_of
from sinergi.agreements.queries.reminders import choice_of
from sinergi.agreements.reminders.choosing import FURTHEST, USUAL
from sinergi.agreements.views.frame import frame_of
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, try_to_save

DIGITS = 18
"""Digits of the number of a reminder."""


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Put aside one reminder, `nomor`, or all that were shown, up to `hingga`."""
    by, today = principal_of(request), timezone.localdate()
    if "nomor" in request.POST:
        number = small_number(request.POST["nomor"], DIGITS) or 0
        if actions.see(by, number, today):
            messages.success(request, _("Put aside. Others whom it concerns still see it."))
        else:
            messages.info(request, _("This reminder does not stand any more."))
    else:
        up_to = small_number(request.POST.get("hingga", ""), DIGITS) or 0
        count = actions.see_all(by, up_to, today)
        told = ngettext("%(count)s reminder put aside.", "%(count)s reminders put aside.", count)
        messages.success(request, told % {"count": count})
    return redirect("agreements:waiting")


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Choose whether reminders are told by e-mail."""
    actions.choose_letters(principal_of(request), wanted="surat" in request.POST)
    messages.success(request, _("Your choice was saved."))
    return redirect("agreements:waiting")


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Choose how many days before somebody is reminded in an agreement."""
    frame = frame_of(request, agreement_id)
    rules.require(frame.by, rules.OBJECT_EDIT, frame.agreement)
    row = choice_of(frame.agreement)
    form = ReminderForm(
        request.POST if request.method == "POST" else None,
        initial={**values_of(row), "revision": row.revision},
    )

    def now() -> tuple[dict[str, object], int]:
        there = choice_of(frame.agreement)
        return values_of(there), there.revision

    def save(revision: int) -> object:
        return actions.choose_days(frame.by, agreement_id, form.chosen(), revision=revision)

    remember(form)
    tried = try_to_save(form, save, now) if request.method == "POST" else UNTRIED
    if tried.saved:
        messages.success(request, _("Saved. The next nightly run reminds on these days."))
        return redirect(frame.agreement)
    context = frame.context(
        request, form=form, met=tried.met, usual=", ".join(map(str, USUAL)), most=FURTHEST
    )
    return render(request, "agreements/reminders.html", context, status=tried.status)
