"""Two people who write an obligation at the same moment, on real databases: none is lost or doubled."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Installation, installation

PREPARE = """
from datetime import date
from decimal import Decimal
from sinergi.agreements.actions import obligations
from sinergi.agreements.obligations import ObligationDetails
from sinergi.agreements.schedules import Kind, Schedule
from tests.agreements.making_dues import owing
made = owing(begins=date(2025, 1, 1), ends=date(2027, 12, 31))
said = ObligationDetails("money", made.debtor.pk, "Iuran", made.creditor.pk, amount=Decimal(100),
                         schedule=Schedule(Kind.MONTHLY, day=10))
row = obligations.set_obligation(made.keeper, made.agreement.pk, said)
print(made.agreement.pk, row.pk, made.keeper.person_id, end="")
"""
WRITE = """
import django
django.setup()
import sys, time
from dataclasses import replace
from pathlib import Path
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.models import Person
from sinergi.accounts.principal import principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.actions import obligations
from sinergi.agreements.models import Obligation
agreement, number, person, day = map(int, sys.argv[1:5])
by = principal_for(Person.objects.get(pk=person), Channel.WEB)
was = obligations.details_of(Obligation.objects.get(pk=number))
said = replace(was, schedule=replace(was.schedule, day=abs(day)))
where = {"obligation_id": number, "revision": 1} if day > 0 else {}
print("ready", flush=True)
while not Path("go").exists():
    time.sleep(0.001)
try:
    obligations.set_obligation(by, agreement, said, **where)
    print("written")
except ConflictError:
    print("told")
"""
FOUND = """
from sinergi.agreements.models import Due, Obligation
rows = Obligation.objects.order_by("number")
days = {one.number: sorted({due.on.day for due in one.dues.all()}) for one in rows}
print([(one.number, one.revision, one.dues.count(), days[one.number]) for one in rows])
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with installation(request.param, tmp_path) as made:
        yield made


def at_once(place: Installation, days: tuple[int, int]) -> tuple[list[str], str]:
    """Let two processes write at the same moment; return what each is answered, and what stands then."""
    agreement, number, person = place.python(PREPARE).split()
    words = [(agreement, number, person, str(day)) for day in days]
    processes = [place.start(sys.executable, "-c", WRITE, *word) for word in words]
    for one in processes:
        assert one.stdout.readline().strip() == "ready"
    (place.home / "go").touch()
    told = sorted(one.stdout.read().strip() for one in processes)
    assert [one.wait(timeout=120) for one in processes] == [0, 0], told
    return told, place.python(FOUND).strip()


def test_one_of_two_changes_is_written_and_the_other_told(place: Installation) -> None:
    told, found = at_once(place, (15, 20))
    assert told == ["told", "written"]
    assert found in ("[(1, 2, 36, [15])]", "[(1, 2, 36, [20])]")


def test_two_new_ones_get_numbers_of_their_own(place: Installation) -> None:
    told, found = at_once(place, (-15, -20))
    assert told == ["written", "written"]
    assert found in (
        "[(1, 1, 36, [10]), (2, 1, 36, [15]), (3, 1, 36, [20])]",
        "[(1, 1, 36, [10]), (2, 1, 36, [20]), (3, 1, 36, [15])]",
    )
