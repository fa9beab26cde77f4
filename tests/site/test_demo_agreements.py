"""The demo's agreements: a real case told from publications alone, and an example that says so."""

from datetime import date

import pytest
from django.utils import timezone

from sinergi.accounts.models import AuditRecord, Organisation
from sinergi.agreements.billing import year_at_quota
from sinergi.agreements.models import (
    Agreement,
    Alarm,
    BudgetEntry,
    Due,
    ObligationKind,
    Origin,
    Party,
    Quota,
    Service,
    Tariff,
    Volume,
)
from sinergi.agreements.permissions import acts_for
from sinergi.agreements.queries import reading
from sinergi.agreements.queries.services import ration_of
from sinergi.site.demo.agreements import (
    CASE,
    COUNTED,
    MEMBERS,
    NO_LINE,
    OPENED,
    PAID_FROM,
    PROVINCE,
    REPORTED,
    SAID,
    SIGNED,
    SOURCES,
    TRIAL,
    ensure_agreements,
)
from sinergi.site.demo.people import BANJAR, HOST, OTHER, SOUTH, acts_as
from sinergi.site.demo.prepare import prepare_demo

FIGURES = (Service, Quota, Tariff, Volume, BudgetEntry)
MADE = (Agreement, Party, *FIGURES, Alarm, AuditRecord)


@pytest.fixture
def case(demo: list) -> Agreement:
    return Agreement.objects.get(title=CASE)


@pytest.fixture
def trial(demo: list) -> Agreement:
    return Agreement.objects.get(title=TRIAL)


def days(made: Agreement, kind: str, party: str = "") -> set[tuple[date, date | None]]:
    rows = Alarm.objects.filter(agreement=made, kind=kind)
    rows = rows.filter(party__region_code=party) if party else rows
    return set(rows.values_list("first_day", "over_on"))


def test_the_province_keeps_it_and_each_member_has_its_own_people(case):
    assert case.organisation is not None
    assert case.organisation.code == SOUTH
    acting = dict(case.parties.values_list("region_code", "organisation__code"))
    assert acting == {PROVINCE: SOUTH} | MEMBERS


def test_it_stands_at_implementation_with_every_party(case):
    assert case.stage == "implementation"
    assert set(case.parties.values_list("stage", flat=True)) == {"implementation"}
    assert case.origin == Origin.PUBLISHED


def test_capacity_quotas_and_full_bill_are_those_of_the_sources(case):
    service = Service.objects.get(agreement=case)
    assert (service.capacity, service.provider.region_code) == (790, PROVINCE)
    told = {
        kind: dict(rows.values_list("party__region_code", "per_day"))
        for kind in Quota.Kind.values
        if (rows := Quota.objects.filter(service=service, kind=kind)).exists()
    }
    codes = ("63.71", "63.72", "63.03", "63.04", "63.01")
    assert told == {
        "design": dict(zip(codes, (440, 200, 70, 40, 40), strict=True)),
        "operating": dict(zip(codes, (105, 90, 60, 10, 10), strict=True)),
    }
    price = Tariff.objects.get(service=service, since=PAID_FROM).amount
    used = Quota.objects.filter(service=service, kind=Quota.Kind.OPERATING)
    assert sum(year_at_quota(2023, [ration_of(one)], price)[0] for one in used) == 6_524_375_000


def test_every_figure_says_where_it_stands_and_since_when_it_could_be_known(case):
    service = Service.objects.get(agreement=case)
    rows = [
        service,
        *Quota.objects.filter(service=service),
        *Tariff.objects.filter(service=service),
        *Volume.objects.filter(service=service),
        *BudgetEntry.objects.filter(party__agreement=case),
    ]
    assert len(rows) == 1 + 10 + 2 + 1 + 1
    assert all(".com" in one.source or ".id" in one.source for one in rows)
    assert {one.known_on for one in rows} == {OPENED, REPORTED, SIGNED, NO_LINE, COUNTED}


def test_what_is_assumed_says_so(case):
    used = Quota.objects.filter(service__agreement=case, kind=Quota.Kind.OPERATING)
    assert all(one.source.endswith("anggapan") for one in used)
    assert "anggapan" in case.note


def test_what_no_source_tells_stays_empty(case):
    assert (case.number, case.obligatory, case.ends, case.funding) == ("", "", None, "")
    assert not case.documents.exists()
    assert not Due.objects.filter(obligation__agreement=case).exists()
    assert not case.parties.exclude(representative="").exists()
    basis = Tariff.objects.exclude(basis="").get(service__agreement=case)
    assert (basis.amount, basis.basis_number, basis.basis_on) == (65_000, "", None)
    flow = Volume.objects.get(service__agreement=case)
    assert (flow.party, flow.quantity, flow.per_day, flow.estimated) == (None, 200, True, True)
    lacking = BudgetEntry.objects.get(party__agreement=case)
    assert (lacking.party.region_code, lacking.year, lacking.amount) == ("63.03", 2022, None)
    assert lacking.has_none


def test_each_member_owes_what_sources_tell_and_says_which(case):
    rows = list(case.obligations.select_related("debtor"))
    assert len(rows) == 1 + 2 * len(MEMBERS)
    assert all("Sumber: " in one.text and ".id" in one.text for one in rows if one.quantity)
    paying = [one for one in rows if one.kind == ObligationKind.MONEY]
    assert {one.debtor.region_code for one in paying} == set(MEMBERS)
    assert {(one.amount, one.quantity, one.schedule["per_unit"]) for one in paying} == {
        (None, None, True)
    }
    brought = [one.quantity for one in rows if one.kind == "service" and one.creditor_id]
    assert sum(brought) == 275
    assert not days(case, "words_only")


@pytest.mark.parametrize(
    ("user", "code"),
    [
        ("analis.banjarmasin", "63.71"),
        ("analis.banjarbaru", "63.72"),
        ("analis.kabbanjar", "63.03"),
        ("analis.baritokuala", "63.04"),
        ("analis.tanahlaut", "63.01"),
        ("analis.kalsel", PROVINCE),
    ],
)
def test_each_party_has_somebody_who_acts_for_it_and_for_no_other(case, user, code):
    by = acts_as(user)
    rows = case.parties.select_related("agreement")
    assert {one.region_code for one in rows if acts_for(by, one)} == {code}


def test_each_alarm_stands_with_the_first_day_it_could_have_been_known(case):
    assert days(case, "no_tariff") == {(OPENED, REPORTED)}
    assert days(case, "no_basis") == {(REPORTED, PAID_FROM)}
    assert days(case, "no_budget", "63.03") == {(NO_LINE, date(2023, 1, 1))}
    assert not days(case, "no_budget", "63.71")
    for code in MEMBERS:
        assert min(one for one, _over in days(case, "budget_unknown", code)) == SIGNED
    assert days(case, "idle") == {(COUNTED, None)}
    assert not days(case, "over_quota")


def test_titles_and_sources_say_what_is_real_and_what_is_made_up(case, trial):
    assert case.title.startswith("Demo – ")
    assert "kasus nyata" in case.title
    assert case.source == SOURCES
    assert trial.title.startswith("Demo – ")
    assert "contoh rekaan" in trial.title
    assert trial.source == trial.note == SAID


def test_the_trial_begins_from_an_opportunity_between_two_cities(trial):
    assert (trial.origin, trial.stage) == (Origin.OPPORTUNITY, "preparation")
    assert trial.origin_told["reasons"]
    acting = dict(trial.parties.values_list("region_code", "organisation__code"))
    assert {"63.71": OTHER, "63.72": HOST}.items() <= acting.items()


@pytest.mark.parametrize(
    "user", ["analis.banjarmasin", "analis.palangkaraya", "analis.kementerian"]
)
def test_everybody_of_the_demo_reads_them(demo, user):
    by = acts_as(user)
    for title in (CASE, TRIAL):
        number = Agreement.objects.get(title=title).pk
        assert reading.agreement(by, number).title == title


def test_twice_in_a_row_makes_nothing_more(demo, tmp_path):
    before = [model.objects.count() for model in MADE]
    prepare_demo(tmp_path)
    assert [model.objects.count() for model in MADE] == before


def test_what_somebody_put_away_does_not_come_back(demo):
    Agreement.objects.update(deleted_at=timezone.now())
    before = [model.objects.count() for model in MADE]
    assert ensure_agreements() == 0
    assert [model.objects.count() for model in MADE] == before


def test_a_member_without_an_organisation_stays_a_party_that_nobody_acts_for(demo):
    Alarm.objects.all().delete()
    Agreement.objects.filter(title=CASE).update(title="Lain")
    Organisation.objects.filter(code=BANJAR).update(deleted_at=timezone.now())
    assert ensure_agreements() == 1
    made = Agreement.objects.get(title=CASE)
    assert made.parties.get(region_code="63.03").organisation is None
    assert made.stage == "implementation"
