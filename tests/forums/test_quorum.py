"""The quorum: of whom it is counted, exactly how many must vote, and that old ballots keep their meaning."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sinergi.accounts.models import Organisation
from sinergi.forums.actions import ballots, invitations
from sinergi.forums.counting import outcome_of
from sinergi.forums.details import BallotDetails
from sinergi.forums.errors import VoteError
from sinergi.forums.models import Ballot, CastVote, Delegate
from sinergi.forums.proceedings import ballots_of
from sinergi.forums.quorum import quorum_told, reached, tally

from .play import deliberating
from .voting import cast, closed, opened, ranking, voting

CITIES = tuple(f"kota{number}" for number in range(9))


@pytest.mark.parametrize(
    ("rule", "percent", "whole", "least"),
    [
        ("none", 50, 98, 0),
        ("half", 50, 98, 50),
        ("half", 50, 9, 5),
        ("thirds", 50, 98, 66),
        ("thirds", 50, 99, 66),
        ("percent", 50, 98, 49),
        ("percent", 66, 98, 65),
        ("percent", 100, 98, 98),
    ],
)
def test_a_quorum_is_reached_with_exactly_so_many(rule, percent, whole, least) -> None:
    assert reached(rule, percent, least, whole)
    assert not least or not reached(rule, percent, least - 1, whole)


def declined(made, city: str) -> None:
    seat = made.delegations[city]
    invitations.answer(made.cities[city], made.forum.pk, seat.pk, coming=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("base", "members", "met"), [("invited", 9, False), ("coming", 2, True), ("present", 3, True)]
)
def test_seven_of_nine_do_not_come_and_two_vote(base, members, met) -> None:
    made, _themes = deliberating(*CITIES)
    for city in CITIES[2:]:
        declined(made, city)
    for city in CITIES[:3]:
        Delegate.objects.create(
            delegation=made.delegations[city],
            office="Analis",
            pass_code=city,
            checked_in_at=timezone.now(),
        )
    ballot = opened(made, quorum_base=base)
    for city in CITIES[:2]:
        cast(made, ballot, city, ranking(ballot, 1))
    found = tally(ballot.pk)
    assert (found.may_vote, found.voted, found.members, found.quorum_met) == (2, 2, members, met)
    outcome = outcome_of(closed(made, ballot))
    assert (outcome["members"], outcome["all_weight"], outcome["quorum_met"]) == (
        members, members, met
    )  # fmt: skip
    ballot.refresh_from_db()
    assert f"2 dari {members} " in quorum_told(ballot, outcome)
    Ballot.objects.update(outcome=outcome)
    [(_row, told)] = ballots_of(made.forum)
    assert (told["quorum_rule"], told["quorum_base"], told["members"]) == ("half", base, members)


@pytest.mark.django_db
@pytest.mark.parametrize("base", ["invited", "coming"])
def test_who_leaves_counts_no_more_unless_it_voted_and_after_closing_nothing_changes(base) -> None:
    made, ballot = voting(*CITIES[:4], quorum_base=base, quorum_rule="thirds")
    cast(made, ballot, "kota0", ranking(ballot, 1))
    cast(made, ballot, "kota1", ranking(ballot, 1))
    for city in ("kota0", "kota2"):
        invitations.leave(made.secretary, made.forum.pk, made.delegations[city].pk)
    found = tally(ballot.pk)
    assert (found.may_vote, found.voted, found.members, found.quorum_met) == (3, 2, 3, True)
    closed(made, ballot)
    invitations.leave(made.secretary, made.forum.pk, made.delegations["kota3"].pk)
    assert tally(ballot.pk).members == 3
    ballot.refresh_from_db()
    assert outcome_of(ballot)["members"] == 3


@pytest.mark.django_db
def test_the_weight_that_did_not_vote_counts_against_a_weighted_quorum() -> None:
    made, _ballot = voting(*CITIES[:3])
    invitations.set_weight(made.secretary, made.forum.pk, made.delegations["kota2"].pk, 5)
    ballot = opened(made, weighted=True)
    for city in ("kota0", "kota1"):
        cast(made, ballot, city, ranking(ballot, 1))
    found = tally(ballot.pk)
    assert (found.used, found.whole, found.quorum_met) == (2, 7, False)


@pytest.mark.django_db
def test_who_declines_after_opening_votes_no_more_until_it_says_otherwise() -> None:
    made, ballot = voting(*CITIES[:3], quorum_base="coming")
    declined(made, "kota0")
    with pytest.raises(VoteError, match="Kota0"):
        cast(made, ballot, "kota0", ranking(ballot, 1))
    assert (tally(ballot.pk).may_vote, tally(ballot.pk).members) == (2, 2)
    seat = made.delegations["kota0"]
    invitations.answer(made.cities["kota0"], made.forum.pk, seat.pk, coming=True)
    assert cast(made, ballot, "kota0", ranking(ballot, 1))
    assert tally(ballot.pk).members == 3


@pytest.mark.django_db
def test_an_organisation_that_was_put_away_gets_no_right_and_is_no_base() -> None:
    made, first = voting(*CITIES[:3])
    Organisation.objects.filter(code="kota-kota0").update(deleted_at=timezone.now())
    assert tally(first.pk).members == 2
    ballot = opened(made)
    assert {right.delegation_id for right in ballot.rights.all()} == {
        made.delegations[city].pk for city in CITIES[1:3]
    }


@pytest.mark.django_db
def test_a_ballot_that_was_closed_before_bases_were_kept_counts_every_right() -> None:
    made, ballot = voting(*CITIES[:4], quorum_rule="percent", quorum=50, quorum_base="coming")
    cast(made, ballot, "kota0", ranking(ballot, 1))
    cast(made, ballot, "kota1", ranking(ballot, 1))
    closed(made, ballot)
    Ballot.objects.update(electorate=None)
    invitations.leave(made.secretary, made.forum.pk, made.delegations["kota3"].pk)
    found = tally(ballot.pk)
    assert (found.members, found.whole, found.quorum_met) == (4, 4, True)
    old = {"rights": 4, "votes": 2, "all_weight": 4, "used_weight": 2, "quorum_met": True}
    ballot.refresh_from_db()
    assert "2 dari 4 " in quorum_told(ballot, old)


@pytest.mark.django_db
def test_the_database_refuses_a_secret_vote_with_a_voter_and_a_key_after_closing() -> None:
    made, ballot = voting(*CITIES[:3], secret=True)
    cast(made, ballot, "kota0", ranking(ballot, 1))
    right = ballot.rights.first()
    wrong = (
        lambda: CastVote.objects.create(
            ballot=ballot, right=right, secret=True, receipt="a", places={}
        ),
        lambda: CastVote.objects.create(ballot=ballot, right=right, receipt="a", places={}),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(state="closed"),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(state="ended"),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(quorum_rule="some"),
    )
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    closed(made, ballot)
    assert CastVote.objects.get().secret


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("voters", "secret", "asks"), [(4, True, True), (5, True, False), (4, False, False)]
)
def test_so_few_secret_votes_that_they_could_be_told_apart_must_be_confirmed(
    voters, secret, asks
) -> None:
    made, _themes = deliberating(*CITIES[:voters])
    details = BallotDetails("Mana?", "approval", (("A", None), ("B", None)), secret=secret)
    row = ballots.prepare_ballot(made.secretary, made.forum.pk, details)
    given = (made.secretary, made.forum.pk, row.pk)
    if asks:
        with pytest.raises(VoteError, match="4 delegasi"):
            ballots.open_ballot(*given)
        assert not row.rights.exists()
    assert ballots.open_ballot(*given, few_accepted=asks).rights.count() == voters
