"""A plan comes in whole or not at all, once, keeps what lines are, and can be undone."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator
from sinergi.programs import errors
from sinergi.programs.actions.imports import (
    ImportRefusedError,
    Wish,
    keep_agency_totals,
    load_plan,
    preview_plan,
    undo_plan_import,
)
from sinergi.programs.actions.versions import make_current, make_version
from sinergi.programs.exports.lines import export_lines
from sinergi.programs.models import Plan, PlanVersion, RememberedMapping
from sinergi.programs.rules import PlanDetails
from tests.conftest import home_environment
from tests.programs.making import office, planner, stranger

DETAILS = PlanDetails("RKPD 2025", "rkpd", "32.04", 2025, 2025)
LINES = ("kode,uraian,pagu,sumber dana", "1.03.10.2.01.0004,Jalan,5000000,PAD",
         "1.03.10.2.01.0005,Jembatan,7000000.50,DAK Fisik")  # fmt: skip


def a_file(folder: Path, *lines: str, name: str = "rkpd.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines or LINES) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def wish(db) -> Wish:
    return Wish(organisation=office(), details=DETAILS, label="murni", key="a" * 32)


def test_a_file_becomes_the_current_version_of_a_new_plan(wish, tmp_path):
    version = load_plan(planner(wish.organisation), a_file(tmp_path), wish)
    assert (version.state, version.number, version.label) == ("current", 1, "murni")
    told = [(one.title, str(one.total), one.row) for one in version.lines.all()]
    assert told == [("Jalan", "5000000.00", 2), ("Jembatan", "7000000.50", 3)]
    paid = [str(a) for line in version.lines.all() for a in line.amounts.all()]
    assert paid == ["2025 APBD_KABKOTA 5000000.00", "2025 DAK_FISIK 7000000.50"]
    verbs = list(
        AuditRecord.objects.filter(kind="plan").order_by("sequence").values_list("verb", flat=True)
    )
    assert verbs == ["created", "version_made", "version_current", "loaded"]


def test_the_same_wish_is_done_once(wish, tmp_path):
    by, path = planner(wish.organisation), a_file(tmp_path)
    assert load_plan(by, path, wish) == load_plan(by, path, wish)
    assert PlanVersion.objects.count() == 1


def test_lines_of_the_next_version_keep_who_they_are(wish, tmp_path):
    by = planner(wish.organisation)
    first = load_plan(by, a_file(tmp_path), wish)
    more = [*LINES, "1.03.10.2.01.0005,Jembatan,1,", "1.03.10.2.01.0006,Drainase,2,"]
    moved = [more[0], more[2].replace("7000000.50", "9"), *more[3:], more[1]]
    second = load_plan(by, a_file(tmp_path, *moved), Wish(plan=first.plan_id))
    before = {one.title: one.identity for one in first.lines.all()}
    after = list(second.lines.all())
    assert [one.title for one in after] == ["Jembatan", "Jembatan", "Drainase", "Jalan"]
    assert after[0].identity == before["Jembatan"]
    assert after[3].identity == before["Jalan"]
    assert len({one.identity for one in after} - set(before.values())) == 2
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "current")


def exported(version, tmp_path, change=lambda text: text):
    """Write the CSV that is handed out of a version, changed by a person."""
    _name, content = export_lines(operator(), version, "csv")
    path = tmp_path / f"keluar-{version.number}.csv"
    path.write_text(change(content.decode("utf-8-sig")), encoding="utf-8")
    return path


def test_lines_that_were_handed_out_come_back_as_who_they_are_though_renamed(wish, tmp_path):
    by = planner(wish.organisation)
    first = load_plan(by, a_file(tmp_path), wish)
    renamed = exported(first, tmp_path, lambda text: text.replace("Jalan", "Jalan Soreang"))
    second = load_plan(by, renamed, Wish(plan=first.plan_id))
    named = [dict(one.lines.values_list("code", "identity")) for one in (first, second)]
    assert named[0] == named[1]
    assert second.lines.filter(title__contains="Soreang").exists()


def test_an_identity_of_another_plan_or_told_twice_is_a_line_of_its_own(wish, tmp_path):
    by = planner(wish.organisation)
    first = load_plan(by, a_file(tmp_path), wish)
    path = exported(first, tmp_path)
    told = set(first.lines.values_list("identity", flat=True))
    other = load_plan(by, path, Wish(organisation=wish.organisation, details=DETAILS))
    assert not told & set(other.lines.values_list("identity", flat=True))
    row = path.read_text(encoding="utf-8").splitlines()[1]
    twice = exported(first, tmp_path, lambda text: f"{text.rstrip()}\n{row}\n")
    again = load_plan(by, twice, Wish(plan=first.plan_id))
    after = list(again.lines.values_list("identity", flat=True))
    assert (len(after), len(set(after)), len(told & set(after))) == (3, 3, 2)


def test_an_undone_import_stays_readable_and_the_version_before_is_current_again(wish, tmp_path):
    by = planner(wish.organisation)
    first = load_plan(by, a_file(tmp_path), wish)
    second = load_plan(by, a_file(tmp_path), Wish(plan=first.plan_id))
    seen = Plan.objects.get(pk=first.plan_id).revision
    undone = undo_plan_import(by, second.pk, "salah berkas")
    first.refresh_from_db()
    with pytest.raises(ConflictError):  # who saw the second as the current one is told
        make_current(by, make_version(by, first.plan_id).pk, revision=seen)
    assert (undone.state, first.state, undone.lines.count()) == ("undone", "current", 2)
    with pytest.raises(errors.StateError):
        undo_plan_import(by, second.pk, "lagi")


def test_a_file_with_an_error_leaves_nothing(wish, tmp_path):
    path = a_file(tmp_path, LINES[0], "1.03.10.2.01.0004,Jalan,-5,PAD")
    with pytest.raises(ImportRefusedError):
        load_plan(planner(wish.organisation), path, wish)
    assert not Plan.objects.exists()
    assert not AuditRecord.objects.filter(kind="plan").exists()


def test_how_a_file_was_read_is_remembered_for_its_organisation(wish, tmp_path):
    by, path = planner(wish.organisation), a_file(tmp_path)
    seen = preview_plan(by, path, wish)
    own = seen.reading.with_(columns={"A": "code", "B": "title", "C": "amount:2026:"})
    load_plan(by, path, wish, own)
    again = preview_plan(by, path, wish)
    assert again.remembered
    assert again.reading.columns["C"] == "amount:2026:"
    assert RememberedMapping.objects.count() == 1
    other = Wish(organisation=office("bappeda-lain"), details=DETAILS)
    assert not preview_plan(planner(other.organisation), path, other).remembered


def test_others_cannot_load_into_a_plan(wish, tmp_path):
    path = a_file(tmp_path)
    version = load_plan(planner(wish.organisation), path, wish)
    with pytest.raises(UnseenError):
        load_plan(stranger(), path, Wish(plan=version.plan_id))
    with pytest.raises(ForbiddenError):
        load_plan(planner(wish.organisation, "viewer"), path, Wish(plan=version.plan_id))
    with pytest.raises(UnseenError):
        undo_plan_import(stranger(), version.pk, "")


def test_totals_of_agencies_are_kept_beside_what_the_lines_sum_up_to(wish, tmp_path):
    by = planner(wish.organisation)
    lines = ["kode,uraian,pagu,perangkat daerah", "1.03.10.2.01.0004,Jalan,5,Dinas PU"]
    version = load_plan(by, a_file(tmp_path, *lines), wish)
    totals = a_file(tmp_path, "nama satker,total belanja", "DINAS PU,7", "Dinas Lain,1")
    seen = preview_plan(by, totals, Wish(plan=version.plan_id))
    kept = keep_agency_totals(by, version.pk, seen).report["agencies"]["totals"]
    assert [(one["declared"], one["computed"]) for one in kept] == [(700, 500), (100, 0)]


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
from sinergi.programs.actions.imports import Wish, load_plan
from sinergi.programs.imports import store
from sinergi.programs.rules import PlanDetails
store.CHUNK = 10
def die(step, done, total):
    if step == "load" and done >= total / 4:
        os.kill(os.getpid(), signal.SIGKILL)
owner = Organisation.objects.create(code="bappeda", name="Bappeda", region_code="32.04")
details = PlanDetails("RKPD 2025", "rkpd", "32.04", 2025, 2025)
load_plan(operator(), Path(sys.argv[1]), Wish(organisation=owner, details=details), progress=die)
"""


def test_a_load_killed_in_the_middle_leaves_no_plan(own_home, tmp_path):
    rows = [f"1.03.10.2.01.0004,Jalan {n},{n},PAD" for n in range(200)]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(a_file(tmp_path, LINES[0], *rows))],
        env=home_environment(own_home),
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with sqlite3.connect(own_home / "sinergi.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table in ("plan", "planversion", "planline", "lineamount"):
            assert database.execute(f"SELECT count(*) FROM programs_{table}").fetchone() == (0,)
