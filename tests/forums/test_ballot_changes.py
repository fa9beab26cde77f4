"""A ballot in preparation is changed, and no deed on it is done from an old look at it."""

import json
from dataclasses import replace

import pytest

from sinergi.accounts.errors import ConflictError, ForbiddenError, InvalidError
from sinergi.accounts.models import AuditRecord
from sinergi.forums.actions import ballots
from sinergi.forums.actions.ballot_rows import details_of
from sinergi.forums.details import BallotDetails
from sinergi.forums.errors import NotFoundError, VoteError

from .play import deliberating
from .voting import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared():
    """A forum that deliberates, with a ballot in preparation on a theme and two lines."""
    made, drawn = deliberating()
    options = ((drawn[0].title, drawn[0].pk), ("Air", None), ("Pangan", None))
    details = BallotDetails("Prioritas?", "borda", options)
    return made, drawn, ballots.prepare_ballot(made.secretary, made.forum.pk, details)


def change(made, ballot, numbers=None, revision=None, **values):
    details = replace(details_of(ballot), **values)
    return ballots.edit_ballot(
        made.secretary, made.forum.pk, ballot.pk, details, numbers=numbers, revision=revision
    )


def test_options_are_worded_moved_taken_out_and_added_and_stay_what_they_are(prepared) -> None:
    made, drawn, ballot = prepared
    theme, water, _food = ballot.options.values_list("pk", flat=True)
    options = (("Air bersih", None), ("Jalan nasional", drawn[0].pk), ("Energi", drawn[1].pk))
    changed = change(
        made,
        ballot,
        [water, theme, None],
        question="Mana yang didahulukan?",
        options=options,
        places=2,
        quorum=66,
        secret=True,
        method="schulze",
    )
    assert changed.revision == 2
    rows = list(changed.options.values_list("pk", "position", "text", "theme"))
    assert rows[:2] == [
        (water, 1, "Air bersih", None),
        (theme, 2, "Jalan nasional", drawn[0].pk),
    ]
    assert rows[2][1:] == (3, "Energi", drawn[1].pk)
    assert details_of(changed) == BallotDetails(
        "Mana yang didahulukan?", "schulze", options, places=2, secret=True, quorum=66
    )
    told = AuditRecord.objects.get(verb="ballot_changed")
    before, after = json.loads(told.before), json.loads(told.after)
    assert before["options"] == [drawn[0].title, "Air", "Pangan"]
    assert after["options"] == ["Air bersih", "Jalan nasional", "Energi"]
    assert after["quorum"] == 66
    assert "weighted" not in after


def test_a_change_of_nothing_leaves_no_trace(prepared) -> None:
    made, _drawn, ballot = prepared
    before = AuditRecord.objects.count()
    assert change(made, ballot).revision == 1
    assert AuditRecord.objects.count() == before


def test_without_numbers_options_are_known_by_their_texts(prepared) -> None:
    made, drawn, ballot = prepared
    rows = dict(ballot.options.values_list("text", "pk"))
    changed = change(made, ballot, options=(("Pangan", None), (drawn[0].title, drawn[0].pk)))
    assert dict(changed.options.values_list("text", "pk")) == {
        text: rows[text] for text in ("Pangan", drawn[0].title)
    }


@pytest.mark.parametrize("numbers", [[0, 0], ["other", None], [0]])
def test_an_option_is_one_of_the_ballot_and_one_only(prepared, numbers) -> None:
    made, _drawn, ballot = prepared
    first = ballot.options.first().pk
    other = opened(made).options.first().pk
    named = [{0: first, "other": other}.get(one, one) for one in numbers]
    with pytest.raises(NotFoundError):
        change(made, ballot, named, options=(("A", None), ("B", None)))


def test_a_change_keeps_to_the_rules_of_ballots(prepared) -> None:
    made, _drawn, ballot = prepared
    with pytest.raises(InvalidError) as refused:
        change(made, ballot, options=(("A", None),), secret=True, weighted=True, places=2)
    assert set(refused.value.fields) == {"options", "places", "weighted"}
    with pytest.raises(NotFoundError):
        change(made, ballot, options=(("A", 987654), ("B", None)))
    with pytest.raises(ForbiddenError):
        ballots.edit_ballot(made.cities["banjarbaru"], made.forum.pk, ballot.pk, details_of(ballot))


def test_what_is_open_is_not_changed(prepared) -> None:
    made, _drawn, ballot = prepared
    ballots.open_ballot(made.secretary, made.forum.pk, ballot.pk)
    with pytest.raises(VoteError):
        change(made, ballot, question="Lain?")


def test_no_deed_is_done_from_an_old_look(prepared) -> None:
    made, _drawn, ballot = prepared
    given = (made.secretary, made.forum.pk, ballot.pk)
    change(made, ballot, question="Lain?")
    with pytest.raises(ConflictError):
        change(made, ballot, revision=1, question="Yang lain lagi?")
    for deed in (ballots.open_ballot, ballots.cancel_ballot):
        with pytest.raises(ConflictError):
            deed(*given, revision=1)
    ballots.open_ballot(*given, revision=2)
    for deed in (ballots.close_ballot, ballots.cancel_ballot):
        with pytest.raises(ConflictError):
            deed(*given, revision=2)
    assert ballots.cancel_ballot(*given, revision=3).state == "cancelled"
