"""Asking providers: only by HTTPS, never into private networks, however the name leads there."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests

from sinergi.accounts.errors import InvalidError
from sinergi.accounts.signin.discovery import check_issuer
from sinergi.accounts.signin.fetch import LONGEST, PublicSession, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("203.0.114.7", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
        ("fd00::1", False),
        ("fe80::1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses_are_told_from_private_ones(address, public):
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(2)
        yield server


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", "2130706433", "127.1"])
def test_nothing_is_said_to_a_private_address_whatever_it_is_called(listening, host):
    port = listening.getsockname()[1]
    with pytest.raises(requests.RequestException), PublicSession() as session:
        session.get(f"https://{host}:{port}/")
    try:
        reached, _from = listening.accept()
    except TimeoutError:
        return
    with reached:
        assert reached.recv(1) == b""


def test_a_name_that_leads_elsewhere_at_the_second_question_gains_nothing(listening, monkeypatch):
    port = listening.getsockname()[1]
    answers = iter(["203.0.114.7", "127.0.0.1"])
    real = socket.getaddrinfo

    def changing(host: str, *rest: object, **more: object):
        return real(next(answers, "127.0.0.1") if host == "sly.test" else host, *rest, **more)

    next(answers)
    monkeypatch.setattr(socket, "getaddrinfo", changing)
    with pytest.raises(requests.RequestException), PublicSession() as session:
        session.get(f"https://sly.test:{port}/")


@pytest.mark.parametrize("address", ["http://contoh.test/", "file:///etc/passwd", "ftp://x.test/"])
def test_only_https_is_spoken(address):
    with pytest.raises(requests.exceptions.InvalidSchema), PublicSession() as session:
        session.get(address)


class Answers(BaseHTTPRequestHandler):
    """A host that answers too much, or leads elsewhere."""

    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/long")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        body = (
            b'{"issuer": "https://lain.test"}'
            if "well-known" in self.path
            else b"x" * (LONGEST + 9)
        )
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(settings) -> Iterator[str]:
    settings.SINERGI_OIDC_LOCAL = True
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_answer_without_end_is_cut_off(host):
    with pytest.raises(requests.RequestException), PublicSession() as session:
        session.get(f"{host}/long")


def test_no_other_address_is_followed_to(host):
    with PublicSession() as session:
        assert session.get(f"{host}/elsewhere").status_code == 302


def test_a_provider_that_says_it_is_another_is_refused(host):
    with pytest.raises(InvalidError, match=r"."):
        check_issuer(host)
