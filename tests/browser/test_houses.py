"""Pages of organisations, sharing and audit, as those see them who may: signed in, in both languages."""

import pytest

from tests.browser.conftest import OF_COLOURS

pytestmark = pytest.mark.xdist_group("browser")

LIST, MAP, BATCH = "priority_list", "saved_map", "import"

WALKS = {
    "analyst": [
        "/daftar/",
        "/daftar/{list}/",
        "/daftar/{list}/ubah/",
        "/daftar/tambah/?objek=TPA_REGIONAL&anggota=63.01%2B63.03",
        "/peta-tersimpan/",
        "/peta-tersimpan/{map}/",
        "/impor/",
        "/impor/{upload}/",
    ],
    "coordinator": ["/daftar/{list}/", "/bagikan/priority_list/{list}/", "/impor/batch/{batch}/"],
    "approver": ["/audit/", "/audit/1/", "/peta-tersimpan/{map}/"],
    "administrator": [
        "/organisasi/",
        "/organisasi/pemilik/",
        "/organisasi/pemilik/ubah/",
        "/organisasi/pemilik/masuk-oidc/",
        "/akun/",
        "/akun/jejak/",
        "/akun/token/",
    ],
    "installation": [
        "/organisasi/baru/",
        "/organisasi/asosiasi/",
        "/pengelolaan/",
        "/pengelolaan/orang/",
        "/pengelolaan/orang/1/",
        "/pengelolaan/tugas/",
        "/audit/",
    ],
}
OPEN_ALL = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"


def addresses(who: str, made) -> list[str]:
    numbers = {
        "list": made.things[f"{LIST} members"],
        "map": made.things[f"{MAP} read"],
        "batch": made.things[f"{BATCH} private"],
        "upload": made.upload,
    }
    return [path.format(**numbers) for path in WALKS[who]]


@pytest.mark.parametrize("who", WALKS)
def test_pages_of_a_house_complain_of_nothing_and_shut_nobody_out(visit, made, who) -> None:
    window = visit(color_scheme="light")
    window.sign_in(made.sessions[who])
    for path in addresses(who, made):
        page = window.open(path)
        assert page.url == window.base + path
        page.evaluate(OPEN_ALL)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        assert window.serious_violations() == [], path
        window.open("/en" + path)
        assert page.locator("html").get_attribute("lang") == "en"
    assert window.complaints == []


def test_dark_pages_of_a_house_can_be_read(visit, made) -> None:
    window = visit(color_scheme="dark")
    window.sign_in(made.sessions["administrator"])
    for path in addresses("administrator", made)[:2]:
        window.open(path).evaluate(OPEN_ALL)
        assert window.serious_violations(OF_COLOURS) == [], path


def test_the_map_and_the_api_of_somebody_who_signed_in_run_within_the_policy(visit, made) -> None:
    window = visit()
    window.sign_in(made.sessions["analyst"])
    page = window.open("/", with_map=True)
    assert page.locator(".account-menu").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    window.open("/api/v1/docs").locator(".opblock").first.wait_for()
    assert window.complaints == []


@pytest.mark.parametrize(("path", "status"), [("/audit/", 403), ("/daftar/999999/", 404)])
def test_a_refusal_says_so_and_leads_on(visit, made, path, status) -> None:
    window = visit()
    window.sign_in(made.sessions["analyst"])
    answer = window.page.goto(window.base + path)
    assert answer.status == status
    assert window.serious_violations() == []
    assert window.page.locator("main a").count() > 0
