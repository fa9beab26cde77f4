"""Typed search over regions, objects, affairs, and the forums, points, plans and lines that one may read."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rapidfuzz import fuzz, process, utils

from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.agreements.queries.finding import agreements_with
from sinergi.forums.queries.finding import forums_with, points_with
from sinergi.programs.queries.finding import line_address, lines_with, plans_with
from sinergi.programs.queries.words import region_name
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import CooperationObject, Named
from sinergi.reference.moments import days

MOST = 6
"""Suggestions per kind; the page of results shows four times as many."""
LIKE_ENOUGH = 80
"""Similarity, 0-100, below which a name is not what was meant."""
SHORTEST_LIKE = 4
"""Letters below which likeness says nothing."""
SURE = 94
"""Score from which a region found by `find_region` is meant and not only similar."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    """region, object, affair, forum, point, plan, line or agreement."""
    code: str
    name: str
    note: str
    url: str = ""
    """Of a forum, a point, a plan, a line or an agreement; that of the others follows from their code."""


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
    groups = find(text, MOST if suggest else 4 * MOST, by=principal_of(request))
    template = "site/parts/search_results.html" if suggest else "site/search.html"
    return render(request, template, {"groups": groups, "search_text": text})


def find(text: str, most: int = MOST, *, by: Principal | None = None) -> tuple[Group, ...]:
    """Return what `text` may mean: regions, objects and affairs, the likeliest first, forums and points.

    Names that are only like it are looked for when nothing holds it. Empty kinds are left out.

    Parameters
    ----------
    by
        Who looks; without anybody no forum and no point is looked for.
    """
    if not text:
        return ()
    meetings = _meetings(by, text, most) if by is not None else ()
    planned = _planned(by, text, most) if by is not None else ()
    agreed = _agreed(by, text, most) if by is not None else ()
    held = (*_groups(text, most, alike=False), *meetings, *planned, *agreed)
    return held or _groups(text, most, alike=True)


def _meetings(by: Principal, text: str, most: int) -> tuple[Group, ...]:
    """Return forums and points that hold every word of `text`, as far as somebody may read them."""
    held = tuple(
        Hit("forum", str(one.pk), one.title, days(one.begins, one.ends), one.get_absolute_url())
        for one in forums_with(by, text, most)
    )
    agreed = tuple(
        Hit("point", str(one.pk), one.title, one.forum.title, one.get_absolute_url())
        for one in points_with(by, text, most)
    )
    groups = Group(_("Forums"), held), Group(_("What forums agreed on"), agreed)
    return tuple(group for group in groups if group.hits)


def _planned(by: Principal, text: str, most: int) -> tuple[Group, ...]:
    """Return plans, and on the page of results lines of current versions, as far as somebody may read them.

    Lines are left out of suggestions: there may be millions, and each letter typed would ask anew.
    """
    held = tuple(
        Hit("plan", str(one.pk), one.title, region_name(one.region_code), one.get_absolute_url())
        for one in plans_with(by, text, most)
    )
    found = lines_with(by, text, most) if most > MOST else []
    lines = tuple(
        Hit("line", str(one.pk), one.title, one.version.plan.title, line_address(one))
        for one in found
    )
    groups = Group(_("Plans"), held), Group(_("Lines of plans"), lines)
    return tuple(group for group in groups if group.hits)


def _agreed(by: Principal, text: str, most: int) -> tuple[Group, ...]:
    """Return agreements that hold every word in their title, number or a party's name, as far as readable."""
    held = tuple(
        Hit("agreement", str(one.pk), one.title, one.number, one.get_absolute_url())
        for one in agreements_with(by, text, most)
    )
    return (Group(_("Agreements"), held),) if held else ()


def _groups(text: str, most: int, *, alike: bool) -> tuple[Group, ...]:
    groups = (
        Group(_("Regions"), _regions(text, most, alike=alike)),
        Group(_("Cooperation objects"), _named("object", text, _objects(), most, alike=alike)),
        Group(_("Affairs"), _named("affair", text, _affairs(), most, alike=alike)),
    )
    return tuple(group for group in groups if group.hits)


def _objects() -> dict[str, Named]:
    return {code: item for code, item in reference.catalogue().items() if item.computable}


def _affairs() -> dict[str, Named]:
    used = {item.affair for item in reference.catalogue().values() if item.computable}
    return {code: one for code, one in reference.affairs().items() if code in used}


def _regions(text: str, most: int, *, alike: bool) -> tuple[Hit, ...]:
    """Return regions by any code or by name."""
    table = reference.region_table()
    names = dict(zip(table.codes, table.names, strict=True))
    parents = dict(zip(table.codes, table.parents, strict=True))
    meant = [one.code for one in reference.find_region(text, most) if alike or one.score >= SURE]
    codes = dict.fromkeys([*containing(text, names), *(code for code in meant if code in names)])
    return tuple(
        Hit("region", code, names[code], names.get(parents[code], ""))
        for code in list(codes)[:most]
    )


def _named(
    kind: str, text: str, things: dict[str, Named], most: int, *, alike: bool
) -> tuple[Hit, ...]:
    """Return things by code, by their name in either language, then by what they are about."""
    language = get_language() or "id"
    names = {code: f"{one.name_id} {one.name_en}" for code, one in things.items()}
    if alike:
        codes = like(text, names, most)
    else:
        about = {code: f"{names[code]} {_about(one)}" for code, one in things.items()}
        found = [*containing(text, names), *holding(text, about)]
        codes = list(dict.fromkeys(found))[:most]
    return tuple(
        Hit(kind, code, things[code].name(language), code if kind == "affair" else "")
        for code in codes
    )


def _about(one: Named) -> str:
    """Return more words an object is looked for by: what it is needed for, and its affairs."""
    if not isinstance(one, CooperationObject):
        return ""
    affairs = reference.affairs()
    codes = (one.affair, *one.secondary_affairs)
    named = [
        f"{affairs[code].name_id} {affairs[code].name_en}" for code in codes if code in affairs
    ]
    return " ".join((one.need_words, *named))


def holding(text: str, texts: dict[str, str]) -> list[str]:
    """Return the codes of texts in which every word of `text` begins a word."""
    wanted = utils.default_process(text).split()
    if not wanted:
        return []
    plain = {code: f" {utils.default_process(one)}" for code, one in texts.items()}
    return [code for code, one in plain.items() if all(f" {word}" in one for word in wanted)]


def like(text: str, names: dict[str, str], most: int) -> list[str]:
    """Return the codes of the names most like `text`; too short a text is like nothing."""
    wanted = utils.default_process(text)
    if len(wanted) < SHORTEST_LIKE:
        return []
    found = process.extract(
        wanted,
        names,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=most,
        score_cutoff=LIKE_ENOUGH,
    )
    return [code for _name, _score, code in found]


def containing(text: str, names: dict[str, str]) -> list[str]:
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
