"""Pages and files of synchronisation, as planners and strangers meet them."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from sinergi.accounts.models import Person
from sinergi.programs.actions.sync import run_again
from sinergi.programs.actions.sync_decisions import Decision, decide
from sinergi.programs.documents import record
from sinergi.programs.models import FindingDecision, Outcome, PlanLine, SyncRun
from sinergi.programs.queries import sync as queries
from tests.people import organisation
from tests.programs.making import office, planner, stranger
from tests.programs.sync.playing import BRIDGE, line, neighbours, same_bridge

pytestmark = pytest.mark.django_db


def signed_in(client, by):
    client.force_login(Person.objects.get(pk=by.person_id))
    return client


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_planner_chooses_plans_and_comes_to_the_run(client):
    owner = office()
    by = planner(owner)
    one, two = neighbours(owner)
    line(one)
    line(two)
    signed_in(client, by)
    assert "RKPD Kota" in page(client, "/sinkronisasi/baru/?wilayah=32.04")
    sent = {"organisation": owner.pk, "title": "Uji", "versions": [one.pk, two.pk], "likely": 60,
            "large": "1 miliar", "small": "100.000.000"}  # fmt: skip
    answer = client.post("/sinkronisasi/baru/", sent)
    run = SyncRun.objects.get()
    assert answer.url == f"/sinkronisasi/{run.pk}/"
    assert BRIDGE in page(client, answer.url)


def test_a_run_without_plans_says_so_at_the_plans_and_keeps_what_was_typed(client):
    owner = office()
    signed_in(client, planner(owner))
    sent = {
        "organisation": owner.pk,
        "title": "Uji lama",
        "likely": 60,
        "large": "satu",
        "small": "1",
    }
    answer = client.post("/sinkronisasi/baru/", sent)
    assert answer.status_code == 422
    assert "Uji lama" in answer.content.decode()
    assert "id_large_error" in answer.content.decode()


def test_findings_are_filtered_by_the_address(client):
    by, run, _found = same_bridge()
    signed_in(client, by)
    assert BRIDGE in page(client, f"/sinkronisasi/{run.pk}/?jenis=duplicate&bobot=3&wilayah=32.73")
    assert BRIDGE not in page(client, f"/sinkronisasi/{run.pk}/?jenis=gap")
    page(client, f"/sinkronisasi/{run.pk}/?bobot=x&jenis=y&wilayah=%00&halaman=999")


def test_a_finding_is_shown_with_its_lines_and_decided_on(client):
    by, run, found = same_bridge()
    signed_in(client, by)
    address = f"/sinkronisasi/{run.pk}/temuan/{found.pk}/"
    assert page(client, address).count(BRIDGE.split()[2]) >= 2
    sent = {"outcome": "dismiss", "text": "dua jembatan", "seen": 0}
    assert client.post(address, sent).status_code == 302
    assert "dua jembatan" in page(client, address)
    assert client.post(address, sent).status_code == 409
    assert FindingDecision.objects.count() == 1


def test_a_decision_that_came_second_is_kept_once_its_writer_has_looked(client):
    by, run, found = same_bridge()
    signed_in(client, by)
    address = f"/sinkronisasi/{run.pk}/temuan/{found.pk}/"
    decide(by, run.pk, found.pk, Decision(Outcome.DISMISS, "dua jembatan"))
    sent = {"outcome": "dismiss", "text": "lain", "seen": 0, "said": found.fingerprint}
    form = client.post(address, sent).context["form"]
    assert form["text"].value() == "lain"
    sent |= {name: form[name].value() for name in ("seen", "said")}
    assert client.post(address, sent).status_code == 302


@pytest.mark.parametrize("changed", [False, True], ids=["as_it_was", "changed"])
def test_a_decision_written_while_the_run_was_computed_again_is_not_lost(client, changed):
    by, run, found = same_bridge()
    signed_in(client, by)
    address = f"/sinkronisasi/{run.pk}/temuan/{found.pk}/"
    shown = client.get(address).context["form"]
    sent = {"outcome": "dismiss", "text": "dua jembatan", "seen": 0, "said": shown["said"].value()}
    if changed:
        PlanLine.objects.filter(pk=found.lines.first().line_id).update(output="1 unit")
    run_again(by, run.pk)
    answer = client.post(address, sent)
    assert answer.status_code == (409 if changed else 302)
    if changed:
        form = answer.context["form"]
        assert form["text"].value() == "dua jembatan"
        assert client.post(address, sent | {"said": form["said"].value()}).status_code == 302
    assert FindingDecision.objects.get().finding_id == found.pk


def test_a_split_that_misses_something_is_told_and_kept_in_the_form(client):
    by, run, found = same_bridge()
    signed_in(client, by)
    sent = {
        "outcome": "share",
        "cost": "100",
        "bagian_32.04": "60",
        "bagian_32.73": "39",
        "seen": 0,
    }
    answer = client.post(f"/sinkronisasi/{run.pk}/temuan/{found.pk}/", sent)
    assert answer.status_code == 422
    assert 'value="39"' in answer.content.decode()


def test_a_decision_passes_over_what_stands_in_fields_it_does_not_ask_for(client):
    by, run, found = same_bridge()
    signed_in(client, by)
    address = f"/sinkronisasi/{run.pk}/temuan/{found.pk}/"
    sent = {"outcome": "share", "cost": "100", "bagian_32.04": "60", "bagian_32.73": "40", "seen": 0,
            "per_cent": "on", "first_year": "x", "stays": "nothing"}  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert "Kota Bandung: 40%" in page(client, address)


def test_strangers_find_nothing(client):
    _by, run, found = same_bridge()
    for who in (None, planner(organisation("kota-jauh"))):
        if who:
            signed_in(client, who)
        for path in ("", f"temuan/{found.pk}/", "temuan.csv", "berita-acara.docx", "peta.json"):
            assert client.get(f"/sinkronisasi/{run.pk}/{path}").status_code == 404


def test_the_english_page_says_the_same(client):
    by, run, found = same_bridge()
    signed_in(client, by)
    assert "the same work (" in page(client, f"/en/sinkronisasi/{run.pk}/temuan/{found.pk}/")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_findings_leave_as_files(client, kind):
    by, run, _found = same_bridge()
    signed_in(client, by)
    content = client.get(f"/sinkronisasi/{run.pk}/temuan.{kind}").content
    if kind == "csv":
        assert BRIDGE in content.decode("utf-8-sig")
    else:
        assert len(load_workbook(io.BytesIO(content)).sheetnames) == 2


def test_the_record_holds_plans_findings_decisions_and_checksums(client):
    by, run, found = same_bridge()
    signed_in(client, by)
    address = f"/sinkronisasi/{run.pk}/temuan/{found.pk}/"
    client.post(address, {"outcome": "dismiss", "text": "dua <jembatan>", "seen": 0})
    word = client.get(f"/sinkronisasi/{run.pk}/berita-acara.docx").content
    text = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    digest = run.compared.first().digest
    for told in (BRIDGE, "dua &lt;jembatan&gt;", digest, "RKPD Kota"):
        assert told in text
    book = load_workbook(
        io.BytesIO(client.get(f"/sinkronisasi/{run.pk}/berita-acara.xlsx").content)
    )
    assert len(book.sheetnames) == 3


def test_the_map_shows_lines_at_the_middle_of_their_region(client):
    by, run, _found = same_bridge()
    signed_in(client, by)
    told = client.get(f"/sinkronisasi/{run.pk}/peta.json?jenis=duplicate").json()["features"]
    assert [one["geometry"]["type"] for one in told].count("Point") == 2
    assert not any(one["properties"].get("exact") for one in told)


def test_the_page_of_a_line_shows_what_does_not_fit(client):
    by, _run, found = same_bridge()
    signed_in(client, by)
    held = found.lines.first()
    text = page(client, f"/rencana/{held.version.plan_id}/baris/{held.identity}/")
    assert found.get_absolute_url() in text


def test_a_run_that_is_not_done_has_no_record(client):
    by, run, _found = same_bridge()
    signed_in(client, by)
    type(run).objects.filter(pk=run.pk).update(state="failed")
    assert client.get(f"/sinkronisasi/{run.pk}/berita-acara.docx").status_code == 422


def test_a_record_claims_nothing_of_what_its_reader_may_not_see():
    _by, run, _found = same_bridge()
    run.visibility = "public"
    run.save()
    other = stranger()
    told = record.values(other, queries.get_run(other, run.pk))
    assert (told["count"], bool(told["left"])) == (0, True)
    assert "terbuka bagi pembuat berita acara ini" in told["words"]["none"]
    assert "Nothing was found" not in told["words"]["none"]


def test_a_record_counts_all_plans_and_is_of_the_day_on_which_they_were_compared():
    _by, run, _found = same_bridge()
    run.visibility, run.computed_at = "public", datetime(2025, 3, 9, 4, tzinfo=UTC)
    run.save()
    plan = run.compared.first().version.plan
    plan.visibility = "public"
    plan.save()
    other = stranger()
    told = record.values(other, queries.get_run(other, run.pk))
    assert len(told["plans"]) == 1
    assert told["intro"].startswith("Pada 9 Maret 2025, 2 rencana disandingkan")
    assert told["intro"].endswith("tidak tercantum: 1.")


@pytest.mark.parametrize(
    ("path", "language", "name"),
    [
        ("temuan.csv", "", "temuan-sinkronisasi-2025.csv"),
        ("berita-acara.docx", "", "berita-acara-sinkronisasi-sinkronisasi-2025.docx"),
        ("berita-acara.xlsx", "/en", "synchronisation-record-sinkronisasi-2025.xlsx"),
    ],
    ids=["findings", "word", "excel_in_english"],
)
def test_files_are_called_in_the_language_of_the_page(client, path, language, name):
    by, run, _found = same_bridge()
    signed_in(client, by)
    answer = client.get(f"{language}/sinkronisasi/{run.pk}/{path}")
    assert name in answer["Content-Disposition"]


def test_the_record_tells_the_weight_of_each_finding():
    by, run, _found = same_bridge()
    told = record.values(by, run)
    assert "(untuk diselesaikan lebih dahulu)" in told["groups"][0]["rows"][0]["rule"]
    assert "(" not in told["all"][0]["rule"]


def test_the_record_tells_which_line_stays():
    by, run, found = same_bridge()
    stays = found.lines.first()
    decided = Decision(Outcome.MERGE, "Disepakati.", "Dinas PUPR", stays=str(stays.identity))
    decide(by, run.pk, found.pk, decided)
    told = record.values(by, run)["all"][0]["decision"]
    assert f"Tetap: {stays.said['title']}; Disepakati; Dinas PUPR" in told


@pytest.mark.parametrize(("prefix", "words"), [("", "Dua jari"), ("/en", "Two fingers")])
def test_the_map_itself_speaks_the_language_of_the_page(client, prefix, words):
    by, run, found = same_bridge()
    signed_in(client, by)
    for rest in ("", f"temuan/{found.pk}/"):
        assert f'data-touch="{words}' in page(client, f"{prefix}/sinkronisasi/{run.pk}/{rest}")
