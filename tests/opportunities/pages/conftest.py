"""Pages on the shipped evidence."""

import pytest


@pytest.fixture(autouse=True)
def _shipped_evidence(shipped, settings) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)
