"""The pages of portfolios, walked as a planner would."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from sinergi.programs.actions.portfolio_projects import take_lines
from sinergi.programs.exports.portfolio import sheets
from sinergi.programs.models import Portfolio, PortfolioRun, RunState
from sinergi.programs.portfolio.tasks import SILENT
from sinergi.programs.queries.portfolio import digest_now
from tests.people import asks, person, signed_in, twice
from tests.programs.making import a_line, a_plan, a_version, office
from tests.programs.portfolio.made import (
    MILLION,
    a_plan_of_three,
    knapsack,
    other_choices,
    stored_run,
    with_hidden,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone():
    return person("Ani", ("analyst", office()))


@pytest.fixture
def reader(client: Client, someone) -> Client:
    return signed_in(client, someone)


def text(response) -> str:
    return response.content.decode()


def test_a_portfolio_is_begun_filled_limited_and_run_in_the_browser(reader):
    plan = a_plan_of_three()
    sent = {
        "title": "Portofolio 2025",
        "organisation": office().pk,
        "first_year": "2025",
        "last_year": "2026",
        "note": "",
    }
    answer = reader.post("/portofolio/", sent)
    one = Portfolio.objects.get()
    assert answer["Location"] == f"/portofolio/{one.pk}/proyek/"
    reader.post(f"/portofolio/{one.pk}/proyek/?rencana={plan.pk}", {"semua": "1"})
    assert one.projects.count() == 3
    for project, score in zip(one.projects.all(), ("6", "5", "5,0"), strict=True):
        told = {
            "score": score,
            "earliest": "2025",
            "latest": "2025",
            "part-0": ["-"],
            "revision": project.revision,
        }
        assert reader.post(f"/portofolio/{one.pk}/proyek/{project.pk}/", told).status_code == 302
    one.refresh_from_db()
    told = {"do": "ceilings", "revision": one.revision, "ceiling-2025-": "10.000.000"}
    assert reader.post(f"/portofolio/{one.pk}/batas/", told).status_code == 302
    told = {"seconds": "20", "gap": "", "others": "2", "solver": "highs"}
    answer = reader.post(f"/portofolio/{one.pk}/pilih/", told)
    run = PortfolioRun.objects.get()
    assert run.state == RunState.DONE, run.failure
    page = text(reader.get(answer["Location"]))
    assert "Jalan Soreang" in page
    for kind in ("xlsx", "csv"):
        file = reader.get(f"{answer['Location']}berkas.{kind}")
        assert file.status_code == 200
        if kind == "xlsx":
            sheet = load_workbook(BytesIO(file.content)).worksheets[2]
            assert sheet["C2"].number_format == "0.0%"
    assert "10,00" in page


def test_a_result_tells_gap_regions_ceilings_and_prices(reader, someone):
    run = stored_run(someone)
    page = text(reader.get(f"/en/portofolio/{run.portfolio_id}/pilihan/{run.pk}/"))
    assert "At most so far from the best" in page
    assert "5.00" in page
    assert "What limits cost" in page
    assert "Kab. Bandung" in page or "Bandung" in page
    assert "no choice at all reaches this score" in page


def test_what_cannot_be_is_told_in_words(reader, someone):
    relaxed = [
        {
            "kind": "minimum",
            "amount": 300,
            "region": "32.04",
            "measure": "available",
            "limit": 900_000,
        },
        {"kind": "ceiling", "amount": 500, "year": 2025, "channel": ""},
    ]
    conflict = {"proven": True, "relaxed": relaxed}
    run = stored_run(someone, status="infeasible", chosen=None, conflict=conflict, gap=None)
    PortfolioRun.objects.filter(pk=run.pk).update(
        result={"status": "infeasible", "conflict": conflict, "seconds": 1.0, "solver": "highs"}
    )
    page = text(reader.get(f"/en/portofolio/{run.portfolio_id}/pilihan/{run.pk}/"))
    assert "What must give way" in page
    assert "90%" in page
    assert "too low" in page
    assert f'class="btn btn-small" href="/en/portofolio/{run.portfolio_id}/batas/"' in page
    runs = text(reader.get(f"/portofolio/{run.portfolio_id}/"))
    assert "<td>Tidak ada yang dapat dipilih</td>" in runs


def test_least_shares_above_all_the_money_are_warned_of_when_saved_and_told_first(reader, someone):
    one = knapsack(asks(someone))
    version = a_version(a_plan())
    line = a_line(version, "Cimahi", region_code="32.77", amounts={(2025, ""): 5})
    take_lines(asks(someone), one.pk, version.plan.pk, {line.identity})
    address = f"/portofolio/{one.pk}/batas/"
    warning = "berjumlah 120% dari semua uang yang ada"
    for region in ("32.04", "32.77"):
        sent = {"do": "share", "region_code": region, "measure": "available", "minimum": "60"}
        page = text(reader.post(address, sent, follow=True))
        assert (warning in page) == (region == "32.77")
    assert one.shares.count() == 2
    told = {"seconds": "20", "gap": "", "others": "1", "solver": "highs"}
    answer = reader.post(f"/portofolio/{one.pk}/pilih/", told)
    assert warning in text(reader.get(answer["Location"]))


@pytest.mark.parametrize(("status", "told"), [("optimal", False), ("time", True)])
def test_the_sheet_about_a_run_holds_numbers_and_no_gap_of_what_is_proven(someone, status, told):
    gap = {"score": 0.0, "share": 0.0, "money": 1_676_959_651_324}
    change = 2.273736754432321e-13
    price = {"kind": "ceiling", "year": 2025, "channel": "", "step": 100_000_000_000, "hint": 3.0}
    price |= {"change": change, "low": change, "high": change}
    run = stored_run(someone, status=status, gap=gap, prices=[price])
    made = {sheet.title: sheet.rows for sheet in sheets(asks(someone), run)}
    values = [row[1] for row in made["Keterangan"]]
    assert (16769596513.24 in values) == told
    [row] = made["Harga"]
    assert row[1:] == ("tetap: terbukti tidak bertambah atau berkurang", 0.0, 0.0, 0.0)


def test_choices_side_by_side_tell_regions_and_why_there_are_no_more(reader, someone):
    run = stored_run(someone)
    run.result |= {"others": other_choices(run), "others_asked": 5, "others_why": "time"}
    run.save()
    page = text(reader.get(f"/en/portofolio/{run.portfolio_id}/pilihan/{run.pk}/"))
    assert "Asked for 5 choices, found 2." in page
    assert "Money in other projects than choice 1" in page
    assert "50%" in page
    assert 'data-source="data-others"' in page
    assert "Projects not chosen" in page


def test_the_gap_in_rupiah_is_not_told_where_the_best_is_proven(reader, someone):
    run = stored_run(someone, status="optimal")
    page = text(reader.get(f"/en/portofolio/{run.portfolio_id}/pilihan/{run.pk}/"))
    assert "no choice at all reaches this score" not in page


def test_a_run_whose_process_is_gone_says_so_when_it_is_looked_at(reader, someone):
    run = stored_run(someone)
    long_ago = timezone.now() - 2 * SILENT
    rows = PortfolioRun.objects.filter(pk=run.pk)
    rows.update(state=RunState.RUNNING, told_at=long_ago)
    answer = reader.get(f"/en/portofolio/{run.portfolio_id}/pilihan/{run.pk}/")
    assert "ended from outside" in text(answer)
    assert "Refresh" not in answer
    rows.update(state=RunState.RUNNING)
    assert rows.get().state == RunState.RUNNING
    reader.get(f"/portofolio/{run.portfolio_id}/")
    assert rows.get().state == RunState.FAILED


@pytest.mark.parametrize(("number", "wanted"), [(0, True), (1, False)], ids=["in", "out"])
def test_a_wish_moves_a_project_to_where_it_is_not(reader, someone, number, wanted):
    run = stored_run(someone)
    run.digest = digest_now(run.portfolio)
    run.save()
    project = run.portfolio.projects.all()[number]
    address = f"/portofolio/{run.portfolio_id}/pilihan/{run.pk}/keinginan/"
    assert reader.post(address, {"proyek": project.pk}).status_code == 302
    assert run.wishes.get().asked["chosen"] == wanted


def test_a_ceiling_that_cannot_be_read_is_told_at_its_cell_and_kept(reader, someone):
    one = knapsack(asks(someone))
    told = {"do": "ceilings", "revision": one.revision, "ceiling-2025-": "banyak sekali"}
    answer = reader.post(f"/portofolio/{one.pk}/batas/", told)
    assert answer.status_code == 422
    assert "banyak sekali" in text(answer)
    assert one.ceilings.get().amount == Decimal(10 * MILLION)


def test_shares_and_rules_are_set_refused_and_taken_away(reader, someone):
    one = knapsack(asks(someone))
    address = f"/portofolio/{one.pk}/batas/"
    share = {
        "do": "share",
        "region_code": "32.04",
        "measure": "available",
        "minimum": "12,5",
        "maximum": "",
    }
    assert reader.post(address, share).status_code == 302
    assert one.shares.get().minimum == 125_000
    assert reader.post(address, {**share, "minimum": "120"}).status_code == 422
    assert (
        reader.post(address, {"do": "no-share", "number": one.shares.get().pk}).status_code == 302
    )
    rule = {"do": "rule", "kind": "before", "projects": "1, 2", "lag": "0"}
    assert reader.post(address, rule).status_code == 302
    assert "Jembatan Citarum" in text(reader.get(address))
    assert reader.post(address, {**rule, "projects": "1, 99"}).status_code == 422
    assert reader.post(address, {"do": "no-rule", "number": one.rules.get().pk}).status_code == 302


def test_a_stranger_is_told_that_there_is_nothing(client, someone):
    run = stored_run(someone)
    for path in ("", "proyek/", "batas/", f"pilihan/{run.pk}/", f"pilihan/{run.pk}/berkas.csv"):
        assert client.get(f"/portofolio/{run.portfolio_id}/{path}").status_code == 404


def test_a_portfolio_is_changed_put_away_and_restored(reader, someone):
    one = knapsack(asks(someone))
    one.refresh_from_db()
    told = {
        "title": "Lain",
        "first_year": "2025",
        "last_year": "2027",
        "note": "",
        "revision": one.revision,
    }
    assert reader.post(f"/portofolio/{one.pk}/ubah/", told).status_code == 302
    one.refresh_from_db()
    assert one.title == "Lain"
    lead = signed_in(Client(), person("Budi", ("coordinator", office())))
    lead.post(f"/portofolio/{one.pk}/hapus/", {"revision": one.revision, "mengapa": "salah"})
    one.refresh_from_db()
    assert one.deleted_at is not None
    lead.post(f"/portofolio/{one.pk}/pulihkan/")
    one.refresh_from_db()
    assert one.deleted_at is None


def test_the_second_of_two_who_change_a_portfolio_sees_what_the_first_wrote(reader, someone):
    one = knapsack(asks(someone))
    answer = twice(
        reader, f"/portofolio/{one.pk}/ubah/", {"note": "Rapat Senin"}, {"title": "Lain"}
    )
    assert [field.present for field in answer.context["met"]] == ["Rapat Senin"]
    one.refresh_from_db()
    assert (one.title != "Lain", one.note) == (True, "Rapat Senin")


def test_settings_of_a_run_that_cannot_be_are_refused_at_their_fields(reader, someone):
    one = knapsack(asks(someone))
    told = {"seconds": "0", "gap": "", "others": "2", "solver": "highs"}
    answer = reader.post(f"/portofolio/{one.pk}/pilih/", told)
    assert answer.status_code == 422
    assert "field-error" in text(answer)
    assert answer.context["ceilings"] == 10 * MILLION


def test_what_is_asked_for_and_there_is_of_the_years_and_of_projects_one_may_see(reader, someone):
    one = with_hidden(asks(someone))
    one.ceilings.create(year=2031, channel="", amount=Decimal(MILLION))
    context = reader.get(f"/portofolio/{one.pk}/").context
    assert (context["count"], context["wished"]) == (3, 16 * MILLION)
    assert context["ceilings"] == 10 * MILLION


def test_a_wish_without_a_result_is_refused(reader, someone):
    run = stored_run(someone)
    number = run.portfolio.projects.all()[0].pk
    address = f"/portofolio/{run.portfolio_id}/pilihan/{run.pk}/"
    answer = reader.post(f"{address}keinginan/", {"proyek": number, "ke": "masuk"})
    assert answer["Location"] == f"{address}#keinginan"
    assert not run.wishes.exists()


def test_a_form_that_is_sent_twice_begins_one_run(reader, someone):
    one = knapsack(asks(someone))
    form = reader.get(f"/portofolio/{one.pk}/").context["form"]
    told = {name: form[name].value() or "" for name in form.fields}
    told |= {"seconds": "5", "others": "1"}
    answers = [reader.post(f"/portofolio/{one.pk}/pilih/", told) for _each in range(2)]
    run = one.runs.get()
    assert [answer["Location"] for answer in answers] == [run.get_absolute_url()] * 2
    assert run.state == RunState.DONE
    token = reader.get(run.get_absolute_url()).context["token"]
    told = {"proyek": one.projects.all()[0].pk, "once": token}
    for _each in range(2):
        reader.post(f"{run.get_absolute_url()}keinginan/", told)
    assert run.wishes.count() == 1


def test_a_short_run_that_was_killed_before_it_began_does_not_wait_for_ever(reader, someone):
    run = stored_run(someone)
    rows = PortfolioRun.objects.filter(pk=run.pk)
    rows.update(state=RunState.WAITING, created=timezone.now() - 2 * SILENT)
    reader.get(run.get_absolute_url())
    assert rows.get().state == RunState.WAITING, "a worker may still come to it"
    rows.update(told_at=timezone.now() - 2 * SILENT)
    reader.get(run.get_absolute_url())
    assert rows.get().state == RunState.FAILED


@pytest.mark.parametrize(
    ("kind", "lag", "kept", "told"),
    [
        ("before", None, 1, "starts at least 1 year after the first starts"),
        ("before", "", 1, "starts at least 1 year after the first starts"),
        ("before", "0", 0, "both may start in the same year"),
        ("together", None, 0, "All of them or none</strong>:"),
    ],
    ids=["as shown", "emptied", "zero", "another rule"],
)
def test_one_before_another_starts_a_year_before_it_unless_told_otherwise(
    reader, someone, kind, lag, kept, told
):
    one = knapsack(asks(someone))
    address = f"/en/portofolio/{one.pk}/batas/"
    usual = reader.get(address).context["rule_form"]["lag"].value()
    sent = {"do": "rule", "kind": kind, "projects": "1, 2", "lag": usual if lag is None else lag}
    assert reader.post(address, sent).status_code == 302
    assert one.rules.get().lag == kept
    assert told in text(reader.get(address))


@pytest.mark.parametrize(
    "numbers",
    ["1, " + "9" * 5000, "1, ²", "1, -2", "1 dan 2"],
    ids=["long", "superscript", "negative", "words"],
)
def test_numbers_of_a_rule_that_are_none_are_told_at_their_field(reader, someone, numbers):
    one = knapsack(asks(someone))
    told = {"do": "rule", "kind": "together", "projects": numbers, "lag": "0"}
    answer = reader.post(f"/portofolio/{one.pk}/batas/", told)
    assert answer.status_code == 422
    assert "projects" in answer.context["rule_form"].errors
    assert not one.rules.exists()


@pytest.mark.parametrize("lag", ["9" * 30, "9" * 5000, "40000"], ids=["thirty", "long", "beyond"])
def test_years_of_a_rule_that_are_too_many_are_told_at_their_field(reader, someone, lag):
    one = knapsack(asks(someone))
    told = {"do": "rule", "kind": "before", "projects": "1, 2", "lag": lag}
    answer = reader.post(f"/portofolio/{one.pk}/batas/", told)
    assert answer.status_code == 422
    assert "lag" in answer.context["rule_form"].errors
