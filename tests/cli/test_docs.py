"""What the guide to the command line shows can be typed."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from sinergi.opportunities.settings import MapSettings

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "command-line.md").read_text(
    encoding="utf-8"
)
LINES = [
    shlex.split(line.split("|")[0], comments=True)[1:]
    for block in re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("sinergi ")
]


GROUPS = {"agreements", "audit", "mail", "organisation", "person", "plans", "reference"}
"""Commands whose second word is a command."""


@pytest.mark.parametrize("arguments", LINES, ids=" ".join)
def test_every_option_of_the_guide_exists(run, arguments):
    command, *rest = arguments
    told = run(command, *(rest[:1] if command in GROUPS else ()), "--help").out
    dynamic = {"--region", "--sector", "--value"} if command == "method" else set()
    for option in (one for one in rest if one.startswith("--")):
        assert option in dynamic or f"{option} " in told, option


def test_the_settings_file_of_the_guide_is_one():
    block = re.search(r"^```toml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    settings = MapSettings.from_dict(tomllib.loads(block[1]))
    assert settings.within == ("APEKSI_KOMWIL_V",)
    assert settings.shares["need"] == pytest.approx(0.5)
