"""Reports in Word and Excel: what they tell, that nothing is told as nothing, and who may have them."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Change, Evaluation
from sinergi.agreements.reports.figures import report
from sinergi.agreements.reports.periods import Period, read_period, recent
from sinergi.agreements.reports.writing import excel, word
from tests.agreements.making import an_agreement, bureau, officer, public, stranger
from tests.agreements.making_changes import TODAY, carried_out, due, owes
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db
YEAR = Period(TODAY.year)


def text_of(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_periods_are_years_and_halves() -> None:
    assert read_period("2026-1") == Period(2026, "1")
    assert (Period(2026, "2").first, Period(2026).last) == (date(2026, 7, 1), date(2026, 12, 31))
    for wrong in ("", "26", "2026-3", "9999", "2026-", "x" * 5000, "٢٠٢٦", "2026-1-1"):
        assert read_period(wrong) is None
    assert [str(one) for one in recent(date(2026, 3, 1), 2)] == [
        "2026", "2026-1", "2025", "2025-2", "2025-1",
    ]  # fmt: skip


def test_a_report_tells_what_was_kept_late_paid_changed_and_judged() -> None:
    agreement = carried_out(title="TPA <Banjarbakula> & lainnya", ends=TODAY + timedelta(days=20))
    fee = owes(agreement)
    due(fee, TODAY, 6_524_375_000, state="fulfilled", done_on=TODAY, done_amount=6_524_375_000)
    due(fee, TODAY - timedelta(days=1), 100)
    Change.objects.create(
        agreement=agreement, kind="addendum", title="Adendum pertama", on=TODAY, effective=TODAY
    )
    Evaluation.objects.create(
        agreement=agreement, first=TODAY, last=TODAY, on=TODAY, verdict="continue", reason="Perlu"
    )
    told = report("Biro", [agreement.pk], YEAR, TODAY, officer(agreement.organisation))
    register, kept, money, changes, evaluations, ending = (one.rows for one in told.sections)
    assert register[0][1] == agreement.title
    assert kept[0][2:5] == (1, 0, 1)
    assert money[0][1:3] == (6_524_375_100, 6_524_375_000)
    assert changes[0][2] == "Adendum pertama"
    assert evaluations[0][2:4] == ("0/11", None)
    assert ending[0][0] == agreement.title
    text = text_of(word(told))
    assert "TPA <Banjarbakula> & lainnya" in text
    assert "6.524.375.100" in text
    book = CalamineWorkbook.from_filelike(BytesIO(excel(told)))
    assert len(book.sheet_names) == 7


def test_what_a_party_judged_alone_is_told_to_nobody_outside() -> None:
    agreement = carried_out()
    days = {"first": TODAY, "last": TODAY, "on": TODAY, "verdict": "continue"}
    own = Evaluation.objects.create(
        agreement=agreement, party=agreement.parties.earliest("pk"), reason="Kata pihak", **days
    )
    Evaluation.objects.create(agreement=agreement, reason="Kata bersama", **days)

    def reasons(by: Principal) -> set[str]:
        judged = report("Biro", [agreement.pk], YEAR, TODAY, by).sections[4]
        return {str(row[5]) for row in judged.rows}

    assert reasons(officer(agreement.organisation)) == {own.reason, "Kata bersama"}
    assert reasons(stranger()) == {"Kata bersama"}


def test_what_is_empty_says_none() -> None:
    told = report("Biro kosong", [], YEAR, TODAY, stranger())
    assert text_of(word(told)).count("Tidak ada.") == 6
    book = CalamineWorkbook.from_filelike(BytesIO(excel(told)))
    assert book.get_sheet_by_index(1).to_python()[1][0] == "Tidak ada."


def at(name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=args)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_reports_hold_what_the_reader_may_see(client: Client, kind: str) -> None:
    one = an_agreement(title="Milik sendiri")
    an_agreement(organisation("kota-lain"), title="Milik orang lain")
    browser = signed_in(client, person("Ani", ("viewer", bureau())))
    assert browser.get(at("reports")).status_code == 200
    query = {"organisasi": bureau().code, "masa": "2026-1"}
    answer = browser.get(at("report-file", kind), query)
    assert answer.status_code == 200
    if kind == "docx":
        assert "Milik sendiri" in text_of(answer.content)
        assert "orang lain" not in text_of(answer.content)
    assert browser.get(at("report-file", kind), {"organisasi": "kota-lain"}).status_code == 404
    assert browser.get(at("agreement-report", one.pk, kind)).status_code == 200
    assert Client().get(at("agreement-report", one.pk, kind)).status_code == 404
    assert Client().get(at("report-file", kind), query).status_code == 404


def test_visitors_have_reports_of_what_is_public() -> None:
    public(an_agreement(title="Terbuka"))
    an_agreement(title="Tertutup")
    answer = Client().get(at("report-file", "docx"), {"organisasi": bureau().code, "masa": "\x00"})
    assert "Terbuka" in text_of(answer.content)
    assert "Tertutup" not in text_of(answer.content)
