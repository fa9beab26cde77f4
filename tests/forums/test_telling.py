"""The history of a forum tells nobody what its pages withhold: drafts, ballots in preparation, remarks."""

from collections.abc import Iterable

import pytest
from django.test import Client

from sinergi.accounts.actions.sharing import set_visibility
from sinergi.accounts.audit.history import history_for
from sinergi.accounts.models import Person, Visibility
from sinergi.accounts.principal import Principal, operator
from sinergi.forums.actions import ballots, issues, minutes, remarks
from sinergi.forums.details import BallotDetails, IssueDetails
from sinergi.forums.models import Forum
from sinergi.forums.stages import Stage
from tests.people import asks, person

from .play import Play, play

pytestmark = pytest.mark.django_db
DRAFTS = ("ALASAN DRAF", "PERTANYAAN DRAF", "opsi draf", "SEBAB BERITA")
ASKED = BallotDetails("Tema mana?", "approval", (("Jalan", None), ("Air", None)))


def told(by: Principal, made: Play) -> str:
    """All that the history tells somebody, as one text."""
    forum = Forum.objects.get(pk=made.forum.pk)
    return " ".join(
        f"{one.verb} {one.part} {one.after} {one.reason}" for one in history_for(by, forum)
    )


def drafted() -> Play:
    """A public forum with a draft of everything, a remark, and an open ballot in which one city voted."""
    made = play("banjarbaru", "banjarmasin")
    set_visibility(operator(), made.forum, Visibility.PUBLIC)
    made.move(Stage.RAISING)
    by, row = made.cities["banjarbaru"], made.delegations["banjarbaru"]
    draft = issues.raise_issue(by, made.forum.pk, row.pk, IssueDetails("Draf"), submit=False)
    issues.withdraw_issue(by, made.forum.pk, draft.pk, reason="ALASAN DRAF")
    raised = made.raises("banjarbaru", "Jalan")
    made.move(Stage.PREPARING)
    theme = made.theme("Jalan", raised)
    made.move(Stage.DELIBERATING)
    comment(made, theme.pk)
    secret = BallotDetails("PERTANYAAN DRAF", "approval", (("opsi draf", None), ("lain", None)))
    ballots.prepare_ballot(made.secretary, made.forum.pk, secret)
    minutes.draw_up(made.secretary, made.forum.pk, reason="SEBAB BERITA")
    return made


def comment(made: Play, theme: int) -> None:
    """A remark on a theme."""
    number = made.delegations["banjarbaru"].pk
    remarks.remark(made.cities["banjarbaru"], made.forum.pk, number, theme, text="TANGGAPAN KOTA")


def without(text: str, words: Iterable[str]) -> bool:
    return not [word for word in words if word in text]


def test_drafts_are_told_to_those_alone_whose_they_are() -> None:
    made = drafted()
    own, other = told(made.cities["banjarbaru"], made), told(made.cities["banjarmasin"], made)
    assert "ALASAN DRAF" in own
    assert without(own, DRAFTS[1:])
    assert without(other, DRAFTS)
    assert "remarked" in other
    desk = told(made.secretary, made)
    assert not without(desk, ["PERTANYAAN DRAF"])
    assert not without(desk, ["SEBAB BERITA"])
    assert without(desk, ["ALASAN DRAF", "issue_written"])
    stranger = told(asks(person("Asing")), made)
    assert without(stranger, (*DRAFTS, "remarked", "TANGGAPAN"))
    assert "issue_submitted" in stranger


def test_strangers_see_wordings_results_and_totals_on_pages_and_in_the_history_alike() -> None:
    made = drafted()
    ballot = ballots.prepare_ballot(made.secretary, made.forum.pk, ASKED)
    assert f"ballot:{ballot.pk}" not in told(made.cities["banjarmasin"], made)
    ballots.open_ballot(made.secretary, made.forum.pk, ballot.pk)
    assert "Tema mana?" in told(made.cities["banjarmasin"], made)
    visitor, city = Client(), Client()
    city.force_login(Person.objects.get(pk=made.cities["banjarmasin"].person_id))
    page, theme = f"/forum/{made.forum.pk}/suara/{ballot.pk}/", made.forum.themes.get()
    where = f"/forum/{made.forum.pk}/tema/{theme.pk}/"
    for words, address in (("Kota Banjarmasin", page), ("TANGGAPAN KOTA", where)):
        assert words in city.get(address).content.decode()
        assert words not in visitor.get(address).content.decode()
    assert "Tema mana?" in visitor.get(page).content.decode()
    stranger = told(asks(person("Asing")), made)
    assert "ballot_opened" in stranger
    assert "voted" not in stranger.replace("ballot_", "")
