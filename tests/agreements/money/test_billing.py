"""Bills: volumes by the tariff in force, free without a legal basis, quotas beside what really came."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.billing import Price, Ration, Why, charge, quota_of, year_at_quota

JANUARY = date(2022, 1, 1)
LAWFUL = Price(Decimal(65_000), JANUARY, lawful_since=JANUARY)
QUANTITIES = st.decimals(0, 100_000, places=4)
AMOUNTS = st.integers(0, 10**7).map(Decimal)
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))
PRICES = st.lists(
    st.builds(
        Price,
        amount=AMOUNTS,
        since=DAYS,
        until=st.none(),
        lawful_since=st.one_of(st.none(), DAYS),
    ),
    max_size=4,
)


def test_a_month_under_one_tariff_is_volume_by_tariff() -> None:
    found = charge(JANUARY, Decimal("3255"), [LAWFUL])
    assert (found.quantity, found.amount) == (Decimal("3255"), Decimal(211_575_000))
    assert found.reasons == ()


def test_a_daily_mean_counts_for_each_day_of_the_month() -> None:
    found = charge(date(2024, 2, 15), Decimal(200), [LAWFUL], per_day=True)
    assert (found.quantity, found.amount) == (Decimal(200 * 29), Decimal(200 * 29 * 65_000))


def test_without_a_regulation_nothing_is_owed_and_it_says_why() -> None:
    agreed = Price(Decimal(68_350), date(2019, 12, 30))
    found = charge(date(2020, 6, 1), Decimal(6_000), [agreed])
    assert (found.amount, found.quantity) == (0, 6_000)
    assert found.reasons == (Why.NO_BASIS,)


def test_what_was_free_is_not_claimed_once_a_regulation_comes() -> None:
    price = Price(Decimal(65_000), date(2021, 1, 1), lawful_since=JANUARY)
    assert charge(date(2021, 12, 1), Decimal(100), [price]).amount == 0
    assert charge(date(2022, 1, 1), Decimal(100), [price]).amount == 6_500_000


def test_a_regulation_in_the_middle_of_a_month_splits_it_by_days() -> None:
    price = Price(Decimal(1_000), date(2021, 1, 1), lawful_since=date(2022, 1, 11))
    found = charge(JANUARY, Decimal(310), [price])
    assert [(one.quantity, one.amount, one.why) for one in found.lines] == [
        (Decimal(100), Decimal(0), Why.NO_BASIS),
        (Decimal(210), Decimal(210_000), None),
    ]


def test_of_two_tariffs_that_hold_the_later_counts() -> None:
    later = Price(Decimal(70_000), date(2022, 1, 16), lawful_since=JANUARY)
    found = charge(JANUARY, Decimal(31), [later, LAWFUL])
    assert [one.price for one in found.lines] == [65_000, 70_000]
    assert found.amount == 15 * 65_000 + 16 * 70_000


def test_before_any_tariff_the_reason_is_that_there_is_none() -> None:
    assert charge(date(2021, 1, 1), Decimal(5), [LAWFUL]).reasons == (Why.NO_TARIFF,)
    assert charge(JANUARY, Decimal(5), [Price(Decimal(0), JANUARY)]).reasons == (Why.FREE,)


def test_a_party_that_joined_within_the_month_is_counted_from_that_day() -> None:
    found = charge(JANUARY, Decimal(10), [LAWFUL], per_day=True, since=date(2022, 1, 22))
    assert found.quantity == 100
    assert charge(JANUARY, Decimal(10), [LAWFUL], since=date(2022, 3, 1)).lines == ()


def test_a_quota_of_zero_makes_all_that_came_too_much() -> None:
    found = charge(JANUARY, Decimal(7), [LAWFUL], rations=[Ration(Decimal(0))])
    assert (found.quota, found.over) == (0, 7)


def test_without_a_quota_nothing_is_too_much() -> None:
    found = charge(JANUARY, Decimal(7), [LAWFUL])
    assert (found.quota, found.over) == (None, 0)


def test_the_quota_agreed_last_counts() -> None:
    rations = [Ration(Decimal(790)), Ration(Decimal(275), since=date(2022, 1, 30))]
    days = [date(2022, 1, 29), date(2022, 1, 30)]
    assert quota_of(days, rations) == 790 + 275


def test_a_leap_year_at_full_quota_costs_a_day_more() -> None:
    quota = [Ration(Decimal(275))]
    assert year_at_quota(2023, quota, Decimal(65_000)) == (Decimal(6_524_375_000), 365)
    assert year_at_quota(2024, quota, Decimal(65_000)) == (Decimal(6_542_250_000), 366)


@given(month=DAYS, quantity=QUANTITIES, prices=PRICES)
def test_lines_add_up_to_the_month(month: date, quantity: Decimal, prices: list[Price]) -> None:
    found = charge(month, quantity, prices)
    assert sum((one.quantity for one in found.lines), Decimal(0)) == quantity
    assert sum((one.amount for one in found.lines), Decimal(0)) == found.amount
    for one, after in zip(found.lines, found.lines[1:], strict=False):
        assert after.first == one.last + timedelta(days=1)


@given(month=DAYS, quantity=QUANTITIES, prices=PRICES, turned=st.randoms())
def test_the_order_in_which_tariffs_were_written_changes_nothing(
    month: date, quantity: Decimal, prices: list[Price], turned
) -> None:
    prices = list({one.since: one for one in prices}.values())
    other = list(prices)
    turned.shuffle(other)
    assert charge(month, quantity, prices) == charge(month, quantity, other)


@given(month=DAYS, quantity=QUANTITIES, prices=PRICES)
def test_what_no_regulation_allows_costs_nothing(
    month: date, quantity: Decimal, prices: list[Price]
) -> None:
    unlawful = [Price(one.amount, one.since, one.until) for one in prices]
    assert charge(month, quantity, unlawful).amount == 0
