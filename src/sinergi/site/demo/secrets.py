"""Passwords of demo people: generated, kept in a file that only its owner reads, never a default; light."""

import ipaddress
import json
import os
import secrets
from pathlib import Path

FILE = "demo_people.json"
CONSONANTS, VOWELS = "bdfghjklmnprstwyz", "aiueo"
WORDS, SYLLABLES = 3, 3
"""85 syllables, nine times, and two digits: 2 to the power of 64."""


def generated() -> str:
    """Return a password that can be read aloud: `bikamo-telanu-wasiru-47`."""
    words = (
        "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(SYLLABLES))
        for _ in range(WORDS)
    )
    return "-".join(words) + f"-{secrets.randbelow(90) + 10}"


def kept(home: Path) -> dict[str, str]:
    """Return e-mail address to password as the file says; empty when there is none or nobody can read it."""
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def keep(home: Path, passwords: dict[str, str]) -> None:
    """Write the file: whole or not at all, and never readable by others, not even for a moment."""
    path = home / FILE
    draft = home / f"{FILE}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(passwords, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def is_demo_home(home: Path) -> bool:
    """Whether demo people live in a home: such an installation is a demo, however it is started."""
    return (home / FILE).exists()


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
