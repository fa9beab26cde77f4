"""A commissariat with cities, ready to meet: made in one line each by the same actions as real ones."""

from dataclasses import dataclass, field
from datetime import date

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.forums.actions import invitations, issues, meetings, themes
from sinergi.forums.details import ForumDetails, IssueDetails, ThemeDetails
from sinergi.forums.models import Delegation, Forum
from sinergi.forums.stages import Stage
from tests.people import asks, organisation, person

DAY = date(2024, 4, 21)


@dataclass
class Play:
    """A forum with its secretariat and the cities that are invited."""

    forum: Forum
    secretary: Principal
    cities: dict[str, Principal] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)

    def move(self, *stages: Stage) -> Forum:
        """Take the forum through stages, one after the other."""
        for stage in stages:
            self.forum = meetings.move_on(self.secretary, self.forum.pk, stage)
        return self.forum

    def raises(self, city: str, title: str, **values: object):
        """Have a city submit an issue."""
        number = self.delegations[city].pk
        details = IssueDetails(title, **values)
        return issues.raise_issue(self.cities[city], self.forum.pk, number, details)

    def theme(self, title: str, *raised):
        """Draw issues into a theme."""
        numbers = [issue.pk for issue in raised]
        return themes.draw_theme(self.secretary, self.forum.pk, ThemeDetails(title), numbers)


def secretariat(
    code: str = "komwil-v", role: str = "coordinator"
) -> tuple[Organisation, Principal]:
    """A commissariat and somebody who works for it."""
    office = organisation(code, kind=Organisation.Kind.COMMISSARIAT)
    return office, asks(person(f"Sekretaris {code}", (role, office)))


def play(*cities: str, office: str = "komwil-v", title: str = "Raker Komwil V") -> Play:
    """A forum that is announced, with cities invited that said they come."""
    owner, secretary = secretariat(office)
    details = ForumDetails(title, "commissariat", begins=DAY, ends=DAY, place="Banjarbaru")
    made = Play(meetings.announce(secretary, owner, details), secretary)
    for city in cities or ("banjarbaru", "banjarmasin", "palangka-raya"):
        home = organisation(f"kota-{city}")
        made.cities[city] = asks(person(f"Analis {city} {office}", ("analyst", home)))
        [row] = invitations.invite(secretary, made.forum.pk, [home])
        made.delegations[city] = invitations.answer(
            made.cities[city], made.forum.pk, row.pk, coming=True
        )
    return made


def deliberating(*cities: str, **options: str) -> tuple[Play, list]:
    """A forum in which cities have raised an issue each that is drawn into a theme of its own."""
    made = play(*cities, **options)
    made.move(Stage.RAISING)
    raised = [made.raises(city, f"Isu {city}") for city in made.cities]
    made.move(Stage.PREPARING)
    drawn = [made.theme(f"Tema {issue.title}", issue) for issue in raised]
    made.move(Stage.DELIBERATING)
    return made, drawn
