"""Shapes that all endpoints share: input that refuses what it does not know, pages, problems."""

from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

MOST = 2**63 - 1
NUL = "\x00"
Number = Annotated[int, Field(ge=1, le=MOST, description="Number of the object.", examples=[12])]


def _plain(text: str) -> str:
    if NUL in text:
        msg = "a text must not contain the character NUL"
        raise ValueError(msg)
    return text


def text(most: int, *, least: int = 0, **options: Any) -> Any:
    """Return the type of a text of `least` to `most` characters, without NUL."""
    pattern = r"^[^\x00]*$" if least == 0 else r"^[^\x00]*[^\x00\s][^\x00]*$"
    field = Field(min_length=least, max_length=most, pattern=pattern, **options)
    return Annotated[str, field, AfterValidator(_plain)]


Code = text(120, least=1)


class Given(Schema):
    """What is sent: names that are not known are refused, so that nothing is assigned by accident."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """A part of a list, with links to what lies before and after it."""

    items: list[Item]
    total: int = Field(description="How many there are in all.", examples=[552])
    limit: int = Field(description="How many an answer holds at most.", examples=[50])
    offset: int = Field(description="How many were skipped.", examples=[0])
    next: str | None = Field(description="Address of the next page; null on the last one.")
    previous: str | None = Field(description="Address of the page before; null on the first one.")


class ProblemDetail(Schema):
    """One value that is not allowed."""

    pointer: str | None = Field(None, description="Where in the body, as a JSON pointer.")
    parameter: str | None = Field(None, description="Name of the parameter or header.")
    detail: str


class Problem(Schema):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(examples=["urn:sinergi:problem:not-found"])
    title: str
    status: int = Field(examples=[404])
    detail: str
    instance: str = Field(description="Path of the request.")
    request_id: str = Field(description="Number to give when reporting a fault.")
    errors: list[ProblemDetail] | None = None


class Named(Schema):
    """A code with its names in both languages."""

    code: str
    name_id: str
    name_en: str
