"""Settings refuse what no map can be computed for, and travel in addresses unharmed."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sinergi.opportunities.addresses import settings_from_query, settings_to_query
from sinergi.opportunities.settings import PARTS, MapSettings, SettingsError

SETTINGS = st.builds(
    MapSettings,
    objects=st.lists(st.sampled_from(["TPA_REGIONAL", "STUNTING"]), unique=True).map(tuple),
    within=st.lists(st.sampled_from(["63", "APEKSI"]), unique=True).map(tuple),
    members_min=st.integers(2, 4),
    members_max=st.integers(4, 12),
    population_min=st.integers(0, 1000),
    population_max=st.none() | st.integers(1000, 10**7),
    max_km=st.none() | st.integers(1, 500).map(float),
    each=st.integers(0, 9),
    top=st.integers(1, 500),
    weights=st.fixed_dictionaries(
        {part: st.integers(1, 100).map(lambda x: x / 100) for part in PARTS}
    ),
)


@given(SETTINGS)
def test_settings_travel_in_an_address_and_come_back_the_same(settings):
    back = settings_from_query(QueryDict(settings_to_query(settings)))
    assert back.shares == pytest.approx(settings.shares, abs=1e-4)
    assert back.but(weights=settings.weights) == settings


@given(SETTINGS)
def test_settings_travel_in_a_file_and_come_back_the_same(settings):
    assert MapSettings.from_dict(settings.as_dict()) == settings


def test_the_usual_settings_need_no_query():
    assert settings_to_query(MapSettings()) == ""


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("anggota=lima", "anggota", "not_a_span"),
        ("anggota=5..3", "anggota", "out_of_range"),
        ("anggota=1..99", "anggota", "out_of_range"),
        ("jarak=jauh", "jarak", "not_a_number"),
        ("jarak=nan", "jarak", "out_of_range"),
        ("jarak=inf", "jarak", "out_of_range"),
        ("penduduk_min=-1", "penduduk_min", "out_of_range"),
        ("penduduk_min=1.5", "penduduk_min", "not_a_whole_number"),
        ("atas=0", "atas", "out_of_range"),
        ("atas=99999999999999999999", "atas", "out_of_range"),
        ("bobot_need=200", "bobot_need", "out_of_range"),
        ("bobot_need=0&bobot_strength=0&bobot_proximity=0&bobot_gain=0", "bobot", "all_zero"),
    ],
)
def test_nonsense_in_an_address_is_refused_by_its_name_there(query, field, code):
    with pytest.raises(SettingsError) as raised:
        settings_from_query(QueryDict(query))
    assert (raised.value.field, raised.value.code) == (field, code)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"wieghts": {}}, "wieghts", "unknown"),
        ({"weights": {"neeed": 1}}, "weights", "unknown"),
        ({"objects": "TPA_REGIONAL"}, "objects", "not_a_list"),
        ({"top": "ten"}, "top", "not_a_number"),
        ({"top": True}, "top", "not_a_number"),
        ({"members_min": 2.5}, "members_min", "not_a_whole_number"),
        ({"weights": 3}, "weights", "not_a_table"),
        ({"indicator_weights": {"STUNTING": {"need:stunting": -1}}}, None, "out_of_range"),
    ],
)
def test_a_settings_file_with_a_mistake_says_where(given, field, code):
    with pytest.raises(SettingsError) as raised:
        MapSettings.from_dict(given)
    assert raised.value.code == code
    assert field is None or raised.value.field == field


def test_a_settings_file_may_change_one_weight_only():
    assert MapSettings.from_dict({"weights": {"need": 0.9}}).weights["gain"] == 0.25


def test_settings_that_differ_have_another_digest():
    assert MapSettings().digest != MapSettings(top=3).digest
    assert MapSettings().digest == MapSettings().digest


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"population_min": 10**20}, "out_of_range"),
        ({"top": 1e400}, "not_a_number"),
        ({"weights": {"need": 1e300}}, "out_of_range"),
        ({"indicator_weights": {"STUNTING": 3}}, "not_a_table"),
    ],
)
def test_numbers_that_no_computer_likes_are_refused(given, code):
    with pytest.raises(SettingsError) as raised:
        MapSettings.from_dict(given)
    assert raised.value.code == code


def test_indicator_weights_travel_in_the_address():
    settings = MapSettings(indicator_weights={"STUNTING": {"need:stunting": 2.0}})
    assert settings_from_query(QueryDict(settings_to_query(settings))) == settings


def test_weights_of_any_size_make_an_address_that_is_accepted():
    settings = MapSettings(weights={"need": 4.0, "strength": 2.0, "proximity": 1.0, "gain": 2.0})
    back = settings_from_query(QueryDict(settings_to_query(settings)))
    assert back.shares == pytest.approx(settings.shares, abs=1e-4)
