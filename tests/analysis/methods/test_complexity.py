import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.errors import InputError
from sinergi.analysis.methods import (
    complexity_of_presence,
    economic_complexity,
    revealed_comparative_advantage,
)

NESTED = np.array(
    [
        [1, 1, 1, 1, 1],
        [1, 1, 1, 1, 0],
        [1, 1, 1, 0, 0],
        [1, 1, 0, 0, 0],
        [1, 0, 0, 0, 0],
    ],
    dtype=float,
)
OUTPUT = np.random.default_rng(7).lognormal(3.0, 1.2, (14, 9))


def standard(x):
    return (x - np.nanmean(x)) / np.nanstd(x)


def test_in_a_nested_table_complexity_follows_diversity_and_rarity():
    found = complexity_of_presence(NESTED)

    assert found.diversity.tolist() == [5, 4, 3, 2, 1]
    assert found.ubiquity.tolist() == [5, 4, 3, 2, 1]
    assert (np.diff(found.eci) < 0).all()
    assert (np.diff(found.pci) > 0).all()


def test_the_index_is_an_eigenvector_of_the_matrix_of_the_atlas():
    found = complexity_of_presence(NESTED)
    reflections = NESTED / NESTED.sum(1)[:, None] @ (NESTED / NESTED.sum(0)).T

    values, vectors = np.linalg.eig(reflections)
    second = vectors[:, np.argsort(-values)[1]].real
    assert np.abs(standard(second)) == pytest.approx(np.abs(found.eci))


def test_indices_are_standardised():
    found = economic_complexity(OUTPUT)

    assert [found.eci.mean(), found.pci.mean()] == pytest.approx([0, 0], abs=1e-9)
    assert [found.eci.std(), found.pci.std()] == pytest.approx([1, 1])


@pytest.mark.filterwarnings("ignore")
def test_agrees_with_the_ecomplexity_package():
    from ecomplexity import ecomplexity

    regions, sectors = OUTPUT.shape
    rows = pd.DataFrame(
        {
            "year": 2020,
            "place": np.repeat([f"r{i:02}" for i in range(regions)], sectors),
            "kind": np.tile([f"s{i:02}" for i in range(sectors)], regions),
            "value": OUTPUT.ravel(),
        }
    )
    columns = {"time": "year", "loc": "place", "prod": "kind", "val": "value"}
    peer = ecomplexity(rows, columns, check_logsupermodularity=False, verbose=False)
    found = economic_complexity(OUTPUT)

    assert found.eci == pytest.approx(standard(peer.groupby("place")["eci"].first().to_numpy()))
    assert found.pci == pytest.approx(standard(peer.groupby("kind")["pci"].first().to_numpy()))
    rca = peer.pivot_table(index="place", columns="kind", values="rca").to_numpy()
    assert revealed_comparative_advantage(OUTPUT) == pytest.approx(rca)


@given(arrays(np.int8, (7, 6), elements=st.integers(0, 1)), st.permutations(range(7)))
def test_permuting_regions_permutes_complexity_and_leaves_sectors(presence, order):
    straight = complexity_of_presence(presence)
    assume(np.isfinite(straight.eci).any())
    known = np.isfinite(straight.eci)
    agreement = straight.eci[known] @ straight.diversity[known]
    assume(abs(agreement) > 1e-6)

    mixed = complexity_of_presence(presence[order])
    assert mixed.eci == pytest.approx(straight.eci[order], abs=1e-5, nan_ok=True)
    assert mixed.pci == pytest.approx(straight.pci, abs=1e-5, nan_ok=True)


@given(arrays(np.int8, (6, 5), elements=st.integers(0, 1)))
def test_complexity_never_falls_with_diversity_on_the_whole(presence):
    found = complexity_of_presence(presence)
    known = np.isfinite(found.eci)

    assert found.eci[known] @ found.diversity[known] >= -1e-6


def test_regions_with_nothing_or_with_gaps_are_missing_and_do_not_count():
    table = np.vstack([NESTED, np.zeros(5), [1, 1, np.nan, 0, 0]])
    found = complexity_of_presence(np.hstack([table, np.zeros((7, 1))]))

    assert np.isnan(found.eci[5:]).all()
    assert np.isnan(found.pci[5])
    assert found.diversity[5] == 0
    assert found.eci[:5] == pytest.approx(complexity_of_presence(NESTED).eci)


@pytest.mark.parametrize(
    "table",
    [
        np.ones((4, 4)),
        np.eye(4),
        np.kron(np.eye(2), np.tri(3)),
        np.tri(2),
        np.zeros((4, 4)),
    ],
    ids=["all alike", "all apart", "two worlds", "too small", "empty"],
)
def test_a_table_that_does_not_settle_the_order_gives_none(table):
    found = complexity_of_presence(table)

    assert np.isnan(found.eci).all()
    assert np.isnan(found.pci).all()


def test_presence_is_zero_or_one():
    with pytest.raises(InputError, match="other values"):
        complexity_of_presence([[0.5, 1.0]])
