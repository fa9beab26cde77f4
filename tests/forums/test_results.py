"""The words of a result say what was counted: how firm, how divided, what sets camps apart."""

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergi.accounts.models import Person
from sinergi.analysis.deliberation import (
    Kind,
    Rule,
    approval_ballots,
    by_chance,
    conclude,
    ranking_ballots,
)
from sinergi.forums.models import Ballot
from sinergi.forums.results import division_word, result_of, rule_of

from .voting import voting

pytestmark = pytest.mark.django_db
RNG = np.random.default_rng(11)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def told(answers, rule: str = "approval", places: int = 1):
    """The result of a ballot on as many options as there are columns, counted from these answers."""
    table = np.asarray(answers, dtype=float)
    ballot = Ballot.objects.first() or voting("banjarbaru")[1]
    ballot.options.all().delete()
    for position in range(1, table.shape[1] + 1):
        ballot.options.create(position=position, text=f"Opsi {position}")
    items = [str(number) for number in ballot.options.values_list("pk", flat=True)]
    make = approval_ballots if rule in ("approval", "equal_shares") else ranking_ballots
    found = conclude(make(items, table), Rule(rule), places, seed=1).as_plain()
    about = {"counted": True, "rights": 9, "votes": 9, "members": 9, "quorum_met": True}
    about |= {"all_weight": 9, "used_weight": 9}
    values = {"method": rule, "places": places, "outcome": {**about, **found}, "state": "closed"}
    Ballot.objects.filter(pk=ballot.pk).update(**values)
    return result_of(Ballot.objects.get(pk=ballot.pk))


def test_without_any_one_vote_the_same_is_chosen_or_stays_tied() -> None:
    clear = [[1, 0, 0]] * 8 + [[0, 1, 0]]
    assert told(clear).firm == "Without any one of the votes the same options would be chosen."
    all_tied = [[1, 1, 1]] * 8
    found = told(all_tied)
    assert len(found.tied) == 3
    assert found.firm.endswith("would stay tied; none is chosen.")
    partly = [[1, 1, 1]] * 8 + [[1, 0, 0]] * 3
    assert told(partly, places=2).firm.endswith("and the same ones stay tied.")
    close = [[1, 0, 0]] * 4 + [[0, 1, 0]] * 4
    assert told(close).firm.startswith("Without a single vote, whichever of 8 it were, other")
    assert told(close[:5]).firm == "Too few voted to say how firm this is."


@pytest.mark.parametrize(
    ("ratio", "word"),
    [
        (0.0, "nearly of one mind"),
        (0.36, "nearly of one mind"),
        (0.37, "mostly of one mind"),
        (0.74, "mostly of one mind"),
        (0.75, "divided"),
        (1.0, "divided"),
    ],
)
def test_limits_of_division_in_words(ratio, word) -> None:
    assert division_word(ratio) == word


def test_approvals_are_divided_from_a_quarter_against_the_others_and_of_one_mind_to_a_tenth() -> (
    None
):
    votes = np.ones((20, 3))
    votes[:2, 0] = votes[:4, 1] = votes[:5, 2] = 0
    assert [line.division for line in sorted(told(votes).lines, key=lambda one: one.number)] == [
        "nearly of one mind", "mostly of one mind", "divided"
    ]  # fmt: skip


@pytest.mark.parametrize("options", [2, 3, 5, 9])
def test_rankings_by_lot_are_called_divided_however_many_options_there_are(options) -> None:
    votes = np.array([RNG.permutation(options) + 1 for _voter in range(400)])
    words = {line.division for line in told(votes, "borda").lines}
    assert words == {"divided"}
    same = told([[*range(1, options + 1)]] * 9, "borda")
    assert {line.division for line in same.lines} == {"nearly of one mind"}
    assert by_chance(Kind.RANKING, options) <= 1


def test_many_blank_votes_are_told_beside_one_mind() -> None:
    nothing = [np.nan] * 3
    found = told([[1, 0, 0]] * 7 + [nothing] * 30)
    assert {line.division for line in found.lines} == {
        "nearly of one mind (of the 7 that answered)"
    }


def test_an_option_that_nobody_approves_takes_no_place() -> None:
    found = told([[1, 0, 0]] * 9, places=2)
    assert [line.standing for line in found.lines] == ["certain", "out", "out"]
    assert (found.unfilled, found.tied, found.remaining) == (1, (), 0)
    assert [line.stays for line in found.lines] == [1, 0, 0]


def camps(size: int, columns: int, high: float, low: float):
    """Approvals of two camps of one size that part over all columns from the fourth on."""
    votes = np.ones((2 * size, columns))
    for column in range(3, columns):
        first = high if column % 2 else low
        votes[:size, column] = RNG.random(size) < first
        votes[size:, column] = RNG.random(size) < high + low - first
    return votes


def test_camps_are_shown_by_what_sets_them_apart_and_not_by_what_all_support() -> None:
    votes = camps(19, 12, 0.95, 0.05)
    votes[:19, 11], votes[19:, 11] = 1, 0
    found = told(votes, places=3)
    assert found.camps.sizes == (19, 19)
    assert found.camps.basis.startswith("They prefer different options")
    farthest = found.camps.apart[0]
    assert sorted(farthest.support) == [0, 1]
    assert "Opsi 12" in {one.text for one in found.camps.apart}
    gaps = [abs(one.support[0] - one.support[1]) for one in found.camps.apart]
    assert gaps == sorted(gaps, reverse=True)
    assert min(gaps) > 0.8
    assert {"Opsi 1", "Opsi 2", "Opsi 3"}.isdisjoint(one.text for one in found.camps.apart)


def test_the_page_shows_the_shares_of_each_camp_beside_the_option() -> None:
    votes = camps(19, 12, 1.0, 0.0)
    told(votes, places=3)
    row = Ballot.objects.get()
    client = Client()
    client.force_login(Person.objects.get(assignments__role="coordinator"))
    text = client.get(reverse("forums:ballot", args=[row.forum_id, row.pk])).content.decode()
    table = text.partition("2 camps")[2].partition("</table>")[0]
    assert table.count("19 delegations") == 2
    assert table.count("100%") == table.count("0%") - table.count("100%") == 9
    screen = client.get(reverse("forums:projector", args=[row.forum_id, row.pk]))
    assert "The quorum was reached: 9 of 9 voted; needed: more than half" in screen.content.decode()


def test_what_sets_camps_as_far_apart_as_the_last_one_shown_is_shown_too() -> None:
    votes = camps(19, 9, 1.0, 0.0)
    assert [one.text for one in told(votes).camps.apart] == [f"Opsi {n}" for n in range(4, 10)]


def test_camps_by_level_are_not_said_to_prefer_anything() -> None:
    votes = np.array([RNG.random(9) < (0.9 if voter < 19 else 0.06) for voter in range(38)])
    found = told(votes)
    assert found.camps.basis.startswith("One approves more of everything")


def test_borda_says_what_equals_and_unranked_options_get() -> None:
    assert "half a point" in rule_of("borda")
    assert "not ranked comes last" in rule_of("borda")
