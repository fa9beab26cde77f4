"""The API lists agreements with filters and tells one with its parties, to those who may read it."""

from datetime import date

import pytest

from tests.agreements.making import a_party, an_agreement, bureau, public
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/agreements"


def titles(answer) -> list[str]:
    return [one["title"] for one in answer.json()["items"]]


@pytest.fixture
def keeper(client):
    return signed_in(client, person("Pengelola", ("viewer", bureau())))


@pytest.fixture
def three():
    landfill = an_agreement(title="TPA", begins=date(2024, 1, 1), ends=date(2024, 12, 31))
    a_party(landfill, "Kota Banjarbaru", region_code="63.72")
    road = an_agreement(title="Jalan", family="SINERGI", object_code="", state="ended")
    other = an_agreement(organisation("kota-jauh"), title="Rahasia")
    return landfill, road, other


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"TPA", "Jalan"}),
        ("?family=SINERGI", {"Jalan"}),
        ("?state=ended", {"Jalan"}),
        ("?region=63", {"TPA"}),
        ("?region=63.72", {"TPA"}),
        ("?object=TPA_REGIONAL", {"TPA"}),
        ("?on=2024-06-30", {"TPA"}),
        ("?on=2025-01-01", set()),
        ("?words=tpa", {"TPA"}),
    ],
)
def test_agreements_are_listed_as_far_as_they_may_be_read(keeper, three, query, found):
    assert set(titles(keeper.get(ADDRESS + query))) == found


@pytest.mark.parametrize("query", ["?state=x", "?on=x", "?region=" + "9" * 99])
def test_a_filter_that_cannot_be_is_refused(keeper, query):
    assert keeper.get(ADDRESS + query).status_code == 422


def test_one_is_told_with_its_parties(keeper, three):
    told = keeper.get(f"{ADDRESS}/{three[0].pk}").json()
    assert [(one["name"], one["region_code"]) for one in told["parties"]] == [
        ("Kota Banjarbaru", "63.72")
    ]


def test_what_it_follows_is_told_only_to_who_may_read_that(client, keeper, three):
    made = public(an_agreement(title="Lanjutan", follows=three[0]))
    assert keeper.get(f"{ADDRESS}/{made.pk}").json()["follows"] == three[0].pk
    client.logout()
    assert client.get(f"{ADDRESS}/{made.pk}").json()["follows"] is None
    assert client.get(ADDRESS).json()["items"][0]["follows"] is None
    assert client.get(f"{ADDRESS}/{three[0].pk}").status_code == 404


def test_what_ended_early_or_was_withdrawn_does_not_hold_on_a_later_day(client, keeper):
    days = {"begins": date(2024, 1, 1), "ends": date(2024, 12, 31)}
    an_agreement(title="Dihentikan", state="ended", ended_on=date(2024, 3, 1), **days)
    an_agreement(title="Ditarik", state="withdrawn", **days)
    an_agreement(title="Berlaku", **days)
    assert titles(client.get(f"{ADDRESS}?on=2024-06-01")) == ["Berlaku"]
    assert set(titles(client.get(f"{ADDRESS}?on=2024-02-01"))) == {"Berlaku", "Dihentikan"}
