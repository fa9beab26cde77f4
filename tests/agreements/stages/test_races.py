"""Two parties that move at the same time, in processes of their own: both count, none goes back."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Installation, installation

PREPARE = """
from tests.agreements.stages.making import prepared, scene
made = scene()
prepared(made)
people = (made.keeper.person_id, made.partner.person_id)
parties = (made.first.pk, made.second.pk)
print(made.agreement.pk, *people, *parties, end="")
"""
MOVE = """
import django
django.setup()
import sys, time
from pathlib import Path
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.models import Person
from sinergi.accounts.principal import principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.agreements.actions import tracks
agreement, person, party = map(int, sys.argv[1:4])
by = principal_for(Person.objects.get(pk=person), Channel.WEB)
print("ready", flush=True)
while not Path("go").exists():
    time.sleep(0.001)
try:
    tracks.advance(by, agreement, party, revision=1)
    print("moved")
except ConflictError:
    print("met")
"""
FOUND = """
from sinergi.agreements.models import Agreement, Party
from sinergi.accounts.models import AuditRecord
print(Agreement.objects.get().stage)
print(*[f"{one.stage}:{one.revision}" for one in Party.objects.order_by("pk")])
print(AuditRecord.objects.filter(verb="stage_moved").count())
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request, tmp_path: Path) -> Iterator[Installation]:
    with installation(request.param, tmp_path) as made:
        yield made


def at_once(place: Installation, moves: list[tuple[str, ...]]) -> list[str]:
    """Let processes move parties at the same moment; return what each says."""
    processes = [place.start(sys.executable, "-c", MOVE, *move) for move in moves]
    for one in processes:
        assert one.stdout.readline().strip() == "ready"
    (place.home / "go").touch()
    told = [one.stdout.read().strip() for one in processes]
    assert [one.wait(timeout=120) for one in processes] == [0] * len(processes), told
    return told


def test_two_parties_that_move_at_once_both_count(place: Installation) -> None:
    agreement, keeper, partner, first, second = place.python(PREPARE).split()
    told = at_once(place, [(agreement, keeper, first), (agreement, partner, second)])
    assert told == ["moved", "moved"]
    stage, parties, moves = place.python(FOUND).splitlines()
    assert (stage, parties, moves) == ("offer", "offer:2 offer:2", "3")


def test_one_party_that_two_people_move_at_once_moves_once(place: Installation) -> None:
    agreement, keeper, _partner, first, _second = place.python(PREPARE).split()
    told = at_once(place, [(agreement, keeper, first)] * 2)
    assert sorted(told) == ["met", "moved"]
    stage, parties, moves = place.python(FOUND).splitlines()
    assert (stage, parties, moves) == ("preparation", "offer:2 preparation:1", "1")
