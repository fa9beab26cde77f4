"""Quotes, line ends, NUL, odd and endless texts in every field and parameter: answered, never a fault."""

from urllib.parse import quote

import pytest

from tests.attacks.walking import addresses, forms_of, post_forms, soup

pytestmark = pytest.mark.long

NASTY = (
    "' OR '1'='1' --",
    '"; DROP TABLE accounts_person; --',
    "x\r\nSet-Cookie: jahat=1\r\n\r\n<p>",
    "a\x00b",
    "../../../../etc/passwd",
    "9" * 40,
    "-1",
    "1e999",
    "NaN",
    "\u202emoc.tahaj\u2066\ufeff",
    "e" + "\u0301" * 300,
    "%s%n{0.__class__}${7*7}",
    "👩‍👩‍👧‍👦𝕊\U0010ffff",
)
RAW = ("%F0%28%8C%28", "%00", "%0d%0aSet-Cookie:%20jahat=1", "%ED%A0%80", "a" * 5000)
KNOWN = (
    "objek",
    "dalam",
    "anggota",
    "bukti",
    "halaman",
    "q",
    "next",
    "top",
    "rupa",
    "cari",
    "urut",
)


def unharmed(answer, told: str) -> None:
    assert answer.status_code < 500 or answer.status_code == 503, told
    assert "jahat" not in answer.cookies, told
    for name, value in answer.headers.items():
        assert "\n" not in name + value, told
        assert "\r" not in name + value, told


def test_forms_take_or_refuse_whatever_is_written(insider, house) -> None:
    forms = [form for form in post_forms(insider, house) if form.texts or form.values]
    for number, text in enumerate((*NASTY, "z" * 200_000)):
        for form in forms[number % 3 :: 3]:
            chosen = dict.fromkeys((*form.texts, *form.values), text)
            chosen.pop("csrfmiddlewaretoken", None)
            unharmed(insider.post(form.action, chosen), f"{form.action} {text[:20]!r}")


def test_parameters_of_addresses_are_taken_or_refused(insider, house) -> None:
    pages = {page.partition("?")[0]: page for page in addresses(house)}
    for number, (path, page) in enumerate(pages.items()):
        names = set(KNOWN[number % 3 :: 3])
        for form in forms_of(page, soup(insider.get(page))):
            names |= {*form.texts, *form.values} if form.method.lower() == "get" else set()
        tried = [*map(quote, NASTY), *RAW]
        for turn, name in enumerate(sorted(names)):
            attack = tried[(number + turn) % len(tried)]
            unharmed(insider.get(f"{path}?{quote(name)}={attack}"), f"{path} {name} {attack[:20]}")


def test_names_in_paths_are_known_or_not_there(insider, house) -> None:
    parts = ("data/{}/", "wilayah/{}/", "objek/{}/", "peluang/{}/{}/", "undangan/{}/")
    parts += ("organisasi/{}/", "peta/wilayah/{}/", "bagikan/{}/1/", "surel/konfirmasi/{}/", "{}")
    for part in parts:
        for attack in (*(quote(text, safe="") for text in NASTY), *RAW):
            answer = insider.get("/" + part.replace("{}", attack))
            unharmed(answer, f"{part} {attack[:20]}")
            assert answer.status_code in {301, 302, 400, 404, 410, 200}


def test_headers_that_a_person_sends_are_taken_or_ignored(insider, house) -> None:
    names = ("User-Agent", "Accept-Language", "Referer", "X-Request-Id", "HX-Current-URL", "Origin")
    for name in names:
        for text in ("' OR 1=1 --", "x" * 7000, "id;q=1e999,*;q=-1", "<script>", "\udcff"):
            answer = insider.get("/akun/", headers={name: text})
            unharmed(answer, name)
            assert text not in str(answer.headers)


def test_nobody_is_led_to_another_host_by_any_page(insider, house) -> None:
    """`next`, and whatever else an address or a form may call it."""
    names = ("next", "redirect", "url", "kembali", "return_to", "_redir", "success_url")
    hosts = (
        "//jahat.test/",
        "https://jahat.test/",
        "/\\jahat.test",
        "https:jahat.test",
        "///jahat.test",
    )
    pages = {page.partition("?")[0] for page in addresses(house)}
    forms = post_forms(insider, house)
    for number, there in enumerate(sorted(pages)):
        query = "&".join(f"{name}={quote(hosts[number % len(hosts)])}" for name in names)
        stays(insider.get(f"{there}?{query}"), there)
    for number, form in enumerate(forms):
        told = dict.fromkeys(names, hosts[number % len(hosts)])
        stays(insider.post(form.action, {**form.values, **told}), form.action)
    stays(insider.post("/akun/pastikan/", {"password": "x", "next": hosts[0]}), "reauthenticate")
    stays(insider.post("/keluar/", {"next": hosts[0]}), "sign out")


def stays(answer, told: str) -> None:
    there = answer.headers.get("Location", "") or answer.headers.get("HX-Redirect", "")
    assert there == "" or (there[0] in "/?" and there[:2] not in {"//", "/\\"}), (told, there)
