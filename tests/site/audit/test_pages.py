"""The audit pages: who sees which records, search, pages, one record, export, verification."""

import csv
import io
import json
import re

import openpyxl
import pytest
from django.db import connection, transaction

from sinergi.accounts.audit import checks, guard
from sinergi.accounts.audit.chain import digest, record
from sinergi.accounts.audit.proof import head
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditCheck, AuditRecord
from sinergi.accounts.principal import operator
from sinergi.site.audit import exports
from tests.people import asks, organisation, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return organisation("kota-palangka-raya")


@pytest.fixture
def there():
    return organisation("kota-banjarmasin")


def write(by, where, name="Daftar", **more) -> AuditRecord:
    with transaction.atomic():
        return record(
            by,
            Verb.CHANGED,
            kind="priority_list",
            object_id=more.pop("object_id", 7),
            organisation=where and where.pk,
            name=name,
            **more,
        )


def text_of(answer) -> str:
    return answer.content.decode()


def test_an_organisation_sees_its_own_records_and_no_others(client, here, there):
    # given
    ani = person("Ani", ("approver", here))
    write(asks(ani), here, "Pasar induk")
    write(operator(), there, "Air bersih")
    write(operator(), None, "Instalasi")
    # when
    shown = text_of(signed_in(client, ani).get("/en/audit/"))
    # then
    assert "Pasar induk" in shown
    assert "Air bersih" not in shown
    assert "Instalasi" not in shown
    assert "Kota Banjarmasin" not in shown


def test_an_administrator_of_the_installation_sees_all(client, here, there):
    boss = person("Boss", is_administrator=True)
    for where, name in ((here, "Satu"), (there, "Dua"), (None, "Tiga")):
        write(operator(), where, name)
    shown = text_of(signed_in(client, boss).get("/audit/"))
    assert all(name in shown for name in ("Satu", "Dua", "Tiga"))


@pytest.mark.parametrize("role", ["viewer", "analyst", "coordinator"])
def test_other_roles_are_refused(client, here, role):
    signed_in(client, person("Budi", (role, here)))
    assert client.get("/audit/").status_code == 403
    assert client.post("/audit/unduh.csv").status_code == 403
    assert client.post("/audit/periksa/").status_code == 403


def test_a_visitor_is_led_to_sign_in(client):
    for path in ("/audit/", "/akun/jejak/"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/masuk/?next=")


def test_the_organisation_of_others_looks_as_if_it_were_not_there(client, here, there):
    signed_in(client, person("Ani", ("approver", here)))
    assert client.get("/audit/?organisasi=kota-palangka-raya").status_code == 200
    # a choice that is not offered looks for nothing: it is told as a mistake in the form
    write(operator(), there, "Rahasia")
    answer = client.get("/audit/?organisasi=kota-banjarmasin")
    assert "Rahasia" not in text_of(answer)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("orang=Ani", {"Satu", "Tiga"}),
        ("orang=ani@contoh.test", {"Satu", "Tiga"}),
        ("perbuatan=changed", {"Satu", "Dua", "Tiga"}),
        ("perbuatan=created", set()),
        ("jenis=priority_list&objek=9", {"Dua"}),
        ("teks=karena", {"Dua"}),
        ("teks=Tig", {"Tiga"}),
        ("permintaan=abc", {"Satu"}),
        ("sejak=2000-01-01&sampai=2000-01-02", set()),
        ("sejak=2000-01-01", {"Satu", "Dua", "Tiga"}),
    ],
)
def test_the_search_finds_by_every_field(client, here, query, found):
    # given
    ani, budi = person("Ani"), person("Budi", ("administrator", here))
    write(asks(ani, request_id="abc"), here, "Satu")
    write(operator(), here, "Dua", object_id=9, reason="karena banjir")
    write(asks(ani), here, "Tiga", before={"name": "x"}, after={"name": "y"})
    # when
    shown = text_of(signed_in(client, budi).get(f"/en/audit/?{query}"))
    # then
    rows = re.search(r"<tbody>(.*?)</tbody>", shown, re.S)
    told = rows[1] if rows else ""
    assert {name for name in ("Satu", "Dua", "Tiga") if f">{name}</div>" in told} == found


def test_a_person_is_found_by_number(client, here):
    ani, budi = person("Ani"), person("Budi", ("administrator", here))
    write(asks(ani), here, "Satu")
    shown = text_of(signed_in(client, budi).get(f"/audit/?orang={ani.pk}"))
    assert "Satu" in shown


def test_pages_go_by_number_forth_and_back(client, here, django_assert_max_num_queries):
    # given: more than two pages
    signed_in(client, person("Budi", ("administrator", here)))
    for _number in range(120):
        write(operator(), here)
    numbers = r'href="/audit/(\d+)/">\1</a></th>'
    # when
    with django_assert_max_num_queries(14):
        first = text_of(client.get("/audit/"))
    older = re.search(r"\?sebelum=(\d+)", first)[1]
    second = text_of(client.get(f"/audit/?sebelum={older}"))
    newer = re.search(r"\?sesudah=(\d+)", second)[1]
    back = text_of(client.get(f"/audit/?sesudah={newer}"))
    last = text_of(client.get("/audit/" + re.search(r'rel="next" href="([^"]+)"', second)[1]))
    # then
    assert re.findall(numbers, first) == re.findall(numbers, back)
    assert [len(re.findall(numbers, page)) for page in (first, second, last)] == [50, 50, 20]
    assert 'rel="next"' not in last


@pytest.mark.parametrize("query", ["sebelum=x", "sesudah=-1", "sebelum=" + "9" * 30])
def test_a_page_that_cannot_be_is_refused(client, here, query):
    signed_in(client, person("Budi", ("administrator", here)))
    assert client.get(f"/audit/?{query}").status_code == 400


def test_a_record_tells_what_changed_and_its_place_in_the_chain(client, here):
    boss = person("Budi", ("approver", here))
    write(operator(), here)
    row = write(
        operator(),
        here,
        "Pasar <b>",
        before={"visibility": "private", "name": "a"},
        after={"visibility": "public", "name": "b"},
        reason="Diminta DPRD",
    )
    shown = text_of(signed_in(client, boss).get(f"/en/audit/{row.pk}/"))
    assert row.hash in shown
    assert row.previous in shown
    assert "everybody" in shown
    assert "who may read it" in shown
    assert "Diminta DPRD" in shown
    assert "Pasar &lt;b&gt;" in shown
    assert "<b>" not in shown


def test_a_record_of_others_looks_as_if_it_were_not_there_but_an_own_deed_is_shown(
    client, here, there
):
    ani = person("Ani", ("analyst", here))
    foreign, own = write(operator(), there), write(asks(ani), there)
    signed_in(client, ani)
    assert client.get(f"/audit/{foreign.pk}/").status_code == 404
    assert client.get("/audit/999999/").status_code == 404
    assert client.get(f"/audit/{own.pk}/").status_code == 200


def test_a_person_sees_own_deeds_wherever_they_were_done(client, here, there):
    ani = person("Ani", ("viewer", here))
    write(asks(ani), there, "Milik saya")
    write(operator(), here, "Bukan saya")
    shown = text_of(signed_in(client, ani).get("/akun/jejak/"))
    assert "Milik saya" in shown
    assert "Bukan saya" not in shown


def content(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_an_export_holds_what_was_found_runs_no_formula_and_is_recorded(client, here, there, form):
    # given
    budi = person("Budi", ("approver", here))
    row = write(operator(), here, "=HYPERLINK(1)", reason="+1")
    write(operator(), there, "Rahasia")
    signed_in(client, budi)
    # when
    answer = client.post(f"/audit/unduh.{form}", {"teks": "HYPERLINK", "orang": ""})
    body = content(answer)
    # then
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if form == "json":
        found = json.loads(body)
        assert [one["name"] for one in found] == ["=HYPERLINK(1)"]
        assert found[0]["hash"] == row.hash
    elif form == "csv":
        found = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
        assert [(one["name"], one["reason"]) for one in found] == [("'=HYPERLINK(1)", "'+1")]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(body)).active
        cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
        assert cells[0] == list(exports.NAMES)
        assert cells[1][exports.NAMES.index("name")] == "'=HYPERLINK(1)"
        assert len(cells) == 2
    last = AuditRecord.objects.get(sequence=head()[0])
    assert (last.verb, last.kind, last.organisation, last.actor) == (
        "exported",
        "audit",
        here.pk,
        budi.pk,
    )
    assert json.loads(last.after) == {"format": form, "records": 1, "text": "…"}


def test_an_exported_record_can_be_verified_by_a_program(client, here):
    boss = person("Boss", is_administrator=True)
    write(operator(), here, before={"a": 1.5, "b": [1, None]}, after={"c": "é"})
    body = content(signed_in(client, boss).post("/audit/unduh.json"))
    for one in json.loads(body):
        at = one["at"].replace("+00:00", "Z")
        texts = [
            json.dumps(one[key], separators=(",", ":"), ensure_ascii=False, sort_keys=True)
            for key in ("before", "after")
        ]
        values = [
            one["sequence"],
            at,
            one["channel"],
            one["request_id"],
            one["actor"],
            AuditRecord.objects.get(pk=one["sequence"]).organisation,
            one["verb"],
            one["kind"],
            one["object_id"],
            one["part"],
            one["name"],
            *texts,
            one["reason"],
            one["previous"],
        ]
        assert digest(values) == one["hash"]


def test_reading_is_no_way_to_export(client, here):
    signed_in(client, person("Budi", ("approver", here)))
    assert client.get("/audit/unduh.csv").status_code == 405
    assert client.post("/audit/unduh.pdf").status_code == 404


def test_an_empty_export_is_a_file_too(client):
    signed_in(client, person("Boss", is_administrator=True))
    answer = client.post("/audit/unduh.json", {"teks": "tidak ada"})
    assert json.loads(content(answer)) == []


def test_more_records_than_a_sheet_holds_are_refused_as_xlsx(client, here, monkeypatch):
    signed_in(client, person("Budi", ("approver", here)))
    write(operator(), here)
    monkeypatch.setattr(exports, "SHEET_ROWS", 1)
    assert client.post("/audit/unduh.xlsx").status_code == 400


def test_verifying_a_short_trail_tells_at_once(client, here):
    signed_in(client, person("Budi", ("approver", here)))
    row = write(operator(), here)
    answer = client.post("/en/audit/periksa/", {"expected": row.hash}, follow=True)
    shown = text_of(answer)
    assert "The trail is whole." in shown
    assert f"{row.pk}:{row.hash}" in shown
    assert "http-equiv" not in shown


def test_verifying_tells_where_the_trail_breaks_and_that_the_guard_is_off(client, here):
    signed_in(client, person("Budi", ("approver", here)))
    for _number in range(3):
        write(operator(), here)
    for statement in guard.removing(connection.vendor):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    AuditRecord.objects.filter(sequence=2).update(reason="diam-diam")
    shown = text_of(client.post("/en/audit/periksa/", follow=True))
    assert "The trail is broken." in shown
    assert "Record 2 was changed" in shown
    assert "The guard of the database" in shown
    assert "broken" in text_of(client.get("/en/audit/"))


def test_a_long_trail_is_verified_in_the_background(
    client, here, monkeypatch, settings, django_capture_on_commit_callbacks
):
    # given: a queue in the database and a trail that is too long to wait for
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(checks, "AT_ONCE", 0)
    signed_in(client, person("Budi", ("approver", here)))
    write(operator(), here)
    # when
    shown = text_of(client.post("/en/audit/periksa/", follow=True))
    again = client.post("/en/audit/periksa/")
    # then: it waits, tells that nobody works, and asking again gives the same check
    check = AuditCheck.objects.get()
    assert "This page renews itself" in shown
    assert "No worker is running" in shown
    assert again["Location"] == f"/en/audit/periksa/{check.pk}/"
    # when: a worker does it, twice
    checks.finish_check(check.pk)
    finished = AuditCheck.objects.get().finished_at
    checks.finish_check(check.pk)
    # then
    assert AuditCheck.objects.get().finished_at == finished
    assert "The trail is whole." in text_of(client.get(f"/en/audit/periksa/{check.pk}/"))


def test_what_is_no_hash_is_told_beside_the_field(client, here):
    signed_in(client, person("Budi", ("approver", here)))
    for text in ("abc", "x" * 5000):
        answer = client.post("/en/audit/periksa/", {"expected": text})
        assert answer.status_code == 422
        assert "Write the hash of a record" in text_of(answer)
    assert client.get("/audit/periksa/99/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"sejak": "kemarin"},
        {"sampai": "2026-13-01"},
        {"perbuatan": "meretas"},
        {"organisasi": "tidak-ada"},
        {"teks": "x" * 161},
    ],
)
def test_a_search_that_makes_no_sense_is_told_and_exports_nothing(client, here, wrong):
    # given
    ani = person("Ani", ("approver", here))
    write(asks(ani), here, "Pasar induk")
    signed_in(client, ani)
    before = head()
    for form in ("csv", "xlsx", "json"):
        # when
        answer = client.post(f"/en/audit/unduh.{form}", wrong)
        # then
        assert answer.status_code == 422
        assert answer["Content-Type"].startswith("text/html")
        assert set(answer.context["form"].errors) == set(wrong)
    assert head() == before
    assert client.get("/en/audit/", wrong).status_code == 422


def test_an_export_that_was_refused_keeps_what_was_written(client, here):
    signed_in(client, person("Ani", ("approver", here)))
    answer = client.post("/en/audit/unduh.csv", {"sejak": "kemarin", "teks": "pasar"})
    assert 'value="kemarin"' in text_of(answer)
    assert 'value="pasar"' in text_of(answer)
