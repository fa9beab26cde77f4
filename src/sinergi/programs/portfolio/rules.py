"""What portfolios allow: details, projects, ceilings, shares and rules. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.programs.models import Measure, RuleKind
from sinergi.programs.rules import FIRST_YEAR, LAST_YEAR

LENGTHS = {"title": 200, "note": 4000}
MOST_YEARS = 10
MOST_PROJECTS = 20_000
MOST_MEMBERS = 20
MOST_SCORE = 1e6
SECONDS = (1, 600)
SOLVERS = ("highs", "scip", "cpsat")


@dataclass(frozen=True, slots=True)
class PortfolioDetails:
    """What a person writes about a portfolio."""

    title: str
    first_year: int | None
    last_year: int | None
    note: str = ""
    carries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectDetails:
    """What a person changes about a project; amounts stay as the plan says them.

    Attributes
    ----------
    channels
        For each part of its cost the channels that may pay it.
    """

    score: float
    earliest: int
    latest: int
    channels: tuple[tuple[str, ...], ...]
    decision: str = ""
    decided_year: int | None = None


@dataclass(frozen=True, slots=True)
class ShareDetails:
    """The least and the most that a region receives, percent."""

    region_code: str
    measure: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RuleDetails:
    """How projects, by number, hang together."""

    kind: str
    projects: tuple[int, ...]
    lag: int = 0


@dataclass(frozen=True, slots=True)
class RunDetails:
    """How long and how exactly a portfolio is chosen."""

    seconds: int = 30
    gap: float = 0.0
    solver: str = "highs"
    others: int = 5


def details_faults(details: PortfolioDetails) -> dict[str, str]:
    """Return what is wrong with the details, by field."""
    faults = too_long(details, LENGTHS)
    if not details.title:
        faults["title"] = _("Give the portfolio a title.")
    told = _("Choose a year between %(first)s and %(last)s.")
    first, last = details.first_year, details.last_year
    for name, year in (("first_year", first), ("last_year", last)):
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            faults[name] = told % {"first": FIRST_YEAR, "last": LAST_YEAR}
    if not faults and first is not None and last is not None:
        if last < first:
            faults["last_year"] = _("The last year lies before the first.")
        elif last - first >= MOST_YEARS:
            faults["last_year"] = _("At most %(most)s years.") % {"most": MOST_YEARS}
    return faults


def project_faults(
    details: ProjectDetails, years: tuple[int, int], length: int, channels: Sequence[str]
) -> dict[str, str]:
    """Return what is wrong with a project whose costs last `length` years, by field."""
    faults = {}
    if not 0 <= details.score <= MOST_SCORE:
        faults["score"] = _("A score lies between 0 and one million.")
    last = years[1] - length + 1
    if not years[0] <= details.earliest <= last:
        told = _("With costs over %(length)s years it must start between %(first)s and %(last)s.")
        faults["earliest"] = told % {"length": length, "first": years[0], "last": last}
    elif not details.earliest <= details.latest <= last:
        faults["latest"] = _("The last start lies before the first, or too late for its costs.")
    for number, named in enumerate(details.channels):
        if not named or not set(named) <= {*channels, ""}:
            faults[f"part-{number}"] = _("Choose at least one channel of the list.")
    year = details.decided_year
    if year is not None and not details.earliest <= year <= details.latest:
        faults["decided_year"] = _("Choose a year in which it may start.")
    return faults


def share_faults(details: ShareDetails, regions: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with a share, by field; `regions` are those of the projects."""
    faults = {}
    if details.region_code not in regions:
        faults["region_code"] = _("No project is in this region.")
    if details.measure not in Measure.values:
        faults["measure"] = _("Choose one of the list.")
    for name in ("minimum", "maximum"):
        value = getattr(details, name)
        if value is not None and not 0 <= value <= 100:
            faults[name] = _("A share lies between 0 and 100 percent.")
    if details.minimum is None and details.maximum is None:
        faults.setdefault("minimum", _("Write the least or the most that the region receives."))
    least, most = details.minimum, details.maximum
    if not faults and least is not None and most is not None and least > most:
        faults["maximum"] = _("The most lies below the least.")
    return faults


def rule_faults(details: RuleDetails, known: Sequence[int], years: int) -> dict[str, str]:
    """Return what is wrong with a rule, by field."""
    faults = {}
    if details.kind not in RuleKind.values:
        faults["kind"] = _("Choose one of the list.")
    members = details.projects
    if len(set(members)) != len(members) or not set(members) <= set(known):
        faults["projects"] = _("Choose each project of the portfolio once.")
    elif details.kind == RuleKind.BEFORE and len(members) != 2:
        faults["projects"] = _("Choose two projects: first the one that comes before.")
    elif not 2 <= len(members) <= MOST_MEMBERS:
        faults["projects"] = _("Choose between 2 and %(most)s projects.") % {"most": MOST_MEMBERS}
    if not 0 <= details.lag < years:
        faults["lag"] = _("The years between lie within the portfolio.")
    return faults


def run_faults(details: RunDetails) -> dict[str, str]:
    """Return what is wrong with the settings of a run, by field."""
    faults = {}
    if not SECONDS[0] <= details.seconds <= SECONDS[1]:
        told = _("Between %(first)s and %(last)s seconds.")
        faults["seconds"] = told % {"first": SECONDS[0], "last": SECONDS[1]}
    if not 0 <= details.gap < 0.5:
        faults["gap"] = _("A gap lies between 0 and 50 percent.")
    if details.solver not in SOLVERS:
        faults["solver"] = _("Choose one of the list.")
    if not 1 <= details.others <= 8:
        faults["others"] = _("Between 1 and 8 choices.")
    return faults
