"""What people write about meetings, issues, themes, ballots and points, and what of it cannot be."""

from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from sinergi.accounts.texts import too_long
from sinergi.forums.models import AgendaItem, Ballot, Forum, Point

LENGTHS = {
    "title": 200,
    "theme": 300,
    "purpose": 4000,
    "host": 160,
    "place": 200,
    "note": 2000,
    "source": 2000,
    "text": 6000,
    "affair": 40,
    "asked_of": 200,
    "asked_for": 2000,
    "wording": 6000,
    "question": 300,
    "owner_name": 160,
    "evidence": 2000,
    "link": 500,
    "office": 160,
    "name": 160,
    "option": 300,
}
FIRST_YEAR, LAST_YEAR = 1950, 2100
MOST_OPTIONS, MOST_PLACES = 60, 60
MOST_CODES = 40


@dataclass(frozen=True, slots=True)
class ForumDetails:
    """What is written about a meeting."""

    title: str
    type: str
    theme: str = ""
    purpose: str = ""
    host: str = ""
    place: str = ""
    region_code: str = ""
    begins: date | None = None
    ends: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class AgendaDetails:
    """What is written about an item of the agenda."""

    title: str
    day: date
    kind: str
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IssueDetails:
    """What a region raises; `regions` and `objects_named` are codes."""

    title: str
    text: str = ""
    affair: str = ""
    regions: tuple[str, ...] = ()
    objects_named: tuple[str, ...] = ()
    asked_of: str = ""
    asked_for: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ThemeDetails:
    """How a theme is worded."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class BallotDetails:
    """What is asked and how it is counted."""

    question: str
    method: str
    options: tuple[tuple[str, int | None], ...] = ()
    """Text and, where it is one, number of the theme."""
    places: int = 1
    secret: bool = False
    weighted: bool = False
    quorum: int = 50


@dataclass(frozen=True, slots=True)
class PointDetails:
    """What was agreed; `addressees` are names as the minutes have them."""

    number: int
    title: str
    type: str
    text: str = ""
    affair: str = ""
    objects_named: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    owner_name: str = ""
    due: date | None = None
    review: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class NewsDetails:
    """What became of a point, on which day, by what evidence."""

    fate: str
    day: date
    text: str = ""
    evidence: str = ""
    link: str = ""


def plain(details: Any) -> dict[str, Any]:
    """Return the values of details as JSON has them, for the audit trail."""
    return {name: _plain(value) for name, value in asdict(details).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _texts(details: Any, needed: str, told: str) -> dict[str, str]:
    faults = too_long(details, LENGTHS)
    if not getattr(details, needed).strip():
        faults[needed] = told
    return faults


def _day(faults: dict[str, str], name: str, value: date | None) -> None:
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        told = _("Choose a year between %(first)s and %(last)s.")
        faults[name] = told % {"first": FIRST_YEAR, "last": LAST_YEAR}


def forum_faults(details: ForumDetails) -> dict[str, str]:
    """Return what is wrong with a meeting, by field; empty when nothing is."""
    faults = _texts(details, "title", _("Give the forum a title."))
    if details.type not in Forum.Type.values:
        faults["type"] = _("Choose what kind of meeting it is.")
    _day(faults, "begins", details.begins)
    _day(faults, "ends", details.ends)
    if details.ends is not None and (details.begins is None or details.ends < details.begins):
        faults["ends"] = _("The last day cannot be before the first.")
    return faults


def agenda_faults(details: AgendaDetails, forum: Forum) -> dict[str, str]:
    """Return what is wrong with an item of the agenda of a forum."""
    faults = _texts(details, "title", _("Give the item a title."))
    if details.kind not in AgendaItem.Kind.values:
        faults["kind"] = _("Choose what kind of item it is.")
    if forum.begins and not forum.begins <= details.day <= (forum.ends or forum.begins):
        faults["day"] = _("This day is none of the days of the meeting.")
    if details.begins and details.ends and details.ends < details.begins:
        faults["ends"] = _("It cannot end before it begins.")
    return faults


def issue_faults(details: IssueDetails) -> dict[str, str]:
    """Return what is wrong with an issue."""
    faults = _texts(details, "title", _("Say in one line what the issue is."))
    for name in ("regions", "objects_named"):
        if len(getattr(details, name)) > MOST_CODES:
            faults[name] = _("Too many: at most %(most)s.") % {"most": MOST_CODES}
    return faults


def theme_faults(details: ThemeDetails) -> dict[str, str]:
    """Return what is wrong with the wording of a theme."""
    return _texts(details, "title", _("Give the theme a title."))


def ballot_faults(details: BallotDetails) -> dict[str, str]:
    """Return what is wrong with a ballot."""
    faults = _texts(details, "question", _("Write what is asked."))
    texts = [text for text, _theme in details.options]
    if details.method not in Ballot.Method.values:
        faults["method"] = _("Choose by which rule votes are counted.")
    if not 2 <= len(texts) <= MOST_OPTIONS:
        faults["options"] = _("Name between 2 and %(most)s options.") % {"most": MOST_OPTIONS}
    elif len(set(texts)) < len(texts):
        faults["options"] = _("Two options read the same.")
    elif any(len(text) > LENGTHS["option"] for text in texts):
        told = _("An option is too long: at most %(most)s characters.")
        faults["options"] = told % {"most": LENGTHS["option"]}
    if not 1 <= details.places <= min(MOST_PLACES, max(len(texts), 1)):
        faults["places"] = _("Choose at least one, and no more than there are options.")
    if not 0 <= details.quorum <= 100:
        faults["quorum"] = _("Write the quorum in percent, from 0 to 100.")
    if details.secret and details.weighted:
        faults["weighted"] = _(
            "In a secret ballot every delegation has one vote: a weight of its own would tell whose it is."
        )
    return faults


def point_faults(details: PointDetails) -> dict[str, str]:
    """Return what is wrong with a point."""
    faults = _texts(details, "title", _("Write what was agreed in one line."))
    if details.type not in Point.Type.values:
        faults["type"] = _("Choose what kind of recommendation it is.")
    if not 1 <= details.number <= 999:
        faults["number"] = _("Number it from 1 to 999.")
    if any(len(one) > LENGTHS["name"] for one in details.addressees):
        told = _("A name is too long: at most %(most)s characters.")
        faults["addressees"] = told % {"most": LENGTHS["name"]}
    for name in ("due", "review"):
        _day(faults, name, getattr(details, name))
    return faults


def news_faults(details: NewsDetails, today: date, *, needs_evidence: bool) -> dict[str, str]:
    """Return what is wrong with news of a point."""
    faults = too_long(details, LENGTHS)
    if details.day > today:
        faults["day"] = _("This day has not come yet.")
    _day(faults, "day", details.day)
    if needs_evidence and not details.evidence.strip():
        faults["evidence"] = _("Name the letter, plan, agreement or figure that shows it.")
    if details.link and not details.link.startswith(("https://", "http://")):
        faults["link"] = _("A link begins with https://.")
    return faults


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states, as the audit trail keeps it."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that differ."""
        return tuple(self.after)


def changes(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """Return what differs."""
    names = [name for name in after if after[name] != before.get(name)]
    return Changes({n: before.get(n) for n in names}, {n: after[n] for n in names})
