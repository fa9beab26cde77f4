"""The words of a list in both languages."""

import pytest
from django.utils import translation

from sinergi.opportunities.lists import snapshot, words
from sinergi.opportunities.settings import MapSettings

from .factories import SETTINGS, explanation, landfill, reason


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1234.5, "1.234,5", "1,234.5"),
        (6_524_375_000.0, "6.524.375.000", "6,524,375,000"),
        (0.6957, "0,70", "0.70"),
        (31.0, "31", "31"),
        (-12.34, "-12,3", "-12.3"),
        (None, "–", "–"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(
    value: float | None, indonesian: str, english: str
) -> None:
    with translation.override("id"):
        assert words.number(value) == indonesian
    with translation.override("en"):
        assert words.number(value) == english


def test_points_are_rounded_and_not_cut() -> None:
    with translation.override("id"):
        assert words.points(0.6957) == "69,6"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "KSDD – candidate for mandatory, type a"),
        ({"geographic_type": ""}, "KSDD – candidate for mandatory"),
        ({"mandatory_candidate": False}, "KSDD – voluntary"),
        ({"mandatory_candidate": False, "cheaper": None}, "KSDD – possibly mandatory"),
        ({"object": landfill(family="KSDPK")}, "cooperation with a third party (KSDPK)"),
    ],
)
def test_the_type_is_never_declared_mandatory(changes: dict[str, object], said: str) -> None:
    kept = snapshot.Snapshot(snapshot.take(explanation(**changes), SETTINGS))
    with translation.override("en"):
        assert words.cooperation_type(kept) == said


def test_a_proposed_reason_says_what_is_not_official() -> None:
    kept = snapshot.Snapshot(snapshot.take(explanation(), SETTINGS))
    with translation.override("id"):
        lines = words.proposed_reason(kept).split("\n")
    head = "Skor 71,2 dari 100, peringkat 1 dari 60 di dalam Kalimantan Selatan untuk objek ini."
    assert lines[0] == head
    assert lines[1] == "Kota Banjarmasin: Timbulan sampah 1.234,5 ton/hari (2024) [perkiraan]."
    assert lines[-1] == "Bersama-sama lebih hemat sekitar Rp2,5 miliar per tahun (perkiraan)."


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "rank 1 of 60 in the whole country"),
        ({"objects": ("TPA_REGIONAL",), "each": 0}, "rank 1 of 60 in the whole country"),
        ({"within": ("63",)}, "rank 1 of 60 within Kalimantan Selatan"),
        ({"max_km": 90.0}, "rank 1 of 60 under the settings of the choice"),
        (
            {"within": ("63", "62"), "members_max": 5},
            "rank 1 of 60 within Kalimantan Selatan, Kalimantan Tengah, under the settings of the choice",
        ),
    ],
)
def test_a_rank_says_among_what_it_is_one(chosen: dict[str, object], said: str) -> None:
    kept = snapshot.Snapshot(snapshot.take(explanation(), MapSettings(**chosen)))
    with translation.override("en"):
        assert words.rank(kept) == said


def test_a_snapshot_that_does_not_know_among_how_many_claims_no_number() -> None:
    values = snapshot.take(explanation(), SETTINGS)
    del values["opportunity"]["among"]
    with translation.override("en"):
        assert words.rank(snapshot.Snapshot(values)) == "rank 1 under the settings of the choice"


def test_a_group_that_is_not_on_the_map_has_no_rank() -> None:
    kept = snapshot.Snapshot(snapshot.take(explanation(rank=0, money=None), SETTINGS))
    with translation.override("en"):
        first, *rest = words.proposed_reason(kept).split("\n")
    assert first == "Score 71.2 of 100."
    assert not [line for line in rest if "cheaper" in line]


def test_the_strongest_reasons_leave_out_what_is_missing() -> None:
    observed, gap = reason("63.71", 0.1), reason("63.72", 0.3, value=None)
    assert snapshot.strongest([gap, observed]) == [observed]


def test_a_snapshot_reads_back_what_was_taken() -> None:
    taken = explanation()
    kept = snapshot.Snapshot(snapshot.take(taken, SETTINGS))
    assert kept.settings == SETTINGS
    assert tuple(kept.members) == taken.opportunity.members
    assert set(kept.reasons) == set(taken.reasons)
    assert kept.money == taken.opportunity.money
    assert [option.fits for option in kept.funding] == [True, True, False]


def test_a_snapshot_of_a_newer_shape_still_reads() -> None:
    values = snapshot.take(explanation(), SETTINGS)
    values["settings"]["invented_later"] = 1
    values["reasons"][0]["invented_later"] = 1
    kept = snapshot.Snapshot(values)
    assert kept.settings == SETTINGS
    assert len(kept.reasons) == 4
