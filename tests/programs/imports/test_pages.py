"""A planner brings a file in through the pages: upload, preview, another mapping, load, report, undo."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergi.accounts.models import Organisation
from sinergi.programs.models import Plan, PlanVersion
from sinergi.reference.models import Activity
from tests.people import person, signed_in
from tests.programs.making import office

pytestmark = pytest.mark.django_db
LINES = (
    "kode;uraian;pagu;sumber dana;lokasi",
    "1.03.10.2.01.0004;Pembangunan jalan;5000000;PAD;Soreang",
    "1.03.10.2.01.0005;Rehabilitasi jembatan;Rp 7.000.000,50;DAK Fisik;",
    "jumlah;;13000000;;",
)
LOAD = {"load": "1"}


@pytest.fixture(autouse=True)
def waiting_files(settings, tmp_path: Path) -> None:
    settings.SINERGI_HOME = tmp_path


@pytest.fixture
def owner() -> Organisation:
    return office()


@pytest.fixture
def browser(client: Client, owner: Organisation) -> Client:
    return signed_in(client, person("Ani Perencana", ("coordinator", owner)))


def send(
    browser: Client, *lines: str, name: str = "rkpd 2025.csv", plan: Plan | None = None
) -> str:
    """Upload lines; tell the address of the preview."""
    file = SimpleUploadedFile(name, ("\n".join(lines or LINES) + "\n").encode())
    names = ("plan-import", [plan.pk]) if plan else ("import-new", [])
    done = browser.post(reverse(f"programs:{names[0]}", args=names[1]), {"file": file})
    assert done.status_code == 302, done.content.decode()
    return done["Location"]


def typed(page, **changes: object) -> dict[str, object]:
    """What the forms of a preview hold as they are shown, with some of it changed."""
    told: dict[str, object] = {}
    for form in (page.context["plan_form"], page.context["form"]):
        for field in form or ():
            value = field.value()
            if value not in (None, False, ""):
                told[field.name] = value
    return {**told, **changes}


def test_a_file_goes_from_upload_to_report_and_back(browser: Client, owner: Organisation) -> None:
    address = send(browser)
    page = browser.get(address)
    text = page.content.decode()
    assert "Rehabilitasi jembatan" in text
    assert "C3" in text
    assert "Rp 12.000.000,50" in text.replace("\u00a0", " ")
    assert not Plan.objects.exists()

    other = typed(page, title="RKPD Bandung", first_year=2025, last_year=2026, kolom_E="note")
    assert browser.post(address, other)["Location"] == address
    again = browser.get(address)
    assert again.context["seen"].reading.columns["E"] == "note"
    assert again.context["plan_form"]["title"].value() == "RKPD Bandung"

    done = browser.post(address, typed(again, label="murni", **LOAD))
    version = PlanVersion.objects.get()
    report = reverse("programs:import-report", args=[version.plan_id, 1])
    assert done["Location"] == report
    assert version.plan.title == "RKPD Bandung"
    assert [one.note for one in version.lines.all()] == ["Soreang", ""]

    text = browser.get(report).content.decode()
    assert "rkpd 2025.csv" in text
    assert "13.000.000" in text
    totals = reverse("programs:import-totals", args=[version.plan_id, 1, "csv"])
    assert b"12000000.5" in b"".join(browser.get(totals))

    undo = reverse("programs:import-undo", args=[version.plan_id, 1])
    assert browser.post(undo, {"mengapa": ""}).status_code == 422
    assert browser.post(undo, {"mengapa": "salah berkas", "revision": 1}).status_code == 409
    seen = version.plan.revision
    assert f'name="revision" value="{seen}"' in text
    assert browser.post(undo, {"mengapa": "salah berkas", "revision": seen}).status_code == 302
    version.refresh_from_db()
    assert version.state == "undone"


def test_loading_twice_leads_to_the_one_version(browser: Client) -> None:
    address = send(browser)
    sent = typed(browser.get(address), **LOAD)
    browser.post(address, sent)
    assert browser.post(address, sent).status_code == 302
    assert PlanVersion.objects.count() == 1


@pytest.mark.parametrize(("language", "told"), [("id", "Pratinjau"), ("en", "Preview")])
def test_every_page_is_there_in_both_languages(browser: Client, language: str, told: str) -> None:
    with translation.override(language):
        offered = browser.get(reverse("programs:import-new"))
        page = browser.get(send(browser))
        assert told in offered.content.decode()
        assert told in page.content.decode()
        loaded = browser.post(page.wsgi_request.path, typed(page, **LOAD))
        assert browser.get(loaded["Location"]).status_code == 200


def test_a_file_that_cannot_be_read_says_why_on_its_preview(browser: Client) -> None:
    file = SimpleUploadedFile("rusak.xlsx", b"PK\x03\x04 rusak")
    address = browser.post(reverse("programs:import-new"), {"file": file})["Location"]
    page = browser.get(address)
    assert page.status_code == 200
    assert not page.context["seen"].ok
    assert page.context["groups"][0].severity == "error"


def test_no_file_is_told_at_its_field(browser: Client) -> None:
    page = browser.post(reverse("programs:import-new"), {})
    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_a_mistake_is_told_at_its_field_and_what_was_typed_is_kept(browser: Client) -> None:
    address = send(browser)
    sent = typed(browser.get(address), kolom_E="title", last_year="besok", title="RKPD X", **LOAD)
    page = browser.post(address, sent)
    assert page.status_code == 422
    assert page.context["form"].errors["kolom_E"]
    assert page.context["plan_form"].errors["last_year"]
    assert page.context["plan_form"]["title"].value() == "RKPD X"
    turned = typed(browser.get(address), first_year=2026, last_year=2025, **LOAD)
    page = browser.post(address, turned)
    assert page.status_code == 422
    assert set(page.context["plan_form"].errors) & {"first_year", "last_year"}
    assert not Plan.objects.exists()


def test_an_error_in_the_file_keeps_it_from_being_loaded(browser: Client) -> None:
    address = send(browser, LINES[0], "1.03.10.2.01.0004;Jalan;-5;PAD;")
    page = browser.get(address)
    sent = typed(page, title="RKPD", first_year=2025, last_year=2025)
    assert browser.post(address, {**sent, **LOAD}).status_code == 422
    assert not Plan.objects.exists()
    left = {**sent, "leave_unread": "on", **LOAD}
    assert browser.post(address, left).status_code == 302
    assert "-5" in PlanVersion.objects.get().lines.get().note


def test_a_further_version_keeps_what_lines_are(browser: Client) -> None:
    address = send(browser)
    browser.post(address, typed(browser.get(address), **LOAD))
    plan = Plan.objects.get()
    again = send(browser, plan=plan)
    browser.post(again, typed(browser.get(again), **LOAD))
    first, second = plan.versions.order_by("number")
    assert [one.identity for one in first.lines.all()] == [o.identity for o in second.lines.all()]
    assert second.state == "current"


def test_the_problems_of_a_file_are_handed_out(browser: Client) -> None:
    address = send(browser)
    told = b"".join(browser.get(f"{address}masalah.csv")).decode("utf-8-sig")
    assert "C3" in told


def test_a_waiting_file_is_only_there_for_its_person(browser: Client, owner: Organisation) -> None:
    address = send(browser)
    other = signed_in(Client(), person("Budi Lain", ("coordinator", owner)))
    for asked in (address, f"{address}masalah.csv"):
        assert other.get(asked).status_code == 404
        assert Client().get(asked).status_code == 404


def test_the_preview_names_the_years_of_the_plan_and_the_cells_of_others(browser: Client) -> None:
    lines = ("kode;uraian;pagu;tahun", "1;Jalan;100;2026", "2;Embung;100;2026", "3;Pasar;9;2031")
    address = send(browser, *lines, name="rkpd.csv")
    page = browser.get(address)
    assert page.context["plan_form"]["last_year"].value() == 2026
    assert [(one.year, one.cells) for one in page.context["years_outside"]] == [("2031", ["D4"])]
    text = " ".join(page.content.decode().split())
    assert "akan bertahun 2026" in text
    assert "<strong>2031</strong>: D4" in text
    browser.post(address, typed(page, last_year=2031))
    assert not browser.get(address).context["years_outside"]


@pytest.mark.parametrize("loaded", [False, True], ids=["none loaded", "one loaded"])
def test_preview_and_plan_say_where_codes_are_hardly_checked(browser: Client, loaded: bool) -> None:
    if loaded:
        Activity.objects.create(code="1.03.10.2.01.0004", name="Jalan", level="subactivity")
    page = browser.get(send(browser))
    browser.post(page.wsgi_request.path, typed(page, **LOAD))
    plan = browser.get(Plan.objects.get().get_absolute_url())
    for shown in (page, plan):
        assert ("sinergi reference nomenclature" in shown.content.decode()) is not loaded


def test_the_page_of_a_line_names_its_programme_and_activity(browser: Client) -> None:
    lines = (
        "kode;nama_program;nama_kegiatan;nama_subkegiatan;pagu",
        "1.03.10.2.01.0004;PROGRAM PENYELENGGARAAN JALAN;Jalan Kabupaten;Pembangunan Jalan;100",
    )
    address = send(browser, *lines)
    browser.post(address, typed(browser.get(address), **LOAD))
    line = PlanVersion.objects.get().lines.get()
    page = browser.get(reverse("programs:line", args=[line.version.plan_id, line.identity]))
    text = page.content.decode()
    assert "PROGRAM PENYELENGGARAAN JALAN" in text
    assert "Jalan Kabupaten" in text
