"""What somebody who attacks sets off in the log."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from tests.people import organisation, person, signed_in


def told(caplog) -> list[tuple[str, str, int]]:
    return [
        (row.name, row.getMessage(), getattr(row, "told", {}).get("status", 0))
        for row in caplog.records
        if row.levelno >= logging.WARNING
    ]


@pytest.fixture(autouse=True)
def _nobody_has_tried(db) -> None:
    cache.clear()


def test_a_refused_page_a_forged_form_and_a_wrong_token_are_warnings(client, caplog) -> None:
    ani = signed_in(client, person("Ani", ("viewer", organisation())))
    ani.get("/pengelolaan/")
    Client(enforce_csrf_checks=True).post("/masuk/", {"login": "x"})
    client.get("/api/v1/me", headers={"Authorization": "Bearer snrg_salah"})
    statuses = [
        status
        for name, word, status in told(caplog)
        if (name, word) == ("sinergi.access", "refused")
    ]
    assert statuses == [403, 403, 401]


def test_a_page_that_is_answered_is_no_warning(client, caplog) -> None:
    client.get("/metode/")
    assert told(caplog) == []


def test_stopped_attempts_to_sign_in_are_warnings_without_a_name(client, caplog) -> None:
    ani = person()
    for _ in range(7):
        client.post("/masuk/", {"login": ani.email, "password": "salah"})
    lines = [row for row in caplog.records if row.name == "sinergi.accounts.signin.adapter"]
    assert lines
    assert "ani" not in "".join(row.getMessage() for row in lines)
