"""The table of the verification standard: whole, counted rightly, and naming only what is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
STATES = ("met", "partly", "open", "not applicable")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if re.match(r"\| \d+\.\d+\.\d+ \|", line)
]
REQUIREMENTS = 253
"""Of levels 1 and 2 in version 5.0.0."""


def test_every_requirement_is_there_once() -> None:
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers)) == REQUIREMENTS


def test_every_row_says_state_how_and_test() -> None:
    for row in ROWS:
        assert len(row) == 5, row
        assert row[2] in STATES, row
        assert all(row), row
        assert row[2] != "met" or row[4] != "–", f"{row[0]} is met, but nothing tests it"


def test_every_file_that_is_named_is_there() -> None:
    names = set(re.findall(r"`([\w./-]+/[\w.-]+\.\w+|[A-Z]+\.md|package-lock\.json)`", TABLE))
    assert len(names) > 60
    assert sorted(name for name in names if not (ROOT / name).exists()) == []


def test_the_summary_counts_the_table() -> None:
    told = {
        state: int(count) for state, count in re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", TABLE, re.M)
    }
    assert told == dict(Counter(row[2] for row in ROWS)) | {"together": REQUIREMENTS}


def test_open_items_are_listed_again_at_the_end() -> None:
    _table, _, end = TABLE.partition("## Open items")
    wanted = [row[0] for row in ROWS if row[2] in {"open", "partly"}]
    assert re.findall(r"^- \*\*(\d+\.\d+\.\d+)\*\*", end, re.M) == wanted


@pytest.mark.parametrize(
    "chapter", sorted(set(re.findall(r"`docs/security\.md` \(([^)]+)\)", TABLE)))
)
def test_chapters_that_are_named_are_there(chapter) -> None:
    assert f"\n## {chapter}\n" in SECURITY


def test_the_limits_that_are_told_are_those_that_hold() -> None:
    from sinergi.accounts import tokens
    from sinergi.accounts.actions import invitations
    from sinergi.accounts.api import limits
    from sinergi.site import settings_signin as signin

    failed = signin.ACCOUNT_RATE_LIMITS["login_failed"]
    assert failed == "10/m/ip,60/h/ip,5/5m/key,40/d/key"
    assert (invitations.A_DAY, tokens.MOST_TOKENS, tokens.MOST_DAYS) == (100, 50, 365)
    assert limits.USUAL["person"] == 600
    assert limits.USUAL["visitor"] == 120
    assert (limits.USUAL["heavy"], limits.USUAL["heavy_visitor"], limits.USUAL["refused"]) == (
        60,
        12,
        30,
    )
    assert (signin.SINERGI_SESSION_IDLE_SECONDS, signin.SESSION_COOKIE_AGE) == (3600, 12 * 3600)
    assert signin.PASSWORD_RESET_TIMEOUT == 2 * 3600
