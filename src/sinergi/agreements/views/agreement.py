"""The overview of an agreement; change, put away, restore."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules
from sinergi.accounts.audit.history import history_for
from sinergi.accounts.requests import principal_of
from sinergi.accounts.views.history_lines import lines as history_lines
from sinergi.accounts.views.sharing import panel as sharing_panel
from sinergi.agreements import proposal_words
from sinergi.agreements.actions import agreements as deeds
from sinergi.agreements.details import details_of
from sinergi.agreements.forms.agreements import AgreementForm
from sinergi.agreements.models import Agreement
from sinergi.agreements.panels import panels_of
from sinergi.agreements.queries import finding, parties, reading
from sinergi.agreements.queries.words import object_name
from sinergi.agreements.views.frame import frame_of
from sinergi.agreements.views.history import told_name, told_part, told_value
from sinergi.opportunities.lists.merging import remember
from sinergi.opportunities.views.saving import UNTRIED, bring_back, put_away, try_to_save
from sinergi.programs.queries.words import affair_name

DEEDS = 40
TEXTS = ("background", "purpose", "scope", "benefits", "impact", "funding", "note")
FACTS = ("place", *TEXTS, "responsible", "source")


@require_safe
def agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show what an agreement is, where it stands, what threatens, where it came from."""
    frame = frame_of(request, agreement_id)
    by, row = frame.by, frame.agreement
    found = parties.proposal_of(row, frame.parties)
    names = {str(one.pk): one.name for one in frame.parties}
    item = parties.item_of(row.object_code)
    before, after = finding.chain(by, row)
    context = frame.context(
        request,
        panels=panels_of(by, row),
        told=proposal_words.told(found, names, item, row.family),
        item=item if item is not None and item.computable else None,
        object_told=object_name(row.object_code, row.object_text),
        affair=affair_name(row.affair) if row.affair else "",
        texts=[(told_name(name), getattr(row, name)) for name in FACTS if getattr(row, name)],
        origin=_origin(request, row),
        before=before,
        after=after,
        sharing=sharing_panel(by, row),
        lines=history_lines(
            by,
            history_for(by, row, DEEDS),
            field_name=told_name,
            shown=told_value,
            subject=told_part,
        ),
    )
    return render(request, "agreements/agreement.html", context)


def _origin(request: HttpRequest, row: Agreement) -> dict[str, Any] | None:
    """Return what an agreement was begun from, to those who read all of it; nothing to the public."""
    if not row.origin_told.get("title"):
        return None
    return row.origin_told if rules.may(principal_of(request), rules.OBJECT_HISTORY, row) else None


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show and save what is written about an agreement; on conflict show what somebody else changed."""
    frame = frame_of(request, agreement_id)
    row = frame.agreement
    rules.require(frame.by, rules.OBJECT_EDIT, row)
    values = {**asdict(details_of(row)), "revision": row.revision}
    form, tried = AgreementForm(request.POST or None, initial=values), UNTRIED
    remember(form)

    def save(revision: int) -> object:
        return deeds.edit_agreement(frame.by, row.pk, form.details(), revision=revision)

    def now() -> tuple[dict[str, Any], int]:
        fresh = reading.agreement(frame.by, row.pk)
        return asdict(details_of(fresh)), fresh.revision

    if request.method == "POST":
        tried = try_to_save(form, save, now)
        if tried.saved:
            messages.success(request, _("The agreement was saved."))
            return redirect("agreements:agreement", row.pk)
    texts = [form[name] for name in TEXTS]
    context = frame.context(request, form=form, met=tried.met, texts=texts)
    return render(request, "agreements/agreement_form.html", context, status=tried.status)


@require_POST
def put_agreement_away(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Put an agreement away."""
    told = _("The agreement “%(name)s” was put away. It can be restored from the register.")
    pages = ("agreements:agreement", "agreements:agreements")
    return put_away(request, deeds.put_agreement_away, agreement_id, told, *pages)


@require_POST
def restore_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Bring an agreement back."""
    told = _("The agreement “%(name)s” is back.")
    return bring_back(request, deeds.restore_agreement, agreement_id, told, "agreements:agreement")
