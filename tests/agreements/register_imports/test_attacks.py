"""Attacks on registers that are brought in: drafts, changed files, undoing after the night."""

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.actions import changes
from sinergi.agreements.actions.register_imports import changed_since
from sinergi.agreements.models import Agreement
from tests.agreements.register_imports.making_registers import (
    WASTE,
    WATER,
    kota,
    numbered,
    workbook,
)
from tests.agreements.register_imports.test_pages import loaded, send
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
CONTENTS = {"empty": b"", "broken": b"PK\x03\x04rusak", "zeros": b"\x00" * 400, "pdf": b"%PDF-1.7"}


@pytest.fixture(autouse=True)
def waiting_files(settings, tmp_path: Path) -> None:
    settings.SINERGI_HOME = tmp_path


@pytest.fixture
def owner() -> Organisation:
    return kota()


@pytest.fixture
def browser(client: Client, owner: Organisation) -> Client:
    return signed_in(client, person("Ani Kerja Sama", ("coordinator", owner)))


def test_a_row_tells_up_to_which_stage_its_past_is_taken_as_done(browser, tmp_path):
    memorandum = ("MoU", "Kesepakatan air baku", "119/3/KB/2024", *WASTE[3:])
    draft = ("PKS", "Rencana bersama", "", WASTE[3], "", "", "", *WASTE[7:])
    loaded(browser, tmp_path, WASTE, memorandum, draft)
    told = {one.title: (one.stage, one.origin_told["stage"]) for one in Agreement.objects.all()}
    assert told[WASTE[1]] == ("implementation", "implementation")
    assert told["Kesepakatan air baku"] == ("drafting_agreement", "approval")
    assert told["Rencana bersama"] == ("preparation", "")


def test_a_changed_file_tells_what_is_kept_and_what_it_says(browser, tmp_path):
    loaded(browser, tmp_path)
    changed = (*WASTE[:5], "4 tahun", *WASTE[6:])
    address = send(browser, tmp_path, changed, WATER)
    page = browser.get(address)
    (one, values), *more = page.context["changed_drafts"]
    assert (one["row"], more) == (2, [])
    assert [(here, there) for _name, here, there in values] == [
        ("12 Agustus 2028", "12 Agustus 2027")
    ]
    assert "12 Agustus 2028 → 12 Agustus 2027" in page.content.decode()
    assert str(Agreement.objects.get(number="119/12/PKS/2023").ends) == "2028-08-12"


def test_what_the_night_proposed_keeps_no_register_from_being_undone(browser, tmp_path):
    register = loaded(browser, tmp_path)
    row = Agreement.objects.get(number="119/12/PKS/2023")
    Agreement.objects.filter(pk=row.pk).update(ends=date(2024, 1, 1), updated=row.updated)
    assert changes.propose_ending(operator(Channel.WORKER), row.pk) is not None
    assert changed_since(register) == []
    undo = reverse("agreements:register-import-undo", args=[register.pk])
    assert browser.post(undo, {"mengapa": "ulang", "revision": "1"}).status_code == 302
    assert not Agreement.objects.filter(deleted_at=None).exists()


def merged(path: Path) -> bytes:
    """A register with a title in merged cells, a hidden sheet, a comment and a day that is none."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.insert_rows(1)
    sheet["A1"] = "REKAP KERJA SAMA"
    sheet.merge_cells("A1:J1")
    hidden = book.create_sheet("Rahasia")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "kata sandi"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_cells_hidden_sheets_and_days_that_are_none_are_told(browser, tmp_path):
    none = ("PKS", "Hari yang tidak ada", "1/PKS/2020", WASTE[3], "31 Pebruari 2020", *WASTE[5:])
    path = workbook(tmp_path, numbered(WASTE, none))
    file = SimpleUploadedFile("rekap.xlsx", merged(path))
    address = browser.post(reverse("agreements:register-import-new"), {"file": file})["Location"]
    seen = browser.get(address).context["seen"]
    assert [one.title for one in seen.drafts] == [WASTE[1], "Hari yang tidak ada"]
    assert seen.drafts[1].days.signed is None
    assert "no_such_day" in {one.code for one in seen.drafts[1].doubts}


@pytest.mark.parametrize("name", ["register.xlsx", "register.csv", "register.ods", "register.xls"])
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_file_that_is_none_is_told_and_no_fault(browser, name, content):
    file = SimpleUploadedFile(name, content)
    done = browser.post(reverse("agreements:register-import-new"), {"file": file})
    if done.status_code == 302:
        page = browser.get(done["Location"])
        assert page.status_code == 200
        assert not page.context["seen"].ok
        return
    assert done.status_code == 422
