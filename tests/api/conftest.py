"""What tests of the API share."""

import pytest

from tests.api.world import World, bearer, make_world, token


@pytest.fixture
def world(db) -> World:
    """An organisation with things, in an empty database."""
    return make_world()


@pytest.fixture
def headers(world: World) -> dict[str, str]:
    """Headers with a token that has all scopes, of somebody with all roles."""
    return bearer(token(world.everything, world.own))
