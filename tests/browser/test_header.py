"""The header leaves the screen to the page: low on a phone, nothing cut that has to be read."""

import pytest

pytestmark = pytest.mark.xdist_group("browser")

NARROW = 390
HIGHEST = 120
MEASURE = """() => {
  const field = document.querySelector('#search-input'), style = getComputedStyle(field);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = style.font;
  const hint = pen.measureText(field.placeholder).width;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const tops = [...document.querySelectorAll('.site-nav li')].map((one) => one.offsetTop);
  return {
    height: document.querySelector('.site-header').offsetHeight,
    hint: hint <= room, rows: new Set(tops).size,
  };
}"""


@pytest.mark.parametrize("path", ["/metode/", "/en/metode/"])
def test_the_header_is_low_on_a_phone_and_its_hint_is_whole(visit, path) -> None:
    page = visit(width=NARROW).open(path)
    found = page.evaluate(MEASURE)
    assert found["height"] < HIGHEST
    assert found["hint"]
    assert found["rows"] == 1


def test_the_theme_is_chosen_in_the_footer_of_a_phone(visit) -> None:
    page = visit(width=NARROW, color_scheme="light").open("/metode/")
    page.locator(".site-footer [data-theme-choice=dark]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert not page.locator(".site-header [data-theme-choice=dark]").is_visible()


def test_the_menu_and_what_search_finds_stay_on_the_screen_of_a_phone(visit) -> None:
    page = visit(width=NARROW).open("/metode/")
    page.locator("#search-input").press_sequentially("banjar")
    page.locator("#search-results .search-option").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    menu, switch = page.locator(".site-nav").bounding_box(), page.locator(".switch-language")
    assert menu["width"] > 0.85 * NARROW
    assert switch.bounding_box()["y"] + switch.bounding_box()["height"] <= menu["y"]
