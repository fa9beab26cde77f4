"""Alarms: raised on the first day on which they could be known, over when they no longer hold."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sinergi.agreements.alarm_facts import (
    BillFact,
    BudgetFact,
    CapacityFact,
    Facts,
    LateFact,
    LeftFact,
    OwedFact,
    PayerFact,
    QuotaFact,
    ServiceFact,
    TariffFact,
    VolumeFact,
    WordsFact,
    late_spans,
)
from sinergi.agreements.alarms import Kind, as_known, expected, holding, timeline
from sinergi.agreements.billing import Price, Ration

BEGIN = date(2021, 1, 1)
TODAY = date(2023, 12, 31)
HOST, PAYER = 1, 2


def service(**fields: object) -> ServiceFact:
    usual: dict[str, object] = {
        "known": BEGIN,
        "number": 7,
        "begins": BEGIN,
        "payers": (PayerFact(BEGIN, PAYER),),
    }
    return ServiceFact(**{**usual, **fields})


def tariff(since: date = BEGIN, basis: date | None = BEGIN, known: date = BEGIN) -> TariffFact:
    return TariffFact(known, Price(Decimal(1_000), since, lawful_since=basis), basis)


def quota(per_day: int = 10, known: date = BEGIN) -> QuotaFact:
    return QuotaFact(known, PAYER, Ration(Decimal(per_day)))


def raised(facts: Facts, kind: Kind, until: date = TODAY) -> list[tuple[date, date | None]]:
    return [(one.first, one.over) for one in timeline(facts, until) if one.threat.kind is kind]


def test_a_service_without_a_tariff_says_so_until_one_is_agreed() -> None:
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(date(2021, 6, 1)),)),))
    assert raised(facts, Kind.NO_TARIFF) == [(BEGIN, date(2021, 6, 1))]


def test_a_tariff_without_a_regulation_says_so_until_the_day_of_the_regulation() -> None:
    lawful = tariff(basis=date(2022, 1, 1))
    facts = Facts(BEGIN, services=(service(tariffs=(replace(lawful, basis_known=BEGIN),)),))
    assert raised(facts, Kind.NO_BASIS) == [(BEGIN, date(2022, 1, 1))]


def test_a_regulation_counts_only_once_it_could_be_known() -> None:
    late = TariffFact(BEGIN, Price(Decimal(1_000), BEGIN, lawful_since=BEGIN), date(2021, 3, 4))
    facts = Facts(BEGIN, services=(service(tariffs=(late,)),))
    assert raised(facts, Kind.NO_BASIS) == [(BEGIN, date(2021, 3, 4))]


def test_a_budget_is_asked_for_when_that_of_the_next_year_is_drawn_up() -> None:
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(),), quotas=(quota(),)),))
    days = {one.threat.key: one.first for one in timeline(facts, date(2022, 8, 1))}
    assert days[f"{PAYER}:2022"] == date(2021, 7, 1)
    assert days[f"{PAYER}:2023"] == date(2022, 7, 1)


def test_a_payer_known_to_have_no_line_is_told_from_that_day_to_the_end_of_the_year() -> None:
    none = BudgetFact(date(2022, 1, 28), PAYER, 2022, has_none=True)
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(),)),), budgets=(none,))
    assert raised(facts, Kind.NO_BUDGET) == [(date(2022, 1, 28), date(2023, 1, 1))]


def test_a_line_found_later_ends_the_alarm() -> None:
    none = BudgetFact(date(2022, 1, 28), PAYER, 2022, has_none=True)
    line = BudgetFact(date(2022, 9, 30), PAYER, 2022, Decimal(10**9))
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(),)),), budgets=(none, line))
    assert raised(facts, Kind.NO_BUDGET) == [(date(2022, 1, 28), date(2022, 9, 30))]


def test_a_line_below_what_the_quota_costs_is_told_without_the_amount_of_its_plan() -> None:
    line = BudgetFact(BEGIN, PAYER, 2021, Decimal(3_649_999))
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(),), quotas=(quota(),)),))
    facts = replace(facts, budgets=(line,))
    [threat] = [one for one in holding(facts, BEGIN) if one.kind is Kind.BUDGET_SHORT]
    assert threat.told == {"year": 2021, "expected": "3650000"}
    enough = replace(facts, budgets=(replace(line, amount=Decimal(3_650_000)),))
    assert raised(enough, Kind.BUDGET_SHORT, date(2021, 12, 31)) == []


def test_a_line_without_an_amount_is_neither_missing_nor_too_small() -> None:
    facts = Facts(
        BEGIN,
        services=(service(tariffs=(tariff(),), quotas=(quota(),)),),
        budgets=(BudgetFact(BEGIN, PAYER, 2021),),
    )
    found = {one.kind for one in holding(facts, BEGIN)}
    assert found.isdisjoint({Kind.NO_BUDGET, Kind.BUDGET_SHORT, Kind.BUDGET_UNKNOWN})


def test_fixed_dues_and_quotas_add_up() -> None:
    facts = Facts(
        BEGIN,
        services=(service(tariffs=(tariff(),), quotas=(quota(),)),),
        owed=(OwedFact(BEGIN, PAYER, 2021, Decimal(50)), OwedFact(BEGIN, HOST, 2021, Decimal(7))),
    )
    assert expected(facts, 2021) == {PAYER: Decimal(3_650_050), HOST: Decimal(7)}
    assert expected(facts, 2020) == {}


def test_a_payer_whose_quota_is_not_known_must_pay_an_unknown_amount() -> None:
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(),)),))
    assert expected(facts, 2021) == {PAYER: None}


def test_a_quota_of_zero_needs_no_money() -> None:
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(),), quotas=(quota(0),)),))
    assert expected(facts, 2021) == {}


def test_a_bill_is_unpaid_from_the_day_after_it_was_due() -> None:
    bill = BillFact(date(2022, 2, 1), 3, PAYER, date(2022, 3, 1), Decimal(5), date(2022, 4, 9))
    assert raised(Facts(BEGIN, bills=(bill,)), Kind.UNPAID) == [
        (date(2022, 3, 2), date(2022, 4, 9))
    ]


def test_a_bill_stays_unpaid_when_the_agreement_has_ended() -> None:
    bill = BillFact(date(2022, 2, 1), 3, PAYER, date(2022, 3, 1), Decimal(5))
    facts = Facts(BEGIN, ended=date(2022, 2, 15), bills=(bill,))
    assert raised(facts, Kind.UNPAID) == [(date(2022, 3, 2), None)]


def test_more_than_the_quota_is_told_of_the_latest_month_alone() -> None:
    months = date(2022, 1, 1), date(2022, 2, 1)
    volumes = tuple(
        VolumeFact(month + timedelta(days=40), month, Decimal(flow), PAYER)
        for month, flow in zip(months, (11, 9), strict=True)
    )
    facts = Facts(BEGIN, services=(service(quotas=(quota(),), volumes=volumes),))
    assert raised(facts, Kind.OVER_QUOTA) == [(date(2022, 2, 10), date(2022, 3, 13))]


def test_a_facility_is_idle_only_where_the_whole_flow_is_known() -> None:
    built = (CapacityFact(BEGIN, Decimal(790)),)
    part = VolumeFact(BEGIN, BEGIN, Decimal(20), PAYER)
    other = QuotaFact(BEGIN, 3, Ration(Decimal(5)))
    some = service(capacity=built, volumes=(part,), quotas=(quota(), other))
    assert raised(Facts(BEGIN, services=(some,)), Kind.IDLE) == []
    whole = service(capacity=built, volumes=(replace(part, party=None, per_day=Decimal(200)),))
    assert raised(Facts(BEGIN, services=(whole,)), Kind.IDLE) == [(BEGIN, None)]


def test_a_volume_is_asked_for_a_month_after_its_month() -> None:
    facts = Facts(BEGIN, services=(service(tariffs=(tariff(),)),))
    [first, *_more] = raised(facts, Kind.VOLUME_UNKNOWN)
    assert first[0] == date(2021, 3, 4)


def test_an_agreement_past_its_end_says_so_until_one_follows() -> None:
    facts = Facts(BEGIN, ends=date(2022, 5, 31), succeeded=date(2022, 8, 1))
    assert raised(facts, Kind.PAST_ITS_END) == [(date(2022, 6, 1), date(2022, 8, 1))]


def test_a_memorandum_that_ships_nothing_is_told_after_half_a_year() -> None:
    signed = date(2022, 9, 14)
    facts = Facts(signed, signed=signed)
    assert raised(facts, Kind.NOTHING_DONE) == [(date(2023, 3, 15), None)]
    late = replace(facts, done=(date(2023, 5, 2),))
    assert raised(late, Kind.NOTHING_DONE) == [(date(2023, 3, 15), date(2023, 5, 2))]


def test_a_bill_paid_in_part_tells_what_is_still_open() -> None:
    due, part_on = date(2022, 3, 1), date(2022, 3, 20)
    bill = BillFact(due, 3, PAYER, due, Decimal(100), part=Decimal(60), part_on=part_on)
    facts = Facts(BEGIN, bills=(bill,))

    def told(day: date) -> dict[str, str]:
        [one] = holding(facts, day)
        return dict(one.told)

    assert told(date(2022, 3, 19)) == {"amount": "100", "due": "2022-03-01"}
    assert told(part_on) == {"amount": "40", "due": "2022-03-01", "whole": "100"}
    [one] = timeline(facts, TODAY)
    assert (one.first, one.over, one.threat.told["amount"]) == (date(2022, 3, 2), None, "40")


def test_an_obligation_in_words_is_told_once_the_agreement_is_in_force() -> None:
    words = (WordsFact(BEGIN, 9, 2, PAYER),)
    facts = Facts(BEGIN, words=words, holds=date(2022, 1, 1))
    assert raised(facts, Kind.WORDS_ONLY) == [(date(2022, 1, 1), None)]
    assert raised(replace(facts, holds=None), Kind.WORDS_ONLY) == []


def test_a_thousand_late_dues_of_an_obligation_are_one_alarm() -> None:
    dues = [(BEGIN + timedelta(days=one), None) for one in range(1_000)]
    late = tuple(LateFact(since, 4, 1, PAYER, due, over) for due, since, over in late_spans(dues))
    assert raised(Facts(BEGIN, late=late), Kind.LATE) == [(BEGIN + timedelta(days=1), None)]


def test_what_was_late_and_done_is_over_and_may_be_late_anew() -> None:
    may, june, july = date(2022, 5, 1), date(2022, 6, 1), date(2022, 7, 1)
    dues = [(may, date(2022, 5, 20)), (june, june), (july, None)]
    late = tuple(LateFact(since, 4, 1, PAYER, due, over) for due, since, over in late_spans(dues))
    assert raised(Facts(BEGIN, late=late), Kind.LATE) == [
        (date(2022, 5, 2), date(2022, 5, 20)),
        (date(2022, 7, 2), None),
    ]


def test_what_is_late_stays_late_when_the_agreement_has_ended() -> None:
    late = (LateFact(date(2022, 5, 2), 4, 1, PAYER, date(2022, 5, 1)),)
    facts = Facts(BEGIN, late=late, ended=date(2022, 4, 1))
    assert raised(facts, Kind.LATE) == [(date(2022, 5, 2), None)]


def test_an_end_within_half_a_year_is_told_until_somebody_weighs_it() -> None:
    ends = date(2022, 12, 31)
    facts = Facts(BEGIN, ends=ends)
    assert raised(facts, Kind.ENDING) == [(date(2022, 7, 2), date(2023, 1, 1))]
    assert raised(facts, Kind.PAST_ITS_END) == [(date(2023, 1, 1), None)]
    weighed = replace(facts, weighed=(date(2022, 9, 9),))
    assert raised(weighed, Kind.ENDING) == [(date(2022, 7, 2), date(2022, 9, 9))]
    followed = replace(facts, succeeded=date(2022, 6, 1))
    assert raised(followed, Kind.ENDING) == []


def test_a_party_that_left_is_told_until_its_bills_are_paid() -> None:
    left = LeftFact(date(2022, 4, 1), PAYER, settled=date(2022, 4, 1))
    bill = BillFact(BEGIN, 3, PAYER, date(2022, 3, 1), Decimal(5), date(2022, 6, 9))
    facts = Facts(BEGIN, bills=(bill,), left=(left,))
    assert raised(facts, Kind.LEFT_OPEN) == [(date(2022, 4, 1), date(2022, 6, 9))]
    assert raised(replace(facts, bills=()), Kind.LEFT_OPEN) == []
    owing = replace(facts, bills=(), left=(replace(left, settled=None),))
    assert raised(owing, Kind.LEFT_OPEN) == [(date(2022, 4, 1), None)]


DAYS = st.dates(date(2021, 1, 1), date(2023, 6, 30))
AMOUNTS = st.integers(0, 10**7).map(Decimal)
SPANS = st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(-5, 400))), max_size=8).map(
    lambda rows: [(due, None if n is None else due + timedelta(days=n)) for due, n in rows]
)
LATES = SPANS.map(
    lambda dues: tuple(
        LateFact(since, 4, 1, PAYER, due, over) for due, since, over in late_spans(dues)
    )
)
FACTS = st.builds(
    Facts,
    known=st.dates(date(2021, 1, 1), date(2021, 6, 30)),
    signed=st.one_of(st.none(), DAYS),
    ends=st.one_of(st.none(), DAYS),
    ended=st.one_of(st.none(), DAYS),
    holds=st.one_of(st.none(), DAYS),
    weighed=st.lists(DAYS, max_size=2).map(tuple),
    words=st.lists(
        st.builds(WordsFact, DAYS, st.just(9), st.just(2), st.integers(1, 3)), max_size=1
    ).map(tuple),
    late=LATES,
    left=st.lists(
        st.builds(LeftFact, DAYS, st.integers(1, 3), st.one_of(st.none(), DAYS)), max_size=1
    ).map(tuple),
    bills=st.lists(
        st.builds(
            BillFact,
            known=DAYS,
            number=st.just(3),
            party=st.integers(1, 3),
            due=DAYS,
            amount=AMOUNTS,
            paid=st.one_of(st.none(), DAYS),
            part=st.integers(0, 100).map(Decimal),
            part_on=st.one_of(st.none(), DAYS),
        ),
        max_size=1,
    ).map(tuple),
    services=st.lists(
        st.builds(
            ServiceFact,
            known=DAYS,
            number=st.integers(1, 2),
            begins=DAYS,
            tariffs=st.lists(
                st.builds(
                    TariffFact,
                    DAYS,
                    st.builds(
                        Price, AMOUNTS, DAYS, st.none(), lawful_since=st.one_of(st.none(), DAYS)
                    ),
                    basis_known=st.one_of(st.none(), DAYS),
                ),
                max_size=2,
            ).map(tuple),
            payers=st.lists(st.builds(PayerFact, DAYS, st.integers(1, 3)), max_size=2).map(tuple),
            quotas=st.lists(
                st.builds(QuotaFact, DAYS, st.integers(1, 3), st.builds(Ration, AMOUNTS)),
                max_size=2,
            ).map(tuple),
            volumes=st.lists(
                st.builds(
                    VolumeFact,
                    DAYS,
                    DAYS.map(lambda one: one.replace(day=1)),
                    AMOUNTS,
                    st.one_of(st.none(), st.integers(1, 3)),
                ),
                max_size=2,
            ).map(tuple),
        ),
        max_size=1,
    ).map(tuple),
    budgets=st.lists(
        st.builds(
            BudgetFact,
            DAYS,
            st.integers(1, 3),
            st.integers(2021, 2023),
            st.one_of(st.none(), AMOUNTS),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)


@given(dues=SPANS, day=DAYS)
def test_spans_are_late_on_the_days_on_which_something_is(dues, day: date) -> None:
    spans = late_spans(dues)
    late = any(due < day and (done is None or day < done) for due, done in dues)
    assert late == any(since <= day and (over is None or day < over) for _due, since, over in spans)
    assert all(over is not None for _due, _since, over in spans[:-1])


@given(facts=FACTS, day=DAYS)
def test_the_days_that_are_asked_miss_no_change(facts: Facts, day: date) -> None:
    told = {
        (one.threat.kind, one.threat.key)
        for one in timeline(facts, TODAY)
        if one.first <= day and (one.over is None or day < one.over)
    }
    assert told == {(one.kind, one.key) for one in holding(facts, day)}


@given(facts=FACTS, day=DAYS)
def test_what_becomes_known_later_changes_nothing_of_before(facts: Facts, day: date) -> None:
    before = [
        (one.threat.kind, one.threat.key, one.first) for one in timeline(as_known(facts, day), day)
    ]
    after = [
        (one.threat.kind, one.threat.key, one.first)
        for one in timeline(facts, TODAY)
        if one.first <= day
    ]
    assert sorted(before) == sorted(after)


@given(facts=FACTS)
def test_nothing_is_raised_before_the_agreement_could_be_known(facts: Facts) -> None:
    assert all(one.first >= facts.known for one in timeline(facts, TODAY))
    assert all(one.over is None or one.over > one.first for one in timeline(facts, TODAY))
