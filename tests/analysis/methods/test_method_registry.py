import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.analysis import methods
from sinergi.analysis.errors import InputError
from sinergi.analysis.methods.registry import METHODS

LONG = {"region": "kabkota", "sector": "lapangan", "value": "pdrb"}
START = [("A", "tani", 30), ("A", "industri", 50), ("A", "jasa", 20)]
START += [("B", "tani", 60), ("B", "industri", 20), ("B", "jasa", 40)]
END = [33, 60, 24, 63, 21, 46]
ECONOMY = pl.DataFrame(START, schema=["kabkota", "lapangan", "pdrb"], orient="row")
TWO_YEARS = pl.concat(
    [
        ECONOMY.with_columns(tahun=pl.lit(2013)),
        ECONOMY.with_columns(pdrb=pl.Series(END, dtype=pl.Int64), tahun=pl.lit(2020)),
    ]
)
YEARS = LONG | {"period": "tahun"}
PEOPLE = pl.DataFrame(
    {
        "kode": ["63.01", "63.02", "63.03"],
        "y": [40.0, 25.0, 60.0],
        "jiwa": [100, 300, 50],
        "provinsi": ["a", "a", "b"],
    }
)


def cell(frame, column, **where):
    rows = frame.filter(pl.all_horizontal(pl.col(k) == v for k, v in where.items()))
    assert rows.height == 1
    return rows[column][0]


def test_there_are_twelve_methods_each_under_its_own_name():
    names = (
        "lq dlq shift-share klassen rca eci williamson theil gini gravity scalogram food-balance"
    )

    assert list(METHODS) == [method.name for method in METHODS.values()]
    assert set(METHODS) == set(names.split())


def test_lq_of_a_long_table_is_the_worked_example():
    found = METHODS["lq"].run(ECONOMY, LONG)

    assert found.columns == ["region", "sector", "value", "lq"]
    assert cell(found, "lq", region="A", sector="industri") == pytest.approx(1.5714, abs=5e-5)


@given(st.permutations(range(12)))
def test_the_order_of_rows_does_not_change_a_result(order):
    keys = ["period", "region", "sector"]
    shuffled = METHODS["lq"].run(TWO_YEARS[list(order)], YEARS).sort(keys)

    straight = METHODS["lq"].run(TWO_YEARS, YEARS).sort(keys)
    assert shuffled.select(keys).equals(straight.select(keys))
    assert shuffled["lq"].to_numpy() == pytest.approx(straight["lq"].to_numpy())


def test_with_a_period_each_year_is_computed_on_its_own():
    found = METHODS["lq"].run(TWO_YEARS, YEARS)
    later = METHODS["lq"].run(TWO_YEARS.filter(pl.col("tahun") == 2020), LONG)

    assert found["period"].unique(maintain_order=True).to_list() == ["2013", "2020"]
    assert found.filter(pl.col("period") == "2020").drop("period").equals(later)


def test_a_named_reference_is_compared_with_and_left_out():
    nation = pl.DataFrame(
        [("ID", "tani", 100), ("ID", "industri", 100), ("ID", "jasa", 200)],
        schema=["kabkota", "lapangan", "pdrb"],
        orient="row",
    )
    found = METHODS["lq"].run(pl.concat([ECONOMY, nation]), LONG, reference="ID")

    assert "ID" not in found["region"]
    assert cell(found, "lq", region="A", sector="industri") == pytest.approx(2.0)


def test_an_absent_sector_is_missing_unless_the_user_says_it_is_zero():
    table = ECONOMY.filter(~((pl.col("kabkota") == "B") & (pl.col("lapangan") == "industri")))

    unknown = METHODS["lq"].run(table, LONG).filter(region="B")
    zero = METHODS["lq"].run(table, LONG, absent_is_zero="yes").filter(region="B")
    assert unknown["lq"].to_list() == [None, None, None]
    assert cell(zero, "lq", sector="industri") == 0.0


def test_dlq_reads_the_years_from_the_periods():
    found = METHODS["dlq"].run(TWO_YEARS, YEARS)
    ahead = METHODS["dlq"].run(TWO_YEARS, YEARS, horizon=14)

    start, end = np.array(ECONOMY["pdrb"]).reshape(2, 3), np.array(END).reshape(2, 3)
    expected = methods.location_quotient(end) / methods.location_quotient(start)
    assert found["dlq"].to_numpy() == pytest.approx(expected.ravel())
    assert ahead["dlq"].to_numpy() == pytest.approx(expected.ravel() ** 2)


def test_shift_share_of_a_long_table_is_the_worked_example():
    found = METHODS["shift-share"].run(TWO_YEARS, YEARS)

    row = found.filter(region="B", sector="tani").row(0, named=True)
    assert [row["national"], row["mix"], row["competitive"]] == pytest.approx(
        [7.3636, -3.3636, -1.0], abs=5e-5
    )


def test_the_homothetic_option_adds_the_allocation():
    found = METHODS["shift-share"].run(TWO_YEARS, YEARS, homothetic=True)

    parts = found.select("national", "mix", "competitive", "allocation").sum_horizontal()
    assert parts.to_numpy() == pytest.approx(found["change"].to_numpy())


@pytest.mark.parametrize("options", [{"end": "2019"}, {"start": "2020"}, {"reference": "C"}])
def test_a_year_or_reference_that_is_not_there_is_named(options):
    with pytest.raises(InputError, match=next(iter(options.values()))):
        METHODS["shift-share"].run(TWO_YEARS, YEARS, **options)


def test_quarters_are_periods_too():
    table = TWO_YEARS.with_columns(tahun=pl.col("tahun").cast(pl.String) + "Q1")

    found = METHODS["dlq"].run(table, YEARS)
    assert found["dlq"].to_list() == METHODS["dlq"].run(TWO_YEARS, YEARS)["dlq"].to_list()


def test_klassen_compares_with_the_weighted_mean_of_the_regions():
    table = PEOPLE.with_columns(g=pl.Series([6.0, 2.0, 1.0]))
    columns = {"region": "kode", "value": "y", "growth": "g", "population": "jiwa"}
    found = METHODS["klassen"].run(table, columns)

    assert found["reference_value"][0] == pytest.approx(14500 / 450)
    assert found["quadrant"].to_list() == ["developed", "lagging", "stagnant"]
    assert found["number"].to_list() == [1, 4, 2]


def test_klassen_without_growth_computes_it_from_the_periods():
    table = pl.DataFrame(
        {
            "r": ["A", "A", "N", "N", "B"],
            "t": [2010, 2012, 2010, 2012, 2012],
            "y": [100.0, 121.0, 200.0, 210.0, 300.0],
        }
    )
    columns = {"region": "r", "value": "y", "period": "t"}
    found = METHODS["klassen"].run(table, columns, reference="N")

    assert found["region"].to_list() == ["A", "B"]
    assert cell(found, "growth", region="A") == pytest.approx(10.0)
    assert found["quadrant"].to_list() == ["developing", "unknown"]


def test_klassen_by_period_takes_the_growth_of_that_period():
    table = pl.DataFrame(
        {"r": ["A", "B"] * 2, "t": [1, 1, 2, 2], "y": [1, 2] * 2, "g": [1, 2, 2, 1]}
    )
    columns = {"region": "r", "value": "y", "period": "t", "growth": "g"}
    found = METHODS["klassen"].run(table, columns)

    assert found["quadrant"].to_list() == ["lagging", "developed", "developing", "stagnant"]


def test_klassen_needs_growth_from_somewhere_and_a_known_reference():
    with pytest.raises(InputError, match="no growth"):
        METHODS["klassen"].run(PEOPLE, {"region": "kode", "value": "y"})
    columns = {"region": "kode", "value": "y", "growth": "jiwa"}
    with pytest.raises(InputError, match=r"63\.99"):
        METHODS["klassen"].run(PEOPLE, columns, reference="63.99")


def test_klassen_without_any_weight_has_no_reference():
    table = PEOPLE.with_columns(jiwa=pl.lit(0))
    columns = {"region": "kode", "value": "y", "growth": "y", "population": "jiwa"}

    assert METHODS["klassen"].run(table, columns)["quadrant"].to_list() == ["unknown"] * 3


def test_rca_is_balassas_index_and_can_be_symmetric():
    plain = METHODS["rca"].run(ECONOMY, LONG)["rca"].to_numpy()
    symmetric = METHODS["rca"].run(ECONOMY, LONG, symmetric="true")["rca"].to_numpy()

    assert symmetric == pytest.approx((plain - 1) / (plain + 1))


def test_eci_lists_regions_and_sectors():
    values = np.random.default_rng(5).lognormal(2, 1, (8, 5))
    table = pl.DataFrame(
        {
            "kabkota": np.repeat([f"r{i}" for i in range(8)], 5),
            "lapangan": np.tile([f"s{i}" for i in range(5)], 8),
            "pdrb": values.ravel(),
        }
    )
    found = METHODS["eci"].run(table, LONG)
    peer = methods.economic_complexity(values)

    assert found["kind"].to_list() == ["region"] * 8 + ["sector"] * 5
    assert found["complexity"].to_numpy() == pytest.approx(np.r_[peer.eci, peer.pci])
    none = METHODS["eci"].run(table, LONG, threshold=100)
    assert none["complexity"].null_count() == 13


def test_williamson_of_a_table_is_the_worked_example():
    columns = {"region": "kode", "value": "y", "population": "jiwa"}
    found = METHODS["williamson"].run(PEOPLE, columns)

    assert found["williamson"][0] == pytest.approx(0.3592, abs=5e-5)
    assert (found["regions"][0], found["left_out"][0]) == (3, 0)


@pytest.mark.parametrize("name", ["williamson", "theil", "gini"])
def test_regions_left_out_of_an_index_are_counted(name):
    table = pl.concat([PEOPLE, PEOPLE[:1].with_columns(kode=pl.lit("x"), y=pl.lit(None))])
    columns = {"region": "kode", "value": "y", "population": "jiwa"}
    found = METHODS[name].run(table, columns)

    assert found["left_out"][0] == 1
    assert found[name][0] == pytest.approx(METHODS[name].run(PEOPLE, columns)[name][0])


def test_theil_is_split_where_groups_are_named():
    columns = {"region": "kode", "value": "y", "population": "jiwa", "group": "provinsi"}
    row = METHODS["theil"].run(PEOPLE, columns).row(0, named=True)

    assert row["between"] + row["within"] == pytest.approx(row["theil"])
    assert row["between"] > 0
    assert row["within"] > 0


def test_gini_counts_every_region_as_one_without_population():
    found = METHODS["gini"].run(PEOPLE, {"region": "kode", "value": "y"})

    assert found["gini"][0] == pytest.approx(methods.gini([40.0, 25.0, 60.0]))


def test_gravity_of_places_lists_each_pair_once_strongest_first():
    table = PEOPLE.with_columns(lat=pl.Series([0.0, 0.0, 0.0]), lon=pl.Series([0.0, 1.0, 3.0]))
    columns = {"region": "kode", "population": "jiwa", "latitude": "lat", "longitude": "lon"}
    found = METHODS["gravity"].run(table, columns, exponent=1, k="2")

    assert found.select("origin", "destination").rows() == [
        ("63.01", "63.02"),
        ("63.02", "63.03"),
        ("63.01", "63.03"),
    ]
    assert found["interaction"][0] == pytest.approx(2 * 100 * 300 / found["distance"][0])


def test_gravity_of_pairs_takes_the_distance_given():
    pairs = pl.DataFrame({"o": ["A"], "d": ["B"], "jam": [2.0], "po": [10.0], "pd": [20.0]})
    columns = {"origin": "o", "destination": "d", "distance": "jam"}
    columns |= {"origin_population": "po", "destination_population": "pd"}

    assert METHODS["gravity"].run(pairs, columns)["interaction"].to_list() == [50.0]


def test_scalogram_ranks_places_and_leaves_unknown_ones_last():
    table = pl.DataFrame(
        {
            "kabkota": ["A", "B", "B", "C", "C"],
            "lapangan": ["sd", "sd", "rs", "sd", "rs"],
            "pdrb": [4, 9, 1, 3, None],
        }
    )
    found = METHODS["scalogram"].run(table, LONG, absent_is_zero=True)

    assert found["region"].to_list() == ["B", "A", "C"]
    assert found["rank"].to_list() == [1, 2, None]
    assert found["reproducibility"][0] == 1.0
    assert cell(found, "centrality", region="A") == pytest.approx(100 * 4 / 13)


def test_food_balance_keeps_the_commodity_and_the_year():
    table = pl.DataFrame({"r": ["A"], "k": ["beras"], "t": [2024], "p": [120], "n": [100]})
    columns = {"region": "r", "sector": "k", "period": "t", "production": "p", "need": "n"}
    row = METHODS["food-balance"].run(table, columns).row(0)

    assert row == ("A", "beras", "2024", 120.0, 100.0, 20.0, 120.0)


def test_an_unknown_option_or_a_word_for_a_number_is_refused():
    with pytest.raises(InputError, match=r"absent_is_zero"):
        METHODS["scalogram"].run(ECONOMY, LONG, homothetic=True)
    with pytest.raises(InputError, match="“dua” is not a number"):
        METHODS["eci"].run(ECONOMY, LONG, threshold="dua")


def test_an_empty_text_option_is_no_option():
    straight = METHODS["lq"].run(ECONOMY, LONG)

    assert METHODS["lq"].run(ECONOMY, LONG, reference=None).equals(straight)
