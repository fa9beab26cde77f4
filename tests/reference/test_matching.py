"""What the pack gives the comparison of plan lines: words, pairs, a model that anybody can fit again."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from sinergi.analysis.similarity import match
from sinergi.reference import matching
from sinergi.reference.pack import load_pack, read_labelled_pairs, read_matching_model

SHIPPED = Path("src/sinergi/reference/indonesia")


@pytest.fixture(scope="module")
def both():
    return matching.parts(SHIPPED)


@pytest.fixture(scope="module")
def words():
    return matching.dictionary(load_pack(SHIPPED))


def test_fitting_again_gives_the_shipped_model(both):
    model, ridge = matching.refit(both[0])
    shipped = matching.shipped_model(SHIPPED)
    assert ridge == read_matching_model(SHIPPED).about["ridge"]
    assert model.intercept == pytest.approx(shipped.intercept, abs=0.02)
    assert model.coefficients == pytest.approx(shipped.coefficients, abs=0.02)


def test_no_group_of_pairs_is_both_learned_from_and_held_out(both):
    pairs = [pair for pair in read_labelled_pairs(SHIPPED) if pair.label != "cannot_tell"]
    assert (both[0].weight == 1.0).sum() + len(both[1]) == len(pairs)


def test_what_the_model_file_says_of_its_quality_is_so(both):
    told = matching.measured(matching.shipped_model(SHIPPED), both[1])
    about = read_matching_model(SHIPPED).about
    assert {name: about[name] for name in told} == pytest.approx(told, abs=0.002)


def test_a_line_written_another_way_is_found_without_place_code_or_amount(words):
    pairs = [pair for pair in read_labelled_pairs(SHIPPED) if pair.constructed][:8]
    lines = matching.lines_of(pairs)
    found = match(lines, words=words, model=matching.shipped_model(SHIPPED))
    assert len(found) >= 6


def test_ambiguous_short_forms_are_not_expanded(words):
    assert not {"pkm", "di", "tpa", "sda", "kel"} & words.abbreviations.keys()


def test_words_of_the_nomenclature_are_ordinary(words):
    assert 0.05 < words.ordinary["pembangunan"] < 0.5
    assert max(words.ordinary.values()) <= 1


def test_items_that_share_a_key_are_one_component():
    found = matching.components([("a", "b"), ("c",), ("b", "d"), ("d", "c"), ("e",)])
    assert len(np.unique(found[:4])) == 1
    assert found[4] != found[0]


def test_a_model_written_is_the_model_read(tmp_path):
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    model = matching.shipped_model(SHIPPED)
    matching.write_model(folder, model, {"fitted": "2026-01-01", "pairs": 3})
    assert matching.shipped_model(folder) == model
    assert read_matching_model(folder).about == {"fitted": "2026-01-01", "pairs": 3}
