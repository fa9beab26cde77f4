"""Pages of changes: what changed an agreement, propose one, say a party's word, put it into effect."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergi.accounts import rules as rights
from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.middleware import status_of
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of, revision_of, why_of
from sinergi.accounts.texts import small_number
from sinergi.agreements import changes as rules
from sinergi.agreements import settlements
from sinergi.agreements.actions import change_effects
from sinergi.agreements.actions import changes as actions
from sinergi.agreements.change_words import decider_told, shown_change, shown_group
from sinergi.agreements.errors import StateError
from sinergi.agreements.forms.changes import SUCCESSORS, ChangeForm
from sinergi.agreements.models import Change, ChangeKind, Obligation
from sinergi.agreements.queries import changes as queries
from sinergi.agreements.queries import reading
from sinergi.agreements.views.frame import UNPROCESSABLE, Frame, frame_of
from sinergi.agreements.views.stages import insider


@require_safe
def changes(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Show what changed an agreement, what is proposed, what it built, and the chain it is part of."""
    frame = frame_of(request, agreement_id)
    row, today = frame.agreement, timezone.localdate()
    facts = queries.facts_of(row)
    there, inside = queries.facts_of_parties(frame.parties), insider(frame)
    context = frame.context(
        request,
        changes=[shown_change(one, there, insider=inside) for one in queries.changes_of(row)],
        chain=queries.chain(frame.by, row),
        assets=row.assets.select_related("holder", "goes_to"),
        kinds=_offered(facts),
        may_propose=actions.may_propose(frame.by, row),
        bound=rules.is_bound(facts),
        past_end=row.state == "living" and row.ends is not None and row.ends < today,
        decider=decider_told(there),
    )
    return render(request, "agreements/changes.html", context)


def _offered(facts: rules.AgreementFacts) -> list[tuple[str, Any]]:
    """Return the kinds of changes that can be proposed now."""
    living, bound = facts.state == "living", rules.is_bound(facts)
    found = []
    for kind in ChangeKind:
        can = bound or kind in rules.UNSIGNED
        can = can and (living or kind in rules.AFTERWARDS)
        if kind == ChangeKind.TAKEOVER and facts.obligatory != "wajib":
            can = False
        if can:
            found.append((kind.value, kind.label))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def new_change(request: HttpRequest, agreement_id: int, kind: str) -> HttpResponse:
    """Show the form of a change of a kind; POST proposes it."""
    if kind not in ChangeKind.values:
        raise Http404
    frame = frame_of(request, agreement_id)
    if not actions.may_propose(frame.by, frame.agreement):
        told = rights.refusal(frame.by, rights.OBJECT_EDIT, frame.agreement)
        raise ForbiddenError(told, rights.OBJECT_EDIT)
    form = ChangeForm(
        request.POST or None,
        kind=kind,
        agreement=frame.agreement,
        parties=frame.parties,
        initial=_initial(request, frame, kind),
    )
    status = 200
    if request.method == "POST":
        made = _propose(frame.by, agreement_id, form) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("The change was proposed."))
            return redirect("agreements:change", agreement_id, made)
        status = UNPROCESSABLE
    context = frame.context(
        request,
        form=form,
        kind=kind,
        kind_name=ChangeKind(kind).label,
        consent=rules.needs_consent(kind, rules.CONSENT),
        decider=decider_told(queries.facts_of_parties(frame.parties)),
    )
    return render(request, "agreements/change_form.html", context, status=status)


def _initial(request: HttpRequest, frame: Frame, kind: str) -> dict[str, Any]:
    """Return what a form begins with: of a region that was split, its successors by the pack."""
    today = timezone.localdate()
    found: dict[str, Any] = {"on": today, "effective": today, "title": ChangeKind(kind).label}
    if kind == ChangeKind.RENEWAL:
        found["title"] = frame.agreement.title[:200]
    number = small_number(request.GET.get("pihak", ""))
    party = next((one for one in frame.parties if one.pk == number), None)
    if party is not None:
        found["party"] = party.pk
        heirs = queries.successors_of(party.region_code) if party.region_code else []
        for place, (code, _name, since) in enumerate(heirs[:SUCCESSORS], start=1):
            found |= {f"successor_{place}": code, "on": since, "effective": since}
    return found


def _propose(by: Principal, agreement_id: int, form: ChangeForm) -> int | None:
    details = form.details()
    attachment = form.cleaned_data["attachment"]
    sent = {"agreement": agreement_id, **asdict(details), "file": getattr(attachment, "pk", None)}

    def do() -> dict[str, Any]:
        return {"change": actions.propose(by, agreement_id, details, attachment=attachment).pk}

    try:
        done = once(by, "propose_change", seal(form.cleaned_data["once"], sent), sent, do)
    except InvalidError as error:
        form.refuse(error)
        return None
    return int(done.result["change"])


@require_safe
def change(request: HttpRequest, agreement_id: int, change_id: int) -> HttpResponse:
    """Show one change: what it changes, each party's word, and what is open before it takes effect."""
    return _page(request, agreement_id, change_id)


def _page(
    request: HttpRequest,
    agreement_id: int,
    change_id: int,
    *,
    told: Any = None,
    status: int = 200,
) -> HttpResponse:
    frame = frame_of(request, agreement_id)
    row = queries.change(frame.by, agreement_id, change_id)
    row.agreement = frame.agreement
    there = queries.facts_of_parties(frame.parties)
    shown = shown_change(row, there, insider=insider(frame))
    faults = getattr(told, "fields", {}) if told is not None else {}
    groups = change_effects.groups_of(row) if shown.pending else ()
    obligations = Obligation.objects.filter(agreement=frame.agreement).in_bulk(
        {one.key.obligation for one in groups}
    )
    sent = request.POST if request.method == "POST" else row.settlement
    context = frame.context(
        request,
        shown=shown,
        change=row,
        successor=reading.agreements(frame.by).filter(pk=row.successor_id or 0).first(),
        groups=[shown_group(one, obligations, sent, faults) for one in groups],
        bills=queries.open_bills(frame.agreement) if row.kind in rules.ENDS else (),
        assets=frame.agreement.assets.all() if row.kind in rules.ENDS else (),
        ready=rules.takes_effect(row.kind, row.ground, there, row.answers),
        refusal=told.message if told is not None else "",
        fates=list(settlements.Fate),
    )
    return render(request, "agreements/change.html", context, status=status)


@require_POST
def answer(request: HttpRequest, agreement_id: int, change_id: int) -> HttpResponse:
    """Say the word of a party, named by `pihak`: `jawaban` is `setuju` or anything else."""
    agrees = request.POST.get("jawaban") == "setuju"
    party = small_number(request.POST.get("pihak", "")) or 0
    try:
        actions.answer(
            principal_of(request),
            agreement_id,
            change_id,
            party,
            agrees=agrees,
            note=why_of(request),
        )
    except (InvalidError, StateError) as error:
        return _page(request, agreement_id, change_id, told=error, status=status_of(error))
    messages.success(request, _("The word of the party was recorded."))
    return redirect("agreements:change", agreement_id, change_id)


@require_POST
def refuse(request: HttpRequest, agreement_id: int, change_id: int) -> HttpResponse:
    """Close a change that does not come about."""
    by, seen = principal_of(request), revision_of(request)
    try:
        actions.refuse_change(by, agreement_id, change_id, revision=seen, reason=why_of(request))
    except (InvalidError, StateError, ConflictError) as error:
        return _page(request, agreement_id, change_id, told=error, status=status_of(error))
    messages.success(request, _("The change was closed; what was said stays readable."))
    return redirect("agreements:changes", agreement_id)


@require_POST
def conclude(request: HttpRequest, agreement_id: int, change_id: int) -> HttpResponse:
    """Put a change into effect, with what becomes of all that is still owed."""
    by, sent = principal_of(request), request.POST
    decided = {name: str(value) for name, value in sent.items() if ":" in name}
    note = str(sent.get("catatan", ""))[:2000]
    try:
        done: Change = actions.conclude(
            by, agreement_id, change_id, revision=revision_of(request), decided=decided, note=note
        )
    except (InvalidError, StateError, ConflictError) as error:
        return _page(request, agreement_id, change_id, told=error, status=status_of(error))
    if done.state == "in_effect":
        messages.success(request, _("The change is in effect."))
    else:
        messages.success(request, _("The change is concluded and comes into effect on its day."))
    return redirect("agreements:change", agreement_id, change_id)
