"""What is believed of a request, and what every answer carries."""

import io
import re

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse

from sinergi.site import health
from sinergi.site.middleware import ROOM_FOR_FORM, KeepPrivate
from sinergi.site.proxies import PROXIED, TrustedProxies, client_of, is_trusted
from tests.people import organisation, person, signed_in


def seen(rf, settings, trusted, **headers):
    settings.SINERGI_TRUSTED_PROXIES = trusted
    found = []
    request = rf.get("/", **headers)
    TrustedProxies(lambda one: found.append(one) or HttpResponse())(request)
    return found[0]


CLAIMS = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_REQUEST_ID": "claimed-number",
}


def test_a_stranger_is_not_believed(rf, settings):
    request = seen(rf, settings, ("10.0.0.0/8",), REMOTE_ADDR="192.0.2.1", **CLAIMS)
    assert request.META["REMOTE_ADDR"] == "192.0.2.1"
    assert not request.is_secure()
    assert not [name for name in request.META if name.startswith("HTTP_X_")]
    assert request.META[PROXIED]


def test_a_trusted_proxy_is_believed(rf, settings):
    request = seen(rf, settings, ("10.0.0.0/8",), REMOTE_ADDR="10.1.2.3", **CLAIMS)
    assert request.META["REMOTE_ADDR"] == "203.0.113.9"
    assert request.is_secure()
    assert request.META["HTTP_X_REQUEST_ID"] == "claimed-number"
    assert "HTTP_X_FORWARDED_HOST" not in request.META


def test_a_chain_ends_at_the_last_address_that_no_proxy_of_ours_has():
    assert client_of("1.1.1.1, 203.0.113.9, 10.0.0.7", ("10.0.0.0/8",)) == "203.0.113.9"
    assert client_of("not-an-address", ("10.0.0.0/8",)) == ""


def test_only_a_unix_socket_has_no_address():
    assert is_trusted("", ("unix",))
    assert not is_trusted("", ("127.0.0.1",))
    assert not is_trusted("unix", ("unix",))


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, *_size):
        raise AssertionError("the body was read")


def send_much(client, path, length=None, **headers):
    """Send what says to be one byte longer than is taken (or as long as given)."""
    if length is None:
        length = str(django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + ROOM_FOR_FORM + 1)
    declared = {"CONTENT_LENGTH": length, "wsgi.input": Unread(b"x")}
    return client.post(path, b"", content_type="application/json", **declared, **headers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"), [("/peta.json", "terlalu besar"), ("/en/daftar/", "too large")]
)
def test_a_body_larger_than_anything_we_take_is_refused_unread(client, path, words):
    answer = send_much(client, path)
    assert answer.status_code == 413
    assert answer["Connection"] == "close"
    assert words in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/daftar/", "/api/v1/uploads", "/api/v1/lists"])
def test_a_program_is_told_of_a_body_that_is_too_large(client, path):
    answer = send_much(client, path, HTTP_ACCEPT="application/json", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:sinergi:problem:too-large"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/impor/", "/daftar/", "/api/v1/uploads", "/api/v1/lists"])
@pytest.mark.parametrize("length", ["9" * 30, "-5", "x", "١٢"])
def test_a_body_whose_length_is_no_number_is_not_read(client, path, length):
    assert send_much(client, path, length).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/impor/", "/api/v1/uploads"])
def test_a_body_without_end_is_not_read(client, path):
    declared = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    kind = "multipart/form-data; boundary=x"
    answer = client.post(path, b"", content_type=kind, **declared, **{"wsgi.input": Unread(b"x")})
    assert 400 <= answer.status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example"]
)
def test_another_host_is_refused(client, settings, host):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert client.get("/metode/", headers={"host": host}).status_code == 400


@pytest.mark.django_db
def test_a_method_cannot_be_smuggled_in_a_header(client):
    answer = client.post("/metode/", headers={"X-HTTP-Method-Override": "GET"})
    assert answer.status_code == 405


@pytest.mark.django_db
def test_every_script_of_a_page_carries_the_number_of_its_answer(client):
    answer = client.get("/metode/")
    nonce = re.search(r"'nonce-([\w-]+)'", answer["Content-Security-Policy"])[1]
    scripts = re.findall(r"<script[^>]*>", answer.content.decode())
    assert scripts
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert client.get("/metode/")["Content-Security-Policy"] != answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_pages_of_somebody_signed_in_are_stored_nowhere(client):
    assert client.get("/metode/")["Cache-Control"] == "no-cache, private"
    signed_in(client, person("Ani", ("viewer", organisation("uji"))))
    answer = client.get("/metode/")
    assert answer["Cache-Control"] == "no-store, private"
    assert "Cookie" in answer["Vary"]


def test_what_looked_at_a_session_is_not_kept_although_the_view_allowed_it(rf, settings):
    class Session:
        accessed = True

    def view(request):
        request.session = Session()
        return HttpResponse(headers={"Cache-Control": "public, max-age=60"})

    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    assert KeepPrivate(view)(request)["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_life_is_told_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_an_installation_without_data_is_not_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["data"] == "failed"
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")


@pytest.mark.usefixtures("shipped")
@pytest.mark.django_db
def test_a_full_disk_is_told_and_nothing_of_the_machine(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["disk"] == "failed"
    assert "/" not in answer.content.decode()


@pytest.mark.django_db
def test_metrics_need_the_token_or_this_machine(client, settings):
    settings.SINERGI_METRICS_TOKEN = "a-token-of-some-length"
    bearer = {"authorization": "Bearer a-token-of-some-length"}
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1", headers=bearer).status_code == 200
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
    assert client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert b"sinergi_audit_head_sequence" in answer.content
