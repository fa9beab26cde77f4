"""Which model an organisation uses: the one shipped, or one that learned from its people's answers."""

import random

import polars as pl
import pytest

from sinergi.analysis.similarity import EVIDENCE
from sinergi.programs import similarity
from sinergi.programs.models import PairLabel
from tests.programs.making import office

pytestmark = pytest.mark.django_db
ALIKE = {
    "text": 1.0,
    "place": 1.0,
    "year": 1.0,
    "code": 1.0,
    "amount": 1.0,
    "contained": 1.0,
    "apart": 0.0,
    "shared": 0.7,
}
UNLIKE = {**ALIKE, "text": 0.3, "place": 0.0, "contained": 0.3, "apart": 1.0, "amount": 0.2}


@pytest.fixture(autouse=True)
def nothing_remembered():
    similarity._calibration.cache_clear()


def say(answer: str, evidence: dict[str, float], number: int = 1) -> None:
    """Let somebody of the office answer, about lines of their own each time."""
    chance = random.Random(number)
    for _once in range(number):
        told = PairLabel.objects.count()
        kept = {name: min(1, max(0, v + chance.gauss(0, 0.03))) for name, v in evidence.items()}
        PairLabel.objects.create(
            organisation=office(),
            key=f"{told:064x}",
            a={"identity": f"a{told}"},
            b={"identity": f"b{told}"},
            evidence={**kept, "veto": ""},
            probability=0.5,
            answer=answer,
        )


def test_without_answers_the_shipped_model_is_used():
    told = similarity.calibration(office().pk)
    assert (told.own, told.why, told.answers, told.quality) == (False, "few", 0, None)
    assert told.model == similarity.shipped()


def test_nobody_in_particular_uses_the_shipped_model():
    assert similarity.model_for(None) == similarity.shipped()


def test_answers_of_one_kind_only_teach_nothing():
    say("same", ALIKE, 28)
    say("different", UNLIKE, 4)
    told = similarity.calibration(office().pk)
    assert (told.own, told.why, told.answers, told.same) == (False, "one_sided", 32, 28)


def test_enough_answers_that_agree_with_the_shipped_model_are_learned_from():
    say("same", ALIKE, 15)
    say("different", UNLIKE, 16)
    told = similarity.calibration(office().pk)
    assert told.own == (told.comparison.difference <= 0)
    assert (told.answers, told.same) == (31, 15)
    assert told.quality.f1.value > 0.9


def test_answers_that_differ_from_the_shipped_model_change_it():
    say("different", ALIKE, 25)
    say("same", {**ALIKE, "shared": 0.1, "amount": 0.3}, 25)
    told = similarity.calibration(office().pk)
    assert told.own
    assert told.why == "better"
    assert told.comparison.difference < 0
    assert told.model != similarity.shipped()


def test_answers_by_chance_do_not_replace_the_shipped_model():
    chance = random.Random(5)
    for _once in range(40):
        say(chance.choice(["same", "different"]), {name: chance.random() for name in EVIDENCE})
    told = similarity.calibration(office().pk)
    assert told.own == told.comparison.not_worse
    assert told.why in ("worse", "better")


def test_what_cannot_be_told_or_was_taken_back_does_not_count():
    say("cannot_tell", ALIKE, 3)
    say("same", ALIKE, 2)
    PairLabel.objects.filter(answer="same").update(undone_at="2026-01-01T00:00Z")
    assert similarity.calibration(office().pk).answers == 0


def test_one_more_answer_is_noticed():
    say("same", ALIKE)
    assert similarity.calibration(office().pk).answers == 1
    say("same", ALIKE)
    assert similarity.calibration(office().pk).answers == 2


def test_pairs_that_share_a_line_are_of_one_group():
    say("same", ALIKE, 3)
    PairLabel.objects.filter(key=f"{1:064x}").update(a={"identity": "a0"})
    group = similarity.own_labels(office().pk).group.tolist()
    assert group[0] == group[1] != group[2]


def test_the_agency_is_compared_as_one_word_of_the_place_and_glued_words_are_parted():
    table = pl.DataFrame(
        {"title": ["Penyusunan danPengujian"], "place": ["Soreang"], "agency": ["Dinas PUTR"]}
    )
    told = similarity.lines(table).row(0, named=True)
    assert told["place"] == "Soreang instansidinasputr"
    assert told["title"] == "Penyusunan dan Pengujian"
