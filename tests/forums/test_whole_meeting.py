"""A whole meeting by its actions: from the invitation to what became of a point in the national forum."""

from datetime import date

import pytest

from sinergi.accounts.errors import ForbiddenError, UnseenError
from sinergi.accounts.models import AuditRecord
from sinergi.accounts.principal import operator as machine
from sinergi.forums import minutes as contents
from sinergi.forums.actions import ballots, issues, minutes, points, themes, votes
from sinergi.forums.actions.descent import descend
from sinergi.forums.actions.news import report
from sinergi.forums.counting import outcome_of
from sinergi.forums.details import (
    BallotDetails,
    IssueDetails,
    NewsDetails,
    PointDetails,
    ThemeDetails,
)
from sinergi.forums.errors import ForumError, LackError, StageError
from sinergi.forums.models import CastVote, Point, SealedVote
from sinergi.forums.queries.lineage import Node, lineage_from
from sinergi.forums.stages import Stage

from .play import deliberating, play

pytestmark = pytest.mark.django_db
CODE = "kode{:020d}"


def sealed(made):
    """Record one point and seal the minutes."""
    by, number = made.secretary, made.forum.pk
    minutes.draw_up(by, number, opening="Pembukaan", signatories=[("Wali Kota Banjarbaru", "")])
    draft = made.forum.minutes.get()
    minutes.seal_minutes(by, number, draft.version, contents.hash_of(draft.content))
    made.move(Stage.SEALED, Stage.FOLLOWING_UP)


def test_a_point_is_followed_from_the_city_that_raised_it_to_the_national_forum() -> None:
    made, drawn = deliberating()
    merged = themes.merge_themes(
        made.secretary, made.forum.pk, [drawn[0].pk, drawn[1].pk], ThemeDetails("Jalan Kalimantan")
    )
    details = PointDetails(1, "Percepatan jalan", "advocacy", addressees=("Kementerian PU",))
    lower = points.agree(made.secretary, made.forum.pk, details, points.Origin((merged.pk,)))
    sealed(made)
    national = play(office="apeksi", title="Rakernas")
    national.move(Stage.RAISING)
    national.raises("banjarbaru", "Isu nasional")
    national.move(Stage.PREPARING)
    issue = national.forum.issues.get()
    national.theme("Tema", issue)
    national.move(Stage.DELIBERATING)
    with pytest.raises(UnseenError):
        points.forward(made.secretary, [lower.pk], national.forum.pk, details)
    day = date(2024, 5, 2)
    higher = points.forward(machine(), [lower.pk], national.forum.pk, details, sent=day)
    graph = lineage_from([Node("point", higher.pk)])
    origins = graph.origins(Node("point", higher.pk))
    assert {one.kind for one in origins} == {"issue"}
    assert len(origins) == 2
    news = NewsDetails("received", date(2024, 6, 10))
    report(made.secretary, made.forum.pk, lower.pk, news)
    assert Point.objects.get(pk=lower.pk).fate == "received"


def test_a_circle_of_forwarding_is_refused() -> None:
    _made, drawn = deliberating()
    nodes = [Node("theme", theme.pk) for theme in drawn]
    descend([nodes[0]], nodes[1])
    descend([nodes[1]], nodes[2])
    with pytest.raises(ForumError):
        descend([nodes[2]], nodes[0])


def test_stages_refuse_what_is_early_or_lacks_something() -> None:
    made = play()
    with pytest.raises(StageError, match=r"mengajukan|raise"):
        made.raises("banjarbaru", "Terlalu dini")
    made.move(Stage.RAISING)
    with pytest.raises(LackError):
        made.move(Stage.PREPARING)


def test_what_is_not_submitted_is_seen_by_its_own_only() -> None:
    made = play()
    made.move(Stage.RAISING)
    number = made.delegations["banjarbaru"].pk
    draft = issues.raise_issue(
        made.cities["banjarbaru"], made.forum.pk, number, IssueDetails("Rahasia"), submit=False
    )
    with pytest.raises(UnseenError):
        issues.edit_issue(
            made.cities["banjarmasin"], made.forum.pk, draft.pk, IssueDetails("Diubah")
        )
    assert not AuditRecord.objects.filter(after__contains="Rahasia").exists()


@pytest.mark.parametrize("secret", [False, True])
def test_each_delegation_votes_once_and_a_vote_sent_again_counts_once(secret) -> None:
    made, drawn = deliberating()
    options = tuple((theme.title, theme.pk) for theme in drawn)
    details = BallotDetails("Prioritas?", "borda", options, secret=secret)
    ballot = ballots.prepare_ballot(made.secretary, made.forum.pk, details)
    ballots.open_ballot(made.secretary, made.forum.pk, ballot.pk, few_accepted=True)
    first, second, third = ballot.options.values_list("pk", flat=True)
    for number, city in enumerate(made.cities):
        by, delegation = made.cities[city], made.delegations[city].pk
        given = (by, made.forum.pk, ballot.pk, delegation, {first: 1, second: 2, third: 3})
        assert votes.vote(*given, CODE.format(number))
        assert not votes.vote(*given, CODE.format(number))
        with pytest.raises(ForumError):
            votes.vote(*given, CODE.format(number + 50))
    assert SealedVote.objects.count() == (3 if secret else 0)
    ballot = ballots.close_ballot(made.secretary, made.forum.pk, ballot.pk)
    assert SealedVote.objects.count() == 0
    assert CastVote.objects.count() == 3
    outcome = outcome_of(ballot)
    assert outcome["quorum_met"]
    assert outcome["order"] == [[str(first)], [str(second)], [str(third)]]
    assert CastVote.objects.filter(right=None).count() == (3 if secret else 0)


def test_others_speak_for_no_delegation_but_their_own() -> None:
    made = play()
    made.move(Stage.RAISING)
    with pytest.raises(ForbiddenError):
        issues.raise_issue(
            made.cities["banjarmasin"],
            made.forum.pk,
            made.delegations["banjarbaru"].pk,
            IssueDetails("Atas nama orang lain"),
        )


def test_sealed_minutes_are_corrected_by_a_version_that_shows_its_difference() -> None:
    made, _drawn = deliberating()
    details = PointDetails(1, "Percepatan jalan", "advocacy")
    points.agree(made.secretary, made.forum.pk, details)
    sealed(made)
    second = minutes.draw_up(
        made.secretary,
        made.forum.pk,
        opening="Pembukaan yang dibetulkan",
        signatories=[("Wali Kota Banjarbaru", "")],
        reason="Salah ketik",
    )
    first = made.forum.minutes.get(version=1)
    found = contents.differences(first.content, second.content)
    assert [one.where for one in found] == [("opening",)]
    assert first.sha256 == contents.hash_of(first.content)
