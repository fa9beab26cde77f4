"""The sentence and the drawing of an opportunity."""

import numpy as np
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sinergi.analysis.logics import LOGICS
from sinergi.opportunities import queries
from sinergi.opportunities.messages.money import rupiah
from sinergi.opportunities.settings import MapSettings
from sinergi.opportunities.views.headline import headline, in_sentence, joined
from sinergi.opportunities.views.legal_rows import documents
from sinergi.opportunities.views.sketch import APART, apart, sketch
from sinergi.reference import queries as reference

BEST = ("TPA_REGIONAL", "KAD_CABAI", "STUNTING", "DAMKAR_BATAS", "PAKET_WISATA")


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (12_695_496_073, "Rp12,7 miliar", "IDR 12.7 billion"),
        (1.5e12, "Rp1,5 triliun", "IDR 1.5 trillion"),
        (-2.4e6, "Rp-2,4 juta", "IDR -2.4 million"),
        (65_000, "Rp65.000", "IDR 65,000"),
    ],
)
def test_money_is_said_as_people_say_it(value, indonesian, english):
    with translation.override("id"):
        assert rupiah(value) == indonesian
    with translation.override("en"):
        assert rupiah(value) == english


def test_long_lists_of_names_are_counted():
    with translation.override("en"):
        assert joined(["A"]) == "A"
        assert joined(["A", "B"]) == "A and B"
        assert joined(["A", "B", "C"]) == "A, B, and C"
        assert joined(["A", "B", "C", "D", "E"]) == "A, B and 3 other regions"


def test_abbreviations_keep_their_capitals_inside_a_sentence():
    assert in_sentence("TPA/TPST regional") == "TPA/TPST regional"
    assert in_sentence("Studi tiru") == "studi tiru"


@pytest.mark.parametrize("code", BEST)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_group_has_a_sentence_with_its_first_member(code, language):
    one = queries.opportunity_map(MapSettings(objects=(code,), top=1)).opportunities[0]
    with translation.override(language):
        said = headline(one)
    assert one.members[0].name in said
    assert "%(" not in said


def test_every_logic_has_its_own_sentence():
    from sinergi.opportunities.views.headline import _pattern

    with translation.override("id"):
        assert len({_pattern(logic) for logic in LOGICS}) == len(LOGICS)


def test_documents_are_named_in_the_order_they_are_made():
    with translation.override("en"):
        names = documents(reference.catalogue()["KAD_BERAS"])
    assert names[0] == "memorandum of agreement (KB)"
    assert len(names) == 2


def test_the_drawing_shows_every_member_and_every_link():
    one = queries.explain("TPA_REGIONAL", ["63.71", "63.72", "63.03"]).opportunity
    drawn = sketch(one)
    assert [seat.number for seat in drawn.seats] == [1, 2, 3]
    assert len(drawn.lines) == len(one.links)
    assert {shape.code for shape in drawn.shapes if shape.kind != "around"} == {
        "63.71",
        "63.72",
        "63.03",
    }


@given(hnp.arrays(float, st.tuples(st.integers(2, 8), st.just(2)), elements=st.floats(0, 50)))
def test_no_seat_hides_another(points):
    moved = apart(points)
    gaps = np.hypot(*(moved[:, None] - moved[None, :]).transpose(2, 0, 1))
    assert (gaps[~np.eye(len(points), dtype=bool)] > APART / 3).all()
