import numpy as np
import pytest

from sinergi.evidence import queries
from sinergi.evidence.models import Observation
from sinergi.evidence.queries import indicator_catalogue, peer_values, readings, series
from sinergi.reference.queries import derived, region_table


def at(code: str, region: str) -> tuple[float, str, int]:
    table = region_table()
    found = readings([code], table)
    row = table.position[region]
    return float(found.values[row, 0]), str(found.periods[row, 0]), int(found.flags[row, 0])


def test_the_latest_value_is_read_whatever_its_year(shipped: None) -> None:
    latest = (
        Observation.objects.filter(
            indicator__code="unemployment", region__code="63.71", active=True
        )
        .order_by("-period")
        .first()
    )
    assert latest is not None
    assert at("unemployment", "63.71") == (latest.value, latest.period, latest.flag)


def test_every_stored_indicator_agrees_with_the_table_row_by_row(shipped: None) -> None:
    table = region_table()
    codes = ["poverty", "price.beef", "grdp.A", "production.rice_paddy", "disaster.flood"]
    found = readings(codes, table)
    latest: dict[tuple[str, str], float] = {}
    rows = Observation.objects.filter(indicator__code__in=codes, active=True).order_by("period")
    for region, code, value in rows.values_list("region__code", "indicator__code", "value"):
        latest[region, code] = value
    expected = [[latest.get((region, code), np.nan) for code in codes] for region in table.codes]
    assert np.array_equal(found.values, np.array(expected), equal_nan=True)


def test_missing_is_missing_in_every_matrix(shipped: None) -> None:
    found = readings(list(indicator_catalogue()), region_table())
    missing = np.isnan(found.values)
    assert missing.any()
    assert not missing.all(axis=0).any()
    assert (found.flags[missing] == 0).all()
    assert (found.flags[~missing] > 0).all()
    assert (found.source_index[missing] == -1).all()
    assert (found.source_index[~missing] >= 0).all()
    assert (found.periods[missing] == "").all()


def test_the_order_of_codes_is_the_order_of_columns(shipped: None) -> None:
    table = region_table()
    one, other = readings(["poverty", "density"], table), readings(["density", "poverty"], table)
    assert np.array_equal(one.values, other.values[:, ::-1], equal_nan=True)
    assert one.column("density") == 1


def test_a_derived_indicator_follows_its_formula_period_and_weakest_flag(shipped: None) -> None:
    table = region_table()
    row = table.position["63.71"]
    density, period, flag = at("density", "63.71")
    assert density == pytest.approx(table.population[row] / table.area_km2[row])
    assert (period, flag) == (table.population_date, 1)
    assert at("price_gap.beef", "63.71")[2] == 3
    assert at("disaster_frequency.flood", "63.71")[1:] == ("2018–2023", 2)


def test_an_indicator_derived_from_a_derived_one_is_computed(shipped: None) -> None:
    total, *_ = at("grdp_total", "63.71")
    each, period, _ = at("grdp_per_capita", "63.71")
    population = region_table().population[region_table().position["63.71"]]
    assert each == pytest.approx(total / population * 1000)
    assert period.startswith("2020–")


def test_a_location_quotient_is_a_share_over_the_nations(shipped: None) -> None:
    names = derived()["lq.A"].inputs[1:]

    def in_2020(region: str) -> dict[str, float]:
        points = series(region, names)
        return {code: {p: v for p, v, _ in points[code]}["2020"] for code in names}

    here, nation = in_2020("63.71"), in_2020("ID")
    expected = (here["grdp.A"] / sum(here.values())) / (nation["grdp.A"] / sum(nation.values()))
    assert at("lq.A", "63.71")[0] == pytest.approx(expected)


def test_the_source_of_one_value_differs_from_that_of_another(shipped: None) -> None:
    table = region_table()
    found = readings(["production.rice_paddy"], table)
    names = {
        region: label.name
        for region in ("32.04", "35.01")
        if (label := found.source(table.position[region], 0)) is not None
    }
    assert names == {"32.04": "Produksi padi Jawa Barat", "35.01": "Produksi padi Jawa Timur"}
    assert found.source(table.position["63.71"], 0) is None


def test_an_unknown_code_is_an_error(shipped: None) -> None:
    with pytest.raises(KeyError):
        readings(["nothing"], region_table())


def test_values_of_peers_are_one_column(shipped: None) -> None:
    assert np.nanmin(peer_values("poverty", region_table())) > 0


def test_a_series_is_in_the_order_of_its_periods(shipped: None) -> None:
    points = series("63.71", ["price.beef", "density"])
    periods = [period for period, _, _ in points["price.beef"]]
    assert periods == sorted(periods)
    assert (periods[-1], points["price.beef"][-1][2]) == ("2025-08", "imputed")
    assert points["density"] == []


def test_the_catalogue_names_stored_and_derived_indicators(shipped: None) -> None:
    catalogue = indicator_catalogue()
    assert not catalogue["poverty"].derived
    assert catalogue["density"].derived
    assert set(derived()) < set(catalogue)
    assert catalogue["price_gap.beef"].flag == "imputed"
    assert "kutip" in catalogue["price.beef"].note("id")
    assert "quotation" in catalogue["price.beef"].note("en")


def test_everything_the_room_promises_is_there() -> None:
    assert all(hasattr(queries, name) for name in queries.__all__)


def test_units_are_said_in_the_language_of_the_page() -> None:
    assert queries.unit_label("own unit") == "own unit"
    assert queries.unit_label("percent") in {"percent", "persen"}
