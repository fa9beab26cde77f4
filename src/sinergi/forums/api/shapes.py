"""Shapes of forums in the API, and rows as plain values."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Path, Schema
from pydantic import Field

from sinergi.accounts.api.schemas import MOST, Given, text
from sinergi.forums.details import LENGTHS
from sinergi.forums.models import Ballot, Forum, StrategicIssue, Theme
from sinergi.forums.zones import zone_of

Number = Annotated[int, Path(ge=1, le=MOST, description="Number of the forum.")]
PartNumber = Annotated[
    int,
    Path(
        ge=1,
        le=MOST,
        description="`id` of the part; of a point not the number that minutes give it.",
    ),
]
Line = text(LENGTHS["title"], least=1)
Text = text(LENGTHS["text"])
Code = text(40)
ThemeText = text(LENGTHS["theme"])
PurposeText = text(LENGTHS["purpose"])
HostText = text(LENGTHS["host"])
PlaceText = text(LENGTHS["place"])
ContactText = text(LENGTHS["contact"])
AskedOfText = text(LENGTHS["asked_of"])
AskedForText = text(LENGTHS["asked_for"])
EvidenceText = text(LENGTHS["evidence"])
LinkText = text(LENGTHS["link"])
RegionCode = text(13)
Reason = text(1000)


class ForumLine(Schema):
    """A meeting."""

    id: int
    title: str
    type: str = Field(examples=["commissariat"])
    stage: str = Field(examples=["raising"])
    theme: str
    purpose: str
    host: str
    place: str
    region: str = Field(description="Code of the region of its place; empty where it is none.")
    begins: date | None
    ends: date | None
    time_zone: str = Field(
        description="In which the clock of the meeting is read.", examples=["Asia/Makassar"]
    )
    contact: str = Field(description="Whom to ask, as the secretariat wrote it.")
    source: str = Field(description="Where it is known from, when it was taken from publications.")
    organisation: str = Field(description="Code of the organisation that convenes it.")
    visibility: str
    revision: int
    created: datetime
    updated: datetime


class NewForum(Given):
    """A meeting to be announced."""

    organisation: str = Field(max_length=60, min_length=1, examples=["apeksi-komwil-v"])
    title: Line  # type: ignore[valid-type]
    type: str = Field(max_length=12, examples=["commissariat"])
    theme: ThemeText = ""  # type: ignore[valid-type]
    purpose: PurposeText = ""  # type: ignore[valid-type]
    host: HostText = ""  # type: ignore[valid-type]
    place: PlaceText = ""  # type: ignore[valid-type]
    region: RegionCode = ""  # type: ignore[valid-type]
    begins: date | None = None
    ends: date | None = None
    time_zone: str = Field(
        "", max_length=60, description="Empty: that of the place.", examples=["Asia/Makassar"]
    )
    contact: ContactText = ""  # type: ignore[valid-type]


class Move(Given):
    """To which stage a forum is moved, and why."""

    stage: str = Field(max_length=12, examples=["raising"])
    reason: Reason = ""  # type: ignore[valid-type]


class IssueLine(Schema):
    """A strategic issue."""

    id: int
    title: str
    text: str
    raised_by: str | None = Field(
        description="Code of the organisation; null where it is not known."
    )
    affair: str
    regions: list[str]
    objects: list[str]
    asked_of: str
    asked_for: str
    source: str
    submitted: datetime | None = Field(description="Null for a draft, which only its own see.")
    revision: int


class NewIssue(Given):
    """An issue that a delegation raises."""

    organisation: str = Field(max_length=60, min_length=1, description="For which delegation.")
    title: Line  # type: ignore[valid-type]
    text: Text = ""  # type: ignore[valid-type]
    affair: Code = ""  # type: ignore[valid-type]
    regions: list[Code] = Field(default_factory=list, max_length=40)  # type: ignore[valid-type]
    objects: list[Code] = Field(default_factory=list, max_length=40)  # type: ignore[valid-type]
    asked_of: AskedOfText = ""  # type: ignore[valid-type]
    asked_for: AskedForText = ""  # type: ignore[valid-type]
    submit: bool = True


class ThemeLine(Schema):
    """Issues drawn together."""

    id: int
    title: str
    text: str
    issues: list[int] = Field(description="Numbers of the issues in it.")
    revision: int


class BallotLine(Schema):
    """A ballot."""

    id: int
    question: str
    method: str = Field(examples=["schulze"])
    places: int
    secret: bool
    weighted: bool
    quorum_rule: str = Field(
        description="`none`, `half` (more than half), `thirds` (at least two thirds) or `percent`."
    )
    quorum: int = Field(description="Percent that must vote, where the rule is `percent`.")
    quorum_base: str = Field(
        description="Of whom: `invited`, `coming` (that said they come) or `present` (checked in)."
    )
    state: str = Field(examples=["open"])
    options: dict[str, str] = Field(description="Number of an option to its text.")
    outcome: dict[str, Any] | None = Field(description="The result, when it is counted.")
    revision: int


class GivenVote(Given):
    """A vote of a delegation."""

    organisation: str = Field(max_length=60, min_length=1)
    places: dict[str, int] = Field(
        max_length=60,
        description="Option number to place, 1 is the highest; of approvals 1 for approved.",
    )
    code: str = Field(
        pattern=r"^[A-Za-z0-9]{16,64}$",
        description="Made up by chance and kept: the same code again is the same vote sent again.",
    )


class Voted(Schema):
    """That a vote counts."""

    counted: bool
    repeated: bool = Field(description="Whether it had arrived before.")


def forum_line(row: Forum) -> dict[str, Any]:
    """Return a forum as plain values."""
    same = ("title", "theme", "purpose", "host", "place", "begins", "ends", "source", "revision")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in (*same, "created", "updated")},
        "type": str(row.type),
        "stage": str(row.stage),
        "region": row.region_code,
        "time_zone": zone_of(row),
        "contact": row.contact,
        "organisation": row.organisation.code,
        "visibility": str(row.visibility),
    }


def issue_line(row: StrategicIssue) -> dict[str, Any]:
    """Return an issue as plain values."""
    same = ("title", "text", "affair", "regions", "asked_of", "asked_for", "source", "revision")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in same},
        "raised_by": row.raised_by.code if row.raised_by else None,
        "objects": row.objects_named,
        "submitted": row.submitted_at,
    }


def theme_line(row: Theme, issues: set[int]) -> dict[str, Any]:
    """Return a theme as plain values."""
    return {
        "id": row.pk,
        "title": row.title,
        "text": row.text,
        "issues": sorted(issues),
        "revision": row.revision,
    }


def ballot_line(row: Ballot) -> dict[str, Any]:
    """Return a ballot as plain values; nothing of votes before it is counted."""
    same = ("question", "places", "secret", "weighted", "quorum", "outcome", "revision")
    texts = ("method", "state", "quorum_rule", "quorum_base")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in same},
        **{name: str(getattr(row, name)) for name in texts},
        "options": {str(one.pk): one.text for one in row.options.all()},
    }
