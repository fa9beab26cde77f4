"""Which funding channel a text in a plan means."""

import re
from dataclasses import dataclass

from sinergi.reference.queries import channel_aliases, funding_channels

LEVEL_OF = {"APBD_PROV": "province", "APBD_KABKOTA": "local", "BANKEU_PROV_KAB": "local"}
"""Channels that only fit a government of this level."""
PARTING = re.compile(r"\s*(?:[;,+&/\n]|\bdan\b)\s*")


@dataclass(frozen=True, slots=True)
class Channel:
    """What a text was read as; `remark` is empty where nothing is left open."""

    code: str
    remark: str = ""


class ChannelIndex:
    """All channels of the country pack by every way of writing them, for one government."""

    def __init__(self, region_code: str) -> None:
        self.level = (
            "nation" if region_code == "ID" else "local" if "." in region_code else "province"
        )
        self.known: dict[str, Channel] = {}
        for alias in channel_aliases():
            remark = "" if alias.certain else "channel_presumed"
            self.known[_words(alias.alias)] = Channel(self._fitting(alias.channels), remark)
        for code, channel in funding_channels().items():
            for name in (code, channel.name_id, channel.name_en):
                self.known[_words(name)] = Channel(code)
        self._read: dict[str, Channel] = {"": Channel("")}

    def _fitting(self, channels: tuple[str, ...]) -> str:
        fitting = [one for one in channels if LEVEL_OF.get(one, self.level) == self.level]
        return (fitting or list(channels))[0]

    def read(self, text: str) -> Channel:
        """Return the channel of a text; without one, a remark says why.

        Several channels in one cell do not say how the money is divided, so none is taken.
        """
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._find(text)
        return found

    def _find(self, text: str) -> Channel:
        words = _words(re.sub(r"^\s*\[[^\]]*\]\s*-?\s*", "", text)) or _words(text)
        if words in self.known:
            return self.known[words]
        parts = [one for one in PARTING.split(text) if one]
        read = {self.known[_words(one)].code for one in parts if _words(one) in self.known}
        if len(parts) > 1 and len(read) > 1:
            return Channel("", "channel_several")
        if len(read) == 1 and len(parts) == sum(_words(one) in self.known for one in parts):
            return self.known[_words(parts[0])]
        return Channel("", "channel_unknown")


def _words(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", " ", text.casefold()).strip()
