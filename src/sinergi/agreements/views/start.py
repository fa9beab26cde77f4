"""The page on which an agreement is begun: from nothing, an opportunity, an entry, a recommendation."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisations_of
from sinergi.accounts.requests import principal_of
from sinergi.agreements import proposal_words
from sinergi.agreements.actions import agreements as deeds
from sinergi.agreements.details import PartyDetails
from sinergi.agreements.families import REGION
from sinergi.agreements.forms.agreements import PartyRows, StartForm
from sinergi.agreements.models import Origin
from sinergi.agreements.queries import beginnings, parties
from sinergi.agreements.queries.beginnings import Beginning
from sinergi.agreements.queries.parties import Proposal
from sinergi.agreements.queries.words import government_name
from sinergi.agreements.views.frame import UNPROCESSABLE
from sinergi.opportunities.addresses import settings_to_query
from sinergi.opportunities.views.choice import chosen
from sinergi.reference import queries as reference

PREVIEW, ADD, MAKE = "lihat", "tambah", "buat"
"""What the buttons of the page send: see the proposal, add the parties that are missing, make it."""
KEYS = {"butir": Origin.ENTRY, "rekomendasi": Origin.POINT, "lanjutan": Origin.RENEWAL}
"""Name in the address to what it is the number of."""


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Show what an agreement would be, and what the rules say of it; POST makes it, once."""
    by = principal_of(request)
    organisations = organisations_of(by)
    if not organisations:
        rule = rules.OBJECT_CREATE
        raise ForbiddenError(rules.refusal(by, rule, None), rule)
    if request.method == "POST":
        return _sent(request, by, organisations)
    found = _asked_for(request, by)
    origin = {"origin": found.origin, "origin_key": found.key}
    form = StartForm(organisations=organisations, initial={**found.values, **origin})
    return _page(request, form, PartyRows(None, found.parties), found, found.parties, found.values)


def _asked_for(request: HttpRequest, by: Principal) -> Beginning:
    if request.GET.get("objek") and request.GET.get("anggota"):
        code, codes, settings = chosen(request.GET)
        query = settings_to_query(settings)
        key = beginnings.key_of_opportunity(code, "+".join(codes), query)
        return beginnings.beginning(by, Origin.OPPORTUNITY, key)
    for name, origin in KEYS.items():
        if name in request.GET:
            return beginnings.beginning(by, origin, request.GET[name])
    return Beginning()


def _sent(request: HttpRequest, by: Principal, organisations: list[Organisation]) -> HttpResponse:
    form = StartForm(request.POST, organisations=organisations)
    rows = PartyRows(request.POST)
    valid = all((form.is_valid(), rows.is_valid()))
    values = form.cleaned_data
    found = _begun_from(by, values)
    there = rows.parties()
    step = request.POST.get("langkah", PREVIEW)
    if valid and step == MAKE:
        number = _make(by, form, there, found, organisations)
        if number is not None:
            messages.success(
                request, _("The agreement was begun. So far only your organisation sees it.")
            )
            return redirect("agreements:agreement", number)
        valid = False
    if valid and step == ADD:
        missing = _missing(_proposal(there, values, found))
        there = [*there, *missing]
        rows = PartyRows(None, there)
    return _page(request, form, rows, found, there, values, 200 if valid else UNPROCESSABLE)


def _begun_from(by: Principal, values: Mapping[str, Any]) -> Beginning:
    """Return what the agreement is begun from, read again: nothing of it is taken from what was sent."""
    return beginnings.beginning(by, values.get("origin", ""), values.get("origin_key", ""))


def _proposal(
    there: list[PartyDetails] | tuple[PartyDetails, ...],
    values: Mapping[str, Any],
    found: Beginning,
) -> Proposal:
    sides = [parties.side(str(n), one.kind, one.region_code) for n, one in enumerate(there)]
    return parties.propose(
        sides,
        values.get("object_code") or "",
        values.get("object_kind") or "",
        family=values.get("family") or "",
        cheaper=found.cheaper,
        externality=found.externality,
    )


def _missing(found: Proposal) -> list[PartyDetails]:
    """Return the regions that rules ask for and that are no parties yet."""
    codes = [code for one in found.missing for code in one.regions]
    return [PartyDetails(government_name(code), REGION, code) for code in codes]


def _make(
    by: Principal,
    form: StartForm,
    there: list[PartyDetails],
    found: Beginning,
    organisations: list[Organisation],
) -> int | None:
    """Make the agreement of a valid form, once however often it is sent; None, with the form filled."""
    values = form.cleaned_data
    proposal = _proposal(there, values, found)
    between = reference.agreement_families().get(values["family"] or proposal.family.code)
    geography = values["geography"] or proposal.geography
    details = form.details(
        family=values["family"] or proposal.family.code,
        geography=geography if between is not None and REGION in between.partners else "",
    )
    owner = {str(one.pk): one for one in organisations}[values["organisation"]]
    sent = {name: value for name, value in values.items() if name != "once"}
    content = [sent, [asdict(one) for one in there]]

    def make() -> dict[str, Any]:
        row = deeds.create_agreement(
            by,
            owner,
            details,
            there,
            origin=found.origin,
            origin_key=found.key,
            origin_told=found.told,
            follows=found.follows,
        )
        return {"agreement": row.pk}

    try:
        token = seal(values["once"], content)
        return int(once(by, "start_agreement", token, content, make).result["agreement"])
    except InvalidError as error:
        form.refuse(error)
        return None


def _page(
    request: HttpRequest,
    form: StartForm,
    rows: PartyRows,
    found: Beginning,
    there: list[PartyDetails] | tuple[PartyDetails, ...],
    values: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    told = None
    if there:
        proposal = _proposal(there, values, found)
        names = {str(n): one.name for n, one in enumerate(there)}
        item = parties.item_of(values.get("object_code") or "")
        told = proposal_words.told(proposal, names, item, values.get("family") or "")
    context = {
        "form": form,
        "rows": rows,
        "begun": found,
        "told": told,
        "region_names": reference.region_table().names,
        "steps": {"preview": PREVIEW, "add": ADD, "make": MAKE},
    }
    return render(request, "agreements/start.html", context, status=status)
