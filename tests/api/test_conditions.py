"""ETags, revisions, pages, keys, limits, problems: what all operations have alike."""

import json
import time

import pytest
from django.core.cache import cache
from jsonschema_rs import validator_for

from sinergi.accounts.models import AuditRecord
from sinergi.opportunities.models import PriorityList
from sinergi.site.api.document import document
from sinergi.site.api.put_together import API
from tests.people import signed_in

JSON = "application/json"
GOLDEN = "objek=TPA_REGIONAL&dalam=63"
BANJARBAKULA = "63.01+63.03+63.04+63.71+63.72"


def lists(number: int) -> str:
    return f"/api/v1/lists/{number}"


def test_the_document_is_openapi_3_1(client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert all("description" in one for path in told["paths"].values() for one in path.values())


def test_what_the_reader_has_is_not_sent_again(client, world, headers) -> None:
    first = client.get(lists(world.priority_list.pk), headers=headers)
    again = client.get(
        lists(world.priority_list.pk), headers={**headers, "If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304
    assert again.content == b""
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(first["Vary"].split(", "))


def test_a_weakened_tag_is_known_as_well(client, world, headers) -> None:
    first = client.get(lists(world.priority_list.pk), headers=headers)
    told = {**headers, "If-None-Match": f"W/{first['ETag']}"}
    assert client.get(lists(world.priority_list.pk), headers=told).status_code == 304


def change(client, world, headers, **more):
    address = lists(world.priority_list.pk) + more.pop("query", "")
    return client.patch(
        address, json.dumps({"name": "Lain"}), content_type=JSON, headers={**headers, **more}
    )


def test_a_change_from_what_was_read_is_done_once(client, world, headers) -> None:
    tag = client.get(lists(world.priority_list.pk), headers=headers)["ETag"]
    assert change(client, world, headers, **{"If-Match": tag}).status_code == 200
    other = {"name": "Ketiga"}
    late = client.patch(
        lists(world.priority_list.pk),
        json.dumps(other),
        content_type=JSON,
        headers={**headers, "If-Match": tag},
    )
    assert late.status_code == 412
    assert PriorityList.objects.get().name == "Lain"


def test_a_change_from_an_old_revision_is_a_conflict(client, world, headers) -> None:
    old = world.priority_list.revision - 1
    assert change(client, world, headers, query=f"?revision={old}").status_code == 409


def test_a_change_must_say_from_what(client, world, headers) -> None:
    assert change(client, world, headers).status_code == 428


def test_pages_lead_through_the_whole_list(client, world, headers) -> None:
    address, seen = f"{lists(world.priority_list.pk)}/entries?limit=1", []
    while address:
        told = client.get(address, headers=headers).json()
        seen += [one["id"] for one in told["items"]]
        address = told["next"]
    assert seen == [one.pk for one in world.entries]


def create(client, headers, name: str, key: str = ""):
    body = {"organisation": "kota-banjarbaru", "name": name}
    told = {**headers, "Idempotency-Key": key} if key else headers
    return client.post("/api/v1/lists", json.dumps(body), content_type=JSON, headers=told)


def test_a_request_sent_twice_with_one_key_is_done_once(client, world, headers) -> None:
    first, second = (create(client, headers, "Satu", "kunci-yang-sama") for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert PriorityList.objects.filter(name="Satu").count() == 1


def test_one_key_for_two_requests_is_refused(client, world, headers) -> None:
    create(client, headers, "Satu", "kunci-yang-sama")
    assert create(client, headers, "Dua", "kunci-yang-sama").status_code == 422


def test_a_deed_by_token_is_recorded_with_its_way(client, world, headers) -> None:
    create(client, headers, "Satu")
    row = AuditRecord.objects.first()
    assert (row.channel, row.actor, row.verb) == ("api", world.everything.pk, "created")


def test_fields_that_are_not_there_are_refused(client, world, headers) -> None:
    body = {"organisation": "kota-banjarbaru", "name": "Satu", "visibility": "public"}
    answer = client.post("/api/v1/lists", json.dumps(body), content_type=JSON, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "#/visibility"
    assert not PriorityList.objects.filter(name="Satu").exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[" * 5000, 400),
        (b'{"name": "\\ud800", "organisation": "kota-banjarbaru"}', 400),
        (b'{"name": "a\\u0000b", "organisation": "kota-banjarbaru"}', 422),
        (b'{"name": NaN}', 400),
        (b"[]", 422),
        (b"1e999", 400),
        (b" " * (1024 * 1024 + 1), 413),
    ],
)
def test_bodies_that_are_nonsense_are_refused(client, world, headers, body, status) -> None:
    answer = client.post("/api/v1/lists", body, content_type=JSON, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_another_format_is_not_read(client, world, headers) -> None:
    answer = client.post("/api/v1/lists", b"<a/>", content_type="text/xml", headers=headers)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1/tidak-ada", 404),
        ("GET", "/api/", 404),
        ("DELETE", "/api/v1/objects", 405),
        ("GET", "/api/v1/lists/99999999999999999999999", 422),
        ("GET", "/api/v1/objects/%00", 400),
        ("GET", "/api/v1/regions?cari=%00", 400),
    ],
)
def test_every_error_is_a_problem_in_the_language_of_the_reader(
    client, db, method, address, status
) -> None:
    told = [
        client.generic(method, address, headers={"Accept-Language": language})
        for language in ("id", "en")
    ]
    shape = validator_for(_schema("Problem"))
    for answer in told:
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/problem+json"
        shape.validate(answer.json())
    assert told[0].json()["title"] != told[1].json()["title"]
    assert [answer["Content-Language"] for answer in told] == ["id", "en"]


def _schema(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}", "components": document(API)["components"]}


def test_a_wrong_host_is_a_problem_too(client, db) -> None:
    answer = client.get("/api/v1/me", headers={"Host": "jahat.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_a_fault_tells_its_number_and_nothing_else(client, db, monkeypatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr("sinergi.opportunities.api.catalogue.reference.affairs", broken)
    client.raise_request_exception = False
    answer = client.get("/api/v1/affairs")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["request_id"] == answer["X-Request-Id"]
    assert b"rahasia" not in answer.content


@pytest.fixture
def counted(db, settings, monkeypatch):
    """Requests are counted anew, within one minute: the clock stands still."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


def test_too_many_requests_wait(client, counted, settings) -> None:
    settings.SINERGI_API_LIMITS = {"visitor": 2}
    told = [client.get("/api/v1/me") for _ in range(3)]
    assert [answer.status_code for answer in told] == [200, 200, 429]
    assert told[0]["RateLimit-Remaining"] == "1"
    assert 0 < int(told[2]["Retry-After"]) <= 60


def test_guessing_tokens_is_slowed_down(client, counted, settings) -> None:
    settings.SINERGI_API_LIMITS = {"refused": 1}
    wrong = {"Authorization": "Bearer snrg_salah"}
    told = [client.get("/api/v1/me", headers=wrong).status_code for _ in range(2)]
    assert told == [401, 429]


def test_a_session_reads_and_needs_its_csrf_token_to_write(world) -> None:
    from django.test import Client

    client = signed_in(Client(enforce_csrf_checks=True), world.everything)
    assert client.get(lists(world.priority_list.pk)).status_code == 200
    answer = change(client, world, {"If-Match": "*"})
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_head_is_answered_without_a_body(client, db) -> None:
    answer = client.head("/api/v1/me")
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_number_of_queries_does_not_grow(
    client, world, headers, django_assert_max_num_queries
) -> None:
    client.get("/api/v1/lists", headers=headers)
    for number in range(20):
        create(client, headers, f"Daftar {number}")
    with django_assert_max_num_queries(20):
        assert client.get("/api/v1/lists", headers=headers).json()["total"] == 21


@pytest.mark.usefixtures("shipped")
class TestTheApiSaysWhatPagesShow:
    """Banjarbakula, the golden case."""

    def test_the_map(self, client) -> None:
        page = client.get(f"/peta.json?{GOLDEN}").json()
        assert client.get(f"/api/v1/opportunities?{GOLDEN}").json() == page
        best = page["opportunities"][0]
        assert "+".join(sorted(one["code"] for one in best["members"])) == BANJARBAKULA

    def test_one_opportunity(self, client) -> None:
        path = f"TPA_REGIONAL/{BANJARBAKULA}"
        page = client.get(f"/peluang/{path}.json").json()
        assert client.get(f"/api/v1/opportunities/{path}").json() == page

    def test_a_region(self, client) -> None:
        page = client.get("/wilayah/63.72.json").json()
        assert client.get("/api/v1/regions/63.72").json() == page

    def test_the_whole_directory(self, client) -> None:
        told = client.get("/api/v1/regions?limit=500").json()
        rest = client.get(told["next"]).json()
        assert len({one["code"] for one in told["items"] + rest["items"]}) == told["total"]
