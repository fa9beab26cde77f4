"""Organisations, people, tokens and things for tests of the API."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sinergi.accounts.models import ApiToken, Organisation, Person, Role
from sinergi.accounts.principal import Principal
from sinergi.accounts.tokens import issue
from sinergi.accounts.vocabulary import Scope
from sinergi.agreements.models import Agreement
from sinergi.forums.actions import ballots, invitations, meetings, points
from sinergi.forums.actions.news import report
from sinergi.forums.details import BallotDetails, ForumDetails, NewsDetails, PointDetails
from sinergi.forums.models import Ballot, Forum, Point, Practice
from sinergi.forums.practices.actions import PracticeDetails, present
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from sinergi.opportunities.maps.actions import MapDetails, save_map
from sinergi.opportunities.models import PriorityEntry, PriorityList, SavedMap
from sinergi.programs.actions import lines, plans, versions
from sinergi.programs.models import PlanLine, Portfolio, Ranking, SyncRun
from sinergi.programs.rules import Amount, LineDetails, PlanDetails
from tests.agreements.making import a_party, an_agreement
from tests.opportunities.lists.factories import SETTINGS, explanation
from tests.people import asks, organisation, person
from tests.site.matrix.programs import portfolio, ranking, run

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
    line: PlanLine
    run: SyncRun
    ranking: Ranking
    portfolio: Portfolio
    agreement: Agreement

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
            "/plans/": {
                "number": self.line.version.plan_id,
                "version": self.line.version.number,
                "identity": str(self.line.identity),
            },
            "/sync-runs/": {"number": self.run.pk, "finding": self.run.findings.get().pk},
            "/rankings/": {"number": self.ranking.pk},
            "/portfolios/": {"number": self.portfolio.pk, "run": self.portfolio.runs.get().pk},
            "/agreements/": {"number": self.agreement.pk},
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
    line = _line(by, own)
    with_line = line.version.plan
    told = run(own, with_line), ranking(own, with_line), portfolio(own, with_line)
    agreement = an_agreement(own)
    a_party(agreement, own.name, organisation=own)
    return World(
        own,
        other,
        everything,
        plan,
        (first, second),
        kept,
        ballot,
        point,
        practice,
        line,
        *told,
        agreement,
    )


def _line(by: Principal, own: Organisation) -> PlanLine:
    """A line of the first version of a plan, in preparation."""
    details = PlanDetails("RKPD 2025", "rkpd", own.region_code or "63.72", 2025, 2026)
    plan = plans.create_plan(by, own, details)
    version = versions.make_version(by, plan.pk)
    amounts = (Amount(2025, "", Decimal("1000.50")),)
    return lines.add_line(by, version.pk, LineDetails("Jalan", amounts=amounts))


def _meeting(by: Principal, own: Organisation) -> tuple[Ballot, Point]:
    """An open ballot of a forum that deliberates, and a point that was sent of one that is followed up."""
    forum = _deliberating(by, own, "Raker")
    options = (("Jalan", None), ("Air", None))
    ballot = ballots.prepare_ballot(by, forum.pk, BallotDetails("Mana?", "approval", options))
    ballots.open_ballot(by, forum.pk, ballot.pk)
    forum = _deliberating(by, own, "Raker lama")
    point = points.agree(by, forum.pk, PointDetails(1, "Percepatan jalan", "advocacy"))
    Forum.objects.filter(pk=forum.pk).update(stage=Forum.Stages.FOLLOWING_UP)
    return ballot, report(by, forum.pk, point.pk, NewsDetails("sent", DAY)).point


def _deliberating(by: Principal, own: Organisation, title: str) -> Forum:
    forum = meetings.announce(by, own, ForumDetails(title, "mapping", begins=DAY, ends=DAY))
    [row] = invitations.invite(by, forum.pk, [own])
    invitations.answer(by, forum.pk, row.pk, coming=True)
    Forum.objects.filter(pk=forum.pk).update(stage=Forum.Stages.DELIBERATING)
    return forum
