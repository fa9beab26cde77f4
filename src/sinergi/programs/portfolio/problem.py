"""A stored portfolio as an instance of `analysis.portfolio`, with what its numbers stand for."""

import hashlib
import json
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from sinergi.accounts.errors import InvalidError
from sinergi.analysis.portfolio import (
    FREE,
    PPM,
    Alternatives,
    Choice,
    Instance,
    Joint,
    Pin,
    Precedence,
    RegionShare,
    spending,
    ways_of,
)
from sinergi.programs.models import (
    Decision,
    Measure,
    Portfolio,
    PortfolioProject,
    PortfolioRule,
    PortfolioShare,
    RuleKind,
)
from sinergi.reference.rupiah import minor

TOLD = 5
"""Projects named in a message; of more only the number is told."""


@dataclass(frozen=True, eq=False)
class Problem:
    """An instance, and the rows of the database that its numbers stand for."""

    instance: Instance
    projects: list[PortfolioProject]
    years: list[int]
    channels: list[str]
    regions: list[str]
    shares: list[PortfolioShare]
    rules: dict[tuple[str, int], PortfolioRule]

    @property
    def digest(self) -> str:
        """SHA-256 of all that decides what the best choice is."""
        one = self.instance
        told = hashlib.sha256()
        for values in (
            one.score, one.way_project, one.cost, one.first, one.last, one.ceilings,
            one.benefit, one.carries,
        ):  # fmt: skip
            told.update(str(values.shape).encode() + np.ascontiguousarray(values).tobytes())
        rules = (one.shares, one.precedences, one.alternatives, one.joints, one.pins)
        told.update(repr(rules).encode())
        told.update(json.dumps([self.years, self.channels, self.regions]).encode())
        told.update(json.dumps([project.pk for project in self.projects]).encode())
        return told.hexdigest()

    def cells(self, choice: Choice) -> list[list[object]]:
        """Return year, channel, ceiling and what is spent, minor units."""
        spent = spending(self.instance, choice)
        return [
            [year, channel, int(self.instance.ceilings[y, c]), int(spent[y, c])]
            for y, year in enumerate(self.years)
            for c, channel in enumerate(self.channels)
        ]

    def received(self, choice: Choice) -> list[list[object]]:
        """Return for each region its money (minor units, rounded), score and number of projects."""
        rows = np.flatnonzero(choice.chosen)
        ways = self.instance.first_way[rows] + choice.way[rows]
        money = self.instance.cost[ways].sum(axis=(1, 2)).astype(float)
        share = self.instance.benefit[rows] / PPM
        score = self.instance.score[rows] * self.instance.timeliness[choice.start[rows]]
        return [
            [
                code,
                round(float(money @ share[:, r])),
                float(score @ share[:, r]),
                int((share[:, r] > 0).sum()),
            ]
            for r, code in enumerate(self.regions)
        ]

    def chosen(self, choice: Choice) -> list[dict[str, object]]:
        """Return each chosen project with its start and its amounts by year and channel."""
        found = []
        for row in np.flatnonzero(choice.chosen).tolist():
            way = int(self.instance.first_way[row] + choice.way[row])
            start = int(choice.start[row])
            amounts = self._amounts(way, start)
            found.append(
                {
                    "project": self.projects[row].pk,
                    "start": self.years[start],
                    "amounts": amounts,
                }
            )
        return found

    def choice(self, chosen: list[dict[str, object]]) -> Choice:
        """Return a stored choice, as far as its projects and amounts are still the same."""
        start = np.full(len(self.projects), -1, np.int64)
        way = start.copy()
        place = {project.pk: row for row, project in enumerate(self.projects)}
        for told in chosen:
            row = place.get(int(str(told["project"])))
            year = int(str(told["start"]))
            if row is None or year not in self.years:
                continue
            begin, end = self.instance.first_way[row : row + 2].tolist()
            at = self.years.index(year)
            for number in range(begin, end):
                if self._amounts(number, at) == told["amounts"]:
                    start[row], way[row] = at, number - begin
        return Choice(start, way)

    def _amounts(self, way: int, start: int) -> list[list[object]]:
        cost = self.instance.cost[way]
        return [
            [self.years[start + offset], self.channels[c], int(cost[offset, c])]
            for offset, c in np.argwhere(cost > 0).tolist()
            if start + offset < len(self.years)
        ]


def length_of(project: PortfolioProject) -> int:
    """Return over how many years the costs of a project last."""
    used = [
        number + 1
        for part in project.parts
        for number, amount in enumerate(part["amounts"])
        if amount
    ]
    return max(used, default=1)


def problem_of(portfolio: Portfolio) -> Problem:
    """Return the problem of a portfolio; a few queries.

    Raises
    ------
    InvalidError
        When there are no projects, some cannot start and end within the years, or were decided for a year
        outside of them.
    """
    projects = list(portfolio.projects.all())
    ceilings = list(portfolio.ceilings.all())
    shares = list(portfolio.shares.all())
    if not projects:
        raise InvalidError({"": _("The portfolio has no projects yet.")})
    years = list(range(portfolio.first_year, portfolio.last_year + 1))
    _fit(projects, years)
    used = {channel for one in projects for part in one.parts for channel in part["channels"]}
    channels = sorted(used | {one.channel for one in ceilings})
    regions = sorted(
        {code for one in projects for code in one.regions} | {s.region_code for s in shares}
    )
    money = np.zeros((len(years), len(channels)), np.int64)
    for ceiling in ceilings:
        if ceiling.year in years:
            money[years.index(ceiling.year), channels.index(ceiling.channel)] = minor(
                ceiling.amount
            )
    way_project, cost = _ways(projects, channels)
    benefit = np.zeros((len(projects), len(regions)), np.int64)
    for row, project in enumerate(projects):
        for code, part in project.regions.items():
            benefit[row, regions.index(code)] = part
    place = {project.pk: row for row, project in enumerate(projects)}
    rules = _rules(portfolio, place)
    instance = Instance(
        score=np.array([one.score for one in projects]),
        way_project=way_project,
        cost=cost,
        first=np.array([max(one.earliest, years[0]) - years[0] for one in projects]),
        last=np.array([min(one.latest, years[-1]) - years[0] for one in projects]),
        ceilings=money,
        benefit=benefit,
        carries=np.array([one in portfolio.carries for one in channels]),
        shares=tuple(_share(one, regions) for one in shares),
        pins=tuple(_pin(place[one.pk], one, years) for one in projects if one.decision),
        precedences=tuple(rules.precedences),
        alternatives=tuple(rules.alternatives),
        joints=tuple(rules.joints),
    )
    return Problem(instance, projects, years, channels, regions, shares, rules.told)


def _fit(projects: list[PortfolioProject], years: list[int]) -> None:
    lost = [
        one.title
        for one in projects
        if max(one.earliest, years[0]) + length_of(one) - 1 > years[-1] or one.latest < years[0]
    ]
    text = _("%(count)s projects cannot start and end within the years, such as: %(names)s.")
    _refuse(text, lost)
    pinned = [
        one.title
        for one in projects
        if one.decision == Decision.IN and one.decided_year not in {None, *years}
    ]
    text = _(
        "%(count)s projects are in by hand from a year outside the portfolio, such as: %(names)s. Choose "
        "another year for them, or leave them open."
    )
    _refuse(text, pinned)


def _refuse(text: str, titles: list[str]) -> None:
    if titles:
        named = "; ".join(f"“{title[:80]}”" for title in titles[:TOLD])
        raise InvalidError({"": text % {"count": len(titles), "names": named}})


def _ways(projects: list[PortfolioProject], channels: list[str]) -> tuple[np.ndarray, np.ndarray]:
    place = {code: number for number, code in enumerate(channels)}
    longest = max(length_of(one) for one in projects)
    owner: list[int] = []
    profiles: list[np.ndarray] = []
    for row, project in enumerate(projects):
        parts = [
            (part["amounts"], [place[code] for code in part["channels"]]) for part in project.parts
        ]
        for way in ways_of(parts or [([0], [0])], len(channels) or 1):
            whole = np.zeros((longest, len(channels)), np.int64)
            size = min(len(way), longest)
            whole[:size] = way[:size]
            owner.append(row)
            profiles.append(whole)
    return np.array(owner, np.int64), np.array(profiles)


def _share(one: PortfolioShare, regions: list[str]) -> RegionShare:
    return RegionShare(
        regions.index(one.region_code),
        one.minimum,
        one.maximum,
        measure="score" if one.measure == Measure.SCORE else "money",
        base="available" if one.measure == Measure.AVAILABLE else "chosen",
    )


def _pin(row: int, one: PortfolioProject, years: list[int]) -> Pin:
    chosen = one.decision == Decision.IN
    start = FREE if one.decided_year is None or not chosen else one.decided_year - years[0]
    return Pin(row, chosen, start)


@dataclass(frozen=True)
class _Rules:
    precedences: list[Precedence]
    alternatives: list[Alternatives]
    joints: list[Joint]
    told: dict[tuple[str, int], PortfolioRule]


def _rules(portfolio: Portfolio, place: dict[int, int]) -> _Rules:
    found = _Rules([], [], [], {})
    for rule in portfolio.rules.prefetch_related("members"):
        members = tuple(place[one.project_id] for one in rule.members.all())
        if len(members) < 2:
            continue
        if rule.kind == RuleKind.BEFORE:
            found.told["precedence", len(found.precedences)] = rule
            found.precedences.append(Precedence(members[0], members[1], rule.lag))
        elif rule.kind == RuleKind.TOGETHER:
            found.told["joint", len(found.joints)] = rule
            found.joints.append(Joint(members))
        else:
            found.told["alternatives", len(found.alternatives)] = rule
            exactly = rule.kind == RuleKind.EXACTLY_ONE
            found.alternatives.append(Alternatives(members, exactly))
    return found
