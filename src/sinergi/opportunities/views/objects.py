"""Cooperation objects: the catalogue by affair, and the page of one object."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sinergi.evidence import queries as evidence
from sinergi.evidence.queries import IndicatorInfo, unit_label
from sinergi.opportunities import messages, queries, rules
from sinergi.opportunities.addresses import settings_from_query, settings_to_query
from sinergi.opportunities.settings import SettingsError
from sinergi.opportunities.views import legal_rows
from sinergi.opportunities.views import opportunity_rows as rows
from sinergi.opportunities.views.unknown import unknown
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Affair, CooperationObject, IndicatorUse

TOP = 10


@dataclass(frozen=True, slots=True)
class AffairGroup:
    """The objects of one affair, the computable first."""

    affair: Affair
    objects: tuple[CooperationObject, ...]


@dataclass(frozen=True, slots=True)
class UseRow:
    """One indicator of an object."""

    side: str
    name: str
    code: str
    unit: str
    kind: str
    kind_css: str
    weight: float
    """Share of the indicator in its side."""
    normaliser: str
    rises: bool
    standard: tuple[float, float] | None
    """Good and bad value, with a standard."""
    source: str
    note: str


@require_safe
def objects(request: HttpRequest) -> HttpResponse:
    """List all cooperation objects by affair; what can be computed is visible at first sight."""
    catalogue, affairs = reference.catalogue(), reference.affairs()
    found: dict[str, list[CooperationObject]] = {}
    for item in catalogue.values():
        found.setdefault(item.affair, []).append(item)
    groups = [
        AffairGroup(affairs[code], tuple(sorted(found[code], key=lambda one: not one.computable)))
        for code in sorted(found)
    ]
    context = {
        "groups": groups,
        "total": len(catalogue),
        "computable": sum(item.computable for item in catalogue.values()),
    }
    return render(request, "opportunities/objects.html", context)


@require_safe
def one_object(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an object is, what it is computed from, and its best opportunities."""
    try:
        settings = settings_from_query(request.GET).but(objects=(code,), affairs=(), top=TOP)
        lacking = code in reference.catalogue() and not computable(code)
        best = None if lacking else queries.opportunity_map(settings)
    except SettingsError as error:
        if error.field == "objects":
            return unknown(request, error, code, (), "")
        raise BadRequest(messages.message(error)) from error
    item = reference.catalogue()[code]
    query = settings_to_query(settings.but(objects=(), top=50))
    context = {**_context(item), "best": best, "query": query, "settings": settings}
    return render(request, "opportunities/object.html", context)


def computable(code: str) -> bool:
    """Whether the shipped evidence supports an object."""
    return reference.catalogue()[code].computable


def _context(item: CooperationObject) -> dict[str, Any]:
    english = rows.english()
    affairs, info = reference.affairs(), evidence.indicator_catalogue()
    channels = reference.funding_channels()
    needs_province = rules.needs_province(item)
    options = rules.funding_options(item, channels.values(), province_is_party=needs_province)
    return {
        "item": item,
        "affairs": [affairs[code] for code in (item.affair, *item.secondary_affairs) if code],
        "logic_name": messages.logic_name(item.computed_logic),
        "logic_text": messages.logic_text(item.computed_logic),
        "intended_logic": messages.logic_name(item.logic)
        if item.logic != item.computed_logic
        else "",
        "uses": use_rows(item, info),
        "defaults": legal_rows.defaults_text(item.defaults),
        "lead": messages.level_name(rules.lead_level(item)),
        "authority": [messages.level_name(level) for level in item.authority],
        "needs_province": needs_province,
        "rules": [
            (one, messages.level_name(one.level))
            for one in reference.pack().authority_rules
            if one.affair == item.affair
        ],
        "families": messages.families_text(item.family),
        "documents": legal_rows.documents(item),
        "legal_class": messages.legal_class_name(item.legal_class),
        "trigger": item.trigger_en if english else item.trigger_id,
        "caveat": item.caveat_en if english else item.caveat_id,
        "lacks": item.lacks_en if english else item.lacks_id,
        **legal_rows.funding_context(options),
        "activity": legal_rows.activity_name(item.activity),
    }


def use_rows(item: CooperationObject, info: dict[str, IndicatorInfo]) -> list[UseRow]:
    """Return the indicators of an object, each with its share of its side."""
    found = []
    for side in ("need", "strength"):
        uses = item.uses(side)
        total = sum(use.weight for use in uses) or 1.0
        found += [_use_row(use, info[use.indicator], use.weight / total) for use in uses]
    return found


def _use_row(use: IndicatorUse, known: IndicatorInfo, share: float) -> UseRow:
    english = (get_language() or "id").startswith("en")
    standard = None
    if use.normaliser == "standard" and use.good is not None and use.bad is not None:
        standard = (use.good, use.bad)
    return UseRow(
        side=use.side,
        name=known.name_en if english else known.name_id,
        code=use.indicator,
        unit=unit_label(known.unit),
        kind=messages.kind_name(use.kind),
        kind_css="official" if use.kind == "measure" else "proxy",
        weight=share,
        normaliser=messages.normaliser_name(use.normaliser),
        rises=use.rises,
        standard=standard,
        source=known.source,
        note=use.note_en if english else use.note_id,
    )
