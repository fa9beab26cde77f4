"""The economy of a region, computed again from the shipped rows with nothing but arithmetic."""

import polars as pl
import pytest

from sinergi.evidence.shipped import DATA
from sinergi.opportunities.profile.economy import economy, short_name
from sinergi.opportunities.profile.grdp import rate
from sinergi.reference import queries as reference

pytestmark = pytest.mark.usefixtures("shipped")
BANJARMASIN, PEKALONGAN, ARFAK, KALSEL = "63.71", "33.75", "92.12", "63"


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    """Region, sector, year and value of the shipped GRDP."""
    frame = pl.read_parquet(DATA / "observations.parquet")
    frame = frame.with_columns(pl.col("indicator", "region", "period").cast(pl.String))
    return frame.filter(pl.col("indicator").str.starts_with("grdp."))


def of(rows: pl.DataFrame, region: str, year: int, sector: str = "") -> float:
    found = rows.filter(pl.col("region") == region, pl.col("period") == str(year))
    if sector:
        found = found.filter(pl.col("indicator") == f"grdp.{sector}")
    return float(found["value"].sum())


def summed(rows: pl.DataFrame, years: tuple[int, int], prefix: str = "") -> dict[str, list[float]]:
    """Add up regencies and cities that have 17 sectors in both years: per sector, first and last."""
    local = rows.filter(
        pl.col("region").str.contains(".", literal=True),
        pl.col("region").str.starts_with(prefix),
        pl.col("period").is_in([str(year) for year in years]),
    )
    counts = local.group_by("region").len().filter(pl.col("len") == 34)
    kept = local.filter(pl.col("region").is_in(counts["region"].to_list()))
    total = kept.group_by("indicator", "period").agg(pl.col("value").sum())
    return {
        code: [
            float(
                total.filter(pl.col("indicator") == code, pl.col("period") == str(year))["value"][0]
            )
            for year in years
        ]
        for code in sorted(set(total["indicator"]))
    }


def test_location_quotient_is_the_share_here_over_the_share_in_the_summed_nation(rows):
    found = economy(BANJARMASIN)
    trade = next(s for s in found.sectors if s.code == "G")
    nation = summed(rows, (2013, 2020))
    share = of(rows, BANJARMASIN, 2020, "G") / of(rows, BANJARMASIN, 2020)
    there = nation["grdp.G"][1] / sum(last for _, last in nation.values())
    assert trade.share == pytest.approx(share)
    assert trade.against["nation"].lq == pytest.approx(share / there)


def test_location_quotient_against_the_province_uses_the_sum_of_its_own_parts(rows):
    trade = next(s for s in economy(BANJARMASIN).sectors if s.code == "G")
    province = summed(rows, (2013, 2020), "63.")
    there = province["grdp.G"][1] / sum(last for _, last in province.values())
    assert trade.against["province"].lq == pytest.approx(trade.share / there)


def test_shift_share_components_are_those_of_the_textbook_and_add_up(rows):
    health = next(s for s in economy(BANJARMASIN).sectors if s.code == "Q")
    nation = summed(rows, (2013, 2020))
    first, last = of(rows, BANJARMASIN, 2013, "Q"), of(rows, BANJARMASIN, 2020, "Q")
    whole = sum(b for _, b in nation.values()) / sum(a for a, _ in nation.values()) - 1
    sector = nation["grdp.Q"][1] / nation["grdp.Q"][0] - 1
    other = health.against["nation"]
    assert other.national == pytest.approx(first * whole)
    assert other.mix == pytest.approx(first * (sector - whole))
    assert other.competitive == pytest.approx(last - first * (1 + sector))
    assert other.national + other.mix + other.competitive == pytest.approx(health.change)


def test_growth_is_compound_over_the_seven_years(rows):
    found = economy(BANJARMASIN)
    ratio = of(rows, BANJARMASIN, 2020) / of(rows, BANJARMASIN, 2013)
    assert (found.start, found.end) == (2013, 2020)
    assert found.growth == pytest.approx((ratio ** (1 / 7) - 1) * 100)


def test_dynamic_quotient_is_the_last_quotient_over_the_first(rows):
    trade = next(s for s in economy(BANJARMASIN).sectors if s.code == "G")
    nation = summed(rows, (2013, 2020))
    before = of(rows, BANJARMASIN, 2013, "G") / of(rows, BANJARMASIN, 2013)
    there = nation["grdp.G"][0] / sum(a for a, _ in nation.values())
    assert trade.against["nation"].dlq == pytest.approx(
        trade.against["nation"].lq / (before / there)
    )


def test_the_quotients_of_a_province_s_parts_average_one_weighted_by_their_size():
    parts = [economy(f"63.{n:02d}") for n in (*range(1, 12), 71, 72)]
    total = sum(part.total for part in parts)
    for place in range(17):
        lqs = [part.sectors[place].against["province"].lq for part in parts]
        mean = sum(lq * part.total for lq, part in zip(lqs, parts, strict=True)) / total
        assert mean == pytest.approx(1)


def test_the_page_says_how_far_the_recorded_row_of_the_nation_is_from_the_sum(rows):
    nation = economy(BANJARMASIN).references[-1]
    assert (nation.kind, nation.regions, nation.regions_all) == ("nation", 513, 514)
    assert nation.recorded == pytest.approx(of(rows, "ID", 2020))
    assert nation.recorded_gap == pytest.approx(nation.recorded / nation.total - 1)
    assert -0.06 < nation.recorded_gap < -0.03


def test_a_blank_year_stays_a_gap_and_does_not_move_the_span():
    found = economy(PEKALONGAN)
    assert found.gaps == (2014,)
    assert found.totals[found.years.index(2014)] is None
    assert (found.start, found.end) == (2013, 2020)


def test_a_region_without_the_first_year_begins_later_and_so_does_what_it_is_compared_with():
    found = economy(ARFAK)
    assert (found.start, found.gaps) == (2014, (2013,))
    assert found.references[-1].regions == 513, "Kota Pekalongan is blank in 2014"


def test_a_sector_that_began_at_zero_has_no_growth_and_no_dynamic_quotient():
    mining = next(s for s in economy(BANJARMASIN).sectors if s.code == "B")
    assert mining.value == 0
    assert mining.growth is None
    assert mining.against["nation"].dlq is None
    assert mining.against["nation"].quadrant == "unknown"


def test_a_province_is_the_sum_of_its_parts(rows):
    found = economy(KALSEL)
    parts = summed(rows, (2013, 2020), "63.")
    assert found.summed == 13
    assert found.total == pytest.approx(sum(last for _, last in parts.values()))
    assert [one.kind for one in found.references] == ["nation"]


def test_a_new_province_of_papua_is_compared_within_its_present_land_only():
    found = economy("93")
    assert found.summed == 4
    merauke = economy("93.01")
    province = merauke.references[0]
    assert (province.kind, province.code, province.regions) == ("province", "93", 4)
    assert province.recorded is None
    assert province.recorded_gap is None


def test_klassen_quadrant_follows_level_and_growth_against_the_reference():
    found = economy(BANJARMASIN)
    for one in found.references:
        high, fast = found.per_head >= one.per_head, found.growth >= one.growth
        wanted = {(1, 1): "developed", (1, 0): "stagnant", (0, 1): "developing", (0, 0): "lagging"}
        assert one.quadrant == wanted[high, fast]


def test_growth_from_nothing_is_not_a_number():
    assert rate(0.0, 5.0, 7) is None
    assert rate(100.0, 121.0, 2) == pytest.approx(10)


def test_the_name_of_a_sector_loses_what_all_of_them_begin_with():
    assert short_name("PDRB ADHK 2010: Konstruksi") == "Konstruksi"
    assert short_name("Konstruksi") == "Konstruksi"


def test_the_parts_of_a_province_are_sorted_by_level_and_marked_by_quadrant():
    found = economy(KALSEL)
    levels = [part.per_head for part in found.parts]
    assert len(found.parts) == 13
    assert levels == sorted(levels, reverse=True)
    for part in found.parts:
        assert (part.per_head >= found.per_head) == (part.quadrant in {"developed", "stagnant"})
        assert (part.growth >= found.growth) == (part.quadrant in {"developed", "developing"})


def test_the_disparity_of_a_province_is_the_index_of_williamson(rows):
    found = economy(KALSEL)
    table = reference.region_table()
    people = {p.code: table.population[table.position[p.code]] for p in found.parts}
    total = sum(people.values())
    for year, index in zip((2013, 2020), found.disparity, strict=True):
        heads = {code: of(rows, code, year) / n for code, n in people.items()}
        mean = sum(heads[code] * n for code, n in people.items()) / total
        spread = sum((heads[code] - mean) ** 2 * n / total for code, n in people.items())
        assert index == pytest.approx(spread**0.5 / mean)


def test_a_region_stands_among_the_parts_of_its_own_province():
    assert economy(BANJARMASIN).parts == economy(KALSEL).parts
