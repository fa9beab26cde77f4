"""Which funding channels could pay for a line of a plan, which could not and why, and what they ask."""

from sinergi.programs.funding.answers import (
    ChannelAnswer,
    May,
    Reason,
    Window,
    channels_for,
)
from sinergi.programs.funding.facts import LineFacts, authority_of, physical_of

__all__ = [
    "ChannelAnswer",
    "LineFacts",
    "May",
    "Reason",
    "Window",
    "authority_of",
    "channels_for",
    "physical_of",
]
