"""`setup` and `serve`: from an empty folder to a page that answers, and a clean end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from sinergi.cli import language
from sinergi.cli.commands.server import listen, tell_where
from sinergi.cli.failures import CommandError
from tests.cli.conftest import clean
from tests.conftest import home_environment


@contextlib.contextmanager
def serving(home, *arguments):
    """Run a server and give its address and process; it is ended in the end."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-u",
            "-m",
            "sinergi.cli",
            "--language",
            "en",
            "serve",
            "--port",
            "0",
            "--no-worker",
            *arguments,
        ],
        env=clean(home_environment(home)) | {"SINERGI_DEBUG": "1"},
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = server.stdout.readline()
        assert line.startswith("Sinergi is at http://127.0.0.1:"), server.stderr.read()
        yield line.split()[3], server
    finally:
        if server.poll() is None:
            server.kill()
        server.communicate()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_pages_answer_and_the_server_ends_cleanly(shipped_home, ending):
    with serving(shipped_home, "--no-setup") as (address, server):
        with urllib.request.urlopen(address + "static/site/layout.css", timeout=240) as answer:
            assert answer.status == 200
        server.send_signal(ending)
        _, err = server.communicate(timeout=240)
        assert server.returncode == 0
        assert "Stopped." in err
        assert "Traceback" not in err


def test_setup_is_safe_to_repeat(process):
    assert process("setup").code == 0
    again = process("--language", "en", "setup")
    assert again.code == 0
    assert again.err.startswith("Ready: ")


def test_a_taken_port_is_told_with_another_one():
    language.choose("en")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken.*--port {port + 1}"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(CommandError, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)


def test_listening_is_on_this_machine_only():
    with listen("127.0.0.1", 0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_a_killed_setup_is_made_good_by_the_next(tmp_path, process):
    first = subprocess.Popen(
        [sys.executable, "-m", "sinergi.cli", "setup"],
        env=clean(home_environment(tmp_path)),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(3)
    first.kill()
    first.wait()
    told = process("--language", "en", "setup", home=tmp_path)
    assert told.code == 0, told.err
    assert "regions, reference" in told.err


@pytest.mark.usefixtures("shipped")
def test_setup_tells_what_is_there_now(run):
    told = run("setup")
    assert told.code == 0, told.err
    assert "Ready: " in told.err


def test_processes_of_the_server_are_told_where_it_listens(monkeypatch):
    monkeypatch.setenv("SERVED_BY_SINERGI_AT", "")
    with listen("127.0.0.1", 0) as listening:
        tell_where(listening, "0.0.0.0")
        port = listening.getsockname()[1]
    assert os.environ["SERVED_BY_SINERGI_AT"] == f"http://127.0.0.1:{port}"
