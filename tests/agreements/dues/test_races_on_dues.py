"""Two people who say what became of the same thing at the same moment: one is written, the other told."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Installation, installation

PREPARE = """
from tests.agreements.making_dues import owing
made = owing()
row = made.due()
print(made.agreement.pk, row.pk, made.pays.person_id, made.keeper.person_id, made.receives.person_id, end="")
"""
SAY = """
import django
django.setup()
import sys, time
from decimal import Decimal
from pathlib import Path
from django.utils import timezone
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.models import Person
from sinergi.accounts.principal import principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.actions import fulfilment
from sinergi.agreements.fulfilment import Fulfilment
agreement, due, person, amount = map(int, sys.argv[1:5])
by = principal_for(Person.objects.get(pk=person), Channel.WEB)
said = Fulfilment("partly", timezone.localdate(), Decimal(amount))
print("ready", flush=True)
while not Path("go").exists():
    time.sleep(0.001)
try:
    if amount:
        fulfilment.fulfil(by, agreement, due, said, revision=1)
    else:
        fulfilment.waive(by, agreement, due, reason="Bencana", revision=1)
    print("written")
except ConflictError as error:
    print("told:", error.message)
"""
FOUND = """
from sinergi.agreements.models import Due
from sinergi.accounts.models import AuditRecord
row = Due.objects.get()
print(row.state, row.revision, row.done_amount)
print(AuditRecord.objects.filter(verb="fulfilment_recorded").count())
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path) -> Iterator[Installation]:
    with installation(request.param, tmp_path) as made:
        yield made


def at_once(place: Installation, words: list[tuple[str, ...]]) -> list[str]:
    """Let processes say something of the same thing at the same moment; return what each is answered."""
    processes = [place.start(sys.executable, "-c", SAY, *word) for word in words]
    for one in processes:
        assert one.stdout.readline().strip() == "ready"
    (place.home / "go").touch()
    told = [one.stdout.read().strip() for one in processes]
    assert [one.wait(timeout=120) for one in processes] == [0] * len(processes), told
    return told


@pytest.mark.parametrize("other", ["500000", "0"], ids=["another-part", "waived"])
def test_one_of_two_words_is_written_and_the_other_is_told_who_changed_it(
    place: Installation, other: str
) -> None:
    agreement, due, pays, keeper, receives = place.python(PREPARE).split()
    second = keeper if int(other) else receives
    words = [(agreement, due, pays, "400000"), (agreement, due, second, other)]
    told = sorted(at_once(place, words))
    assert told[0].startswith("told:")
    assert "Analis" in told[0]
    assert told[1] == "written"
    row, records = place.python(FOUND).splitlines()
    assert records == "1"
    assert row in ("partly 2 400000.00", "partly 2 500000.00", "waived 2 None")


def test_the_same_word_of_two_is_written_once(place: Installation) -> None:
    agreement, due, pays, keeper, _receives = place.python(PREPARE).split()
    words = [(agreement, due, who, "400000") for who in (pays, keeper)]
    assert at_once(place, words) == ["written", "written"]
    assert place.python(FOUND).splitlines() == ["partly 2 400000.00", "1"]
