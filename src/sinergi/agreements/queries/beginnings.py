"""What an agreement can be begun from, filled in as far as it is known: an opportunity, an entry, a point."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.agreements import errors
from sinergi.agreements.details import PartyDetails, party_details_of
from sinergi.agreements.families import NO, REGION, UNKNOWN, YES
from sinergi.agreements.models import Origin
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.words import government_name
from sinergi.evidence.scope import reading as reading_evidence
from sinergi.evidence.scope import scope_of
from sinergi.forums.models import Point
from sinergi.forums.queries.reading import readable
from sinergi.opportunities.addresses import settings_from_query, settings_to_query
from sinergi.opportunities.lists import snapshot, words
from sinergi.opportunities.lists.queries import lists
from sinergi.opportunities.lists.snapshot import Snapshot
from sinergi.opportunities.models import PriorityEntry
from sinergi.opportunities.settings import SettingsError
from sinergi.opportunities.views.choice import explained
from sinergi.reference import queries as reference

MOST_REASONS = 12
MOST_KEY = 300
MOST_NAMED = 4
"""Parties that a proposed title names; of more it names the first and counts the others."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known at the beginning of an agreement.

    Attributes
    ----------
    origin, key
        As of `Agreement`; from the key the same is found again when the form is sent.
    told
        What is kept of the origin: `title`, `url`, `reasons`, `on`.
    values
        Field of the form to what is filled in.
    parties
        In order.
    externality, cheaper
        What is known of two tests of mandatory cooperation: `yes`, `no` or empty.
    follows
        Number of the agreement that it follows.
    """

    origin: str = Origin.BLANK
    key: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    parties: tuple[PartyDetails, ...] = ()
    externality: str = UNKNOWN
    cheaper: str = UNKNOWN
    follows: int | None = None


def beginning(by: Principal, origin: str, key: str) -> Beginning:
    """Return what is known of an origin that somebody may read.

    Raises
    ------
    UnseenError
        When it is not there or may not be seen.
    BadRequest
        When a key names no opportunity that can be.
    """
    read = READ.get(origin)
    if read is None:
        return Beginning()
    with translation.override("id"):
        return read(by, key[:MOST_KEY])


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) <= 9):
        raise errors.not_found(_("What the agreement shall come from"))
    return int(key)


def _regions(codes: list[str]) -> tuple[PartyDetails, ...]:
    return tuple(PartyDetails(government_name(code), REGION, code) for code in dict.fromkeys(codes))


def title_of(what: str, names: list[str]) -> str:
    """Return a title in Indonesian for a cooperation about something among some."""
    shown = names if len(names) <= MOST_NAMED else names[:MOST_NAMED]
    values = {"what": what, "names": ", ".join(shown), "count": len(names) - len(shown)}
    told = _("Cooperation %(what)s: %(names)s")
    if len(names) > len(shown):
        told = _("Cooperation %(what)s: %(names)s and %(count)s others")
    return str(told % values)[:400] if names else what[:400]


def key_of_opportunity(code: str, members: str, query: str) -> str:
    """Return the key of an opportunity: its object, its members, and, where there is room, its map."""
    key = f"{code}:{members}:{query}"
    return key if len(key) <= MOST_KEY else f"{code}:{members}:"[:MOST_KEY]


def _opportunity(by: Principal, key: str) -> Beginning:
    code, _colon, rest = key.partition(":")
    members, _colon, query = rest.partition(":")
    try:
        settings = settings_from_query(QueryDict(query))
    except SettingsError as error:
        raise BadRequest(str(error)) from error
    codes = tuple(one for one in members.split("+") if one)
    with reading_evidence(scope_of(by, settings.evidence)):
        found = explained(code, codes, settings)
    kept = snapshot.take(found, settings)
    path = reverse("opportunities:opportunity", args=[code, "+".join(sorted(codes))])
    shown = settings_to_query(settings)
    url = f"{path}?{shown}" if shown else path
    return _of_snapshot(kept, Origin.OPPORTUNITY, key, url, note="")


def _of_snapshot(
    values: Mapping[str, Any], origin: str, key: str, url: str, note: str
) -> Beginning:
    kept = Snapshot(values)
    item = reference.catalogue().get(str(values["opportunity"]["object"]["code"]))
    codes = [one.code for one in kept.members]
    provinces = [str(one["code"]) for one in values["provinces"]]
    there = _regions([*codes, *provinces])
    names = [one.name for one in there]
    known = [one for one in kept.reasons if one.value is not None][:MOST_REASONS]
    reasons = [words.reason_line(kept, one) for one in known]
    told = {
        "title": title_of(kept.name, [kept.member_name(code) for code in codes]),
        "url": url,
        "reasons": reasons,
        "evidence": kept.evidence_version,
        "on": timezone.localdate().isoformat(),
    }
    money = kept.money
    saves = UNKNOWN if money is None else YES if money.saving > 0 else NO
    return Beginning(
        origin,
        key,
        told,
        {
            "title": title_of(kept.name, names),
            "object_code": item.code if item is not None else "",
            "object_text": "" if item is not None else kept.name,
            "affair": kept.affairs[0][0] if kept.affairs else "",
            "object_kind": "affair",
            "geography": kept.geographic_type if not provinces else "",
            "background": "\n".join([*([note] if note else []), *(f"– {one}" for one in reasons)]),
        },
        there,
        cheaper=saves,
    )


def _entry(by: Principal, key: str) -> Beginning:
    rows = PriorityEntry.objects.filter(pk=_number(key), deleted_at=None)
    plans = lists(by).select_related(None).order_by().values("pk")
    entry = rows.filter(priority_list__in=plans).select_related("priority_list").first()
    if entry is None:
        raise errors.not_found(_("The entry"))
    url = reverse("opportunities:list", args=[entry.priority_list_id]) + f"#butir-{entry.pk}"
    return _of_snapshot(entry.snapshot, Origin.ENTRY, key, url, entry.reason)


def _point(by: Principal, key: str) -> Beginning:
    rows = Point.objects.filter(pk__in=readable(by).filter(pk=_number(key)).values("pk"))
    point = rows.select_related("forum__organisation").first()
    if point is None:
        raise errors.not_found(_("The point"))
    there = reference.catalogue()
    codes = [code for code in point.objects_named if code in there]
    item = there[codes[0]] if codes else None
    affair = point.affair if point.affair in reference.affairs() else ""
    told = {
        "title": f"{point.number}. {point.title}",
        "url": point.get_absolute_url(),
        "reasons": [one for one in (point.text, point.evidence, point.source) if one],
        "forum": point.forum.title,
        "on": timezone.localdate().isoformat(),
    }
    values = {
        "title": point.title,
        "object_code": item.code if item is not None else "",
        "affair": item.affair if item is not None else affair,
        "background": "\n\n".join(one for one in (point.text, point.evidence) if one),
        "source": point.forum.title[:300],
    }
    return Beginning(Origin.POINT, key, told, values, _named_regions(point))


def _named_regions(point: Point) -> tuple[PartyDetails, ...]:
    """Return the regions of the organisations that a point names: its owner, whom it is addressed to."""
    named = [point.owner, *(one.organisation for one in point.addressees.all())]
    known = reference.region_table().position
    codes = [one.region_code for one in named if one is not None and one.region_code in known]
    return _regions(codes)


def _renewal(by: Principal, key: str) -> Beginning:
    earlier = reading.renewable(by, _number(key))
    told = {
        "title": earlier.title,
        "url": earlier.get_absolute_url(),
        "reasons": [],
        "on": timezone.localdate().isoformat(),
    }
    names = ("title", "object_code", "object_text", "affair", "purpose", "scope", "place")
    values = {
        name: getattr(earlier, name) for name in (*names, "family", "obligatory", "geography")
    }
    there = [party_details_of(one) for one in reading.parties(earlier)]
    again = tuple(
        PartyDetails(one.name, one.kind, one.region_code, one.agency, one.duty) for one in there
    )
    return Beginning(Origin.RENEWAL, key, told, values, again, follows=earlier.pk)


READ: dict[str, Callable[[Principal, str], Beginning]] = {
    Origin.OPPORTUNITY: _opportunity,
    Origin.ENTRY: _entry,
    Origin.POINT: _point,
    Origin.RENEWAL: _renewal,
}
"""Origins that can be read by their key; all others begin with nothing."""
