"""What the tests of the region pages share."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    with translation.override("id"):
        yield


@pytest.fixture
def browser(shipped: None) -> Client:
    """A visitor of an installation with everything that ships."""
    return Client()
