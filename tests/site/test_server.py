"""The web server with two processes and a background worker: together, killed, told to stop."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path

import pytest

from tests.people import PASSWORD
from tests.site import serving

pytestmark = pytest.mark.xdist_group("server")

PEOPLE = """
import sys, django
django.setup()
from sinergi.accounts.models import Person
for name in ("ani", "budi"):
    Person.objects.create_user(f"{name}@contoh.test", sys.argv[1], name=name)
"""
SLOW = "/cari/?q=sampah"
METHOD = 'sinergi_requests_total{method="GET",status="200",view="site:method"}'


def ask(address, path="", body=None, **headers):
    request = urllib.request.Request(address.rstrip("/") + path, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.fixture(scope="module")
def home(shipped_database, tmp_path_factory):
    home = serving.installation(tmp_path_factory.mktemp("server"), shipped_database)
    environment = serving.clean_environment(home)
    subprocess.run([sys.executable, "-c", PEOPLE, PASSWORD], env=environment, check=True)
    return home


@pytest.fixture(scope="module")
def served(home):
    with serving.serving(home, "--worker", "--workers", "2") as served:
        served.wait_for_web_processes(2)
        yield served


def ready(served):
    return json.loads(ask(served.address, "/readyz")[1])


def words_of(number):
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def children(served):
    """Return the numbers of all processes that the first one started, from whichever thread."""
    threads = Path(f"/proc/{served.process.pid}/task").glob("*/children")
    return [int(number) for thread in threads for number in thread.read_text().split()]


def background(served):
    """Return the number of the background worker; 0 when there is none now."""
    return next((one for one in children(served) if b"worker" in words_of(one)), 0)


def web(served):
    return [one for one in served.web_processes() if is_there(one)]


def is_there(number):
    """Whether a process is there and has not ended, even when nobody has asked how it ended."""
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def wait_for(holds, told=str):
    end = time.monotonic() + serving.PATIENCE
    while not holds():
        assert time.monotonic() < end, told()
        time.sleep(0.1)


def test_metrics_add_up_over_all_web_processes(served):
    for _ in range(12):
        assert ask(served.address, "/metode/")[0] == 200
    text = ask(served.address, "/metrics")[1].decode()
    assert f"{METHOD} 12.0" in text
    assert "sinergi_tasks_waiting" in text
    assert "sinergi_audit_head_sequence" in text


class Browser:
    """Keeps cookies; each request goes over a connection of its own."""

    def __init__(self, address):
        self.address = address.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def open(self, path, form=None):
        body = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self._opener.open(self.address + path, body, timeout=300) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.url, error.read().decode()

    def sign_in(self, email, password):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.open("/masuk/")[2])
        form = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        return self.open("/masuk/", form)


@contextlib.contextmanager
def asleep(*numbers):
    """Let processes sleep, so that the others answer."""
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)


def test_a_session_that_one_web_process_opened_holds_in_the_other(served):
    first, second = web(served)
    budi = Browser(served.address)
    with asleep(first):
        assert budi.sign_in("budi@contoh.test", PASSWORD)[0] == 200
    with asleep(second):
        status, address, page = budi.open("/akun/")
    assert (status, address) == (200, served.address + "akun/")
    assert "budi@contoh.test" in page


def test_attempts_count_whichever_web_process_they_reach(served):
    first, second = web(served)
    with asleep(first):
        for _ in range(5):
            assert Browser(served.address).sign_in("ani@contoh.test", "salah")[0] == 200
    with asleep(second):
        ani = Browser(served.address)
        ani.sign_in("ani@contoh.test", PASSWORD)
        assert "/masuk/" in ani.open("/akun/")[1]


def test_a_background_worker_runs_beside_and_is_started_again(served):
    wait_for(lambda: ready(served)["checks"]["worker"] == "seen", served.told)
    worker = background(served)
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: background(served) not in {0, worker}, served.told)
    assert "it is started again" in served.told()


def test_a_killed_web_process_leaves_the_service_answering_and_is_replaced(served):
    first, second = web(served)
    os.kill(first, signal.SIGKILL)
    for _ in range(20):
        assert ask(served.address, "/healthz")[0] == 200
    wait_for(lambda: set(web(served)) - {first, second}, served.told)
    assert ask(served.address, "/metode/")[0] == 200


def test_whoever_reached_the_server_is_answered_when_it_is_told_to_stop(home):
    """Six people ask as fast as they can: each is answered in full, or finds nobody listening.

    Whom the kernel connects in the moment of closing, after the server was told, was not reached: they are
    reset before a first byte, each at most once, because whoever comes after that is refused.
    """
    with serving.serving(home, "--worker", "--workers", "2") as served:
        served.wait_for_web_processes(2)
        with ThreadPoolExecutor(6) as pool:
            # what each process computes once shall not hold the end up
            warm = pool.map(lambda path: ask(served.address, path)[0], ["/", SLOW] * 6)
            assert set(warm) == {200}
        wait_for(lambda: background(served), served.told)
        worker = background(served)
        port = urllib.parse.urlsplit(served.address).port
        going, told, first = threading.Barrier(6), threading.Event(), threading.Semaphore(0)

        def person():
            answered, reset, slow = 0, 0, True
            going.wait()
            while True:
                connection = HTTPConnection("127.0.0.1", port, timeout=300)
                with contextlib.closing(connection):
                    early = False
                    try:
                        connection.connect()
                        early = not told.is_set()
                        connection.request("GET", SLOW if slow else "/metode/")
                        answer = connection.getresponse()
                    except ConnectionRefusedError:
                        return answered, reset
                    except RemoteDisconnected:
                        raise
                    except ConnectionResetError:
                        assert not early, "whoever had connected before was reset"
                        reset += 1
                        continue
                    assert answer.status == 200
                    assert answer.read().rstrip().endswith(b"</html>")
                answered, slow = answered + 1, not slow
                first.release()

        with ThreadPoolExecutor(6) as pool:
            people = [pool.submit(person) for _ in range(6)]
            try:
                for _answer in range(12):
                    assert first.acquire(timeout=serving.PATIENCE)
            finally:
                told.set()
                served.process.send_signal(signal.SIGTERM)
            found = [one.result() for one in people]
        assert sum(answered for answered, _reset in found) >= 12
        assert all(reset <= 1 for _answered, reset in found)
        assert served.process.wait(serving.PATIENCE) == 0
        assert "Stopped." in served.told()
        assert "Traceback" not in served.told()
        assert not is_there(worker)
    assert not list((home / "run").glob(f"metrics-*/*_{served.process.pid}.db"))


def test_nothing_outlives_a_first_process_that_was_killed(home):
    with serving.serving(home, "--worker", "--workers", "2") as served:
        wait_for(lambda: len(children(served)) == 3, served.told)
        others = children(served)
        served.process.kill()
        wait_for(lambda: not any(map(is_there, others)))
