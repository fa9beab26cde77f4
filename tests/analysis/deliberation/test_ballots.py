"""Ballots are read exactly or refused with what is wrong."""

import ast
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import polib
import pytest

import sinergi.analysis
from sinergi.analysis.deliberation import Kind, approval_ballots, ranking_ballots
from sinergi.analysis.errors import InputError


def test_weights_are_exact_whatever_they_are_written_as():
    ballots = approval_ballots("a", [[1]] * 4, ["0.1", 0.2, Decimal("0.3"), Fraction(1, 3)])
    assert ballots.weights.tolist() == [3, 6, 9, 10]
    assert ballots.unit == Fraction(1, 30)
    assert ballots.kind is Kind.APPROVAL


def test_without_weights_each_voter_counts_once():
    ballots = ranking_ballots("ab", [[1, 2], [np.nan, 1]])
    assert ballots.weights.tolist() == [1, 1]
    assert (ballots.voters, ballots.effective_voters) == (2, 2)


def test_a_voter_of_great_weight_makes_the_others_count_for_less():
    """(1 + 1 + 8)² / (1 + 1 + 64) = 100 / 66."""
    ballots = approval_ballots("a", [[1]] * 3, [1, 1, 8])
    assert ballots.effective_voters == pytest.approx(100 / 66)


def test_no_voters_are_no_effective_voters():
    assert approval_ballots("a", np.empty((0, 1))).effective_voters == 0


@pytest.mark.parametrize(
    ("make", "items", "answers", "weights", "where", "what"),
    [
        (approval_ballots, "aa", [[1, 1]], None, "items", "named twice"),
        (approval_ballots, "", [[]], None, "items", "no items"),
        (approval_ballots, "ab", [[1]], None, "answers", r"shape \(1, 1\)"),
        (approval_ballots, "ab", [1, 0], None, "answers", r"shape \(2,\)"),
        (approval_ballots, "ab", [[1, 0.5]], None, r"answers\[0, 1\]", "neither 0 nor 1"),
        (ranking_ballots, "ab", [[1, 2], [0, 1]], None, r"answers\[1, 0\]", "below 1"),
        (ranking_ballots, "ab", [[1, np.inf]], None, r"answers\[0, 1\]", "infinite"),
        (approval_ballots, "a", [[1]], [1, 2], "weights", "2 weights for 1 voters"),
        (approval_ballots, "a", [[1]], ["many"], "weights", "not a number"),
        (approval_ballots, "a", [[1]], [float("inf")], "weights", "not a number"),
        (approval_ballots, "a", [[1], [1]], [1, -1], "weights", "negative"),
        (approval_ballots, "a", [[1]], [0], "weights", "no weight is positive"),
        (approval_ballots, "a", [[1], [1]], ["1", "0.0000000000001"], "weights", "too many digits"),
    ],
)
def test_what_cannot_be_counted_is_refused(make, items, answers, weights, where, what):
    with pytest.raises(InputError, match=f"^{where}: .*{what}"):
        make(tuple(items), answers, weights)


def texts_of_refusals(folder):
    for file in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if getattr(getattr(node, "func", None), "id", "") in {"InputError", "_refuse"}:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                yield from (text for text in texts if " " in text)


def test_every_refusal_has_indonesian_words():
    home = Path(sinergi.analysis.__file__).parent
    words = polib.pofile(str(home / "locale" / "id" / "LC_MESSAGES" / "django.po"))
    said = set(texts_of_refusals(home / "deliberation"))
    assert len(said) > 15
    assert said - {entry.msgid for entry in words if entry.msgstr} == set()
