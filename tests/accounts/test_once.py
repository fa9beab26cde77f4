"""What is asked twice under one key is done once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.models import DoneOnce, Organisation
from sinergi.accounts.once import once, seal
from sinergi.accounts.principal import operator
from tests.people import asks, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> list[int]:
    return []


@pytest.fixture
def make(made: list[int]) -> Callable[[], dict[str, int]]:
    def deed() -> dict[str, int]:
        made.append(len(made) + 1)
        return {"number": made[-1]}

    return deed


def test_the_second_time_answers_with_the_first_result(made, make) -> None:
    first = once(operator(), "make", "k", {"a": 1}, make)
    again = once(operator(), "make", "k", {"a": 1}, make)
    assert (first.result, first.repeated) == ({"number": 1}, False)
    assert (again.result, again.repeated) == ({"number": 1}, True)
    assert made == [1]


def test_without_a_key_it_is_done_each_time(made, make) -> None:
    for _ in range(2):
        assert not once(operator(), "make", "", {}, make).repeated
    assert made == [1, 2]


def test_keys_of_people_and_of_deeds_do_not_meet(made, make) -> None:
    ani, budi = (asks(person(name)) for name in ("Ani", "Budi"))
    for by, deed in ((ani, "make"), (budi, "make"), (ani, "other"), (operator(), "make")):
        once(by, deed, "k", {}, make)
    assert made == [1, 2, 3, 4]


def test_a_key_used_for_something_else_is_refused(made, make) -> None:
    once(operator(), "make", "k", {"a": 1}, make)
    with pytest.raises(InvalidError):
        once(operator(), "make", "k", {"a": 2}, make)
    assert made == [1]


def test_a_form_that_was_changed_and_sent_again_is_another_deed(made, make) -> None:
    for content in ({"a": 1}, {"a": 2}, {"a": 1}):
        once(operator(), "make", seal("token", content), content, make)
    assert made == [1, 2]
    assert seal("", {"a": 1}) == ""


def test_what_was_refused_may_be_tried_again(made, make) -> None:
    def refuse() -> dict[str, int]:
        organisation("setengah")
        raise InvalidError({"name": "no"})

    with pytest.raises(InvalidError):
        once(operator(), "make", "k", {}, refuse)
    assert not Organisation.objects.exists()
    assert once(operator(), "make", "k", {}, make).result == {"number": 1}


def test_keys_are_forgotten_after_a_day(made, make) -> None:
    once(operator(), "make", "k", {}, make)
    DoneOnce.objects.update(created=timezone.now() - timedelta(days=1, seconds=1))
    assert not once(operator(), "make", "k", {}, make).repeated
    assert DoneOnce.objects.count() == 1


def test_an_error_of_the_deed_itself_is_not_taken_for_a_repeat() -> None:
    def clash() -> dict[str, int]:
        raise IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        once(operator(), "make", "k", {}, clash)


def test_what_the_asker_called_the_request_is_not_kept(make) -> None:
    once(operator(), "make", "ani@contoh.test", {"secret": "x"}, make)
    row = DoneOnce.objects.get()
    assert "ani" not in f"{row.key}{row.content}{row}"


def test_numbers_beyond_what_a_database_holds_are_left_to_the_deed(made, make) -> None:
    for _time in range(2):
        once(operator(), "make", "a", {"number": 10**30}, make)
    assert len(made) == 1
    with pytest.raises(InvalidError):
        once(operator(), "make", "a", {"number": 10**30 + 1}, make)
