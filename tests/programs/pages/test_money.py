"""The flow of money: only what one may read, each rupiah once, and what is not known said so."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client

from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator
from sinergi.analysis.ledger import Origin
from sinergi.programs.actions.money import record_transfer
from sinergi.programs.joint import TransferDetails
from sinergi.programs.models import PlanKind, VersionState
from sinergi.programs.queries.money import Scope, draw_up, origin_of
from sinergi.programs.queries.money_cuts import Cut, cut_out, flows, of_year
from sinergi.programs.sankey import lay_out
from sinergi.reference import queries as reference
from tests.people import organisation, person, signed_in
from tests.programs.making import a_line, a_plan, a_version, office, planner, public, stranger

pytestmark = pytest.mark.django_db
APBD = {"kind": PlanKind.APBD, "region_code": "32.04"}


@pytest.fixture
def reader(client: Client) -> Client:
    return signed_in(client, person("Ani", ("analyst", office())))


def budget(amounts, region="32.04", kind=PlanKind.APBD, title="Jembatan", year=2027, **line):
    plan = a_plan(region_code=region, kind=kind, first_year=year, last_year=year)
    version = a_version(plan)
    a_line(
        version,
        title,
        amounts={(year, channel): value for channel, value in amounts.items()},
        **line,
    )
    return version


def total(by=None, **scope):
    return draw_up(by or operator(), Scope(**scope)).ledger.total // 100


def text(response):
    return response.content.decode()


def test_money_without_channel_is_said_and_not_guessed(reader):
    budget({"": 3_949_000})
    page = text(reader.get("/en/aliran-dana/"))
    assert "<strong>Rp 3,949,000</strong> without stated channel" in page


def test_money_of_a_giver_without_a_plan_here_is_no_alarm(reader):
    budget({"DAK_FISIK": 500_000})
    page = text(reader.get("/en/aliran-dana/"))
    assert "<strong>Rp 500,000</strong> from Indonesia, by its channel." in page
    assert "show no transfer for it" not in page


def test_money_that_a_plan_of_the_giver_does_not_show_is_told(reader):
    budget({"BANKEU_PROV_KAB": 500_000})
    budget({"APBD_PROV": 900_000}, region="32", title="Jalan provinsi")
    page = text(reader.get("/en/aliran-dana/"))
    assert "<strong>Rp 500,000</strong> planned by receivers as coming from givers" in page
    assert "by its channel" not in page


def test_a_page_without_plans_says_that_there_is_no_money(client):
    assert "No money to follow" in text(client.get("/en/aliran-dana/"))


def test_stages_of_the_same_money_are_counted_once(reader):
    budget({"": 100}, kind=PlanKind.RKPD)
    budget({"": 90}, kind=PlanKind.APBD)
    budget({"": 80}, kind=PlanKind.RUP)
    assert total() == 90
    assert total(stage="rkpd") == 100
    page = text(reader.get("/en/aliran-dana/", {"tahap": "rkpd"}))
    assert "Rp 100" in page
    assert "another stage of the same money counts" in page
    assert "never counted: procurement is the same money" in page


def test_each_agency_counts_by_its_own_stage_and_once():
    for agency, kind, amount in (
        ("Dinas PU", PlanKind.APBD, 100),
        ("Dinas Kesehatan", PlanKind.RENSTRA, 10),
        ("DINAS  KESEHATAN", PlanKind.RENSTRA, 20),
    ):
        version = budget({"": amount}, kind=kind)
        version.plan.agency = agency
        version.plan.save()
    assert total() == 120


@pytest.mark.parametrize(
    "state", [VersionState.DRAFT, VersionState.SUPERSEDED, VersionState.UNDONE]
)
def test_versions_that_are_not_current_never_count(state):
    version = budget({"": 100})
    version.state = state
    version.save()
    assert total() == 0


def test_a_transfer_of_the_province_is_counted_once():
    budget({"APBD_PROV": 40}, "32", is_transfer=True, transfer_to="32.04")
    budget({"BANKEU_PROV_KAB": 40})
    assert total() == 40


def test_a_chain_from_the_nation_adds_nothing():
    budget({"DAU_BG": 100}, "ID", PlanKind.RKP, is_transfer=True, transfer_to="32")
    version = budget({"DAU_BG": 60}, "32")
    a_line(
        version, "Bantuan", amounts={(2027, "DAU_BG"): 40}, is_transfer=True, transfer_to="32.04"
    )
    budget({"BANKEU_PROV_KAB": 40})
    assert total() == 100


def test_a_plan_that_one_may_not_read_is_as_if_it_were_not_there(client):
    version = budget({"": 100})
    assert total(stranger()) == 0
    assert "Rp 100" not in text(client.get("/aliran-dana/"))
    public(version.plan)
    assert total(stranger()) == 100


def test_a_transfer_of_a_plan_that_one_may_not_read_is_not_seen():
    theirs = a_plan(organisation("provinsi"), region_code="32", kind=PlanKind.APBD, first_year=2027)
    a_line(
        a_version(theirs), amounts={(2027, "APBD_PROV"): 40}, is_transfer=True, transfer_to="32.04"
    )
    budget({"BANKEU_PROV_KAB": 30})
    ledger = draw_up(planner(), Scope()).ledger
    assert ledger.total == 3000
    assert ledger.edges == ()
    assert draw_up(operator(), Scope()).ledger.total == 4000


def test_a_recorded_transfer_meets_the_line_of_its_receiver():
    details = TransferDetails("32", "32.04", 2027, Decimal(40), "BANKEU_PROV_KAB")
    record_transfer(operator(), office(), details)
    budget({"BANKEU_PROV_KAB": 40})
    ledger = draw_up(operator(), Scope()).ledger
    assert ledger.total == 4000
    assert ledger.unseen == ()


@pytest.mark.parametrize("channel", ["APBD_PROV", "BANKEU_PROV_KAB"])
def test_what_a_regency_gets_from_the_budget_of_its_province_is_not_its_own(channel):
    budget({channel: 40}, "32", is_transfer=True, transfer_to="32.04")
    budget({"APBD_PROV": 40, "APBD_KABKOTA": 5})
    ledger = draw_up(operator(), Scope()).ledger
    assert ledger.total == 4500
    assert {(one.source, one.holder): one.amount for one in ledger.entries} == {
        ("32", "32.04"): 4000,
        ("32.04", "32.04"): 500,
    }


def test_a_recorded_transfer_of_another_channel_is_other_money():
    details = TransferDetails("ID", "32.04", 2027, Decimal(10), "DAK_FISIK")
    record_transfer(operator(), office(), details)
    budget({"DAU_BG": 10})
    assert total() == 20


@pytest.mark.parametrize("channel", ["APBD_PROV", "BANKEU_PROV_KAB", ""])
def test_a_recorded_transfer_is_not_told_twice_by_the_line_of_its_giver(channel):
    details = TransferDetails("32", "32.04", 2027, Decimal(40), "BANKEU_PROV_KAB")
    record_transfer(operator(), office(), details)
    budget({channel: 40}, "32", is_transfer=True, transfer_to="32.04")
    budget({"BANKEU_PROV_KAB": 40})
    assert total() == 40


@pytest.mark.parametrize(
    ("by", "query"), [("region", "wilayah=32"), ("channel", "saluran=-"), ("affair", "urusan=1.03")]
)
def test_every_cut_of_everything_is_everything(reader, by, query):
    budget({"": 123_456})
    page = text(reader.get(f"/en/aliran-dana/?{query}&menurut={by}"))
    assert page.count("Rp 123,456") >= 2


def test_cuts_leave_what_is_elsewhere_out(reader):
    budget({"": 100})
    assert "No money to follow" in text(reader.get("/en/aliran-dana/?wilayah=33"))
    assert "No money to follow" in text(reader.get("/en/aliran-dana/?tingkat=city"))
    assert "No money to follow" in text(reader.get("/en/aliran-dana/?tahun=2030"))


def test_an_address_that_makes_no_sense_is_passed_over(reader):
    budget({"": 100})
    address = "/aliran-dana/?tahun=x&wilayah=zz&tingkat=q&urusan=9&saluran=W&tahap=rup&menurut=w"
    assert "Rp 100" in text(reader.get(address))


def test_the_file_adds_up(reader):
    budget({"DAU_BG": 100, "": 50})
    content = reader.get("/en/aliran-dana.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))[1:]
    amounts = [Decimal(row[2]) for row in rows]
    assert sum(amounts[:-1]) == amounts[-1] == 150
    assert AuditRecord.objects.filter(verb="exported", kind="plan").count() == 1
    assert reader.get("/aliran-dana.xlsx").content[:2] == b"PK"


def test_the_chart_has_as_much_on_each_side():
    for number, region in enumerate(("32.04", "32.05", "32.06", "33.01"), start=1):
        budget({"DAU_BG": 100 * number, "": 7}, region)
    table = cut_out(draw_up(operator(), Scope()), Cut())
    for most in (2, 3, 10):
        found = flows(table, most)
        sums = [sum(one.amount for one in found if one.column == column) for column in (0, 1)]
        assert sums == [int(table["amount"].sum())] * 2
        chart = lay_out(found)
        assert all(bar.y + bar.height <= chart.height for bar in chart.bars)
    assert lay_out([]).bars == ()


@pytest.mark.parametrize(
    ("channel", "holder", "origin", "giver"),
    [
        ("DAK_FISIK", "32.04", Origin.GOVERNMENT, "ID"),
        ("BANKEU_PROV_KAB", "32.04", Origin.GOVERNMENT, "32"),
        ("BANKEU_PROV_KAB", "32", Origin.GOVERNMENT, "32"),
        ("BANKEU_ANTAR_DAERAH", "32.04", Origin.PARTNER, ""),
        ("APBD_KABKOTA", "32.04", Origin.OWN, ""),
        ("APBD_PROV", "32", Origin.OWN, ""),
        ("APBD_PROV", "32.04", Origin.GOVERNMENT, "32"),
        ("APBD_PROV", "ID", Origin.PARTNER, ""),
        ("APBD_KABKOTA", "32", Origin.PARTNER, ""),
        ("APBD_KABKOTA", "ID", Origin.PARTNER, ""),
        ("APBD_PROV", "99", Origin.OWN, ""),
        ("BTT", "ID", Origin.OWN, ""),
        ("PINJAMAN", "32.04", Origin.LENDER, ""),
        ("", "32.04", Origin.UNSTATED, ""),
        ("XYZ", "32.04", Origin.UNSTATED, ""),
    ],
)
def test_a_channel_says_where_its_money_comes_from(channel, holder, origin, giver):
    assert origin_of(reference.funding_origins().get(channel), holder) == (origin, giver)


def test_plans_that_come_to_more_than_can_be_summed_up_are_told_and_break_nothing(client):
    for region in ("32.04", "32.05"):
        public(budget({"": 90_000_000_000_000_000}, region=region).plan)
    page = client.get("/en/aliran-dana/")
    assert page.status_code == 200
    assert "come to more than can be summed up" in text(page)
    assert "Plans that count" in text(page)
    assert client.get("/en/aliran-dana.csv").status_code == 422


def three_years():
    """Money of one government in three years, and of another in an earlier one."""
    for year, amount in ((2025, 1_000), (2026, 20_000), (2027, 300_000)):
        budget({"": amount}, year=year)
    budget({"": 7}, region="33.01", year=2024)


def test_without_a_year_the_latest_that_has_figures_is_shown_alone_and_named(reader):
    three_years()
    page = text(reader.get("/en/aliran-dana/"))
    assert '<h2 class="card-title" id="jumlah">2027: Rp 300,000</h2>' in page
    assert "The latest year that has figures, alone." in page
    assert "Rp 321,007" not in page
    assert "aliran-dana.xlsx?tahun=2027" in page
    page = text(reader.get("/aliran-dana/"))
    assert "Hanya tahun terakhir yang memuat angka." in page


def test_the_latest_year_is_that_of_what_the_filters_leave(reader):
    three_years()
    page = text(reader.get("/en/aliran-dana/?wilayah=33"))
    assert '<h2 class="card-title" id="jumlah">2024: Rp 7</h2>' in page


def test_all_years_are_added_up_when_asked_and_the_page_says_which(reader):
    three_years()
    page = text(reader.get("/en/aliran-dana/"))
    assert "Add up all years: 2024, 2025, 2026, 2027" in page
    assert '<a href="?tahun=semua">' in page
    page = text(reader.get("/en/aliran-dana/?tahun=semua"))
    assert "2024, 2025, 2026, 2027: Rp 321,007" in page
    assert "2025 <strong>Rp 1,000</strong>; 2026 <strong>Rp 20,000</strong>" in page
    assert "aliran-dana.xlsx?tahun=semua" in page
    page = text(reader.get("/aliran-dana/?tahun=semua"))
    assert "Semua tahun dijumlahkan" in page


def test_a_year_that_was_chosen_is_shown_and_other_years_stay_choices(reader):
    three_years()
    page = text(reader.get("/en/aliran-dana/?tahun=2026"))
    assert '<h2 class="card-title" id="jumlah">2026: Rp 20,000</h2>' in page
    assert "This year alone." in page
    for year in (2024, 2025, 2027):
        assert f"<option>{year}</option>" in page
    assert "<option selected>2026</option>" in page


def test_a_year_without_figures_says_so_and_leads_on(reader):
    three_years()
    page = text(reader.get("/en/aliran-dana/?tahun=2026&wilayah=33"))
    assert "No money to follow · 2026" in page
    assert '<a href="?tahun=semua&amp;wilayah=33">Add up all years' in page


@pytest.mark.parametrize(
    ("query", "name", "total", "label"),
    [
        ("", "flow-of-money-2027.csv", 300_000, "Total of 2027"),
        ("?tahun=2025", "flow-of-money-2025.csv", 1_000, "Total of 2025"),
        (
            "?tahun=semua",
            "flow-of-money-2024-2027.csv",
            321_007,
            "Total of 2024, 2025, 2026, 2027",
        ),
    ],
    ids=["latest", "one", "all"],
)
def test_a_file_holds_the_years_of_its_page_and_says_which(reader, query, name, total, label):
    three_years()
    answer = reader.get(f"/en/aliran-dana.csv{query}")
    assert name in answer["Content-Disposition"]
    last = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[-1]
    assert (last[1], Decimal(last[2])) == (label, total)


def test_one_year_of_a_ledger_is_the_ledger_of_that_year():
    for year in (2026, 2027):
        budget({"APBD_PROV": 40}, "32", year=year, is_transfer=True, transfer_to="32.04")
        budget({"BANKEU_PROV_KAB": 30, "": 5}, year=year)
    details = TransferDetails("ID", "32.04", 2027, Decimal(10), "DAK_FISIK")
    record_transfer(operator(), office(), details)
    every = draw_up(operator(), Scope())
    for year in (2026, 2027):
        alone = draw_up(operator(), Scope((year, year)))
        part = of_year(every, year)
        assert part.ledger.total == alone.ledger.total
        for name in ("source", "holder", "planned", "channel", "amount", "certainty"):
            assert sorted(getattr(one, name) for one in part.ledger.entries) == sorted(
                getattr(one, name) for one in alone.ledger.entries
            )
        assert sorted(one.unplanned for one in part.ledger.edges) == sorted(
            one.unplanned for one in alone.ledger.edges
        )
        assert [one.why for one in part.choices] == [one.why for one in alone.choices]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/aliran-dana/", "Rp\u00a0125,55\u00a0miliar"),
        ("/en/aliran-dana/", "Rp\u00a0125.55\u00a0billion"),
    ],
    ids=["id", "en"],
)
def test_the_chart_writes_amounts_in_words_that_have_one_meaning(reader, path, told):
    budget({"PAD": 125_550_000_000})
    chart = text(reader.get(path)).partition('class="flow-chart"')[2].partition("</svg>")[0]
    assert f">{told}</tspan>" in chart
