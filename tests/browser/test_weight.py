"""How light the home page is; how fast it is, `python -m bench web` measures."""

import pytest

pytestmark = pytest.mark.xdist_group("browser with maps")

MAX_PAGE = 1_200_000
MAX_MAP_DATA = 400_000


def test_the_first_load_of_the_home_page_is_light(visit) -> None:
    window = visit()
    finished = []
    window.page.on("requestfinished", lambda one: finished.append(one))  # noqa: PLW0108 - takes no builtin
    window.open("/", with_map=True).wait_for_load_state("networkidle")
    sizes = {one.url: one.sizes()["responseBodySize"] for one in list(finished)}
    shapes = [size for url, size in sizes.items() if "/peta/bentuk/" in url]
    assert 0 < sum(sizes.values()) < MAX_PAGE
    assert 0 < sum(shapes) < MAX_MAP_DATA


def test_static_files_are_hashed_compressed_and_kept_for_long(visit) -> None:
    window = visit()
    answers = {}
    window.page.on("response", lambda one: answers.update({one.url: one.headers}))
    window.open("/", with_map=True)
    static = {url: headers for url, headers in answers.items() if "/static/" in url}
    assert static
    for url, headers in static.items():
        assert "immutable" in headers["cache-control"] or "worker" in url, url
    assert any(headers.get("content-encoding") == "gzip" for headers in static.values())
