"""What is made of labelled lines without reading them: other wordings, the same line twice, a like one."""

import polars as pl
import pytest

from sinergi.reference.matching_rewritten import alike, doubled, rewritten

ORDINARY = {"pembangunan", "jembatan", "gedung", "kantor", "rehabilitasi"}


@pytest.fixture
def lines() -> pl.DataFrame:
    titles = ["Pembangunan Jembatan Cikapundung", "Rehabilitasi Gedung Kantor Baleendah"] * 20
    count = len(titles)
    return pl.DataFrame(
        {
            "id": range(count),
            "plan": [1, 2] * 20,
            "code": "1.03.10.2.01.0003",
            "title": titles,
            "place": "Soreang",
            "region": "32.04",
            "first_year": 2025,
            "last_year": 2025,
            "amount": 1_000,
        }
    )


def test_one_side_of_each_pair_is_written_another_way(lines):
    made = rewritten(lines, ORDINARY)
    other = (made["title"] != lines["title"]).to_list()
    assert not any(first and second for first, second in zip(other[::2], other[1::2], strict=True))
    assert sum(other) >= 6


def test_other_seeds_make_other_wordings_and_one_seed_the_same(lines):
    assert rewritten(lines, ORDINARY, 1).equals(rewritten(lines, ORDINARY, 1))
    assert not rewritten(lines, ORDINARY, 1).equals(rewritten(lines, ORDINARY, 2))


def test_place_plan_and_years_stay(lines):
    kept = ["id", "plan", "place", "first_year", "last_year"]
    assert rewritten(lines, ORDINARY).select(kept).equals(lines.select(kept))


def test_what_only_one_line_says_is_never_left_out(lines):
    for seed in range(20):
        titles = rewritten(lines, frozenset(), seed)["title"].to_list()
        assert all(len(title.split()) >= 3 for title in titles)


def test_a_line_stands_beside_itself_in_another_plan(lines):
    made = doubled(lines)
    assert made["title"][::2].to_list() == made["title"][1::2].to_list() == lines["title"].to_list()
    assert (made["plan"][::2] != made["plan"][1::2]).all()
    assert made["pair"][::4].to_list() == list(range(20))


def test_a_like_line_has_another_name_and_the_same_other_words(lines):
    made = alike(lines, ORDINARY)
    assert len(made)
    for one, two in zip(made["title"][::2], made["title"][1::2], strict=True):
        gone = set(one.split()) - set(two.split())
        assert len(gone) == 1
        assert not gone & {word.capitalize() for word in ORDINARY}


def test_lines_without_a_name_have_no_like_line(lines):
    plain = lines.with_columns(title=pl.lit("Pembangunan Gedung"))
    assert alike(plain, ORDINARY).is_empty()
