"""Many processes write into the chain at once: no gap, no fork, no deadlock, on both databases."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Installation, installation

WRITERS, DEEDS = 4, 200
WRITE = """
import django, sys
django.setup()
from django.db import transaction
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import operator
for number in range(int(sys.argv[2])):
    with transaction.atomic():
        one = Organisation.objects.select_for_update().get(code="o-" + sys.argv[1])
        one.revision += 1
        one.save()
        record(operator(), Verb.CHANGED, kind="organisation", object_id=one.pk, organisation=one.pk)
"""
PREPARE = """
import sys
from sinergi.accounts.models import Organisation
for number in range(int(sys.argv[1])):
    Organisation.objects.create(code=f"o-{number % 2}-{number}", name="x", kind="ministry")
    if number < 2:
        Organisation.objects.create(code=f"o-{number}", name="x", kind="ministry")
"""
READ = """
import sys, time
from sinergi.accounts.audit.proof import head, verify
while True:
    verdict = verify()
    assert verdict.whole, verdict
    if verdict.records >= int(sys.argv[1]):
        break
print(verdict.records, head()[0])
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path) -> Iterator[Installation]:
    with installation(request.param, tmp_path) as made:
        yield made


def test_four_writers_make_one_whole_chain_while_it_is_read_again_and_again(place):
    # given: four processes, of which two and two change the same rows
    place.python(PREPARE, str(WRITERS))
    writers = [
        place.start(sys.executable, "-c", WRITE, str(number % 2), str(DEEDS))
        for number in range(WRITERS)
    ]
    # when: the chain is verified all the time until it holds every deed
    told = place.python(READ, str(WRITERS * DEEDS))
    # then
    for writer in writers:
        output, _none = writer.communicate(timeout=60)
        assert writer.returncode == 0, output
    assert told == f"{WRITERS * DEEDS} {WRITERS * DEEDS}"
