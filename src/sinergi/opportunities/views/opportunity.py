"""The page of one opportunity: any group of regions for one object, explained to the last observation."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sinergi.analysis.logics import LOGICS
from sinergi.opportunities import exports, messages, queries
from sinergi.opportunities.addresses import settings_from_query, settings_to_query
from sinergi.opportunities.lists.outcomes import onward
from sinergi.opportunities.messages.money import rupiah
from sinergi.opportunities.results import Explanation
from sinergi.opportunities.settings import MapSettings, SettingsError
from sinergi.opportunities.views import legal_rows
from sinergi.opportunities.views import opportunity_rows as rows
from sinergi.opportunities.views.headline import headline, joined
from sinergi.opportunities.views.map_files import attachment
from sinergi.opportunities.views.neighbours import Candidate, candidates
from sinergi.opportunities.views.sketch import sketch
from sinergi.opportunities.views.unknown import unknown
from sinergi.reference import queries as reference

MOST_EXPLAINED = 24
"""Members of a group that a page explains; twice as many as any object can have."""


@require_safe
def opportunity(request: HttpRequest, code: str, members: str) -> HttpResponse:
    """Explain one opportunity in full; the order of members in the address does not matter."""
    settings = read_settings(request)
    codes = split(members)
    if list(codes) != sorted(codes):
        return redirect(address(code, codes, settings))
    try:
        found = queries.explain(code, codes, settings)
    except SettingsError as error:
        return refused(request, error, code, codes, settings)
    return render(request, "opportunities/opportunity.html", _context(found, codes, settings))


@require_safe
def opportunity_file(request: HttpRequest, code: str, members: str, kind: str) -> HttpResponse:
    """Hand out the reasons of one opportunity as JSON, CSV or Excel."""
    settings, codes = read_settings(request), split(members)
    try:
        found = queries.explain(code, codes, settings)
    except SettingsError as error:
        return refused(request, error, code, codes, settings)
    if kind == "json":
        content = exports.write_json(exports.explanation_document(found, settings))
    elif kind == "csv":
        content = exports.write_csv(exports.reasons_sheet(found))
    else:
        content = exports.write_xlsx(exports.explanation_sheets(found))
    return attachment(content, kind, f"sinergi-{code}-{'+'.join(codes)}"[:120])


@require_safe
def regroup(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the group that the form for members describes: those ticked, and one by code or name."""
    settings = read_settings(request)
    codes = list(dict.fromkeys(request.GET.getlist("daerah")))
    if told := request.GET.get("tambah", "").strip():
        meant = reference.find_region(told)
        sure = bool(meant) and (len(meant) == 1 or meant[0].score > meant[1].score)
        codes.append(meant[0].code if sure else told)
    if not codes:
        return redirect("opportunities:object", code)
    try:
        queries.check_codes(settings.but(objects=(code,), regions=tuple(codes)))
    except SettingsError as error:
        return refused(request, error, code, tuple(codes), settings)
    return redirect(address(code, tuple(dict.fromkeys(codes)), settings))


def read_settings(request: HttpRequest) -> MapSettings:
    """Return the settings in the address, or answer 400."""
    try:
        return settings_from_query(request.GET)
    except SettingsError as error:
        raise BadRequest(messages.message(error)) from error


def split(members: str) -> tuple[str, ...]:
    """Return the codes of `63.01+63.71`, or answer 400 when there are too many."""
    codes = tuple(code for code in re.split(r"[+,; ]+", members) if code)
    if len(codes) > MOST_EXPLAINED:
        allowed = f"2–{MOST_EXPLAINED}"
        error = SettingsError("anggota", len(codes), "out_of_range", allowed)
        raise BadRequest(messages.message(error))
    return codes


def address(code: str, codes: tuple[str, ...], settings: MapSettings) -> str:
    """Return the address of an opportunity under some settings."""
    path = reverse("opportunities:opportunity", args=[code, "+".join(sorted(codes))])
    query = settings_to_query(settings)
    return f"{path}?{query}" if query else path


def refused(
    request: HttpRequest,
    error: SettingsError,
    code: str,
    codes: tuple[str, ...],
    settings: MapSettings,
) -> HttpResponse:
    """Answer 404 with suggestions for what does not exist, otherwise 400 with the reason."""
    missing = error.code == "unknown_code" and error.field in {"objects", "regions"}
    if missing or error.code == "not_computable":
        return unknown(request, error, code, codes, settings_to_query(settings))
    raise BadRequest(messages.message(error)) from error


def _context(found: Explanation, codes: tuple[str, ...], settings: MapSettings) -> dict[str, Any]:
    shown, query = found.opportunity, settings_to_query(settings)
    item, english = shown.object, rows.english()
    alike = queries.computed_map(settings.but(objects=(item.code,), affairs=(), regions=()))
    others = [member.name for member in shown.members]
    choose = urlencode([("objek", item.code), ("anggota", "+".join(codes))])
    chosen_from = settings_to_query(settings.but(objects=()))
    add_query = f"{choose}&{chosen_from}" if chosen_from else choose
    return {
        "found": found,
        "shown": shown,
        "item": item,
        "affair": reference.affairs().get(item.affair),
        "headline": headline(shown),
        "everyone": joined(others),
        "saving": rupiah(shown.money.saving) if shown.money else "",
        "money": _money(found),
        "total": len(alike.order),
        "logic_name": messages.logic_name(shown.logic),
        "logic_text": messages.logic_text(shown.logic),
        "vetoes": [messages.veto_text(veto) for veto in found.vetoes],
        "parts": rows.part_rows(found),
        "reasons": rows.reason_rows(found.reasons, found),
        "missing": rows.reason_rows(found.missing, found),
        "changes": rows.change_sentences(found),
        "score_fine": rows.fine(shown.score),
        "sketch": sketch(shown),
        "links": rows.links(found),
        "caveat": item.caveat_en if english else item.caveat_id,
        "lacks": item.lacks_en if english else item.lacks_id,
        "defaults": legal_rows.defaults_text(item.defaults),
        "candidates": _candidates(found, codes),
        "settings": settings,
        "hidden": parse_qsl(query),
        "query": query,
        "members_key": "+".join(codes),
        "add_query": add_query,
        "onward": onward("opportunity", add_query),
        **legal_rows.legal_context(found),
    }


def _candidates(found: Explanation, codes: tuple[str, ...]) -> list[Candidate]:
    shown = found.opportunity
    star = LOGICS[shown.logic].shape == "star"
    host = shown.members[0].code if star else ""
    return candidates(queries.ground(), codes, shown.object, host)


def _money(found: Explanation) -> dict[str, Any] | None:
    """Return the savings with the curve they come from."""
    shown = found.opportunity
    if shown.money is None or shown.object.cost_curve is None:
        return None
    share = shown.money.saving / shown.money.alone if shown.money.alone else 0.0
    return {
        "alone": rupiah(shown.money.alone),
        "together": rupiah(shown.money.together),
        "saving": rupiah(abs(shown.money.saving)),
        "saves": shown.money.saving > 0,
        "share": abs(share),
        "together_share": shown.money.together / shown.money.alone if shown.money.alone else 0.0,
        "curve": shown.object.cost_curve,
        "members": [(one.name, one.saves) for one in shown.members if one.saves is not None],
    }
