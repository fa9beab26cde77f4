import json
import re
from pathlib import Path

from sinergi.evidence.imports.mapping import from_json
from sinergi.evidence.imports.messages import MESSAGES

GUIDE = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_the_guide_explains_every_message() -> None:
    explained = set(re.findall(r"`(\w+)`", GUIDE.split("## What each message means")[1]))
    assert set(MESSAGES) <= explained


def test_the_mapping_of_the_guide_can_be_read() -> None:
    text = re.search(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assert text is not None
    mapping = from_json(json.loads(text[1]))
    assert mapping.columns == {"B": "2022", "C": "2023"}
