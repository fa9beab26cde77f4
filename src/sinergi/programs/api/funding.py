"""Which channels could pay for a line, and why not."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from sinergi.accounts.api.access import ANYONE
from sinergi.accounts.api.answers import answer
from sinergi.programs.api import shapes
from sinergi.programs.api.lines import LINES, line_in
from sinergi.programs.funding import channels_for, words
from sinergi.programs.funding.answers import ChannelAnswer
from sinergi.programs.queries import funding as queries
from sinergi.reference.catalogue import FundingRule

router = Router(tags=["Plans"])


class ReasonTold(Schema):
    """A condition with its outcome; `default` marks a rule that is an expert default, to be verified."""

    code: str
    verdict: str = Field(description="against, unknown (of the line), open (to be shown) or for.")
    values: list[str]
    told: str
    source: str
    default: bool


class AsksTold(Schema):
    """What a channel asks for: a document, a proposal, or something to note."""

    kind: str
    told: str
    source: str
    default: bool


class ChannelTold(Schema):
    """What a channel says to a line."""

    channel: str
    name: str
    may: str = Field(description="yes, depends, not_known or no.")
    reasons: list[ReasonTold]
    asks: list[AsksTold]
    window_first: date | None = Field(description="About when proposals are taken; no date of law.")
    window_last: date | None
    ceilings: list[str]
    combines: list[str]
    excludes: list[str]


class FundingTold(Schema):
    """What all channels say to a line in a year, the best first."""

    year: int | None
    channels: list[ChannelTold]


class Asked(Schema):
    """For which year."""

    year: int | None = Field(None, ge=1900, le=2100, description="By default the line's first.")


def _asks(rule: FundingRule) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "told": words.text_of(rule),
        "source": rule.source,
        "default": rule.default,
    }


def _codes(rules: tuple[FundingRule, ...]) -> list[str]:
    return list(dict.fromkeys(code for rule in rules for code in rule.values))


def _channel(told: ChannelAnswer) -> dict[str, Any]:
    return {
        "channel": told.code,
        "name": words.channel_name(told.code),
        "may": str(told.may),
        "reasons": [
            {
                "code": one.code,
                "verdict": str(one.verdict),
                "values": list(one.values),
                "told": words.told(one),
                "source": one.source,
                "default": one.default,
            }
            for one in told.reasons
        ],
        "asks": [_asks(rule) for rule in told.asks],
        "window_first": told.window.first if told.window else None,
        "window_last": told.window.last if told.window else None,
        "ceilings": [words.ceiling_told(rule) for rule in told.ceilings],
        "combines": _codes(told.combines),
        "excludes": _codes(told.excludes),
    }


@router.get(
    LINES + "/{identity}/funding", auth=ANYONE, response=FundingTold, operation_id="line_funding"
)
def line_funding(
    request: HttpRequest,
    number: shapes.PlanNumber,
    version: shapes.VersionNumber,
    identity: shapes.Identity,
    asked: Query[Asked],
) -> HttpResponse:
    """Return which channels could pay for a line, which could not and why, and what they ask for."""
    line = line_in(request, number, version, identity)
    facts = queries.facts_of(line, asked.year)
    told = channels_for(facts, queries.menus())
    return answer({"year": facts.year, "channels": [_channel(one) for one in told]})
