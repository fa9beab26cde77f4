"""What a load loses when its process is killed or the disk is full: nothing, on both databases."""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sinergi.accounts.models import AuditRecord
from sinergi.evidence.models import ImportBatch, Observation, Source
from tests.databases import Installation, installation, opened, until

PREPARE = """
from sinergi.reference.actions import load_reference
load_reference()
from sinergi.evidence import shipped
shipped.store_indicators(shipped.store_sources())
"""
UPLOAD = """
import sys
from pathlib import Path
from django.core.files.uploadedfile import SimpleUploadedFile
from sinergi.accounts.models import Assignment, Organisation, Person, Role
from sinergi.evidence import uploads
from sinergi.evidence.tasks import load_upload
whose = Organisation.objects.create(code="kota-palangka-raya", name="Kota", kind="third_party")
ani = Person.objects.create_user("ani@contoh.test", "sungai-kahayan-71", name="Ani")
Assignment.objects.create(person=ani, organisation=whose, role=Role.ANALYST)
file = SimpleUploadedFile("angka.csv", Path(sys.argv[1]).read_bytes())
kept = uploads.keep(file, ani.pk, whose.pk)
for _ in range(int(sys.argv[2])):
    load_upload.enqueue(kept.token, False, "")
print(kept.token)
"""
DIE = """
import os, signal, sys
from pathlib import Path
from sinergi.accounts.principal import operator
from sinergi.evidence import store
from sinergi.evidence.actions import load_import
store.CHUNK = 1000
def die_in_the_middle(step, done, total):
    if step == "load" and done >= total / 2:
        os.kill(os.getpid(), signal.SIGKILL)
load_import(operator(), Path(sys.argv[1]), key="one-wish", progress=die_in_the_middle)
"""
AGAIN = """
import sys
from pathlib import Path
from sinergi.accounts.principal import operator
from sinergi.evidence.actions import load_import
for _ in range(2):
    batch = load_import(operator(), Path(sys.argv[1]), key="one-wish")
print(batch.rows)
"""
SLOW_WORKER = """
from sinergi.cli.workspace import open_workspace
open_workspace()
from sinergi.evidence import store, uploads
store.CHUNK, uploads.PROGRESS_SECONDS = 200, 0
from sinergi.cli.app import app
app(["worker"])
"""
"""A worker that stores in small parts and tells of each, so that it is met in the middle."""
NOTHING = (0, 0, 0, 0)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path, django_db_blocker) -> Iterator[Installation]:
    with installation(request.param, tmp_path, PREPARE) as made, django_db_blocker.unblock():
        yield made


def state(place: Installation) -> tuple[int, int, int, int]:
    """How many loads, values that count, sources of loads and records of loads there are."""
    with opened(place):
        return (
            ImportBatch.objects.count(),
            Observation.objects.filter(active=True).count(),
            Source.objects.filter(code__startswith="impor-").count(),
            AuditRecord.objects.filter(verb="loaded").count(),
        )


def written(path: Path, years: range) -> int:
    """Write a file that takes a while to store; return the number of its values."""
    cities = [f"63.{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 71, 72)]
    rows = [
        f"{city},{indicator},{year}-{month:02d},{20 + month / 10}"
        for city in cities
        for indicator in ("poverty", "stunting", "unemployment")
        for year in years
        for month in range(1, 13)
    ]
    path.write_text("\n".join(["kode,indikator,tahun,nilai", *rows]) + "\n")
    return len(rows)


@pytest.fixture
def figures(tmp_path: Path) -> tuple[Path, int]:
    path = tmp_path / "angka.csv"
    return path, written(path, range(1990, 2025))


def storing(place: Installation, token: str) -> bool:
    """Whether the load is in the middle of storing values."""
    try:
        text = (place.home / "uploads" / token / "progress.json").read_text()
        step, done, total = json.loads(text)
    except (OSError, ValueError):
        return False
    return step == "load" and done < total


def test_a_worker_killed_while_it_stores_loads_nothing_and_the_next_one_loads_once(place, figures):
    # given: a file that waits, its task delivered twice, and a worker in the middle of storing it
    path, rows = figures
    token = place.python(UPLOAD, str(path), "2")
    first = place.start(sys.executable, "-c", SLOW_WORKER)
    until(lambda: storing(place, token))
    # when: it is killed
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=240)
    # then: all is as before, and the file still waits
    assert state(place) == NOTHING
    assert (place.home / "uploads" / token / "state.json").exists()
    # when: another worker takes both tasks
    second = place.sinergi("worker", "--once")
    output, _none = second.communicate(timeout=300)
    # then: it is loaded exactly once
    assert second.returncode == 0, output
    assert state(place) == (1, rows, 1, 1), output
    assert not (place.home / "uploads" / token).exists()


def test_a_process_killed_while_it_stores_loads_nothing_and_its_wish_is_done_once(place, figures):
    path, rows = figures
    killed = place.start(sys.executable, "-c", "import django; django.setup()\n" + DIE, str(path))
    killed.communicate(timeout=300)
    assert killed.returncode == -signal.SIGKILL
    assert state(place) == NOTHING
    assert place.python(AGAIN, str(path)) == str(rows)
    assert state(place) == (1, rows, 1, 1)


def test_a_full_disk_is_told_and_leaves_nothing_half_loaded(tmp_path, figures, django_db_blocker):
    # given: a home whose files may grow by a few hundred kilobytes only; the limit holds for root as well
    path = tmp_path / "angka.csv"
    rows = written(path, range(1950, 2090))
    with installation("sqlite", tmp_path, PREPARE) as place, django_db_blocker.unblock():
        grown = max(one.stat().st_size for one in place.home.iterdir() if one.is_file())

        def limited() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (grown + 300_000, grown + 300_000))

        # when
        done = subprocess.run(
            [sys.executable, "-m", "sinergi.cli", "--language", "en", "import", str(path)],
            env={**place.environment, "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=place.home,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=limited,
        )
        # then: one clear line, no traceback, and the database whole and as before
        assert done.returncode == 2, (done.stdout, done.stderr)
        assert "disk" in done.stderr
        assert "Traceback" not in done.stderr
        assert state(place) == NOTHING
        # when: there is room again
        assert place.python(AGAIN, str(path)) == str(rows)
        assert state(place) == (1, rows, 1, 1)
