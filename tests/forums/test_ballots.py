"""Votes that come late, twice, at once or from nobody: each counts once or not at all."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from sinergi.accounts.audit.proof import verify
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import AuditRecord
from sinergi.forums import results
from sinergi.forums.actions import ballots, invitations, votes
from sinergi.forums.counting import outcome_of
from sinergi.forums.errors import LackError, NotFoundError, StageError, VoteError
from sinergi.forums.models import Ballot, CastVote, Forum, SealedVote
from sinergi.forums.queries import ballots as queries
from sinergi.forums.quorum import tally
from sinergi.forums.stages import Stage
from sinergi.forums.tasks import count
from tests.accounts.test_account_races import at_once

from .voting import cast, closed, code_of, opened, ranking, voting

pytestmark = pytest.mark.django_db
many = pytest.mark.parametrize("secret", [False, True], ids=["open", "secret"])


@many
def test_a_vote_after_closing_is_refused_and_an_earlier_one_sent_again_counts(secret) -> None:
    made, ballot = voting(secret=secret)
    assert cast(made, ballot, "banjarbaru", ranking(ballot, 1, 2, 3))
    closed(made, ballot)
    assert not cast(made, ballot, "banjarbaru", ranking(ballot, 1, 2, 3))
    with pytest.raises(VoteError, match=r"ditutup|closed"):
        cast(made, ballot, "banjarmasin", ranking(ballot, 2))
    assert CastVote.objects.count() == 1


@many
def test_a_phone_that_retries_for_ten_minutes_counts_once(secret) -> None:
    made, ballot = voting(secret=secret)
    news = [cast(made, ballot, "banjarbaru", ranking(ballot, 1)) for _second in range(40)]
    closed(made, ballot)
    news += [cast(made, ballot, "banjarbaru", ranking(ballot, 1)) for _second in range(5)]
    assert sum(news) == 1
    assert CastVote.objects.count() == 1
    assert AuditRecord.objects.filter(verb="voted").count() == 1


@many
def test_the_same_code_with_another_choice_is_not_told_as_counted(secret) -> None:
    made, ballot = voting(secret=secret)
    cast(made, ballot, "banjarbaru", ranking(ballot, 1, 2))
    for _state in ("open", "closed"):
        with pytest.raises(VoteError, match="berbeda"):
            cast(made, ballot, "banjarbaru", ranking(ballot, 2, 1))
        assert not cast(made, ballot, "banjarbaru", ranking(ballot, 1, 2))
        ballot = ballot if ballot.closed_at else closed(made, ballot)
    assert CastVote.objects.get().places == {
        str(number): place for number, place in ranking(ballot, 1, 2).items()
    }


@many
def test_one_code_for_two_delegations_is_refused_with_a_way_on(secret) -> None:
    made, ballot = voting(secret=secret)
    cast(made, ballot, "banjarbaru", ranking(ballot, 1), number=7)
    with pytest.raises(VoteError, match="kode"):
        cast(made, ballot, "banjarmasin", ranking(ballot, 1), number=7)
    assert tally(ballot.pk).voted == 1
    assert cast(made, ballot, "banjarmasin", ranking(ballot, 1), number=8)


def test_in_an_open_ballot_the_code_of_another_delegation_is_no_vote_of_this_one() -> None:
    made, ballot = voting()
    cast(made, ballot, "banjarbaru", ranking(ballot, 1), number=7)
    cast(made, ballot, "banjarmasin", ranking(ballot, 1), number=8)
    with pytest.raises(VoteError, match="Banjarmasin"):
        cast(made, ballot, "banjarmasin", ranking(ballot, 1), number=7)


@pytest.mark.parametrize("state", ["draft", "open"])
def test_a_forum_is_not_taken_back_from_under_a_ballot(state) -> None:
    made, ballot = voting()
    Ballot.objects.update(state=state)
    with pytest.raises(LackError):
        made.move(Stage.PREPARING)
    Ballot.objects.update(state="open")
    ballots.cancel_ballot(made.secretary, made.forum.pk, ballot.pk, reason="Mundur")
    assert made.move(Stage.PREPARING).stage == Stage.PREPARING


def test_nobody_votes_at_a_stage_that_allows_no_voting() -> None:
    made, ballot = voting()
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    Forum.objects.update(stage="preparing")
    with pytest.raises(StageError):
        cast(made, ballot, "banjarmasin", ranking(ballot, 1))
    assert not cast(made, ballot, "banjarbaru", ranking(ballot, 1))


@many
def test_a_second_vote_does_not_replace_the_first(secret) -> None:
    made, ballot = voting(secret=secret)
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    with pytest.raises(VoteError, match="Banjarbaru"):
        cast(made, ballot, "banjarbaru", ranking(ballot, 3), number=99)
    closed(made, ballot)
    first = ballot.options.first()
    assert CastVote.objects.get().places == {str(first.pk): 1}


def test_an_organisation_that_left_votes_no_more_and_what_it_voted_before_counts() -> None:
    made, ballot = voting()
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    for city in ("banjarbaru", "banjarmasin"):
        invitations.leave(made.secretary, made.forum.pk, made.delegations[city].pk)
    with pytest.raises((NotFoundError, ForbiddenError)):
        cast(made, ballot, "banjarmasin", ranking(ballot, 1))
    assert outcome_of(closed(made, ballot))["votes"] == 1


def test_nobody_votes_for_another_delegation() -> None:
    made, ballot = voting()
    given = (made.forum.pk, ballot.pk, made.delegations["banjarmasin"].pk, {}, code_of(1))
    with pytest.raises(ForbiddenError):
        votes.vote(made.cities["banjarbaru"], *given)
    with pytest.raises(ForbiddenError):
        votes.vote(made.secretary, *given)


def test_an_option_of_another_ballot_is_refused() -> None:
    made, ballot = voting()
    other = opened(made)
    with pytest.raises(InvalidError):
        cast(made, ballot, "banjarbaru", ranking(other, 1))
    assert tally(ballot.pk).voted == 0


@pytest.mark.parametrize("place", [0, 4, 10**15])
def test_a_place_that_there_is_not_is_refused(place) -> None:
    made, ballot = voting()
    first = ballot.options.first()
    with pytest.raises(InvalidError):
        cast(made, ballot, "banjarbaru", {first.pk: place})


@pytest.mark.parametrize("code", ["", "pendek", "a" * 65, "spasi di dalam kode ini", "é" * 20])
def test_a_code_that_could_be_guessed_or_mistaken_is_refused(code) -> None:
    made, ballot = voting()
    given = (made.forum.pk, ballot.pk, made.delegations["banjarbaru"].pk, {}, code)
    with pytest.raises(InvalidError):
        votes.vote(made.cities["banjarbaru"], *given)


@many
def test_cancelling_deletes_the_votes_and_says_why(secret) -> None:
    made, ballot = voting(secret=secret)
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    ballots.cancel_ballot(made.secretary, made.forum.pk, ballot.pk, reason="Salah pertanyaan")
    ballot.refresh_from_db()
    assert (ballot.state, ballot.key) == (Ballot.State.CANCELLED, "")
    assert not SealedVote.objects.exists()
    assert not CastVote.objects.exists()
    assert AuditRecord.objects.get(verb="ballot_cancelled").reason == "Salah pertanyaan"
    with pytest.raises(VoteError):
        cast(made, ballot, "banjarbaru", ranking(ballot, 1))


def test_what_is_in_preparation_only_the_secretariat_reads() -> None:
    made, ballot = voting()
    Ballot.objects.filter(pk=ballot.pk).update(state="draft", opened_at=None)
    assert queries.get_ballot(made.secretary, made.forum, ballot.pk) == ballot
    with pytest.raises(NotFoundError):
        queries.get_ballot(made.cities["banjarbaru"], made.forum, ballot.pk)


def test_a_ballot_without_votes_has_no_order_and_no_quorum() -> None:
    made, ballot = voting()
    found = outcome_of(closed(made, ballot))
    assert (found["counted"], found["quorum_met"]) == (False, False)


def test_blank_votes_count_for_the_quorum_and_for_nothing_else() -> None:
    made, ballot = voting(quorum_rule="percent", quorum=60)
    cast(made, ballot, "banjarbaru", {})
    cast(made, ballot, "banjarmasin", ranking(ballot, 3, 1))
    ballot = closed(made, ballot)
    count.call(ballot.pk)
    ballot.refresh_from_db()
    found = results.result_of(ballot)
    assert found.quorum_met
    assert (found.voters, found.blank) == (2, 1)
    assert [line.text for line in found.lines] == ["Pangan", "Jalan", "Air"]


def test_ties_at_the_border_are_told_and_not_broken() -> None:
    made, ballot = voting(places=1)
    cast(made, ballot, "banjarbaru", ranking(ballot, 1, 2, 3))
    cast(made, ballot, "banjarmasin", ranking(ballot, 2, 1, 3))
    ballot = closed(made, ballot)
    count.call(ballot.pk)
    ballot.refresh_from_db()
    found = results.result_of(ballot)
    assert {line.text for line in found.tied} == {"Jalan", "Air"}
    assert [line.place for line in found.lines] == ["1–2", "1–2", "3"]
    assert found.remaining == 1
    assert found.camps is None
    assert found.why_no_camps


def test_equal_shares_are_told_without_an_order() -> None:
    made, ballot = voting(method="equal_shares", places=2)
    numbers = list(ballot.options.values_list("pk", flat=True))
    cast(made, ballot, "banjarbaru", {numbers[0]: 1, numbers[1]: 1, numbers[2]: 0})
    cast(made, ballot, "banjarmasin", {numbers[0]: 1, numbers[1]: 1, numbers[2]: 0})
    ballot = closed(made, ballot)
    count.call(ballot.pk)
    ballot.refresh_from_db()
    lines = results.result_of(ballot).lines
    assert [(line.text, line.standing, line.place) for line in lines] == [
        ("Jalan", "certain", ""),
        ("Air", "certain", ""),
        ("Pangan", "out", ""),
    ]


def test_counting_again_changes_nothing() -> None:
    made, ballot = voting()
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    closed(made, ballot)
    count.call(ballot.pk)
    first = Ballot.objects.get(pk=ballot.pk).outcome
    assert first["votes"] == 1
    count.call(ballot.pk)
    assert Ballot.objects.get(pk=ballot.pk).outcome == first


def test_every_rule_is_explained_in_one_sentence() -> None:
    told = [results.rule_of(method) for method in Ballot.Method.values]
    assert len(set(told)) == len(Ballot.Method.values)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_of_many")
@many
def test_one_vote_sent_by_two_requests_at_once_is_told_as_counted_to_both(secret) -> None:
    made, ballot = voting(secret=secret)
    told = at_once(*[lambda: cast(made, ballot, "banjarbaru", ranking(ballot, 1))] * 4)
    assert sorted(told) == [False, False, False, True]
    closed(made, ballot)
    assert CastVote.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_of_many")
def test_two_different_votes_of_one_delegation_at_once_leave_one() -> None:
    made, ballot = voting()
    told = at_once(
        *(
            lambda place=place: cast(made, ballot, "banjarbaru", ranking(ballot, place), 50 + place)
            for place in (1, 2, 3)
        )
    )
    assert told.count(True) == 1
    assert sum(isinstance(one, VoteError) for one in told) == 2
    assert CastVote.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("database_of_many")
@many
def test_every_vote_that_was_acknowledged_while_a_ballot_closed_is_counted(secret) -> None:
    cities = tuple(f"kota{number}" for number in range(16))
    made, ballot = voting(*cities, secret=secret)
    begun = Event()

    def vote(city: str) -> object:
        try:
            return cast(made, ballot, city, ranking(ballot, 1, 2))
        except VoteError as error:
            return error
        finally:
            begun.set()
            connection.close()

    def close() -> object:
        begun.wait()
        try:
            return closed(made, ballot)
        finally:
            connection.close()

    with ThreadPoolExecutor(9) as pool:
        ending = pool.submit(close)
        told = list(pool.map(vote, cities))
        assert ending.result().state == Ballot.State.CLOSED
    acknowledged = told.count(True)
    assert acknowledged + sum(isinstance(one, VoteError) for one in told) == len(cities)
    assert CastVote.objects.count() == acknowledged >= 1
    assert ballot.rights.filter(used=True).count() == acknowledged
    assert not SealedVote.objects.exists()
    assert verify().whole
