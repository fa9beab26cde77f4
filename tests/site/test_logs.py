"""The log: one line an event, with the number of the request; people are numbers in it."""

import json
import logging

import pytest

from sinergi.site import logs
from sinergi.site.observed import request_id_of
from tests.people import organisation, person, signed_in


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/undangan/abc/", "/undangan/…/"),
        ("/en/undangan/Zk3-x9_4tq0PbVv7Qe1LmA/terima/", "/en/undangan/…/terima/"),
        ("/kata-sandi/baru/3-cq9x1d-8f14e45fceea167a5a36dedd4bea2543/", "/kata-sandi/baru/…/"),
        ("/surel/MQ:1tXyzA:0aB1cD2eF3gH4iJ5kL6m/", "/surel/…/"),
        ("/orang/ani@example.go.id/", "/orang/…/"),
        ("/wilayah/63.71/", "/wilayah/63.71/"),
        ("/cari/?q=ani@example.go.id", "/cari/"),
        ("/static/site/tokens.0123456789ab.css", "/static/site/tokens.0123456789ab.css"),
    ],
)
def test_paths_are_told_without_secrets(path, told):
    assert logs.masked_path(path) == told


def test_messages_are_told_without_addresses_and_tokens():
    text = logs.masked("Key (email)=(ani@example.go.id) exists; Authorization: Bearer abcdef123456")
    assert "ani" not in text
    assert "abcdef123456" not in text


def record(error=None):
    exc_info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(
        "sinergi.test", logging.ERROR, __file__, 1, "a\nb %s", ("c",), exc_info
    )


def test_a_line_is_one_json_object_with_the_request():
    token = logs.current.set(logs.Asked("r-1", "GET", "/metode/", 7))
    try:
        told = json.loads(logs.JsonLine().format(record()))
    finally:
        logs.current.reset(token)
    assert told["message"] == "a\\nb c"
    assert (told["level"], told["logger"]) == ("ERROR", "sinergi.test")
    assert (told["request_id"], told["method"], told["path"]) == ("r-1", "GET", "/metode/")
    assert told["person"] == 7
    assert told["time"].endswith("+00:00")


def test_a_traceback_is_told_without_addresses():
    try:
        raise ValueError("duplicate: budi@example.go.id")
    except ValueError as error:
        told = json.loads(logs.JsonLine().format(record(error)))
    assert "ValueError" in told["traceback"]
    assert "budi" not in json.dumps(told)


def test_a_new_line_in_a_message_cannot_forge_another_line():
    assert logs.Line().format(record()).count("\n") == 0


@pytest.mark.parametrize("claimed", ["", "short", "x" * 65, "a b c d e f g h", "in\r\nX: y-12345"])
def test_odd_numbers_of_requests_are_replaced(rf, claimed):
    request = rf.get("/")
    request.META["HTTP_X_REQUEST_ID"] = claimed
    assert request_id_of(request) != claimed


@pytest.mark.django_db
def test_what_a_signed_in_person_does_is_logged_by_number_only(client, caplog):
    org = organisation("uji")
    ani = person("Ani Rahasia", ("analyst", org))
    signed_in(client, ani)
    with caplog.at_level(logging.DEBUG):
        client.get("/cari/?q=Ani+Rahasia")
        client.get("/undangan/rahasia-sekali-0123456789/")
        client.post("/masuk/", {"login": ani.email, "password": "kata-sandi-rahasia"})
    form = logs.JsonLine()
    text = "\n".join(form.format(one) for one in caplog.records)
    for secret in (ani.email, "Ani Rahasia", "kata-sandi-rahasia", "rahasia-sekali-0123456789"):
        assert secret not in text
