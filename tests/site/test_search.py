"""Search: what people type, and what they get."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.site.search import containing, find, holding, like

pytestmark = pytest.mark.django_db
NAMES = {"a": "Kota Banjar", "b": "Kabupaten Banjarnegara", "c": "Kabupaten Tanjung", "d": "Bekasi"}


def kinds(text: str) -> dict[str, list[str]]:
    return {group.hits[0].kind: [hit.code for hit in group.hits] for group in find(text)}


def test_words_that_begin_so_come_before_names_that_contain_it() -> None:
    assert containing("anj", {**NAMES, "e": "Anjatan"}) == ["e", "a", "b", "c"]


def test_the_shorter_name_comes_first() -> None:
    assert containing("banjar", NAMES) == ["a", "b"]


def test_a_misspelt_name_is_still_found() -> None:
    assert like("bekassi", NAMES, 5) == ["d"]


def test_a_region_is_found_by_its_code() -> None:
    assert kinds("63.71")["region"][0] == "63.71"


def test_regions_objects_and_affairs_are_found_side_by_side() -> None:
    found = kinds("sampah")
    assert "object" in found
    assert "region" not in found


def test_objects_are_found_in_either_language() -> None:
    assert "TPA_REGIONAL" in kinds("landfill")["object"]
    assert "TPA_REGIONAL" in kinds("tpa")["object"]


def test_an_object_is_found_by_what_it_is_about_after_those_named_so() -> None:
    found = kinds("sampah")["object"]
    assert found.index("SAMPAH_ANGKUT_BATAS") < found.index("TPA_REGIONAL")


def test_every_word_must_begin_a_word_of_the_text() -> None:
    texts = {"a": "% open dumping; ton sampah", "b": "sampah laut"}
    assert holding("samp dump", texts) == ["a"]
    assert holding("umping", texts) == []
    assert holding(" ", texts) == []


def test_similar_names_are_offered_only_when_none_holds_the_text() -> None:
    assert "35.27" not in str(kinds("sampah"))
    assert kinds("banjarmassin")["region"][0] == "63.71"


def test_nothing_typed_finds_nothing() -> None:
    assert find("") == ()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=12), st.integers(min_value=1, max_value=9))
def test_any_text_gives_known_codes_once_and_no_more_than_asked(text: str, most: int) -> None:
    assert len(like(text, NAMES, most)) <= most
    found = containing(text, NAMES)
    assert len(set(found)) == len(found)
    assert set(found) <= set(NAMES)


@pytest.mark.parametrize("text", ["<script>", "%00", "'\"--", "𝔟𝔞𝔫𝔧𝔞𝔯", "a" * 5000])
def test_the_page_answers_strange_texts(client, text) -> None:
    answer = client.get("/cari/", {"q": text})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content.replace(b"<script src", b"")


def test_htmx_gets_suggestions_only(client) -> None:
    answer = client.get("/cari/", {"q": "banjar"}, headers={"HX-Request": "true"})
    assert b"search-option" in answer.content
    assert b"<html" not in answer.content
