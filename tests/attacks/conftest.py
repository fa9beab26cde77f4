"""A house with things of every standing, and somebody who may do everything in it."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from sinergi.accounts.models import Assignment, Person, Role
from tests.people import PASSWORD, person
from tests.site.matrix.world import World, forget_uploads, world


@pytest.fixture
def house(shipped: None, settings) -> Iterator[World]:
    """The world of the matrix; limits do not stand in the way of what is tried."""
    settings.SINERGI_API_LIMITS = dict.fromkeys(
        ("person", "visitor", "heavy", "heavy_visitor", "refused"), 10**6
    )
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    with translation.override("id"):
        built = world()
        yield built
        forget_uploads(built)


@pytest.fixture
def keeper(house: World) -> Person:
    """Somebody with every role in the house, who also administers the installation."""
    made = person("Penjaga Rumah", *((role, house.owner) for role in Role.values))
    made.is_administrator = True
    made.save()
    assert Assignment.objects.filter(person=made).count() == len(Role.values)
    return made


@pytest.fixture
def insider(keeper: Person) -> Client:
    """Their session, in which the password was given a moment ago."""
    client = Client(raise_request_exception=False)
    client.post("/masuk/", {"login": keeper.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(keeper.pk)
    return client
