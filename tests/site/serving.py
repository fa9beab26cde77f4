"""Runs real servers for tests: `sinergi serve` as an installation would, and nginx in front of it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import home_environment

PATIENCE = 300
KEPT = ("SINERGI_HOME", "SINERGI_DATABASE_URL", "DJANGO_SETTINGS_MODULE")
KEY = "a-key-for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz"

AS_SYSTEMD = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.argv[2], sys.argv[2:])
"""


def installation(base: Path, database: Path) -> Path:
    """Return a home of its own with a copy of a loaded database."""
    home = base / "home"
    home.mkdir()
    shutil.copyfile(database, home / "sinergi.sqlite3")
    return home


def clean_environment(home: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SINERGI_")}
    told = home_environment(home)
    ours = {name: told[name] for name in KEPT}
    return kept | ours | {f"SINERGI_{name}": value for name, value in variables.items()}


@dataclass
class Served:
    """A running `sinergi serve`."""

    process: subprocess.Popen[str]
    address: str
    log: Path

    def web_processes(self) -> list[int]:
        """Return the numbers of its web processes, the oldest first."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text(encoding="ascii").split()]

    def wait_for_web_processes(self, count: int, but: frozenset[int] = frozenset()) -> list[int]:
        end = time.monotonic() + PATIENCE
        while len(found := [one for one in self.web_processes() if one not in but]) < count:
            assert time.monotonic() < end, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)
        return found

    def told(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextlib.contextmanager
def serving(
    home: Path, *arguments: str, listening: socket.socket | None = None, **variables: str
) -> Iterator[Served]:
    """Run the server until the end of the block; with `listening`, as systemd starts it."""
    command = [sys.executable, "-u", "-m", "sinergi.cli", "--language", "en", "serve"]
    command += ["--no-setup", "--port", "0", *arguments]
    environment = clean_environment(home, **variables)
    keep: dict[str, object] = {}
    if listening is not None:
        number = listening.fileno()
        command = [sys.executable, "-c", AS_SYSTEMD, str(number), *command]
        keep = {"pass_fds": (number,)}
    log = home / "serve.log"
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            **keep,
        )
    try:
        line = process.stdout.readline()
        assert line.startswith("Sinergi is at "), log.read_text(encoding="utf-8")
        yield Served(process, line.split()[3], log)
    finally:
        end(process)


def end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
    process.communicate()
