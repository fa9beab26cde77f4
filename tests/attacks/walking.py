"""Walks the house: every page that can be read, every form that stands on one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import NoReverseMatch

from tests.site.matrix.pages import PAGES, address
from tests.site.matrix.world import STANDINGS, World

TEXTS = {"text", "search", "email", "url", "tel", "textarea"}
LEAVING = ("/keluar/", "/akun/data/hapus/", "/akun/sesi/", "/masuk/", "/akun/pastikan/")
"""Forms that end the walk."""
ENDING = ("hapus", "arsip", "batal", "keluarkan", "akhiri", "cabut", "lakukan")
"""Words in addresses of forms that put something away: these come last."""


@dataclass
class Form:
    """A form of a page: where it is sent, and what its fields hold."""

    page: str
    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


def addresses(house: World) -> list[str]:
    """Return the addresses of all pages that are read, for things of the house."""
    found = {}
    for name, page in PAGES.items():
        if not page.get or page.get.startswith("dead"):
            continue
        for standing in STANDINGS[:1]:
            try:
                found[address(name, page, house, standing)] = True
            except NoReverseMatch:
                continue
    return list(found)


def soup(answer) -> BeautifulSoup:
    """Return the elements of an answer; of one that is no page, none."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return BeautifulSoup(b"".join(answer) if is_page else b"", "lxml")


def forms_of(page: str, parsed: BeautifulSoup) -> Iterator[Form]:
    """Yield the forms of a page, each once."""
    for tag in parsed.find_all("form"):
        action = urlsplit(urljoin(page, tag.get("action") or page))
        made = Form(page, action._replace(scheme="", netloc="").geturl(), tag.get("method", "get"))
        for one in tag.find_all(["input", "textarea", "select", "button"]):
            _read(one, made)
        yield made


def _read(tag: Tag, form: Form) -> None:
    name, kind = tag.get("name"), tag.get("type", "text") if tag.name == "input" else tag.name
    if not name or tag.has_attr("disabled"):
        return
    if kind in TEXTS:
        form.texts.append(name)
    elif kind == "select":
        chosen = tag.find("option", selected=True) or tag.find("option", value=True)
        options = [one for one in tag.find_all("option") if one.get("value")]
        form.values[name] = (chosen or options[0]).get("value", "") if chosen or options else ""
        if not form.values[name] and options:
            form.values[name] = options[0]["value"]
    elif kind in {"checkbox", "radio"}:
        if tag.has_attr("checked") or name not in form.values:
            form.values[name] = tag.get("value", "on")
    elif kind == "button":
        form.values.setdefault(name, tag.get("value", ""))
    elif kind not in {"submit", "reset", "file"}:
        form.values[name] = tag.get("value", "")


def post_forms(client: Client, house: World) -> list[Form]:
    """Return every form that a signed-in person can send, those that put something away last."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for page in addresses(house):
        for form in forms_of(page, soup(client.get(page))):
            if form.method.lower() == "post" and not form.action.startswith(LEAVING):
                found.setdefault((form.action, tuple(sorted(form.values))), form)
    return sorted(found.values(), key=lambda form: any(word in form.action for word in ENDING))
