import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sinergi.analysis.derive import DERIVATIONS, DerivationInput, derive
from sinergi.analysis.errors import InputError

NAN = np.nan
YEARS = np.array([2018.0, 2019.0, 2020.0])
SERIES = {
    "rice": np.array([[10.0, 20.0, 40.0], [10.0, NAN, NAN], [NAN, NAN, NAN], [30.0, 20.0, NAN]]),
    "maize": np.array([[10.0, 20.0], [40.0, 50.0], [NAN, 10.0], [20.0, 0.0]]),
    "never": np.empty((4, 0)),
}
PERIODS = {"rice": YEARS, "maize": YEARS[1:], "never": np.empty(0)}
FACTS = {
    "population": np.array([10.0, 20.0, 30.0, 0.0]),
    "area_km2": np.array([5.0, 5.0, NAN, 5.0]),
}
NATION = {"rice": np.array([100.0, 200.0, 300.0]), "maize": np.array([200.0, 100.0])}
TABLES = arrays(np.float64, (5, 4), elements=st.floats(0.5, 1e4) | st.just(NAN))


def run(method, *inputs, **parameters):
    return derive(
        method,
        DerivationInput(inputs, SERIES, PERIODS, FACTS, NATION, parameters, {"population": 2024.9}),
    )


def one(method, table, **parameters):
    years = np.arange(2015.0, 2015.0 + table.shape[1])
    return derive(
        method, DerivationInput(("x",), {"x": table}, {"x": years}, parameters=parameters)
    )


def same(found, *expected):
    return found == pytest.approx(np.array(expected), nan_ok=True)


def test_sums_are_of_one_period_that_has_every_part():
    found = run("sum", "rice", "maize", factor=10)

    assert same(found.values, 600, NAN, NAN, 400)
    assert same(found.period_from, 2020, NAN, NAN, 2019)
    assert same(found.period_to, 2020, NAN, NAN, 2019)


def test_a_ratio_over_different_periods_shows_its_span():
    found = run("ratio", "rice", "maize")

    assert same(found.values, 2.0, 0.2, NAN, 1.0)
    assert same(found.period_from, 2020, 2018, NAN, 2019)
    assert same(found.period_to, 2020, 2020, NAN, 2019)


def test_a_ratio_to_a_dated_fact_spans_both_and_nobody_gives_no_ratio():
    found = run("ratio", "rice", "population", factor=1000)

    assert same(found.values, 4000, 500, NAN, NAN)
    assert same(found.period_from, 2020, 2018, NAN, NAN)
    assert same(found.period_to, 2024.9, 2024.9, NAN, NAN)


def test_density_is_a_ratio_of_two_facts():
    found = run("ratio", "population", "area_km2")

    assert same(found.values, 2, 4, NAN, 0)
    assert same(found.period_to, 2024.9, 2024.9, NAN, 2024.9)


def test_a_difference_keeps_its_sign():
    assert same(run("difference", "rice", "maize").values, 20, -40, NAN, 0)


def test_a_scaled_fact_without_a_date_has_no_period():
    found = run("scale", "area_km2", factor=0.5)

    assert same(found.values, 2.5, 2.5, NAN, 2.5)
    assert np.isnan(found.period_to).all()


def test_a_share_is_in_percent_of_all_distinct_inputs():
    found = run("share", "rice", "rice", "maize")

    assert same(found.values, 200 / 3, NAN, NAN, 50)


def test_a_location_quotient_compares_with_the_nation_of_the_same_year():
    found = run("lq", "rice", "rice", "maize")

    assert same(found.values, (40 / 60) / (300 / 400), NAN, NAN, (20 / 40) / (200 / 400))


def test_a_location_quotient_without_the_nation_is_refused():
    with pytest.raises(InputError, match="population"):
        run("lq", "rice", "population")


def test_the_gap_is_to_the_median_of_the_same_period():
    table = np.array([[10.0, 90.0], [20.0, NAN], [40.0, 100.0]])

    assert same(one("gap_to_national_median", table).values, -100 / 19, 0, 100 / 19)
    averaged = one("gap_to_national_median", table, periods=2)
    assert same(averaged.values, (-50 - 100 / 19) / 2, 0, (100 + 100 / 19) / 2)
    assert same(averaged.period_from, 2015, 2015, 2015)


def test_a_normative_balance_divides_production_by_what_people_need():
    found = run("normative_balance", "rice", "population", need_per_capita=100, factor=1000)

    assert same(found.values, 40, 5, NAN, NAN)


def test_growth_is_compound_between_the_first_and_last_record():
    table = np.array([[NAN, 100.0, NAN, 121.0], [0.0, 1, 2, 3], [5, 5, 5, NAN], [NAN, 7, NAN, NAN]])
    found = one("growth", table)

    assert same(found.values, 10.0, NAN, 0.0, NAN)
    assert same(found.period_from, 2016, NAN, 2015, NAN)
    assert same(found.period_to, 2018, NAN, 2017, NAN)


def test_growth_over_too_few_years_is_not_claimed():
    table = np.array([[1.0, NAN, 4.0], [1.0, 2.0, 3.0]])

    assert same(one("growth", table[:, :2], min_years=2).values, NAN, NAN)
    assert same(one("growth", table, min_years=2).values, 100, 100 * (3**0.5 - 1))


def test_growth_and_change_end_in_the_last_year_to_count():
    table = np.array([[100.0, 110, 121, 60], [7.0, NAN, NAN, 8]])

    assert same(one("growth", table, until=2017).values, 10, NAN)
    assert same(one("growth", table, until=2017).period_to, 2017, NAN)
    assert same(one("change", table, until=2016).values, 10, NAN)
    assert same(one("growth", table, until=2000).values, NAN, NAN)


def test_growth_of_several_series_is_that_of_their_sum():
    found = run("growth", "rice", "maize")

    assert same(found.values, 100, NAN, NAN, NAN)


def test_change_is_per_year_and_may_start_at_zero():
    table = np.array([[0.0, NAN, 5.0], [-3.0, 1.0, -9.0], [NAN, 1.0, NAN]])

    assert same(one("change", table).values, 2.5, -3.0, NAN)


def test_change_by_month_is_still_per_year():
    months = 2024 + np.arange(13) / 12
    given_input = DerivationInput(("p",), {"p": np.arange(13.0)[None, :]}, {"p": months})

    assert same(derive("change", given_input).values, 12.0)


def test_the_recent_mean_is_over_the_last_records_and_asks_for_all_of_them():
    table = np.array([[1.0, 2.0, NAN, 4.0], [NAN, NAN, NAN, 8.0]])

    assert same(one("mean_recent", table, periods=2).values, 3, NAN)
    patient = one("mean_recent", table, periods=3, least=1)
    assert same(patient.values, 7 / 3, 8)
    assert same(patient.period_from, 2015, 2018)


def test_volatility_is_the_sample_coefficient_of_variation():
    table = np.array([[9.0, 10.0, 12.0, 14.0], [5, 5, 5, 5], [NAN, NAN, 1, 2], [0, 0, 0, 0]])

    found = one("volatility", table, periods=3)
    assert same(found.values, 100 * 2 / 12, 0, NAN, NAN)
    assert same(one("volatility", table[2:3], periods=1, least=1).values, NAN)


def events(**parameters):
    register = {
        "flood": np.array([[3.0, NAN, 1.0], [NAN, NAN, NAN], [NAN, NAN, NAN]]),
        "fire": np.array([[NAN, NAN, NAN], [NAN, 2.0, NAN], [NAN, NAN, NAN]]),
    }
    periods = dict.fromkeys(register, YEARS)
    return derive(
        "frequency", DerivationInput(("flood",), register, periods, parameters=parameters)
    )


def test_no_record_means_no_event_only_where_the_region_reports():
    found = events()

    assert same(found.values, 4 / 3, 0, NAN)
    assert same(found.period_from, 2018, 2018, NAN)
    assert same(found.period_to, 2020, 2020, NAN)


def test_reporting_counts_within_the_window_and_among_the_companions():
    assert same(events(**{"from": 2020, "to": 2021}).values, 0.5, NAN, NAN)
    assert same(events(companions="flood").values, 4 / 3, NAN, NAN)


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError, match="2021"):
        events(**{"from": 2021, "to": 2019})


def test_several_kinds_of_event_are_added_up():
    register = {"flood": np.array([[1.0, NAN]]), "fire": np.array([[2.0, 3.0]])}
    months = dict.fromkeys(register, np.array([2024.0, 2024.5]))

    found = derive("frequency", DerivationInput(("flood", "fire"), register, months))
    assert same(found.values, 6.0)


@pytest.mark.parametrize("method", ["growth", "change", "mean_recent", "volatility"])
def test_a_series_without_periods_gives_nothing(method):
    found = run(method, "never", periods=2)

    assert same(found.values, NAN, NAN, NAN, NAN)
    assert same(found.period_to, NAN, NAN, NAN, NAN)


def test_a_register_without_periods_needs_a_window():
    with pytest.raises(InputError, match="from"):
        run("frequency", "never", companions="never")


@pytest.mark.parametrize("method", ["sum", "ratio", "share", "gap_to_national_median"])
def test_levels_of_a_series_without_periods_are_missing(method):
    inputs = ("never",) if method == "gap_to_national_median" else ("never", "rice")
    if method == "sum":
        inputs = ("never",)

    assert same(run(method, *inputs).values, NAN, NAN, NAN, NAN)


SIMPLE = pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sum", {}),
        ("scale", {"factor": 2.0}),
        ("gap_to_national_median", {"periods": 2}),
        ("growth", {}),
        ("change", {}),
        ("frequency", {"from": 2015, "to": 2018}),
        ("mean_recent", {"periods": 2, "least": 1}),
        ("volatility", {"periods": 3}),
    ],
)


@SIMPLE
@given(table=TABLES, order=st.permutations(range(5)))
def test_permuting_regions_permutes_values_and_periods(method, parameters, table, order):
    straight, mixed = one(method, table, **parameters), one(method, table[order], **parameters)

    assert same(mixed.values, *straight.values[order])
    assert same(mixed.period_from, *straight.period_from[order])


@SIMPLE
@given(table=TABLES)
def test_a_value_has_a_period_and_a_gap_has_none(method, parameters, table):
    found = one(method, table, **parameters)

    assert (np.isnan(found.values) == np.isnan(found.period_to)).all()
    assert (np.isnan(found.values) == np.isnan(found.period_from)).all()


@SIMPLE
@given(table=TABLES)
def test_a_region_with_no_record_has_no_value(method, parameters, table):
    table = np.vstack([table, np.full(4, NAN)])

    assert np.isnan(one(method, table, **parameters).values[-1])


@given(TABLES)
def test_shares_of_all_parts_add_up_to_a_hundred(table):
    series = {f"s{i}": table[:, i : i + 1] for i in range(4)}
    names, periods = tuple(series), dict.fromkeys(series, YEARS[:1])

    parts = [
        derive("share", DerivationInput((name, *names), series, periods)).values for name in names
    ]
    complete = np.isfinite(table).all(axis=1)
    assert sum(parts)[complete] == pytest.approx(np.full(complete.sum(), 100.0))
    assert np.isnan(sum(parts)[~complete]).all()


def test_every_method_of_the_catalogue_is_there():
    names = "sum ratio difference scale share gap_to_national_median lq growth change frequency"
    names += " mean_recent volatility normative_balance"

    assert set(names.split()) <= set(DERIVATIONS)


def test_an_unknown_method_is_answered_with_the_known_ones():
    with pytest.raises(InputError, match="gap_to_national_median"):
        run("average", "rice")


@pytest.mark.parametrize(
    ("method", "inputs"),
    [("ratio", ("rice",)), ("sum", ()), ("share", ("rice",)), ("scale", ("rice", "maize"))],
)
def test_the_wrong_number_of_inputs_is_refused(method, inputs):
    with pytest.raises(InputError, match="inputs"):
        run(method, *inputs, factor=1)


@pytest.mark.parametrize("factor", ["dua", "inf", None])
def test_a_parameter_that_is_no_number_is_refused(factor):
    parameters = {} if factor is None else {"factor": factor}

    with pytest.raises(InputError, match="factor"):
        run("scale", "rice", **parameters)


def test_a_number_written_as_text_is_a_number():
    assert run("scale", "area_km2", factor="2").values[0] == 10.0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"inputs": ("sugar",)}, "given are: area_km2"),
        ({"facts": {"population": np.ones(3)}}, "different numbers of regions: 3, 4"),
        ({"periods": {}}, "periods"),
        ({"nation": {"rice": np.ones(2)}}, "nation"),
        ({"series": {"rice": np.ones(4)}}, "rice"),
    ],
)
def test_inputs_that_do_not_fit_together_are_refused(changes, said):
    parts = {"inputs": (), "series": SERIES, "periods": PERIODS, "facts": FACTS, "nation": NATION}

    with pytest.raises(InputError, match=said):
        DerivationInput(**(parts | changes))
