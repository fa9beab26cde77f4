"""Typed search over regions, cooperation objects and affairs."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rapidfuzz import fuzz, process, utils

from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named

MOST = 6
"""Suggestions per kind; the page of results shows four times as many."""
LIKE_ENOUGH = 70
"""Similarity, 0-100, below which a name is not what was meant."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    """region, object or affair."""
    code: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind under their heading."""

    label: str
    hits: tuple[Hit, ...]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found: a list of suggestions to htmx, otherwise a page."""
    text = request.GET.get("q", "").strip()[:80]
    suggest = bool(getattr(request, "htmx", False))
    groups = find(text, MOST if suggest else 4 * MOST)
    template = "site/parts/search_results.html" if suggest else "site/search.html"
    return render(request, template, {"groups": groups, "search_text": text})


def find(text: str, most: int = MOST) -> tuple[Group, ...]:
    """Return regions, objects and affairs that `text` may mean, the likeliest first; empty kinds left out."""
    if not text:
        return ()
    groups = (
        Group(_("Regions"), tuple(_regions(text, most))),
        Group(_("Cooperation objects"), tuple(_named("object", text, _objects(), most))),
        Group(_("Affairs"), tuple(_named("affair", text, _affairs(), most))),
    )
    return tuple(group for group in groups if group.hits)


def _objects() -> dict[str, Named]:
    return {code: item for code, item in reference.catalogue().items() if item.computable}


def _affairs() -> dict[str, Named]:
    used = {item.affair for item in reference.catalogue().values() if item.computable}
    return {code: one for code, one in reference.affairs().items() if code in used}


def _regions(text: str, most: int) -> list[Hit]:
    """Return regions by code or by name, whole words before likeness."""
    table = reference.region_table()
    names = dict(zip(table.codes, table.names, strict=True))
    parents = dict(zip(table.codes, table.parents, strict=True))
    meant = [found.code for found in reference.find_region(text, most)]
    codes = dict.fromkeys([*_named_like(text, names), *(code for code in meant if code in names)])
    return [
        Hit("region", code, names[code], names.get(parents[code], ""))
        for code in list(codes)[:most]
    ]


def _named(kind: str, text: str, things: dict[str, Named], most: int) -> list[Hit]:
    """Return things by code or by their name in either language."""
    language = get_language() or "id"
    names = {code: f"{one.name_id} {one.name_en}" for code, one in things.items()}
    return [
        Hit(kind, code, things[code].name(language), code if kind == "affair" else "")
        for code in matches(text, names, most)
    ]


def matches(text: str, names: dict[str, str], most: int) -> list[str]:
    """Return the codes that are `text`, then those whose names begin with it, contain it, or are like it."""
    found = _named_like(text, names)
    wanted = utils.default_process(text)
    if not found and len(wanted) > 3:
        like = process.extract(
            wanted,
            names,
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            limit=most,
            score_cutoff=LIKE_ENOUGH,
        )
        found = [code for _name, _score, code in like]
    return found[:most]


def _named_like(text: str, names: dict[str, str]) -> list[str]:
    """Return codes equal to `text`, then names with a word that begins so, then names that contain it."""
    wanted = utils.default_process(text)
    exact = [code for code in names if code.casefold() == text.casefold()]
    if not wanted:
        return exact
    plain = {code: utils.default_process(name) for code, name in names.items()}
    begins = [code for code in plain if f" {wanted}" in f" {plain[code]}"]
    begins.sort(key=lambda code: len(plain[code]))
    inside = [code for code in plain if wanted in plain[code]]
    return list(dict.fromkeys([*exact, *begins, *inside]))
