"""Schemathesis calls every operation as visitor and as a token that may everything, with all checks."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from sinergi.accounts.api.limits import USUAL
from sinergi.site.api.document import document
from sinergi.site.api.put_together import API
from tests.api.world import bearer, make_world, token

CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": [
                    "2xx",
                    "304",
                    "400",
                    "401",
                    "403",
                    "404",
                    "409",
                    "412",
                    "422",
                    "428",
                ]
            },
            "negative_data_rejection": {
                "expected-statuses": [
                    "400",
                    "401",
                    "403",
                    "404",
                    "405",
                    "409",
                    "412",
                    "413",
                    "415",
                    "422",
                    "428",
                ]
            },
        },
        "generation": {"with-security-parameters": False, "allow-x00": True},
    }
)
SCHEMA = schemathesis.openapi.from_dict(document(API), config=CONFIG)
SCHEMA.app = get_wsgi_application()
OPERATIONS = [one.ok() for one in SCHEMA.get_all_operations()]
SLOW = (
    "/uploads",
    "/opportunities",
    "/map/",
    "/regions",
    "/missing-evidence",
    "/file.",
    "/entries",
)
QUICK_EXAMPLES, SLOW_EXAMPLES, CLOSED_EXAMPLES = 6, 3, 2

pytestmark = pytest.mark.usefixtures("shipped")


@dataclass
class Asking:
    """Who asks, and what is there to be asked for."""

    headers: dict[str, str]
    world: object


@pytest.fixture(params=["visitor", "token"])
def asking(request, shipped, settings) -> Iterator[Asking]:
    settings.SINERGI_API_LIMITS = dict.fromkeys(USUAL, 10**6)
    world = make_world()
    told = {"Accept-Encoding": "identity"}
    if request.param == "token":
        told |= bearer(token(world.everything, world.own))
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Asking(told, world)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def examples_of(operation, asking) -> int:
    if "Authorization" not in asking.headers and {} not in operation.definition.raw["security"]:
        return CLOSED_EXAMPLES
    return SLOW_EXAMPLES if any(part in operation.path for part in SLOW) else QUICK_EXAMPLES


def walk(operation, asking, mode, check) -> None:
    """Call an operation with generated cases, always the same ones."""
    quiet = hypothesis_settings(
        max_examples=examples_of(operation, asking),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    quiet(given(case=operation.as_strategy(generation_mode=mode))(check))()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_what_the_document_allows_is_answered_as_it_says(operation, asking) -> None:
    real = asking.world.parameters(operation.path)

    def check(case) -> None:
        case.call_and_validate(headers=asking.headers)
        if real:
            case.path_parameters = {**case.path_parameters, **real}
            case.call_and_validate(headers=asking.headers)

    walk(operation, asking, GenerationMode.POSITIVE, check)


ASKING_SOMETHING = [
    one for one in OPERATIONS if one.body or one.query or one.path_parameters or one.headers
]
"""Those of which something can be wrong."""


@pytest.mark.parametrize("operation", ASKING_SOMETHING, ids=lambda one: one.label)
def test_what_the_document_does_not_allow_is_refused_as_it_says(operation, asking) -> None:
    def check(case) -> None:
        case.call_and_validate(headers=asking.headers)

    walk(operation, asking, GenerationMode.NEGATIVE, check)
