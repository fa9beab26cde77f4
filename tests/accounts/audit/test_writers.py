"""Many processes write into the chain at once: no gap, no fork, no deadlock, on both databases."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sinergi.accounts.audit.proof import head, verify
from sinergi.accounts.models import Organisation
from tests.databases import Installation, installation, opened

WRITERS, DEEDS = 4, 100
WRITE = """
import django, sys, time
from pathlib import Path
django.setup()
from django.db import transaction
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
print("there", flush=True)
while not Path("go").exists():
    time.sleep(0.01)
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        one = Organisation.objects.select_for_update().get(code="o-" + sys.argv[1])
        one.revision += 1
        one.save()
        record(operator(), Verb.CHANGED, kind="organisation", object_id=one.pk, organisation=one.pk)
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path, django_db_blocker) -> Iterator[Installation]:
    with installation(request.param, tmp_path) as made, django_db_blocker.unblock():
        yield made


def test_four_writers_make_one_whole_chain_while_it_is_read_again_and_again(place):
    with opened(place):
        # given: four processes that are ready, of which two and two will change the same rows
        for number in range(2):
            Organisation.objects.create(code=f"o-{number}", name="x", kind="ministry")
        writers = [
            place.start(sys.executable, "-c", WRITE, str(number % 2), str(DEEDS))
            for number in range(WRITERS)
        ]
        assert [writer.stdout.readline() for writer in writers] == ["there\n"] * WRITERS
        # when: all begin, and the chain is verified all the time until they have ended
        (place.home / "go").touch()
        while any(writer.poll() is None for writer in writers):
            assert (verdict := verify()).whole, verdict
        # then
        for writer in writers:
            output, _none = writer.communicate(timeout=240)
            assert writer.returncode == 0, output
        assert (verdict := verify()).whole, verdict
        assert (verdict.records, head()[0]) == (WRITERS * DEEDS, WRITERS * DEEDS)
