"""The nginx site that we ship, in front of two web processes: what arrives, what is refused."""

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ports
from tests.conftest import lacking
from tests.databases import until
from tests.site import serving

pytestmark = pytest.mark.xdist_group("nginx")

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "deploy" / "nginx" / "sinergi.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin") or ""
FRAME = """
daemon off; master_process off; worker_processes 1; pid {here}/nginx.pid; error_log {here}/error.log warn;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/fcgi; uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    include {here}/site.conf;
}}
"""


@dataclass
class Front:
    """nginx with the application behind it."""

    plain: int
    safe: int
    context: ssl.SSLContext
    served: serving.Served

    def ask(self, path, method="GET", body=None, *, plain=False, **headers):
        """Return status, headers as a list, and body."""
        if plain:
            connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=300)
        else:
            connection = http.client.HTTPSConnection(
                "localhost", self.safe, timeout=300, context=self.context
            )
        named = {"Host": "localhost"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        try:
            connection.request(method, path, body=body, headers=named)
            answer = connection.getresponse()
            return (
                answer.status,
                [(name.lower(), value) for name, value in answer.getheaders()],
                answer.read(),
            )
        finally:
            connection.close()


def site(here: Path, plain: int, safe: int, home: Path, unix: Path) -> str:
    """Return the site as it is shipped, on other ports, paths and another name."""
    text = SITE.read_text(encoding="utf-8")
    for old, new in (
        ("sinergi.example.go.id", "localhost"),
        ("unix:/run/sinergi/web.sock", f"unix:{unix}"),
        ("/etc/ssl/sinergi", str(here)),
        ("/var/cache/sinergi", str(home)),
        ("/usr/share/sinergi/pages", str(SITE.parent)),
        ("/var/log/nginx", str(here)),
        (
            "return 301 https://localhost$request_uri",
            f"return 301 https://localhost:{safe}$request_uri",
        ),
    ):
        assert old in text, old
        text = text.replace(old, new)
    text = re.sub(r"listen 80\b", f"listen 127.0.0.1:{plain}", text)
    return re.sub(r"listen 443\b", f"listen 127.0.0.1:{safe}", text)


@pytest.fixture(scope="module")
def front(shipped_database, tmp_path_factory):
    if not NGINX:
        lacking("nginx is not installed")
    here = tmp_path_factory.mktemp("nginx")
    home = serving.installation(here, shipped_database)
    with ExitStack() as kept:
        plain, safe = (kept.enter_context(ports.held()) for _number in range(2))
        yield from behind(here, home, plain, safe)


def behind(here, home, plain, safe):
    """Run nginx with the application behind it, on two ports."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", here / "privkey.pem", "-out", here / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    unix = here / "web.sock"
    (here / "site.conf").write_text(site(here, plain, safe, home, unix), encoding="utf-8")
    (here / "nginx.conf").write_text(FRAME.format(here=here), encoding="utf-8")
    variables = {
        "PRODUCTION": "1",
        "SECRET_KEY": serving.KEY,
        "HOSTS": "localhost",
        "BASE_URL": f"https://localhost:{safe}",
        "EMAIL_URL": "console://",
        "TRUSTED_PROXIES": "unix",
        "LOG_FORMAT": "json",
    }
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(unix))
    listening.listen(64)
    nginx = subprocess.Popen([NGINX, "-c", here / "nginx.conf", "-p", here], stderr=subprocess.PIPE)
    try:
        with (
            listening,
            serving.serving(home, "--workers", "2", listening=listening, **variables) as served,
        ):
            context = ssl.create_default_context(cafile=str(here / "fullchain.pem"))
            served.wait_for_web_processes(2)
            front = Front(plain, safe, context, served)
            wait_for(front, nginx)
            yield front
    finally:
        nginx.terminate()
        nginx.communicate(timeout=120)


def wait_for(front, nginx):
    end = time.monotonic() + serving.PATIENCE
    while True:
        assert nginx.poll() is None, nginx.stderr.read()
        try:
            if front.ask("/readyz")[0] == 200:
                return
        except OSError:
            pass
        assert time.monotonic() < end, front.served.told()
        time.sleep(0.3)


def one(headers, name):
    """Return the only value of a header; it must not stand there twice."""
    found = [value for key, value in headers if key == name]
    assert len(found) == 1, (name, found)
    return found[0]


def test_a_page_arrives_over_https_with_each_header_once(front):
    status, headers, body = front.ask("/metode/")
    assert status == 200
    assert b'<html lang="id">' in body
    assert one(headers, "strict-transport-security") == "max-age=31536000; includeSubDomains"
    assert one(headers, "x-content-type-options") == "nosniff"
    assert one(headers, "x-frame-options") == "DENY"
    assert "'strict-dynamic'" in one(headers, "content-security-policy")
    assert one(headers, "referrer-policy") == "same-origin"
    assert one(headers, "cross-origin-opener-policy") == "same-origin"
    assert one(headers, "cross-origin-resource-policy") == "same-origin"
    assert "camera=()" in one(headers, "permissions-policy")
    assert one(headers, "server") == "nginx"


def test_plain_http_leads_to_https_under_our_own_name(front):
    status, headers, _ = front.ask("/metode/?a=b", plain=True)
    assert status == 301
    assert one(headers, "location") == f"https://localhost:{front.safe}/metode/?a=b"


def test_another_name_gets_nothing(front):
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        front.ask("/", plain=True, Host="evil.example")


def test_files_come_from_nginx_and_may_be_kept_for_ever(front):
    page = front.ask("/metode/")[2].decode()
    path = re.search(r'href="(/static/site/tokens\.[0-9a-f]{12}\.css)"', page)[1]
    status, headers, body = front.ask(path)
    assert status == 200
    assert body
    assert one(headers, "cache-control") == "public, max-age=31536000, immutable"
    assert one(headers, "content-type") == "text/css"
    assert "x-request-id" not in dict(headers)
    assert one(front.ask(path, Accept_Encoding="gzip")[1], "content-encoding") == "gzip"


def test_what_a_visitor_claims_about_itself_is_ignored(front):
    claimed = "claimed-by-the-visitor"
    headers = front.ask(
        "/metode/",
        X_Forwarded_For="127.0.0.1",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="evil.example",
        Forwarded="for=127.0.0.1;host=evil.example",
        X_Request_Id=claimed,
    )[1]
    assert re.fullmatch(r"[0-9a-f]{32}", one(headers, "x-request-id"))
    assert claimed not in front.served.told()


def test_metrics_are_not_for_strangers(front):
    assert front.ask("/metrics")[0] == 404
    assert front.ask("/metrics", X_Forwarded_For="127.0.0.1")[0] == 404


@pytest.mark.parametrize("path", ["/metode/", "/masuk/", "/cari/"])
def test_a_big_body_is_refused_where_no_file_is_taken(front, path):
    status, headers, _ = front.ask(path, "POST", body=b"x" * (3 * 1024 * 1024))
    assert status == 413
    assert len([name for name, _ in headers if name == "content-length"]) == 1


@pytest.mark.parametrize("path", ["/impor/", "/en/impor/", "/api/v1/uploads"])
def test_a_file_passes_nginx_where_files_are_taken(front, path):
    body = b"x" * (3 * 1024 * 1024)
    status, headers, _ = front.ask(path, "POST", body=body)
    assert status in {401, 403}
    assert one(headers, "x-request-id")


def test_what_nginx_answers_itself_is_as_safe_as_a_page(front):
    status, headers, _ = front.ask("/metode/", "POST", body=b"x" * (3 * 1024 * 1024))
    assert status == 413
    assert one(headers, "strict-transport-security") == "max-age=31536000; includeSubDomains"
    assert "frame-ancestors 'none'" in one(headers, "content-security-policy")
    assert one(headers, "x-content-type-options") == "nosniff"


def test_a_program_without_tls_is_refused_and_not_led_on(front):
    status, headers, _ = front.ask("/api/v1/map", plain=True)
    assert status == 403
    assert "location" not in dict(headers)


def test_nothing_turns_into_another_protocol(front):
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    assert front.ask("/metode/", **asked)[0] == 200


def test_the_cookie_of_forms_is_bound_to_this_host(front):
    cookies = [value for name, value in front.ask("/")[1] if name == "set-cookie"]
    assert cookies
    assert all(value.startswith("__Host-") and "Secure" in value for value in cookies)
    assert all("Path=/" in value and "Domain" not in value for value in cookies)


def test_the_log_has_one_object_a_line_with_number_and_duration(front):
    request_id = one(front.ask("/metode/?q=rahasia")[1], "x-request-id")
    lines = [json.loads(line) for line in front.served.told().splitlines() if line.startswith("{")]
    told = next(line for line in lines if line.get("request_id") == request_id)
    assert told["path"] == "/metode/"
    assert told["status"] == 200
    assert told["duration_ms"] > 0
    assert "rahasia" not in front.served.told()


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def lines_after(path, count):
    return path.read_text(encoding="utf-8").splitlines()[count:]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/undangan/rahasia-satu/", "/undangan/*"),
        ("/en/undangan/rahasia-satu", "/en/undangan/*"),
        ("/kata-sandi/baru/3-rahasia-dua/", "/kata-sandi/baru/*"),
        ("/surel/konfirmasi/rahasia:tiga/", "/surel/konfirmasi/*"),
        ("/masuk/?next=/undangan/rahasia-empat/", "/masuk/"),
        ("/impor/rahasia5Lz0r2vHmfW1q8x3/", "/impor/*"),
        ("/wilayah/62.71/", "/wilayah/62.71/"),
    ],
)
@pytest.mark.parametrize("plain", [False, True])
def test_the_log_of_nginx_holds_no_secret_of_an_address(front, path, told, plain):
    written = front.served.log.parents[1] / "sinergi.log"
    before = len(written.read_text(encoding="utf-8").splitlines())
    front.ask(path, plain=plain)
    # nginx writes the line after the answer has left
    until(lambda: any(f'"GET {told}" ' in line for line in lines_after(written, before)))
    assert "rahasia" not in written.read_text(encoding="utf-8")


def test_a_page_says_that_the_application_is_away(front, tmp_path):
    """Another nginx with nothing behind it: the same site, a socket that nobody listens on."""
    with ports.held() as plain, ports.held() as safe:
        says_that_the_application_is_away(front, tmp_path, plain, safe)


def says_that_the_application_is_away(front, tmp_path, plain, safe):
    for name in ("privkey.pem", "fullchain.pem"):
        shutil.copy(front.served.log.parents[1] / name, tmp_path)
    (tmp_path / "site.conf").write_text(
        site(tmp_path, plain, safe, tmp_path, tmp_path / "nobody.sock"), encoding="utf-8"
    )
    (tmp_path / "nginx.conf").write_text(FRAME.format(here=tmp_path), encoding="utf-8")
    nginx = subprocess.Popen(
        [NGINX, "-c", tmp_path / "nginx.conf", "-p", tmp_path], stderr=subprocess.PIPE
    )
    try:
        lonely = Front(plain, safe, front.context, front.served)
        until(lambda: nginx.poll() is not None or answers(plain))
        status, headers, body = lonely.ask("/metode/")
        assert status == 502
        assert "Sinergi sedang tidak tersedia" in body.decode()
        assert one(headers, "retry-after") == "30"
    finally:
        nginx.terminate()
        nginx.communicate(timeout=120)
