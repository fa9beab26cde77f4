"""The landfill Banjarbakula: each alarm on the day it could have been known, from sourced facts alone.

Sources: baritopost.co.id, klikkalsel.com, kalsel.prokal.co, sinarpagibaru.id, as the facts name them. Where a
source gives a month, its last day is taken: no alarm is claimed earlier than it could have been raised.
"""

from datetime import date
from decimal import Decimal

import pytest

from sinergi.agreements.actions.alarms import raise_alarms
from sinergi.agreements.billing import year_at_quota
from sinergi.agreements.models import (
    Agreement,
    Alarm,
    BudgetEntry,
    Party,
    Quota,
    Service,
    Tariff,
    Volume,
)
from sinergi.agreements.queries.alarms import raised
from sinergi.agreements.queries.services import ration_of, served
from tests.agreements.making import a_party, an_agreement

OPENED, REPORTED = date(2019, 12, 30), date(2020, 1, 31)
SIGNED, PAID_FROM = date(2021, 10, 22), date(2022, 1, 1)
NO_LINE, COUNTED = date(2022, 1, 28), date(2024, 9, 17)
MEMBERS = ("63.71", "63.72", "63.03", "63.04", "63.01")
DESIGN, OPERATING = (440, 200, 70, 40, 40), (105, 90, 60, 10, 10)
"""In the order of the sources; that the quotas of use follow the order of the design is an assumption."""


def landfill() -> Agreement:
    made = an_agreement(title="TPA Regional Banjarbakula", begins=OPENED, known_on=OPENED)
    a_party(made, "Provinsi Kalimantan Selatan", region_code="63")
    for code in MEMBERS:
        a_party(made, code, region_code=code)
    provider = made.parties.get(position=1)
    service = Service.objects.create(
        agreement=made, provider=provider, name="TPA", unit="ton", capacity=790, begins=OPENED
    )
    for code, design, operating in zip(MEMBERS, DESIGN, OPERATING, strict=True):
        party = made.parties.get(region_code=code)
        quotas = ((Quota.Kind.DESIGN, design, OPENED), (Quota.Kind.OPERATING, operating, COUNTED))
        for kind, per_day, known in quotas:
            Quota.objects.create(
                service=service, party=party, kind=kind, per_day=per_day, known_on=known
            )
    Tariff.objects.create(
        service=service, amount=68_350, since=OPENED, until=date(2021, 12, 31), known_on=REPORTED
    )
    Tariff.objects.create(
        service=service,
        amount=65_000,
        since=PAID_FROM,
        agreed_on=SIGNED,
        basis="Peraturan tentang tarif",
        known_on=SIGNED,
    )
    Volume.objects.create(
        service=service,
        month=COUNTED.replace(day=1),
        quantity=200,
        per_day=True,
        estimated=True,
        known_on=COUNTED,
    )
    banjar = made.parties.get(region_code="63.03")
    BudgetEntry.objects.create(party=banjar, year=2022, has_none=True, known_on=NO_LINE)
    return made


@pytest.fixture
def made(db: None) -> Agreement:
    return landfill()


def days(made: Agreement, kind: str, day: date, key: str = "") -> list[tuple[date, date | None]]:
    return [
        (one.first, one.over)
        for one in raised(made, day)
        if one.threat.kind == kind and one.threat.key.endswith(key)
    ]


def member(made: Agreement, code: str) -> Party:
    return made.parties.get(region_code=code)


def test_from_the_first_day_it_ran_without_a_tariff_that_anybody_could_know(
    made: Agreement,
) -> None:
    assert days(made, "no_tariff", COUNTED) == [(OPENED, REPORTED)]


def test_the_tariff_had_no_legal_basis_from_the_day_it_was_known_to_the_end_of_2021(
    made: Agreement,
) -> None:
    assert days(made, "no_basis", COUNTED) == [(REPORTED, PAID_FROM)]


def test_two_years_were_free_and_nothing_is_claimed_for_them(made: Agreement) -> None:
    [one] = served(made, list(made.parties.all()))
    Volume.objects.create(
        service=one.service, party=member(made, "63.71"), month=date(2020, 6, 1), quantity=3_000
    )
    [one] = served(made, list(made.parties.all()))
    charge = one.charge(member(made, "63.71"), date(2020, 6, 1))
    assert charge is not None
    assert (charge.amount, charge.reasons) == (0, ("no_basis",))


def test_budgets_of_2022_were_asked_for_on_the_day_the_tariff_was_signed(made: Agreement) -> None:
    asked = [
        one
        for one in raised(made, SIGNED)
        if one.threat.kind == "budget_unknown" and one.first == SIGNED
    ]
    assert {one.threat.party for one in asked} == {member(made, code).pk for code in MEMBERS}
    assert {one.threat.told["year"] for one in asked} == {2022}


def test_the_member_without_a_budget_line_was_told_on_the_day_it_was_known(made: Agreement) -> None:
    banjar = member(made, "63.03")
    assert days(made, "no_budget", date(2022, 1, 27)) == []
    assert days(made, "no_budget", NO_LINE, f"{banjar.pk}:2022") == [(NO_LINE, None)]
    assert days(made, "budget_unknown", NO_LINE, f"{banjar.pk}:2022") == [(SIGNED, NO_LINE)]


def test_of_the_other_members_budgets_nothing_is_known_and_nothing_is_claimed(
    made: Agreement,
) -> None:
    for code in ("63.71", "63.72", "63.04", "63.01"):
        party = member(made, code)
        assert days(made, "no_budget", COUNTED, f"{party.pk}:2022") == []
        assert days(made, "budget_unknown", NO_LINE, f"{party.pk}:2022") == [(SIGNED, None)]


def test_quota_flow_and_design_are_three_things(made: Agreement) -> None:
    assert days(made, "idle", COUNTED) == [(COUNTED, None)]
    assert days(made, "over_quota", COUNTED) == []


def test_the_full_quota_costs_what_it_costs_in_a_year_of_365_days(made: Agreement) -> None:
    rations = [
        ration_of(one)
        for one in Quota.objects.filter(service__agreement=made, kind=Quota.Kind.OPERATING)
    ]
    amounts = [year_at_quota(2023, [one], Decimal(65_000))[0] for one in rations]
    assert sum(amounts) == Decimal(6_524_375_000)


def test_what_the_sources_do_not_tell_stays_empty(made: Agreement) -> None:
    tariff = Tariff.objects.get(service__agreement=made, amount=65_000)
    assert (tariff.basis_number, tariff.basis_on) == ("", None)
    assert BudgetEntry.objects.get(party__agreement=made).amount is None
    assert not Volume.objects.filter(service__agreement=made).exclude(party=None).exists()


def test_the_nightly_run_raises_the_same_however_often_it_is_repeated(made: Agreement) -> None:
    for _time in range(2):
        raise_alarms(COUNTED)
    kept = {(one.kind, one.key, one.first_day, one.over_on) for one in Alarm.objects.all()}
    told = {
        (one.threat.kind.value, one.threat.key, one.first, one.over)
        for one in raised(made, COUNTED)
    }
    assert kept == told
    assert Alarm.objects.count() == len(told)


def test_a_run_on_the_day_and_a_run_today_tell_the_same_first_day(made: Agreement) -> None:
    raise_alarms(NO_LINE)
    before = set(Alarm.objects.values_list("kind", "key", "first_day"))
    raise_alarms(COUNTED)
    after = set(Alarm.objects.values_list("kind", "key", "first_day"))
    assert before <= after
