"""Which organisation a name in a point means: said by its code in brackets, never guessed from the name."""

import re
from collections.abc import Iterable, Mapping

CODED = re.compile(r"^(?P<name>.*\S)\s*\[(?P<code>[a-z0-9][a-z0-9_-]{0,59})\]$")


def coded(name: str, code: str) -> str:
    """Return a name with the code of the organisation that it means: “Kementerian PU [kementerian-pu]”."""
    return f"{name} [{code}]" if name and code else name


def parted(text: str) -> tuple[str, str]:
    """Return the name and the code in a text; the code is empty where there is none."""
    text = text.strip()
    found = CODED.match(text)
    return (found["name"], found["code"]) if found else (text, "")


def with_codes(names: Iterable[str], meant: Mapping[str, str]) -> list[str]:
    """Return names, each with the code of what it means."""
    return [coded(name, meant.get(name, "")) for name in names]
