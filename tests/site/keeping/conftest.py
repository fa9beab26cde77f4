"""Installations on both databases, with content of every kind."""

from collections.abc import Iterator

import pytest

from tests.databases import Installation, installation, opened
from tests.site.keeping.content import fill

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="module", params=BOTH)
def place(request, tmp_path_factory, django_db_blocker) -> Iterator[Installation]:
    """An installation with content, in which this process works; tests leave its content as it is."""
    home = tmp_path_factory.mktemp("home")
    with installation(request.param, home) as made, django_db_blocker.unblock(), opened(made):
        fill()
        yield made
