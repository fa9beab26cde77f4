"""Which lines are found to be one work, and what forbids it."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import polars as pl
import pytest
from dask import distributed
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from bench.matching_lines import plan_lines, shuffled
from sinergi.analysis.errors import InputError
from sinergi.analysis.similarity import Dictionary, evidence, match, match_exhaustively

Lines = Callable[..., pl.DataFrame]


def veto(lines: Lines, words: Dictionary, one: str, two: str) -> str:
    found = evidence(pl.DataFrame({"a": [0], "b": [1]}), lines([one, two]), words)
    return str(found["veto"][0])


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [
        ("Jalan Cipatik Tahap II", "Jl. Cipatik thp 3", "stage_differs"),
        ("Jalan Cipatik Tahap II", "Jl. Cipatik thp 2", ""),
        ("Jalan Cipatik Tahap II", "Jl. Cipatik", ""),
        ("Gedung Paket A", "Gedung Paket B", "package_differs"),
        ("Jalan Ruas 012", "Jalan Ruas 13", "section_differs"),
        ("Jalan Raya Sta 0+000 s/d 1+000", "Jalan Raya Sta 1+000 - 2+000", "station_differs"),
        ("Jalan Raya Sta 0+000 s/d 1+000", "Jalan Raya Sta 0+500 - 2+000", ""),
        ("Drainase Desa Sukamaju", "Drainase Ds. Karangsari", "village_differs"),
        ("Drainase Desa Sukamaju", "Drainase Ds. Sukamajju", ""),
        ("Drainase Kec. Pacet", "Drainase Kecamatan Cimaung", "district_differs"),
        ("Alat Puskesmas Linggar", "Alat Puskesmas Nagreg", "name_differs"),
        ("Rehab SDN 2 Soreang", "Rehab SDN 02 Soreang", ""),
        ("Rehab SDN 2 Soreang", "Rehab SDN 3 Soreang", "number_differs"),
        ("Drainase RT 01 RW 05", "Drainase RT 02 RW 05", "number_differs"),
        ("Musrenbang 2025", "Musrenbang 2026", ""),
        ("Posyandu Melati I", "Posyandu Melati V", "number_differs"),
        ("Jalan Soreang - Banjaran", "Jalan Soreang - Ciwidey", "name_differs"),
        ("Jalan Soreang - Banjaran", "Jalan Banjaran - Soreang", ""),
        ("Jalan Soreang - Banjaran", "Jalan Soreang", ""),
        ("Drainase Desa Sukamaju Timur", "Drainase Desa Sukamaju Selatan", "village_differs"),
        ("Kelompok Tani Mekar", "Bantuan Kelompok Tani Subur", "name_differs"),
        ("Kelas SDN 2 Soreang", "Kelas SDN 2 Nagreg", "name_differs"),
        ("Rumah 12 unit", "Rumah 15 unit", ""),
        (
            "Alat Puskesmas Linggar Desa Nagreg",
            "Alat Puskesmas Nagreg Desa Linggar",
            "village_differs",
        ),
    ],
)
def test_what_forbids_a_pair_is_told(
    one: str, two: str, code: str, lines: Lines, words: Dictionary
) -> None:
    assert veto(lines, words, one, two) == code
    assert veto(lines, words, two, one) == code


def test_a_district_of_many_lines_is_still_a_name(lines: Lines, words: Dictionary) -> None:
    titles = [f"Drainase {i} Kecamatan {('Pacet', 'Cimaung')[i % 2]}" for i in range(2_100)]
    titles[:2] = ["Drainase Kec. Pacet", "Drainase Kecamatan Cimaung"]

    found = evidence(pl.DataFrame({"a": [0], "b": [1]}), lines(titles), words)

    assert found["veto"][0] == "district_differs"


@pytest.mark.parametrize(
    ("column", "one", "two", "known"),
    [
        ("region", "32.04", "32.04", {"place": 0.7}),
        ("region", "32.04", "33.04", {"place": 0.0}),
        ("region", "32", "32.04", {"place": 0.42}),
        ("region", "", "32.04", {"place": None}),
        ("place", "Soreang", "soreang", {"place": 1.0}),
        ("amount", 100, 50, {"amount": 0.5}),
        ("amount", 100, 0, {"amount": None}),
        ("code", "1.03.10.2.01.0003", "1.03.10.2.01.0003", {"code": 1.0}),
        ("code", "1.03.10", "1.03.02", {"code": 1 / 3}),
        ("agency", "Dinas PU", "dinas pu ", {"agency": 1.0}),
        ("agency", "Dinas Jl.", "Dinas Jalan dan Jembatan", {"agency": 1.0}),
        ("agency", "Dinas PU", "", {"agency": None}),
        ("plan", 1, 1, {"within": 1.0}),
        ("plan", 1, 2, {"within": 0.0}),
        ("code", "1.03.10.2", "1.03", {"code": 0.85}),
        ("code", "", "1.03", {"code": None}),
    ],
)
def test_each_evidence_is_separate_and_unknown_where_nothing_is_known(
    column: str,
    one: object,
    two: object,
    known: dict[str, float | None],
    lines: Lines,
    words: Dictionary,
) -> None:
    table = lines(["Jalan Cipatik", "Jl. Cipatik"], **{column: [one, two]})

    found = evidence(pl.DataFrame({"a": [0], "b": [1]}), table, words).row(0, named=True)

    for name, value in known.items():
        assert found[name] == (None if value is None else pytest.approx(value, abs=1e-6))
    assert found["text"] == pytest.approx(1.0)


def test_agencies_with_a_common_general_word_are_not_one(lines: Lines, words: Dictionary) -> None:
    names = [
        "Kecamatan Pacet",
        "Kecamatan Cimaung",
        "Kecamatan Soreang",
        "Dinas PU",
        "Dinas PU Bandung",
    ]
    table = lines([f"Rapat {number}" for number in range(5)], agency=names)

    found = evidence(pl.DataFrame({"a": [0, 3], "b": [1, 4]}), table, words)["agency"].to_list()

    assert found[0] < 0.5
    assert found[1] == 1.0


def test_years_that_overlap_speak_for_a_pair(lines: Lines, words: Dictionary) -> None:
    table = lines(
        ["x y", "x y", "x y"], first_year=[2025, 2027, 2030], last_year=[2029, 2027, 2030]
    )

    found = evidence(pl.DataFrame({"a": [0, 0, 1], "b": [1, 2, 2]}), table, words)

    assert found["year"].to_list() == pytest.approx([1.0, 0.3, 0.0])


def test_points_tell_how_near_two_places_are(lines: Lines, words: Dictionary) -> None:
    table = lines(["x y", "x y"], lat=[-7.0, -7.0], lon=[107.0, 107.0 + 3 / 110.36])

    found = evidence(pl.DataFrame({"a": [0], "b": [1]}), table, words)

    assert found["place"][0] == pytest.approx(0.3679, abs=0.002)


def test_vetoed_pairs_are_returned_when_asked_for(lines: Lines, words: Dictionary) -> None:
    table = lines(["Pembangunan Jalan Cipatik Tahap 1", "Pemb. Jl. Cipatik thp II"], amount=100)

    assert match(table, words=words, least=0.0).is_empty()
    assert match(table, words=words, vetoed=True, least=0.0)["veto"].to_list() == ["stage_differs"]


def test_lines_of_one_plan_are_compared_only_when_asked_for(
    lines: Lines, words: Dictionary
) -> None:
    table = lines(["Pembangunan Jalan Cipatik", "Pemb. Jl. Cipatik"], plan=1, amount=100)

    assert match(table, words=words, least=0.0).is_empty()
    assert len(match(table, words=words, least=0.0, within_plans=True)) == 1


@pytest.mark.parametrize("titles", [[], ["Jalan"], ["", ""], ["☃", "\x00"], ["中文", "дорога é"]])
def test_nothing_comes_of_nothing(titles: list[str], lines: Lines, words: Dictionary) -> None:
    assert match(lines(titles), words=words).is_empty()


def test_a_twice_given_id_and_a_missing_column_are_refused(lines: Lines, words: Dictionary) -> None:
    with pytest.raises(InputError):
        match(lines(["a", "b"], id=1), words=words)
    with pytest.raises(InputError):
        match(lines(["a"]).drop("code"), words=words)
    with pytest.raises(InputError):
        evidence(pl.DataFrame({"a": [0], "b": [7]}), lines(["a"]), words)


def test_fifty_thousand_lines_of_one_title_make_no_more_pairs_than_neighbours(
    lines: Lines, words: Dictionary
) -> None:
    count = 50_000
    table = lines(["Belanja Perjalanan Dinas Biasa"] * count, plan=[i % 2 for i in range(count)])

    found = match(table, words=words, least=0.0, executor=ThreadPoolExecutor(1), partitions=2)

    assert count / 2 <= len(found) <= 8 * count


def test_blocks_find_what_comparing_all_with_all_finds(words: Dictionary) -> None:
    table, truth = plan_lines(600, 3)

    found, all_ = match(table, words=words), match_exhaustively(table, words=words)

    missed = truth.join(all_, on=["a", "b"]).join(found, on=["a", "b"], how="anti")
    assert found.join(all_, on=["a", "b"], how="anti").is_empty()
    assert len(missed) <= 0.01 * len(truth)
    same = all_.join(found.select("a", "b"), on=["a", "b"])
    assert_frame_equal(found, same)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1000), parts=st.integers(2, 9))
def test_neither_order_nor_parts_change_the_pairs(seed: int, parts: int, words: Dictionary) -> None:
    table, _ = plan_lines(200, seed)
    once = match(table, words=words, least=0.1)

    assert_frame_equal(match(shuffled(table, seed), words=words, least=0.1), once)
    assert_frame_equal(match(table, words=words, least=0.1, partitions=parts), once)


def test_processes_find_the_same(words: Dictionary) -> None:
    table, _ = plan_lines(400, 5)
    told: list[float] = []

    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as pool:
        found = match(table, words=words, executor=pool, partitions=3, progress=told.append)

    assert_frame_equal(found, match(table, words=words))
    assert told[-1] == 1.0


def test_a_dask_cluster_finds_the_same(words: Dictionary) -> None:
    table, _ = plan_lines(400, 5)

    with (
        distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        found = match(table, words=words, executor=client.get_executor(), partitions=3)

    assert_frame_equal(found, match(table, words=words))
