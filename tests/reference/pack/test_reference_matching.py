"""Abbreviations, kinds of words, labelled pairs and the model of matching, as the pack says them."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from sinergi.reference.pack import (
    PackError,
    load_pack,
    read_labelled_pairs,
    read_matching_model,
    read_pack,
)

SHIPPED = Path("src/sinergi/reference/indonesia")
EASY = {"random", "same_place_text"}


@pytest.fixture(scope="module")
def indonesia():
    return load_pack(SHIPPED)


@pytest.fixture(scope="module")
def pairs():
    return read_labelled_pairs(SHIPPED)


@pytest.fixture(scope="module")
def real(pairs):
    return [pair for pair in pairs if not pair.constructed and pair.label != "cannot_tell"]


def test_there_are_at_least_two_hundred_abbreviations_in_order(indonesia):
    words = [one.word for one in indonesia.abbreviations]
    assert len(words) >= 200
    assert words == sorted(words)


def test_what_has_several_meanings_is_left_as_it_is(indonesia):
    left = {one.word for one in indonesia.abbreviations if not one.expand}
    assert {"pkm", "di", "tpa", "kel", "sda"} <= left
    assert all(len(one.meanings) == 1 for one in indonesia.abbreviations if one.expand)


def test_every_word_says_how_it_is_known(indonesia):
    known = [*indonesia.abbreviations, *indonesia.matching_words]
    assert all(one.source in indonesia.source and one.provenance for one in known)


def test_no_expansion_is_an_abbreviation_itself(indonesia):
    words = {one.word for one in indonesia.abbreviations}
    spelled = {one.meanings[0] for one in indonesia.abbreviations if one.expand}
    assert not words & spelled


def test_no_synonym_leads_to_a_synonym(indonesia):
    same = {one.word: one.meaning for one in indonesia.matching_words if one.kind == "synonym"}
    assert not same.keys() & same.values()


def test_at_least_six_hundred_real_pairs_are_labelled(real):
    assert len(real) >= 600


def test_two_thirds_of_the_real_pairs_are_hard_negatives(real):
    hard = [
        one for one in real if one.label in ("related", "different") and one.stratum not in EASY
    ]
    assert len(hard) / len(real) >= 2 / 3


def test_a_third_is_held_out(real):
    share = Counter(one.split for one in real)["held_out"] / len(real)
    assert 0.3 <= share <= 0.37


def test_what_is_constructed_says_so(pairs):
    for one in pairs:
        assert one.constructed == ("constructed" in (one.a.document, one.b.document))


def test_a_second_reading_was_made_of_a_part(pairs):
    again = [one for one in pairs if one.label_again]
    assert len(again) >= len(pairs) // 12


def test_no_pair_names_a_line_twice(pairs):
    assert all((one.a.document, one.a.id) != (one.b.document, one.b.id) for one in pairs)


def test_the_model_says_what_it_was_fitted_on(indonesia):
    about = read_matching_model(SHIPPED).about
    assert {"fitted", "pairs", "held_out"} <= about.keys()


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


def changed(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "code"),
    [
        ("abbreviations.csv", "\nadm,", "\nAdm,", "word", "not_lower_case"),
        ("abbreviations.csv", "\nadm,administrasi,", "\nadm,,", "meaning", "empty"),
        (
            "abbreviations.csv",
            "\nadm,administrasi,",
            "\nadm,administrasi|admiral,",
            "expand",
            "expands_to_several",
        ),
        ("abbreviations.csv", "\nalkes,", "\nadm,", "word", "code_twice"),
        ("abbreviations.csv", "expert-knowledge", "hearsay", "source", "unknown_code"),
        ("matching_words.csv", ",synonym,", ",homonym,", "kind", "not_one_of"),
        ("matching_words.csv", "lahan,tanah", "lahan,lahan", "meaning", "means_itself"),
        ("matching_words.csv", "lahan,tanah", "lahan,", "meaning", "empty"),
        ("matching_words.csv", "expert-knowledge", "hearsay", "source", "unknown_code"),
    ],
)
def test_what_is_wrong_with_a_word_is_told_with_its_place(copy, file, old, new, field, code):
    changed(copy, file, old, new)
    found = read_pack(copy)[1].found
    assert (file, field, code) in [(one.file, one.field, one.message_code) for one in found]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (",train,", ",test,", "not_one_of"),
        ("\n2,", "\n1,", "code_twice"),
    ],
)
def test_what_is_wrong_with_a_pair_is_told(copy, old, new, code):
    changed(copy, "labelled_pairs.csv", old, new)
    with pytest.raises(PackError) as told:
        read_labelled_pairs(copy)
    assert code in [one.message_code for one in told.value.issues]


def test_a_line_may_not_be_learned_from_and_held_out(copy):
    file = copy / "labelled_pairs.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if ",train,same," in line)
    again = first.replace(",train,", ",held_out,").replace(first.split(",")[0], "99999", 1)
    file.write_text("\n".join([*lines, again]) + "\n", encoding="utf-8")
    with pytest.raises(PackError) as told:
        read_labelled_pairs(copy)
    assert "line_in_both_splits" in [one.message_code for one in told.value.issues]


@pytest.mark.parametrize("text", ["", "intercept = 'x'", "intercept = 1.0\ncoefficients = 3"])
def test_what_is_not_a_model_is_told(copy, text):
    (copy / "matching_model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as told:
        read_matching_model(copy)
    assert told.value.issues[0].message_code == "not_a_model"
