"""What was done to the trail behind the application's back is found, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinergi.accounts.audit import guard
from sinergi.accounts.audit.chain import FIELDS, START, record
from sinergi.accounts.audit.proof import ExpectationError, Fault, expectation, head, verify
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import AuditHead, AuditRecord
from sinergi.accounts.principal import operator
from tests.databases import installation, opened

from .chains import LENGTH, UndoneError, a_chain, forge_from, rows, sealed

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
TEXTS = tuple(name for name in FIELDS if name not in {"sequence", "at", "actor", "organisation"})
numbers = st.integers(1, LENGTH)
quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module", params=BOTH)
def database(request, tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[None]:
    """An installation of its own, opened in this process."""
    home = tmp_path_factory.mktemp("proof")
    with installation(request.param, home) as place, django_db_blocker.unblock(), opened(place):
        yield


@pytest.fixture
def example(database) -> Iterator[object]:
    """Give a function that lets something happen to a chain, and is undone."""

    def play(story) -> object:
        told = []
        try:
            with transaction.atomic():
                told.append(story(a_chain()))
                raise UndoneError
        except UndoneError:
            return told[0]

    return play


def test_a_chain_that_nobody_touched_is_whole(example):
    def story(chain):
        verdict = verify()
        assert verdict.whole
        assert (verdict.records, verdict.hash) == (LENGTH, chain[-1].hash) == head()
        assert verdict.kept == f"{LENGTH}:{chain[-1].hash}"
        assert verify(verdict.kept).whole
        assert verify(chain[2].hash.upper()).whole
        assert verify(START).whole

    example(story)


def test_an_empty_chain_is_whole(database):
    assert (verify().records, verify().hash, verify().whole) == (0, START, True)
    assert verify("1:" + "a" * 64).fault == Fault("rewritten", 1)


@quick
@given(
    number=numbers,
    name=st.sampled_from(TEXTS),
    text=st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=12),
)
def test_any_changed_text_is_found_where_it_is(example, number, name, text):
    def story(chain):
        if getattr(chain[number - 1], name) == text:
            return
        rows().filter(sequence=number).update(**{name: text})
        assert verify().fault == Fault("changed", number)

    example(story)


@quick
@given(
    number=numbers,
    name=st.sampled_from(["actor", "organisation"]),
    value=st.none() | st.integers(-(2**63), 2**63 - 1),
)
def test_any_changed_number_is_found_where_it_is(example, number, name, value):
    def story(chain):
        if getattr(chain[number - 1], name) == value:
            return
        rows().filter(sequence=number).update(**{name: value})
        assert verify().fault == Fault("changed", number)

    example(story)


@quick
@given(number=numbers, micros=st.integers(-(10**15), 10**15).filter(bool))
def test_a_changed_time_is_found_down_to_the_microsecond(example, number, micros):
    def story(chain):
        at = chain[number - 1].at + timezone.timedelta(microseconds=micros)
        rows().filter(sequence=number).update(at=at)
        assert verify().fault == Fault("changed", number)

    example(story)


@quick
@given(number=numbers, text=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_changed_hash_is_found(example, number, text):
    def story(_chain):
        rows().filter(sequence=number).update(hash=text)
        assert verify().fault == Fault("changed", number)

    example(story)


@quick
@given(number=st.integers(1, LENGTH - 1))
def test_a_removed_record_is_found_where_it_was(example, number):
    def story(_chain):
        rows().filter(sequence=number).delete()
        assert verify().fault == Fault("removed", number)

    example(story)


@quick
@given(number=numbers)
def test_a_removed_end_is_found_even_when_all_is_removed(example, number):
    def story(_chain):
        rows().filter(sequence__gte=number).delete()
        assert verify().fault == Fault("end_removed", number)

    example(story)


@quick
@given(number=numbers)
def test_a_record_inserted_with_a_right_hash_is_found(example, number):
    def story(chain):
        # given: all from a record on moved one up, hashed anew; the forged one takes its number
        for row in reversed(chain[number - 1 :]):
            rows().filter(pk=row.pk).update(sequence=row.pk + 1)
        forged = AuditRecord.objects.get(pk=number + 1)
        forged.sequence, forged.reason = number, "menyusup"
        forged.hash = sealed(forged)
        forged.save(force_insert=True)
        fault = verify().fault
        assert fault == Fault("changed", number + 1)
        # when: the forger hashes the rest, too, but leaves the head
        forge_from(number, with_head=False)
        assert verify().fault == Fault("inserted", LENGTH + 1)

    example(story)


def test_a_record_behind_the_end_is_found(example):
    def story(chain):
        last = chain[-1]
        last.sequence, last.previous = LENGTH + 1, last.hash
        last.hash = sealed(last)
        last.save(force_insert=True)
        assert verify().fault == Fault("inserted", LENGTH + 1)

    example(story)


@pytest.mark.parametrize("number", [0, -1, -(2**62)])
def test_a_record_before_the_first_is_found(example, number):
    def story(chain):
        row = chain[0]
        row.sequence = number
        row.hash = sealed(row)
        row.save(force_insert=True)
        assert verify().fault == Fault("inserted", number)

    example(story)


@quick
@given(pair=st.lists(numbers, min_size=2, max_size=2, unique=True))
def test_two_records_that_changed_places_are_found(example, pair):
    def story(_chain):
        one, other = sorted(pair)
        rows().filter(pk=one).update(sequence=99)
        rows().filter(pk=other).update(sequence=one)
        rows().filter(pk=99).update(sequence=other)
        assert verify().fault == Fault("changed", one)

    example(story)


@quick
@given(number=numbers, gap=st.integers(1, 1000))
def test_a_record_with_another_number_is_found(example, number, gap):
    def story(_chain):
        rows().filter(pk=number).update(sequence=LENGTH + gap)
        told = verify().fault
        assert told is not None
        assert (told.code, told.sequence) in {
            ("removed", number),
            ("changed", number + 1),
            ("changed", LENGTH + gap),
        }

    example(story)


@quick
@given(number=st.integers(1, LENGTH - 1))
def test_a_content_forged_with_its_hash_breaks_the_record_after_it(example, number):
    def story(_chain):
        row = rows().get(pk=number)
        row.reason = "lain"
        rows().filter(pk=number).update(reason="lain", hash=sealed(row))
        assert verify().fault == Fault("inserted", number + 1)

    example(story)


def test_the_last_record_forged_with_its_hash_breaks_the_head(example):
    def story(_chain):
        row = rows().get(pk=LENGTH)
        row.reason = "lain"
        rows().filter(pk=LENGTH).update(reason="lain", hash=sealed(row))
        assert verify().fault == Fault("head", LENGTH)

    example(story)


def test_a_head_that_was_replaced_set_back_set_forward_or_removed_is_found(example):
    def story(chain):
        AuditHead.objects.update(hash="f" * 64)
        assert verify().fault == Fault("head", LENGTH)
        AuditHead.objects.update(sequence=LENGTH - 1, hash=chain[-2].hash)
        assert verify().fault == Fault("inserted", LENGTH)
        AuditHead.objects.update(sequence=LENGTH + 1, hash=chain[-1].hash)
        assert verify().fault == Fault("end_removed", LENGTH + 1)
        AuditHead.objects.all().delete()
        assert verify().fault == Fault("head", LENGTH)

    example(story)


@quick
@given(first=numbers, kept=numbers)
def test_a_tail_written_anew_with_its_head_is_found_by_a_hash_kept_elsewhere_and_only_by_it(
    example, first, kept
):
    def story(chain):
        # given: somebody kept a hash, and a forger writes everything anew from a record on
        known = f"{kept}:{chain[kept - 1].hash}"
        rows().filter(pk=first).update(reason="lain")
        forge_from(first)
        # then: without the kept hash it cannot be proved; with it, if the forgery lies before it
        assert verify().whole
        found = verify(known).fault
        assert found == (Fault("rewritten", kept) if first <= kept else None)
        assert verify(chain[kept - 1].hash).whole is (first > kept)

    example(story)


@quick
@given(cut=st.integers(1, LENGTH - 1))
def test_a_trail_cut_off_with_its_head_set_back_is_found_by_a_hash_kept_elsewhere(example, cut):
    def story(chain):
        rows().filter(sequence__gt=cut).delete()
        AuditHead.objects.update(sequence=cut, hash=chain[cut - 1].hash)
        assert verify().whole
        assert verify(f"{LENGTH}:{chain[-1].hash}").fault == Fault("rewritten", LENGTH)

    example(story)


def test_values_that_no_model_could_hold_are_changes_and_not_accidents(example):
    def story(_chain):
        if connection.vendor == "postgresql":
            values = ["at = 'infinity'"]
        else:
            values = [
                "actor = 'abc'",
                "at = 'yesterday'",
                "at = 17",
                "reason = x'00ff'",
                "name = CAST(x'ff' AS TEXT)",
                "reason = 5",
            ]
        for value in values:
            mark = transaction.savepoint()
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE accounts_auditrecord SET {value} WHERE sequence = 3")
            assert verify().fault == Fault("changed", 3), value
            transaction.savepoint_rollback(mark)

    example(story)


def test_the_guard_refuses_every_way_to_change_or_delete(example):
    statements = [
        "UPDATE accounts_auditrecord SET reason = 'x'",
        "DELETE FROM accounts_auditrecord",
    ]
    columns = ", ".join(f'"{name}"' for name in (*FIELDS, "hash"))
    same = f"INTO accounts_auditrecord ({columns}) SELECT {columns} FROM accounts_auditrecord"
    if connection.vendor == "postgresql":
        statements += [
            "TRUNCATE accounts_auditrecord",
            f"INSERT {same} ON CONFLICT (sequence) DO UPDATE SET reason = 'x'",
        ]
    else:
        statements += [
            f"INSERT OR REPLACE {same}",
            f"REPLACE {same}",
            "UPDATE OR REPLACE accounts_auditrecord SET reason = 'x'",
        ]

    def story(_chain):
        assert not guard.is_on(connection)
        assert not verify().guarded
        guard.put_on(connection)
        assert guard.is_on(connection)
        assert verify().guarded
        for statement in statements:
            with pytest.raises(DatabaseError, match="never changed or deleted"):
                run(statement)
        assert verify().records == LENGTH

    example(story)


@transaction.atomic
def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_text_that_a_database_cannot_hold_does_not_refuse_the_deed(example):
    def story(_chain):
        row = record(
            operator(),
            Verb.CHANGED,
            kind="list",
            object_id="1\x00",
            organisation=None,
            name="a\x00b\ud800",
            reason="\udfff",
            before={"n": 2**70, 1: "x"},
            after={"t": "\ud800\x00"},
        )
        stored = AuditRecord.objects.get(pk=row.pk)
        assert (stored.name, stored.reason, stored.object_id) == ("ab?", "?", "1")
        assert verify().whole

    example(story)


@pytest.mark.parametrize("text", ["x", "1:", "g" * 64, "a" * 63, "-1:" + "a" * 64])
def test_what_is_no_hash_is_refused(text):
    with pytest.raises(ExpectationError):
        expectation(text)


def test_a_record_outside_a_transaction_is_refused(database):
    with pytest.raises(transaction.TransactionManagementError):
        record(operator(), Verb.CHANGED, kind="list", object_id=1, organisation=None)
