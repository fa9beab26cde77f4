"""Every page × everybody × own, shared, public and foreign things. A page that is not in the table fails."""

import copy
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver
from django.utils import translation

from .expected import ALLOWED, EVERYBODY, GROUPS, HIDDEN, READ
from .pages import PAGES, Page, address, prepare, sent
from .world import STANDINGS, World, forget_uploads, world

SIGN_IN = "/masuk/"
FAILED = 500
AT_ONCE = 25


@pytest.fixture
def made(shipped: None) -> Iterator[World]:
    with translation.override("id"):
        built = world()
        yield built
        forget_uploads(built)


def names() -> set[str]:
    def walk(resolver, namespace: str = "") -> Iterator[str]:
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                yield namespace + (one.name or "")
            elif (one.namespace or "") != "api":
                yield from walk(one, namespace + (f"{one.namespace}:" if one.namespace else ""))

    return set(walk(get_resolver()))


def test_every_page_is_in_the_table() -> None:
    known = {name.split(" ")[0] for name in PAGES}
    programs = {"api-document", "api-docs", ""}
    assert names() - known - programs == set()
    assert known - names() == set()


def judged(answer, asker: str, *, read: bool, allowed: bool, readable: bool) -> str:
    """What is wrong with an answer; empty when nothing is."""
    sent_away = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
    if answer.status_code >= FAILED:
        return f"failed with {answer.status_code}"
    if allowed:
        refused = answer.status_code in {401, 403, 404} or sent_away
        return f"refused with {answer.status_code}" if refused else ""
    if not readable:
        return "" if answer.status_code == 404 else f"seen: {answer.status_code}"
    if asker == "visitor" and read:
        return "" if sent_away else f"a visitor got {answer.status_code}"
    stopped = answer.status_code in {403, 404} or (asker == "visitor" and sent_away)
    return "" if stopped else f"let through: {answer.status_code}"


def tried(name: str, page: Page, made: World, standing: str, method: str) -> Iterator[str]:
    need = page.get if method == "get" else page.post
    there = address(name, page, made, standing)
    askers = EVERYBODY if need != "open" else {"visitor", "outsider", "viewer"}
    for asker in sorted(askers):
        client = made.clients[asker]
        cookies = copy.deepcopy(client.cookies)
        with transaction.atomic():
            values = sent(name, page, made, standing) if method == "post" else {}
            answer = getattr(client, method)(there, values)
            transaction.set_rollback(True)
        client.cookies = cookies
        if wrong := verdict(answer, asker, need, standing, method == "get"):
            yield f"{method.upper()} {name} [{standing}] {asker}: {wrong}"


def verdict(answer, asker: str, need: str, standing: str, read: bool) -> str:
    if need == "door":
        return "failed" if answer.status_code >= FAILED and answer.status_code != 503 else ""
    if need.startswith("dead"):
        gone = answer.status_code in {404, 410} or (asker == "visitor" and need != "dead")
        return "" if gone else f"alive: {answer.status_code}"
    if need == "installation, unknown" and asker == "installation":
        return "" if answer.status_code == 404 else f"not 404: {answer.status_code}"
    if need in GROUPS:
        allowed = asker in GROUPS[need]
        return judged(answer, asker, read=read, allowed=allowed, readable=need not in HIDDEN)
    allowed = asker in ALLOWED[need][standing]
    readable = asker in READ[standing] and need not in HIDDEN
    return judged(answer, asker, read=read, allowed=allowed, readable=readable)


def room_of(name: str) -> str:
    return name.split(":", maxsplit=1)[0] if ":" in name else name.split("_", maxsplit=1)[0]


def wrong_on(name: str, made: World) -> list[str]:
    page = PAGES[name]
    with transaction.atomic():
        prepare(name, made)
        found = [
            line
            for standing in (page.standings if page.kind else STANDINGS[:1])
            for method, need in (("get", page.get), ("post", page.post))
            if need
            for line in tried(name, page, made, standing, method)
        ]
        transaction.set_rollback(True)
    return found


def turns() -> Iterator[list[str]]:
    """Yield the pages of each room, of large rooms in several turns."""
    for room in sorted({room_of(name) for name in PAGES}):
        names_of_room = [name for name in sorted(PAGES) if room_of(name) == room]
        for first in range(0, len(names_of_room), AT_ONCE):
            yield names_of_room[first : first + AT_ONCE]


@pytest.mark.long
@pytest.mark.parametrize("pages", turns(), ids=lambda pages: f"{pages[0]} to {pages[-1]}")
def test_pages_let_through_whom_they_should_and_nobody_else(pages: list[str], made: World) -> None:
    assert [line for name in pages for line in wrong_on(name, made)] == []
