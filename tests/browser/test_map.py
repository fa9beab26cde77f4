"""The map in a browser: choosing, weighing, showing, with mouse, with keys, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser with maps")

WAIT = 120_000


def scores(page: Page) -> list[str]:
    return page.locator(".opp .score").all_inner_texts()


def test_choosing_an_object_changes_list_address_and_layers(visit) -> None:
    page = visit().open("/", with_map=True)
    page.fill("[data-combo-input]", "tpa")
    page.keyboard.press("Enter")
    expect(page.locator(".opp-title").first).to_have_text("TPA/TPST regional", timeout=WAIT)
    assert "objek=TPA_REGIONAL" in page.url
    expect(page.locator("[data-layer=need]")).to_have_attribute("aria-pressed", "true")


def test_moving_a_weight_changes_ranking_shares_and_address(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL", with_map=True)
    before = scores(page)
    page.click("#weights summary")
    page.locator("#bobot_need").fill("100")
    page.wait_for_url("**bobot_need=**", timeout=WAIT)
    expect(page.locator(".opp .score").first).not_to_have_text(before[0], timeout=WAIT)
    expect(page.locator("[data-share=need]")).to_have_text("63%")


def test_an_address_sent_to_a_colleague_shows_the_same(visit) -> None:
    address = "/?objek=TPA_REGIONAL&dalam=63&bobot_need=80&bobot_strength=20&bobot_proximity=0&bobot_gain=0"
    first, second = visit().open(address), visit().open(address)
    assert scores(first) == scores(second)
    assert first.locator("#bobot_need").input_value() == "80"
    assert first.locator("#dalam-provinsi").input_value() == "63"


def test_a_shown_group_is_named_on_the_map_and_in_the_address(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL&dalam=63", with_map=True)
    page.locator("[data-show]").first.click()
    expect(page.locator(".map-member").nth(1)).to_be_visible(timeout=WAIT)
    assert "pilih=TPA_REGIONAL" in page.url
    page.reload()
    expect(page.locator(".opp.is-selected")).to_have_count(1)
    expect(page.locator(".map-member").first).to_be_visible(timeout=WAIT)


def test_a_click_on_a_region_opens_its_card_and_escape_closes_it(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL#lihat=8/-3.44/114.83", with_map=True)
    box = page.locator("#map-canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#map-card h2")).to_be_visible(timeout=WAIT)
    expect(page.locator("#map-card")).to_contain_text(re.compile("416|98"))
    page.keyboard.press("Escape")
    expect(page.locator("#map-card h2")).to_have_count(0)


def test_the_map_can_be_read_as_a_table(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL", with_map=True)
    page.click("#map-as-table")
    expect(page.locator("#map-as-table")).to_have_text("Kembali ke peta")
    expect(page.locator("#map-table tbody tr")).to_have_count(514, timeout=WAIT)
    need = page.locator("#map-table th .sort").nth(2)
    need.click()
    need.click()
    cells = page.locator("#map-table tbody td:nth-child(3)").all_inner_texts()[:3]
    values = [float(cell.replace(",", ".")) for cell in cells]
    assert values == sorted(values, reverse=True)


def test_filters_that_leave_nothing_say_so_and_offer_a_way_out(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL&dalam=63&anggota=12", with_map=True)
    expect(page.locator(".empty")).to_be_visible()
    page.click(".empty .btn")
    expect(page.locator(".opp").first).to_be_visible(timeout=WAIT)


def test_a_nonsense_number_is_refused_in_place(visit) -> None:
    page = visit().open("/", with_map=True)
    page.click("#filters summary")
    page.fill("[name=penduduk_min]", "900000")
    page.fill("[name=penduduk_maks]", "5")
    expect(page.locator("#results .error-state")).to_contain_text("5", timeout=WAIT)
    page.fill("[name=penduduk_maks]", "")
    expect(page.locator(".opp").first).to_be_visible(timeout=WAIT)


def test_the_whole_page_can_be_walked_with_the_keyboard(visit) -> None:
    page = visit().open("/", with_map=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hasAttribute('data-combo-input')")
    page.keyboard.type("stunting")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**objek=STUNTING**", timeout=WAIT)


def test_the_search_box_suggests_and_is_walked_with_arrows(visit) -> None:
    page = visit().open("/metode/")
    page.keyboard.press("/")
    page.keyboard.type("banjarbaru")
    expect(page.locator(".search-option").first).to_contain_text("Kota Banjarbaru", timeout=WAIT)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className").startswith("search-option")
    page.keyboard.press("Escape")
    expect(page.locator("#search-results .search-option")).to_have_count(0)


def test_without_scripts_the_form_and_the_list_work(visit) -> None:
    page = visit(java_script_enabled=False).open("/")
    page.select_option("#objek", "TPA_REGIONAL")
    page.click("[data-submit] .btn-primary")
    expect(page.locator(".opp-title").first).to_have_text("TPA/TPST regional", timeout=WAIT)
    assert "objek=TPA_REGIONAL" in page.url


def test_without_webgl_the_list_stays_and_the_map_says_why(visit) -> None:
    window = visit()
    window.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    page = window.open("/")
    expect(page.locator("#map-failed")).to_be_visible(timeout=WAIT)
    expect(page.locator(".opp").first).to_be_visible()


def test_when_the_server_is_gone_the_list_stays_and_says_so(visit) -> None:
    page = visit().open("/", with_map=True)
    page.route("**/?**", lambda route: route.abort())
    page.click("#weights summary")
    page.locator("#bobot_gain").fill("90")
    expect(page.locator("#results .notice-error")).to_be_visible(timeout=WAIT)
    assert page.locator(".opp").count() > 0


def test_on_paper_the_map_stands_above_the_list_in_light_colours(visit) -> None:
    page = visit(color_scheme="dark").open("/?objek=TPA_REGIONAL&dalam=63", with_map=True)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#map-paper")).to_be_visible()
    assert page.locator("html").get_attribute("data-theme") == "light"
    map_box, list_box = (page.locator(one).bounding_box() for one in ("#map-paper", ".ranking"))
    assert map_box["y"] < list_box["y"]
    assert len(page.locator("#map-paper").get_attribute("src")) > 10_000
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#map-paper")).to_have_count(0)


def test_back_leads_to_the_map_before(visit) -> None:
    page = visit().open("/?objek=STUNTING", with_map=True)
    page.fill("[data-combo-input]", "tpa")
    page.keyboard.press("Enter")
    page.wait_for_url("**objek=TPA_REGIONAL**", timeout=WAIT)
    page.go_back()
    expect(page.locator(".opp-title").first).to_have_text(
        "Konvergensi penurunan stunting", timeout=WAIT
    )
    assert page.locator("#objek").input_value() == "STUNTING"
    assert "objek=STUNTING" in page.url


def test_filters_and_weights_stay_folded_and_are_dropped_by_their_chips(visit) -> None:
    page = visit(1440, 900).open("/?objek=TPA_REGIONAL&dalam=63&bobot_need=90", with_map=True)
    assert page.locator("#filters[open], #weights[open]").count() == 0
    assert page.locator(".opp").first.bounding_box()["y"] < 700
    expect(page.locator(".chip-drop")).to_have_count(2)
    page.locator(".chip-drop", has_text="Kalimantan Selatan").click()
    expect(page.locator(".chip-drop")).to_have_count(1, timeout=WAIT)
    assert "dalam=" not in page.url
    assert "bobot_need=90" in page.url


def test_what_is_set_in_the_form_is_counted_on_its_folds(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL", with_map=True)
    page.click("#filters summary")
    page.select_option("#dalam-provinsi", "63")
    expect(page.locator("#filters-mark")).to_have_text("1 aktif", timeout=WAIT)
    expect(page.locator(".chip-drop")).to_have_count(1)


def test_showing_a_group_leads_from_the_table_back_to_the_map(visit) -> None:
    page = visit().open("/?objek=TPA_REGIONAL&dalam=63", with_map=True)
    page.click("#map-as-table")
    expect(page.locator("#map-table tbody tr")).to_have_count(13, timeout=WAIT)
    page.locator("[data-show]").first.click()
    expect(page.locator("#map-table")).to_be_hidden()
    expect(page.locator(".map-member").first).to_be_visible()


def test_no_member_of_a_shown_group_lies_under_legend_or_buttons(visit) -> None:
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        page = visit(width, height).open("/?objek=TPA_REGIONAL&dalam=63", with_map=True)
        page.locator("[data-show]").first.click()
        page.wait_for_timeout(600)
        over = [page.locator(one).bounding_box() for one in ("#map-legend", "#map-toolbar")]
        for member in page.locator(".map-member").all():
            box = member.bounding_box()
            middle = box["y"] + box["height"] / 2
            assert over[1]["y"] + over[1]["height"] < middle < over[0]["y"], (width, box)


def test_charts_name_years_whole_and_their_groups_not_at_all(visit) -> None:
    window = visit()
    page = window.open("/wilayah/63.71/")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    chart = page.locator("[data-source=data-total] svg")
    chart.wait_for(timeout=WAIT)
    ticks = chart.locator("text").all_text_contents()
    years = [text for text in ticks if re.match(r"20\d\d", text)]
    assert len(years) >= 3
    assert all(len(text) == 4 for text in years)
    assert page.locator("svg.plot g[aria-label]").count() == 0
