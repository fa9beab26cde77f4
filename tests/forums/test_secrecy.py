"""A secret ballot stays secret from whoever has the database, table by table and byte by byte."""

import base64
import itertools
import random
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from sinergi.accounts.models import AuditRecord
from sinergi.accounts.models.once import DoneOnce
from sinergi.forums import secrecy
from sinergi.forums.actions import ballots
from sinergi.forums.models import Ballot, CastVote, SealedVote
from tests.databases import installation, opened

from .voting import CITIES, cast, closed, code_of, ranking, voting

pytestmark = pytest.mark.django_db
ORDERS = {"banjarbaru": (1, 2, 3), "banjarmasin": (2, 3, 1), "palangka-raya": (3,)}


def tables() -> dict[str, list[str]]:
    """Every row of every table as text."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = [" ".join(map(str, row)) for row in cursor.fetchall()]
    return found


def all_voted():
    """A secret ballot in which all have voted, each otherwise."""
    made, ballot = voting(secret=True)
    for city, order in ORDERS.items():
        assert cast(made, ballot, city, ranking(ballot, *order))
    return made, Ballot.objects.get(pk=ballot.pk)


def receipts() -> list[str]:
    return [secrecy.receipt_of(code_of(number)) for number in range(1, len(CITIES) + 1)]


def test_while_it_is_open_neither_a_choice_nor_a_code_nor_its_hash_is_in_any_table() -> None:
    _made, ballot = all_voted()
    text = "\n".join(itertools.chain(*tables().values()))
    numbers = list(ballot.options.values_list("pk", flat=True))
    assert SealedVote.objects.count() == len(CITIES)
    for number, receipt in enumerate(receipts(), start=1):
        assert code_of(number) not in text
        assert receipt not in text
    assert not any(f'"{number}": ' in text or f"'{number}': " in text for number in numbers)
    assert not CastVote.objects.exists()


def test_sealed_votes_are_as_long_as_each_other_and_tell_no_time() -> None:
    all_voted()
    contents = list(SealedVote.objects.values_list("content", flat=True))
    assert len({len(content) for content in contents}) == 1
    assert {base64.urlsafe_b64decode(one)[1:9] for one in contents} == {bytes(8)}
    names = {field.name for field in SealedVote._meta.get_fields()}
    assert names == {"id", "ballot", "mark", "content"}


@given(st.dictionaries(st.integers(1, 2**31), st.integers(0, 60), max_size=60))
def test_any_vote_is_as_long_sealed_as_a_blank_one(places) -> None:
    key, receipt = secrecy.new_key(), secrecy.receipt_of("kode")
    plain = {str(option): place for option, place in places.items()}
    sealed = secrecy.sealed_vote(key, receipt, plain)
    assert len(sealed) == len(secrecy.sealed_vote(key, receipt, {}))
    assert secrecy.opened_votes(key, [sealed]) == [(receipt, plain)]


def test_votes_are_opened_in_an_order_by_chance() -> None:
    key = secrecy.new_key()
    sealed = [secrecy.sealed_vote(key, f"{number}", {}) for number in range(6)]
    orders = {
        tuple(receipt for receipt, _places in secrecy.opened_votes(key, sealed))
        for _time in range(30)
    }
    assert len(orders) > 20
    assert isinstance(secrecy.SHUFFLE, random.SystemRandom)


def test_after_closing_nothing_outside_the_published_votes_refers_to_one() -> None:
    made, before = all_voted()
    closed(made, before)
    rows = tables()
    votes = rows.pop("forums_castvote")
    assert sorted(CastVote.objects.values_list("receipt", flat=True)) == sorted(receipts())
    rest = "\n".join(itertools.chain(*rows.values()))
    for vote in CastVote.objects.all():
        assert vote.right is None
        assert vote.receipt not in rest
        assert str(vote.pk) not in rest
        assert vote.pk.hex not in rest
    for delegation in made.delegations.values():
        assert delegation.organisation.name not in "\n".join(votes)


def test_after_closing_key_and_sealed_votes_are_gone() -> None:
    made, before = all_voted()
    sealed = list(SealedVote.objects.values_list("content", "mark"))
    closed(made, before)
    text = "\n".join(itertools.chain(*tables().values()))
    assert before.key
    assert Ballot.objects.get(pk=before.pk).key == ""
    for secret in (before.key, *itertools.chain(*sealed)):
        assert secret not in text


def test_rights_say_who_voted_and_neither_when_nor_what() -> None:
    made, ballot = all_voted()
    closed(made, ballot)
    columns = {field.attname for field in ballot.rights.model._meta.concrete_fields}
    assert columns == {"id", "ballot_id", "delegation_id", "weight", "used"}


def test_the_trail_tells_that_an_organisation_voted_and_how_many_did_nothing_else() -> None:
    made, ballot = all_voted()
    closed(made, ballot)
    voted = list(AuditRecord.objects.filter(verb="voted"))
    homes = {delegation.organisation_id for delegation in made.delegations.values()}
    assert {one.after for one in voted} == {f'{{"organisation":{number}}}' for number in homes}
    assert {(one.before, one.reason) for one in voted} == {("{}", "")}
    ended = AuditRecord.objects.get(verb="ballot_closed")
    assert ended.after == '{"rights":3,"votes":3}'
    assert not DoneOnce.objects.exists()


def test_cancelling_leaves_neither_votes_nor_key() -> None:
    made, before = all_voted()
    sealed = list(SealedVote.objects.values_list("content", flat=True))
    ballots.cancel_ballot(made.secretary, made.forum.pk, before.pk, reason="Salah pertanyaan")
    text = "\n".join(itertools.chain(*tables().values()))
    assert not any(secret in text for secret in (before.key, *sealed))


@pytest.mark.postgres
def test_no_transaction_that_wrote_a_vote_wrote_that_somebody_voted(
    tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    with installation("postgresql", tmp_path) as place, django_db_blocker.unblock(), opened(place):
        made, ballot = all_voted()
        closed(made, ballot)
        votes = written_in("forums_castvote")
        voters = written_in("forums_votingright")
        voters |= written_in("accounts_auditrecord WHERE verb = 'voted'")
    assert len(votes) == 1
    assert voters
    assert not votes & voters


def written_in(table: str) -> set[str]:
    """Return the transactions of PostgreSQL that wrote rows of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite")
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_of_many")
def test_the_bytes_of_the_file_keep_neither_key_nor_sealed_votes(tmp_path: Path) -> None:
    made, before = all_voted()
    sealed = list(SealedVote.objects.values_list("content", "mark"))
    assert before.key.encode() in written(tmp_path)
    closed(made, before)
    found = written(tmp_path)
    for secret in (before.key, *itertools.chain(*sealed)):
        for part in (secret[:40], secret[len(secret) // 2 :][:40], secret[-40:]):
            assert part.encode() not in found
    assert code_of(1).encode() not in found


def written(folder: Path) -> bytes:
    """What is in the file of the database and its log."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("many.sqlite3*")))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_of_many")
def test_the_order_of_the_rows_is_not_the_order_of_the_voters() -> None:
    orders = set()
    _made, ballot = all_voted()
    sealed = list(SealedVote.objects.values_list("content", flat=True))
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    for _time in range(12):
        CastVote.objects.all().delete()
        CastVote.objects.bulk_create(
            CastVote(ballot=ballot, secret=True, receipt=receipt, places=places)
            for receipt, places in secrecy.opened_votes(ballot.key, sealed)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT receipt FROM forums_castvote ORDER BY {place}")
            orders.add(tuple(row[0] for row in cursor.fetchall()))
    assert len(orders) > 1
