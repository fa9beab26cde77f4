"""Organisations, people, tokens and things for tests of the API."""

from dataclasses import dataclass
from datetime import date

from sinergi.accounts.models import ApiToken, Organisation, Person, Role
from sinergi.accounts.principal import Principal
from sinergi.accounts.tokens import issue
from sinergi.accounts.vocabulary import Scope
from sinergi.forums.actions import ballots, invitations, meetings, points
from sinergi.forums.details import BallotDetails, ForumDetails, NewsDetails, PointDetails
from sinergi.forums.models import Ballot, Forum, Point, Practice
from sinergi.forums.practices.actions import PracticeDetails, present
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.maps.actions import MapDetails, save_map
from sinergi.opportunities.models import PriorityEntry, PriorityList, SavedMap
from tests.opportunities.lists.factories import SETTINGS, explanation
from tests.people import asks, organisation, person

ROLES = tuple(Role.values)
ALL_SCOPES = tuple(Scope)
DAY = date(2024, 4, 21)


def token(someone: Person, whose: Organisation, *scopes: str, days: int = 30) -> str:
    """Issue a token with scopes, all when none is named, and return its secret."""
    _row, secret = issue(asks(someone), whose, name="uji", scopes=scopes or ALL_SCOPES, days=days)
    return secret


def bearer(secret: str) -> dict[str, str]:
    """Headers of a request with a token."""
    return {"Authorization": f"Bearer {secret}"}


@dataclass(frozen=True)
class World:
    """An organisation with a list of two entries and a saved map, and another organisation."""

    own: Organisation
    other: Organisation
    everything: Person
    priority_list: PriorityList
    entries: tuple[PriorityEntry, PriorityEntry]
    saved_map: SavedMap
    ballot: Ballot
    point: Point
    practice: Practice

    def parameters(self, path: str) -> dict[str, object]:
        """Return values for the parameters of a path that lead to something that is there."""
        latest = ApiToken.objects.order_by("-pk").first()
        there: dict[str, dict[str, object]] = {
            "/lists/": {
                "number": self.priority_list.pk,
                "entry": self.entries[0].pk,
                "fmt": "json",
            },
            "/maps/": {"number": self.saved_map.pk},
            "/ballots/": {"number": self.ballot.forum_id, "part": self.ballot.pk},
            "/forums/": {"number": self.point.forum_id, "part": self.point.pk},
            "/practices/": {"number": self.practice.pk},
            "/sharing/": {"number": self.priority_list.pk, "code": self.other.code},
            "/history/": {"number": self.priority_list.pk},
            "/organisations/": {"code": self.own.code, "person": self.everything.pk, "number": 1},
            "/objects/": {"code": "TPA_REGIONAL"},
            "/regions/": {"code": "62.71"},
            "/opportunities/": {"code": "TPA_REGIONAL", "members": "63.01+63.03+63.04+63.71+63.72"},
            "/indicators/": {"code": "stunting"},
            "/imports/": {"number": 1},
            "/tokens/": {"token_id": latest.pk if latest else 1},
            "/uploads/": {"token": "0" * 32},
        }
        usual = {"kind": "priority_list", "role": "viewer", "member": self.other.code}
        found = next((values for start, values in there.items() if start in path), {})
        return {n: v for n, v in (usual | found).items() if "{" + n + "}" in path}


def make_world() -> World:
    """Make everything; cheap, without computing a map."""
    own, other = organisation("kota-banjarbaru"), organisation("kota-banjarmasin")
    everything = person("Semua Peran", *((role, own) for role in ROLES))
    by = asks(everything)
    plan = actions.create_list(by, own, ListDetails("Prioritas Banjarbakula"))
    first = actions.add_entry(by, plan.pk, explanation(), SETTINGS, EntryDetails(lead="DLH"))
    second = actions.add_entry(by, plan.pk, explanation(("63.01", "63.04"), rank=4), SETTINGS)
    kept = save_map(by, own, MapDetails("TPA Kalsel", "objek=TPA_REGIONAL&dalam=63"))
    plan.refresh_from_db()
    ballot, point = _meeting(by, own)
    told = PracticeDetails("Bank sampah", "Menumpuk", "Menimbang")
    practice = present(by, own, told)
    return World(own, other, everything, plan, (first, second), kept, ballot, point, practice)


def _meeting(by: Principal, own: Organisation) -> tuple[Ballot, Point]:
    """A forum that is followed up, with an open ballot and a point that was sent."""
    forum = meetings.announce(by, own, ForumDetails("Raker", "mapping", begins=DAY, ends=DAY))
    [row] = invitations.invite(by, forum.pk, [own])
    invitations.answer(by, forum.pk, row.pk, coming=True)
    Forum.objects.filter(pk=forum.pk).update(stage=Forum.Stages.DELIBERATING)
    options = (("Jalan", None), ("Air", None))
    ballot = ballots.prepare_ballot(by, forum.pk, BallotDetails("Mana?", "approval", options))
    ballots.open_ballot(by, forum.pk, ballot.pk)
    point = points.agree(by, forum.pk, PointDetails(1, "Percepatan jalan", "advocacy"))
    Forum.objects.filter(pk=forum.pk).update(stage=Forum.Stages.FOLLOWING_UP)
    return ballot, points.report(by, forum.pk, point.pk, NewsDetails("sent", DAY)).point
