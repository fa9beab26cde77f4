"""Every address of the site with nonsense in it: an answer that leads on, never a fault of ours.

The addresses are read from the resolver, so that new ones are covered by being there.
"""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

TOKEN = "0" * 32
NONSENSE = {
    "word": "zzz",
    "nul": "%00",
    "newline": "%0D%0AX-Bad:%20y",
    "slashes": "..%2F..%2Fetc%2Fpasswd",
    "picture": quote("💩 \u202e63.71"),
    "no utf-8": "%FF%FE",
    "script": quote("'\"><script>alert(1)</script>"),
    "huge": "9" * 40,
    "long": "a" * 5_000,
    "negative": "-1",
    "percent": "%25s%25(x)s{0}",
    "one known": "63.71",
    "several known": "63.01+63.71+63.71",
}
QUERIES = [
    "objek=zzz",
    "objek=%00&anggota=63.01&anggota=63.71",
    "objek=WASTE&objek=WASTE&wilayah=63.71&wilayah=%00&dalam=%FF",
    "anggota=9..2",
    "anggota=" + "9" * 5_000,
    "penduduk_min=" + "9" * 5_000,
    "penduduk_min=nan&jarak=nan",
    "jarak=inf&ambang=-1",
    "jarak=1e400",
    "atas=0",
    "atas=999999999999",
    "tiap=-1",
    "bobot_need=nan",
    "bobot_need=0&bobot_strength=0&bobot_fit=0&bobot_gain=0&bobot_proximity=0",
    "bobot_indikator=a:b:c:nan",
    "bobot_indikator=%00",
    "bobot_indikator=::1",
    "halaman=%D9%A1&urut=zzz&tingkat=zzz",
    "halaman=9&halaman=x",
    "q=%00&cari=%00&q=" + "%F0%9F%92%A9" * 3_000,
    "asosiasi=zzz",
    "pulau=%00",
    "daerah=zzz&tambah=%00",
    "daerah=63.71&daerah=63.71&tambah=" + "a" * 4_000,
    "&".join(f"x{number}=1" for number in range(1_200)),
    "=&&==&%",
]
ALLOWED = {200, 204, 301, 302, 304, 400, 401, 403, 404, 405, 413, 415, 422}


def shapes(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Yield every address with `%(name)s` where something can be put, and the names."""
    for one in patterns:
        if isinstance(one, URLResolver):
            prefix = "" if not hasattr(one.pattern, "_route") else str(one.pattern)
            yield from shapes(one.url_patterns, before + prefix)
        else:
            shape, names = normalize(one.pattern.regex.pattern)[0]
            yield before + shape, names


SHAPES = sorted(
    {
        (shape, tuple(names))
        for shape, names in shapes(get_resolver().url_patterns)
        if not shape.startswith("api/")  # `tests/api` sends nonsense to every operation
    }
)


def test_the_walk_finds_the_addresses_of_every_room() -> None:
    found = {shape for shape, _ in SHAPES}
    assert {"", "impor/", "cari/", "wilayah/%(code)s/", "peta/bentuk/%(name)s.json"} <= found
    assert len(SHAPES) > 35


def filled(shape: str, names: tuple[str, ...], value: str) -> str:
    """Put nonsense where something can be put; what chooses among a few stays what it may be."""
    known = {"kind": "csv", "extension": "csv", "token": TOKEN}
    return "/" + shape % {name: known.get(name, value) for name in names}


@pytest.fixture
def client(shipped: None, settings, tmp_path) -> Iterator[Client]:
    settings.HOME = tmp_path
    faults: list[object] = []

    def note(**_details: object) -> None:
        faults.append(True)

    got_request_exception.connect(note)
    yield Client(raise_request_exception=True)
    got_request_exception.disconnect(note)
    assert not faults


def check(answer, english: bool) -> None:
    """Hold an answer to its status, and a page of refusal to language and a way back."""
    assert answer.status_code in ALLOWED
    if answer.status_code not in {400, 403, 404} or "html" not in answer.get("Content-Type", ""):
        return
    if answer.request["REQUEST_METHOD"] == "HEAD":
        return
    page = answer.content.decode()
    assert f'<html lang="{"en" if english else "id"}"' in page
    assert f'href="{"/en/" if english else "/"}"' in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("kind", ["json", "geojson", "xlsx", "docx", "pdf", "exe", "%00"])
def test_every_file_in_every_format_with_and_without_settings(client: Client, kind: str) -> None:
    for shape, names in SHAPES:
        if chosen := {"kind", "extension", "fmt"} & {*names}:
            given = {name: kind if name in chosen else "63.71" for name in names}
            address = "/" + shape % (given | {"token": TOKEN} if "token" in names else given)
            check(client.get(address), english=False)
            check(client.get(f"{address}?tiap=1&atas=3"), english=False)


@pytest.mark.parametrize("number", range(len(NONSENSE)), ids=NONSENSE.keys())
def test_nonsense_in_any_place_of_any_path(client: Client, number: int) -> None:
    value = [*NONSENSE.values()][number]
    for place, (shape, names) in enumerate(SHAPES):
        english = (number + place) % 2 == 1
        if names:
            check(client.get(("/en" if english else "") + filled(shape, names, value)), english)


@pytest.mark.parametrize("number", range(len(QUERIES)), ids=[query[:24] for query in QUERIES])
def test_nonsense_behind_the_question_mark_of_any_address(client: Client, number: int) -> None:
    """Each query meets half of the addresses, each address half of the queries."""
    for place, (shape, names) in [*enumerate(SHAPES)][number % 2 :: 2]:
        english = (number + place) // 2 % 2 == 1
        path = (
            f"/en{filled(shape, names, 'LANDFILL')}" if english else filled(shape, names, "63.71")
        )
        check(client.get(f"{path}?{QUERIES[number]}"), english)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "head", "trace"])
def test_any_method_at_any_address(client: Client, method: str) -> None:
    for place, (shape, names) in enumerate(SHAPES):
        value = ("63.71", "1")[place % 2]
        check(getattr(client, method)(filled(shape, names, value)), english=False)


def test_a_form_without_its_token_is_refused_everywhere(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    for shape, names in SHAPES:
        answer = strict.post("/en" + filled(shape, names, "1"), {"load": "1"})
        assert answer.status_code in {403, 404, 405}
        check(answer, english=True)


BODIES = {
    "nothing": {},
    "nul": {"name": "a\x00", "note": "\x00", "reason": "\x00", "load": "1", "ke": "\x00"},
    "huge": {"revision": "9" * 5_000, "ke": "9" * 5_000, "header_row": "9" * 5_000, "to": "9" * 99},
    "unicode": {"revision": "١", "ke": "²", "to": "١", "name": "\u202e", "target_year": "٢٠٢٦"},
    "many": {f"x{number}": "1" for number in range(1_200)},
    "no file": {"file": "text"},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_any_form_with_nonsense(client: Client, body: dict[str, str]) -> None:
    kind = "application/x-www-form-urlencoded"
    for place, (shape, names) in enumerate(SHAPES):
        value = ("1", "9" * 40)[place % 4 == 3]
        check(client.post(filled(shape, names, value), urlencode(body), kind), english=False)


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/xml", "zzz"])
def test_a_body_that_is_no_form(client: Client, kind: str) -> None:
    for shape, names in SHAPES:
        answer = client.generic("POST", filled(shape, names, "1"), b"\xff\x00{", kind)
        check(answer, english=False)


def test_a_host_that_is_not_ours_is_a_400(client: Client) -> None:
    answer = client.get("/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
