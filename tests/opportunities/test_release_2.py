"""What the release before the organisations answered is answered still."""

import gzip
import json
from pathlib import Path

import pytest
from django.test import Client

RECORDED = Path(__file__).parents[1] / "data" / "release-2-map-63.json.gz"


@pytest.mark.usefixtures("shipped")
def test_landfills_of_kalimantan_selatan_are_answered_byte_for_byte_as_before():
    recorded = gzip.decompress(RECORDED.read_bytes())
    answer = Client().get("/peta.json?objek=TPA_REGIONAL&dalam=63")
    assert json.loads(answer.content) == json.loads(recorded)
    assert answer.content == recorded
