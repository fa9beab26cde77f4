"""An official brings a register in through the pages: upload, preview, corrections, load, undo."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sinergi.accounts.models import AuditRecord, Organisation
from sinergi.agreements.models import Agreement, RegisterImport, RegisterState
from tests.agreements.register_imports.making_registers import (
    WASTE,
    WATER,
    kota,
    numbered,
    workbook,
)
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
LOAD = {"load": "1"}


@pytest.fixture(autouse=True)
def waiting_files(settings, tmp_path: Path) -> None:
    settings.SINERGI_HOME = tmp_path


@pytest.fixture
def owner() -> Organisation:
    return kota()


@pytest.fixture
def browser(client: Client, owner: Organisation) -> Client:
    return signed_in(client, person("Ani Kerja Sama", ("coordinator", owner)))


def send(browser: Client, folder: Path, *rows, name: str = "register 2024.xlsx") -> str:
    """Upload rows; tell the address of the preview."""
    # A workbook of the next second has another fingerprint.
    there = folder / f"sent-{abs(hash(rows))}"
    if not there.exists():
        there.write_bytes(workbook(folder, numbered(*(rows or (WASTE, WATER)))).read_bytes())
    file = SimpleUploadedFile(name, there.read_bytes())
    done = browser.post(reverse("agreements:register-import-new"), {"file": file})
    assert done.status_code == 302, done.content.decode()
    return done["Location"]


def typed(page, **changes: object) -> dict[str, object]:
    """What the form of a preview holds as it is shown, with some of it changed."""
    told = {
        field.html_name: field.value()
        for field in page.context["form"]
        if field.value() not in (None, False, "", [])
    }
    return {**told, **changes}


def loaded(browser: Client, folder: Path, *rows, **changes: object) -> RegisterImport:
    address = send(browser, folder, *rows)
    done = browser.post(address, typed(browser.get(address), **LOAD, **changes))
    assert done.status_code == 302, done.content.decode()
    return RegisterImport.objects.latest("pk")


def test_a_register_goes_from_upload_to_agreements_and_back(browser, tmp_path, owner):
    address = send(browser, tmp_path)
    page = browser.get(address)
    text = page.content.decode()
    assert "Pengelolaan sampah" in text
    assert "Rekap!F3" in text, "the cell of the month without a day"
    assert not Agreement.objects.exists()

    done = browser.post(address, typed(page, title="Register Banjarbaru", **LOAD))
    register = RegisterImport.objects.get()
    assert done["Location"] == register.get_absolute_url()
    waste, water = Agreement.objects.order_by("pk")
    assert (str(waste.begins), str(waste.ends), waste.stage) == (
        "2023-08-12",
        "2028-08-12",
        "implementation",
    )
    assert [one.name for one in waste.parties.all()] == [
        "Pemerintah Kota Banjarbaru",
        "Pemerintah Kabupaten Banjar",
    ]
    assert waste.parties.first().organisation == owner
    assert waste.parties.first().agency == "DLH"
    assert (water.begins, water.family) == (None, "KSDPK")
    assert waste.documents.get().number == "119/12/PKS/2023"

    result = browser.get(register.get_absolute_url()).content.decode()
    assert "Register Banjarbaru" in result
    assert "Rekap!F3" in result
    undo = reverse("agreements:register-import-undo", args=[register.pk])
    assert browser.post(undo, {"mengapa": "berkas lama", "revision": "1"}).status_code == 302
    register.refresh_from_db()
    assert register.state == RegisterState.UNDONE
    assert not Agreement.objects.filter(deleted_at=None).exists()
    assert AuditRecord.objects.filter(kind="register_import", verb="undone").get().reason


def test_a_form_that_is_sent_twice_loads_once(browser, tmp_path):
    address = send(browser, tmp_path)
    form = typed(browser.get(address), **LOAD)
    first, second = browser.post(address, form), browser.post(address, form)
    assert first["Location"] == second["Location"]
    assert RegisterImport.objects.count() == 1
    assert Agreement.objects.count() == 2


def test_the_same_file_is_refused_until_it_was_undone(browser, tmp_path):
    register = loaded(browser, tmp_path)
    address = send(browser, tmp_path)
    page = browser.get(address)
    assert not page.context["seen"].ok
    assert browser.post(address, typed(page, **LOAD)).status_code == 422
    undo = reverse("agreements:register-import-undo", args=[register.pk])
    browser.post(undo, {"mengapa": "ulang", "revision": "1"})
    assert browser.get(address).context["seen"].ok


def test_a_changed_file_says_what_is_new_changed_and_the_same(browser, tmp_path):
    loaded(browser, tmp_path)
    changed = (*WASTE[:5], "4 tahun", *WASTE[6:])
    new = ("PKS", "Pelatihan kerja", "119/9/PKS/2025", *WASTE[3:])
    register = loaded(browser, tmp_path, changed, WATER, new)
    report = register.report
    assert (report["new"], report["same"], len(report["changed"])) == (1, 1, 1)
    assert report["changed"][0]["fields"] == ["ends"]
    assert Agreement.objects.count() == 3
    assert str(Agreement.objects.get(number="119/12/PKS/2023").ends) == "2028-08-12"
    assert "Pengelolaan sampah" in browser.get(register.get_absolute_url()).content.decode()


def test_an_import_is_not_undone_over_later_work(browser, tmp_path):
    register = loaded(browser, tmp_path)
    agreement = Agreement.objects.first()
    agreement.note = "dilengkapi"
    agreement.save()
    undo = reverse("agreements:register-import-undo", args=[register.pk])
    answer = browser.post(undo, {"mengapa": "ulang", "revision": "1"})
    assert answer.status_code == 409
    assert agreement.title in answer.content.decode()
    assert Agreement.objects.filter(deleted_at=None).count() == 2


def test_a_register_that_a_later_one_stands_on_is_undone_after_it(browser, tmp_path):
    first = loaded(browser, tmp_path)
    loaded(browser, tmp_path, WASTE, WATER, ("PKS", "Pelatihan", "1/PKS/2025", *WASTE[3:]))
    undo = reverse("agreements:register-import-undo", args=[first.pk])
    assert browser.post(undo, {"mengapa": "ulang", "revision": "1"}).status_code == 409


def test_corrections_of_doubtful_cells_come_back_in_a_table(browser, tmp_path):
    address = send(browser, tmp_path)
    table = browser.get(f"{address}ragu.xlsx")
    book = openpyxl.load_workbook(BytesIO(table.content))
    sheet = book.active
    row = next(one for one in sheet.iter_rows(min_row=2) if one[2].value == "F")
    row[8].value = "5 Maret 2024"
    told = BytesIO()
    book.save(told)
    file = SimpleUploadedFile("koreksi.xlsx", told.getvalue())
    assert browser.post(f"{address}koreksi/", {"file": file}).status_code == 302
    page = browser.get(address)
    draft = page.context["seen"].drafts[1]
    assert str(draft.days.signed) == "2024-03-05"
    assert str(draft.days.ends) == "2027-03-05"
    browser.post(address, typed(page, **LOAD))
    kept = RegisterImport.objects.get().entries.get(row=3)
    assert kept.written["Tanggal Penandatanganan"] == "Maret 2024", "the row is kept as written"


@pytest.mark.parametrize(
    "content", [b"", b"Sheet,Row\n", b"%PDF-1.7"], ids=["empty", "short", "pdf"]
)
def test_a_table_without_corrections_changes_nothing(browser, tmp_path, content):
    address = send(browser, tmp_path)
    file = SimpleUploadedFile("koreksi.csv", content)
    assert browser.post(f"{address}koreksi/", {"file": file}).status_code == 302
    assert len(browser.get(address).context["seen"].drafts) == 2


def test_what_a_person_changes_about_the_reading_is_kept_and_remembered(browser, tmp_path):
    address = send(browser, tmp_path)
    page = browser.get(address)
    browser.post(address, typed(page, month_as_day="on", kolom_J=""))
    again = browser.get(address)
    assert str(again.context["seen"].drafts[1].days.signed) == "2024-03-01"
    browser.post(address, typed(again, **LOAD))
    later = browser.get(send(browser, tmp_path, WASTE)).context["seen"]
    assert later.remembered
    assert later.reading.month_as_day
    assert "J" not in later.reading.columns


def test_two_columns_are_not_read_as_one_title(browser, tmp_path):
    address = send(browser, tmp_path)
    answer = browser.post(address, typed(browser.get(address), kolom_H="title"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["kolom_H"]


def test_doubts_are_shown_a_page_at_a_time_and_by_kind(browser, tmp_path):
    rows = [
        ("PKS", f"Hal {n}", f"{n}/PKS/2024", WASTE[3], "Mei 2024", *WASTE[5:]) for n in range(60)
    ]
    address = send(browser, tmp_path, *rows)
    page = browser.get(address, {"ragu": "month_only", "halaman": "2"})
    assert len(page.context["doubts"]) == 10
    assert {one.doubt.code for one in page.context["doubts"]} == {"month_only"}
    assert browser.get(address, {"ragu": "tidak-ada", "halaman": "x"}).status_code == 200


def test_pages_read_in_both_languages(browser, tmp_path):
    register = loaded(browser, tmp_path)
    for address in (register.get_absolute_url(), reverse("agreements:register-imports")):
        indonesian = browser.get(address, headers={"accept-language": "id"}).content.decode()
        english = browser.get(address, headers={"accept-language": "en"}).content.decode()
        assert "Agreement" not in indonesian.split("<h1", 1)[1].split("</table", 1)[0]
        assert indonesian != english


@pytest.mark.parametrize("what", ["ragu.csv", "ragu.xlsx", "kerja-sama.csv", "kerja-sama.xlsx"])
def test_tables_of_a_register_are_handed_out(browser, tmp_path, what):
    register = loaded(browser, tmp_path)
    answer = browser.get(f"{register.get_absolute_url()}{what}")
    assert answer.status_code == 200
    assert b"".join(answer) if answer.streaming else answer.content


def test_a_cell_that_a_spreadsheet_would_run_goes_out_as_text(browser, tmp_path):
    rows = [("PKS", "=HYPERLINK(1)", "1/PKS/2024", "=1+1", "Mei 2024", *WASTE[5:])]
    address = send(browser, tmp_path, *rows)
    lines = b"".join(browser.get(f"{address}ragu.csv")).decode()
    assert "'=1+1" in lines


class TestWhoMay:
    """Rights: a file that waits is its person's, a register its organisation's."""

    def test_nobody_else_sees_a_file_that_waits(self, browser, tmp_path, owner):
        address = send(browser, tmp_path)
        other = signed_in(Client(), person("Budi", ("coordinator", owner)))
        for path in (address, f"{address}ragu.csv"):
            assert other.get(path).status_code == 404
        assert other.post(f"{address}koreksi/").status_code == 404
        assert Client().get(address).status_code == 404

    def test_another_organisation_sees_no_register(self, browser, tmp_path):
        register = loaded(browser, tmp_path)
        far = signed_in(Client(), person("Cici", ("coordinator", organisation("kota-jauh"))))
        address = register.get_absolute_url()
        assert far.get(address).status_code == 404
        assert far.get(f"{address}ragu.csv").status_code == 404
        assert far.post(f"{address}batalkan/", {"mengapa": "x"}).status_code == 404
        page = far.get(reverse("agreements:register-imports"))
        assert "register 2024" not in page.content.decode()

    def test_a_reader_neither_loads_nor_undoes(self, browser, tmp_path, owner):
        register = loaded(browser, tmp_path)
        reader = signed_in(Client(), person("Dodi", ("viewer", owner)))
        assert reader.get(register.get_absolute_url()).status_code == 200
        address = f"{register.get_absolute_url()}batalkan/"
        assert reader.post(address, {"mengapa": "x"}).status_code == 403
        new = reverse("agreements:register-import-new")
        assert reader.get(new).status_code == 200
        file = SimpleUploadedFile("a.csv", b"Nomor;Tentang\n1/2;X\n")
        assert reader.post(new, {"file": file}).status_code == 403

    @pytest.mark.parametrize("address", ["kerja-sama/impor/999999999/", "kerja-sama/impor/0/"])
    def test_what_is_not_there_is_not_found(self, browser, address):
        assert browser.get(f"/{address}").status_code == 404


def test_a_file_over_the_limit_is_refused_in_words(browser, tmp_path, settings):
    settings.SINERGI_IMPORT_MAX_BYTES = 10
    path = workbook(tmp_path, numbered(WASTE))
    file = SimpleUploadedFile("register.xlsx", path.read_bytes())
    answer = browser.post(reverse("agreements:register-import-new"), {"file": file})
    assert answer.status_code in (413, 422)


def test_an_address_of_a_changed_reading_survives_bad_values(browser, tmp_path):
    address = send(browser, tmp_path)
    page = browser.get(address)
    for bad in (
        {"header_row": "9" * 5000},
        {"family": "X\x00"},
        {"as_above": "ZZZ"},
        {"title": ""},
    ):
        assert browser.post(address, typed(page, **bad)).status_code == 422
