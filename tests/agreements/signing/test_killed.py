"""A process that is killed while a signature is recorded: nothing half, nothing lost, again succeeds."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import home_environment

ROOT = Path(__file__).parents[3]
BEFORE = """
import django, os, signal, sys
django.setup()
from tests.agreements.signing.test_signatures import Case
from tests.agreements.signing.pki import pdf
from sinergi.agreements.actions import signatures
case = Case()
case.signatory(case.first)
print(case.agreement.pk, case.document.pk, case.first.pk, case.by.person_id, flush=True)
def killed(*_args, **_options):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(signatures, sys.argv[1], killed)
case.sign(case.first, content=pdf())
"""
AFTER = """
import django, json, sys
django.setup()
from django.utils import timezone
from sinergi.accounts.models import Person
from sinergi.agreements.actions.signatures import SigningDetails, record_signature
from sinergi.agreements.files.store import content_of, store, sweep
from sinergi.agreements.models import Attachment, Signature, StoredFile
from tests.agreements.signing.pki import pdf
from tests.people import asks
agreement, document, party, person = map(int, sys.argv[2:])
def state():
    there = Attachment.objects.filter(agreement=agreement)
    row = Signature.objects.get(document=document, party=party)
    return [row.state, there.count(), len(list(store().names()))]
told = {"found": state()}
if sys.argv[1] == "sweep":
    told["swept"] = sweep()
by = asks(Person.objects.get(pk=person))
details = SigningDetails("paper", timezone.localdate())
row = record_signature(by, agreement, document, party, details, pdf(), "a.pdf")
told["again"] = state()
told["same"] = content_of(row.attachment.file) == pdf()
told["kept"] = sweep()
print(json.dumps(told))
"""


def run(home: Path, code: str, *args: str) -> subprocess.CompletedProcess[str]:
    environment = {**home_environment(home), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def age(home: Path) -> int:
    """Make every content look two days old; return how many there are."""
    long_ago = time.time() - 2 * 86_400
    there = [one for one in home.rglob("*") if one.is_file() and len(one.name) == 64]
    for one in there:
        os.utime(one, (long_ago, long_ago))
    return len(there)


@pytest.mark.parametrize(
    ("moment", "then"),
    [("_recorded", "again"), ("_recorded", "sweep"), ("tell", "again")],
    ids=["between file and record", "swept before it is tried again", "within the record"],
)
def test_a_killed_process_leaves_an_orphan_that_is_swept_or_used(
    own_home: Path, moment: str, then: str
) -> None:
    died = run(own_home, BEFORE, moment)
    assert died.returncode == -signal.SIGKILL, died.stderr[-2000:]
    assert age(own_home) == 1
    done = run(own_home, AFTER, then, *died.stdout.split())
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["found"] == ["waiting", 0, 1]
    assert told.get("swept", 1) == 1
    assert told["again"] == ["signed", 1, 1]
    assert told["same"]
    assert told["kept"] == 0
