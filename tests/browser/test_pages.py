"""Every main page, in both languages and both themes: no complaint, no stranger, no barrier."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OF_COLOURS

pytestmark = pytest.mark.xdist_group("browser")

PAGES = [
    "/",
    "/?objek=TPA_REGIONAL",
    "/peta/tabel/",
    "/cari/?q=banjar",
    "/metode/",
    "/lisensi/",
    "/wilayah/",
    "/wilayah/63.71/",
    "/peluang/TPA_REGIONAL/63.01+63.03+63.04+63.71+63.72/",
    "/objek/",
    "/objek/TPA_REGIONAL/",
    "/daftar/",
    "/impor/",
    "/data/",
    "/data/poverty/",
    "/sumber/",
    "/masuk/",
    "/kata-sandi/lupa/",
    "/organisasi/",
]


def is_map(path: str) -> bool:
    return path.partition("?")[0] == "/"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_only_this_host_complains_of_nothing_and_shuts_nobody_out(window, path) -> None:
    page = window.open(path, with_map=is_map(path))
    for width in (390, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert window.serious_violations() == []
    page.emulate_media(color_scheme="dark")
    assert window.serious_violations(OF_COLOURS) == []
    if not is_map(path) or path == "/":
        window.open("/en" + path, with_map=is_map(path))
    assert window.complaints == []
    inside = (window.base + "/", "data:", "blob:" + window.base)
    assert [url for url in window.requests if not url.startswith(inside)] == []


@pytest.mark.parametrize("path", ["/tidak-ada/", "/en/tidak-ada/"])
def test_a_missing_page_leads_back_to_the_map(visit, path) -> None:
    page = visit().open(path)
    page.click(".page-error .btn-primary")
    expect(page.locator("#map-heading")).to_be_visible()


def test_the_language_switch_keeps_the_address(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL&jarak=60", with_map=True)
    page.click("[data-language][hreflang=en]")
    page.wait_for_url("**/en/?objek=TPA_REGIONAL&jarak=60")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_chosen_theme_stays_on_the_next_page(visit) -> None:
    window = visit(color_scheme="light")
    page = window.open("/metode/")
    page.click("[data-theme-choice=dark]")
    window.open("/lisensi/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
