"""Learning to do without a piece of evidence."""

import numpy as np
import polars as pl
import pytest

from sinergi.analysis.similarity import EVIDENCE
from sinergi.analysis.similarity.calibration import labels
from sinergi.analysis.similarity.gaps import with_gaps


@pytest.fixture
def three():
    table = pl.DataFrame(
        {name: [1.0, 0.2, None] for name in EVIDENCE},
        schema=dict.fromkeys(EVIDENCE, pl.Float32),
    ).with_columns(veto=pl.lit(""))
    return labels(table, [True, False, True], group=[7, 8, 9])


def test_the_pairs_themselves_stay_as_they_are(three):
    more = with_gaps(three)
    assert more.evidence[:3].equals(three.evidence)
    assert more.weight[:3].tolist() == [1, 1, 1]


def test_a_copy_lacks_one_piece_of_evidence_and_weighs_less(three):
    copies = with_gaps(three, {"place": (0.9, 0.5)}).some(np.array([False] * 3 + [True]))
    assert copies.evidence["place"].to_list() == [None]
    assert copies.evidence["text"].to_list() == [1.0]
    assert (copies.weight.tolist(), copies.group.tolist()) == ([0.5], [7])


def test_what_speaks_against_a_pair_is_never_taken_away(three):
    assert len(with_gaps(three, {"place": (0.9, 0.5)})) == 4
    assert len(with_gaps(three, {"amount": (0.0, 0.5)})) == 5
