"""Numbers of a column: what a point means is read from the column, and never guessed."""

import math

import pytest

from sinergi.cli.numbers import NoNumberError, read_column


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        pytest.param(["1.250", "12,5"], [1250, 12.5], id="thousands beside a comma"),
        pytest.param(["1.250", "1.250.000"], [1250, 1_250_000], id="thousands beside millions"),
        pytest.param(["1.250", "2.5"], [1.25, 2.5], id="decimals beside one decimal"),
        pytest.param(["63.721", "0.125"], [63.721, 0.125], id="decimals beside a zero"),
        pytest.param(["1,250", "0,5"], [1.25, 0.5], id="three decimals with a comma"),
        pytest.param(["1.250,75", "3"], [1250.75, 3], id="both"),
        pytest.param(["-2,5", "−1", "+3"], [-2.5, -1, 3], id="signs"),
        pytest.param(["1e-07", "2.5E3"], [1e-07, 2500], id="powers"),
        pytest.param([63.721, 5, 1250.0], [63.721, 5, 1250], id="numbers already"),
    ],
)
def test_a_column_shows_what_its_points_mean(cells, numbers):
    assert read_column(cells) == numbers


def test_an_empty_cell_is_missing():
    assert all(map(math.isnan, read_column(["", None, "-", "n/a", " "])))


@pytest.mark.parametrize(
    ("cells", "at", "two"),
    [
        pytest.param(["5", "1.250"], 1, True, id="nothing shows it"),
        pytest.param(["1,250"], 0, True, id="a comma"),
        pytest.param(["1.5", "2,5", "1.250"], 2, True, id="both are shown"),
        pytest.param(["2.5", "1,250"], 1, True, id="thousands with a comma"),
        pytest.param(["1.250.00"], 0, True, id="odd groups"),
        pytest.param(["dua"], 0, False, id="a word"),
        pytest.param(["inf"], 0, False, id="infinite"),
        pytest.param(["9" * 5000], 0, False, id="five thousand digits"),
    ],
)
def test_what_is_no_number_or_could_be_two_is_refused(cells, at, two):
    with pytest.raises(NoNumberError) as told:
        read_column(cells)
    assert (told.value.at, told.value.two) == (at, two)


def test_a_spreadsheet_tells_numbers_with_points_whatever_their_decimals():
    assert read_column(["63.721", "5"], sheet=True) == [63.721, 5]
    with pytest.raises(NoNumberError):
        read_column(["1.250", "5"], sheet=True)
