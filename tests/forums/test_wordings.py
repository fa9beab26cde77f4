"""The difference between two wordings: its pieces make up both, and it stays small where little changed."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.forums.views.wordings import difference

SENTENCES = st.lists(
    st.sampled_from(["Jalan rusak. ", "jalan", " ", "baru; ", "\n", "a.b", "ß "]), max_size=12
)


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_the_pieces_of_a_difference_make_up_both_wordings(before, after) -> None:
    old, new = "".join(before), "".join(after)
    pieces = difference(old, new)
    assert "".join(piece for kind, piece in pieces if kind != "new") == old
    assert "".join(piece for kind, piece in pieces if kind != "gone") == new
    assert all(one[0] != other[0] for one, other in pairwise(pieces))


def test_a_word_that_was_changed_in_every_sentence_is_marked_alone() -> None:
    old = "Jalan  provinsi\ndiperbaiki. " * 100
    pieces = difference(old, old.replace("provinsi", "nasional"))
    assert [piece for kind, piece in pieces if kind != "same"] == ["provinsi", "nasional"] * 100


@pytest.mark.parametrize("end", [" ", ". ", ""])
def test_two_pastes_of_a_hundred_kilobytes_are_compared(end) -> None:
    draw = Random(5)
    old, new = (end.join(f"kata{draw.randrange(150)}" for _ in range(17_000)) for _side in range(2))
    pieces = difference(old, new)
    assert "".join(piece for kind, piece in pieces if kind != "gone") == new
