"""Shapes of points in the API: what narrows a list of them, a line, one with all that its page says, news."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from sinergi.accounts.api.schemas import Given
from sinergi.accounts.api.schemas import Number as AnyNumber
from sinergi.forums.api.shapes import EvidenceText, LinkText, Text
from sinergi.forums.models import FollowUp, Point
from sinergi.forums.queries.ancestry import Relative, State
from sinergi.forums.queries.board import OLDEST
from sinergi.forums.queries.points import Marks

Status = Literal[
    "agreed", "sent", "received", "answered", "accepted", "partly", "rejected", "in_plan",
    "under_agreement", "delivered", "lapsed",
]  # fmt: skip
PointType = Literal["advocacy", "synergy", "cooperation", "own"]
ForumType = Literal["national", "commissariat", "technical", "mapping", "plans"]
Order = Literal["oldest_news", "latest_news", "review", "number"]
ORDERS = {"oldest_news": "usia", "latest_news": "terbaru", "review": "tinjau", "number": "nomor"}
"""What a program calls an order, and the board does."""
Name = Annotated[str, Field(max_length=160)]


class PointMarks(Schema):
    """What a point calls attention to today."""

    untouched: bool = Field(description="No news since its review, or for a year without one.")
    overdue: bool = Field(description="It was to be done before today, and is not.")
    settled: bool = Field(description="Rejected, delivered or lapsed: nothing is waited for.")


class PointLine(Schema):
    """A recommendation."""

    id: int = Field(description="In addresses: `{part}`.")
    forum: int
    number: int = Field(description="As the minutes give it; not the `id`.")
    title: str
    text: str
    type: PointType
    affair: str
    objects: list[str]
    addressees: list[str] = Field(description="Names as the minutes have them.")
    owner: str
    due: date | None
    review: date | None
    status: Status = Field(examples=["sent"])
    touched: date = Field(description="Day of the last news, or of the meeting.")
    marks: PointMarks
    source: str
    evidence: str = Field(description="What speaks for it, as the minutes were drawn up.")
    links: list[str] = Field(description="Where that is read.")
    url: str = Field(description="Path of its page.")
    revision: int


class NewsLine(Schema):
    """What became of a point on a day; never changed, only added to."""

    status: Status
    day: date = Field(description="When it happened.")
    text: str
    evidence: str = Field(description="The letter, plan, agreement or figure that shows it.")
    link: str
    told_by: str | None = Field(description="Code of the organisation; null where it is not known.")
    created: datetime = Field(description="When it was entered here.")


class RelativeLine(Schema):
    """Something that a point came from, or that was made of it; without content where it may not be seen."""

    kind: Literal["issue", "theme", "point"]
    state: Literal["there", "hidden", "put_away", "gone", "struck", "withdrawn"] = Field(
        description="`hidden`: you may not see it, nor what lies behind it."
    )
    title: str
    text: str
    asked_for: str
    raised_by: str = Field(description="Of an issue: name of the organisation that raised it.")
    regions: list[str] = Field(description="Of an issue: names of the regions it is about.")
    forum: int | None
    forum_title: str
    point: int | None = Field(description="Of a point: its `id`.")
    status: Status | None = Field(description="Of a point.")
    relatives: list["RelativeLine"] = Field(description="The next step in the same direction.")


class PointTold(PointLine):
    """A recommendation with all that its page says."""

    news: list[NewsLine] = Field(description="The earliest first.")
    may_follow: list[Status] = Field(description="Statuses that news may give it next.")
    proposers: list[str] = Field(
        description="Names of the organisations whose issues it came from, as far as you may know."
    )
    earlier: list[RelativeLine] = Field(description="Themes, issues, points of lower forums.")
    later: list[RelativeLine] = Field(description="Points of higher forums.")


class PointSearch(Schema):
    """What narrows a list of points, as on the board; names that are not here are refused."""

    words: Name = Field("", description="Each stands in the title or the text.")
    theme: Name = Field("", description="Part of the title of a theme that it came from.")
    addressee: Name = Field("", description="Part of a name, as it was written or is now.")
    affair: str = Field("", max_length=40, description="Code.", examples=["1.03"])
    type: PointType | None = None
    status: list[Status] = Field(default_factory=list, max_length=11, description="Any of these.")
    forum: AnyNumber | None = None
    forum_type: ForumType | None = None
    untouched: bool = False
    overdue: bool = False
    older: int | None = Field(None, ge=0, le=OLDEST, description="Days without news, at least.")
    recurring: bool = Field(False, description="Only those that say the same as an earlier one.")
    like: AnyNumber | None = Field(None, description="`id`: those that say the same, and it.")
    ours: bool = Field(False, description="Sealed ones addressed to, or owned by, us.")
    sort: Order = "latest_news"


class News(Given):
    """What became of a point."""

    status: Status
    day: date
    text: Text = ""
    evidence: EvidenceText = ""
    link: LinkText = ""
    review: date | None = Field(
        None, description="When it is looked at again; empty: as far ahead as last time."
    )


def point_line(row: Point, marks: Marks) -> dict[str, Any]:
    """Return a point as plain values."""
    same = (
        "number", "title", "text", "affair", "due", "review", "touched", "source", "evidence",
        "revision",
    )  # fmt: skip
    return {
        "id": row.pk,
        "forum": row.forum_id,
        **{name: getattr(row, name) for name in same},
        "type": str(row.type),
        "objects": row.objects_named,
        "addressees": [one.name for one in row.addressees.all()],
        "owner": row.owner_name,
        "links": row.links.split(),
        "status": str(row.fate),
        "marks": {name: getattr(marks, name) for name in ("untouched", "overdue", "settled")},
        "url": row.get_absolute_url(),
    }


def news_line(row: FollowUp) -> dict[str, Any]:
    """Return news as plain values."""
    return {
        "status": str(row.fate),
        **{name: getattr(row, name) for name in ("day", "text", "evidence", "link", "created")},
        "told_by": row.told_by.code if row.told_by else None,
    }


def relative_line(one: Relative) -> dict[str, Any]:
    """Return a relative, with those behind it, as plain values."""
    point = one.point if one.state not in {State.HIDDEN, State.GONE} else None
    return {
        **{name: getattr(one, name) for name in ("kind", "title", "text", "asked_for")},
        "state": one.state.value,
        "raised_by": one.raised_by,
        "regions": list(one.regions),
        "forum": one.forum.pk if one.forum else None,
        "forum_title": one.forum.title if one.forum else "",
        "point": point.pk if point else None,
        "status": str(point.fate) if point else None,
        "relatives": [relative_line(further) for further in one.relatives],
    }
