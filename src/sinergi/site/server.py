"""The web server: gunicorn with threads, told by our settings; one process that watches over the others."""

import itertools
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

GRACE = 30
"""Seconds that requests which are being answered may take to end after the server was told to stop."""
PATIENCE = 300
"""Seconds without a sign of life from a web process after which it is replaced."""
MOST_REQUESTS, SPREAD = 20_000, 2_000
"""Requests after which a web process gives way to a fresh one, never all at once."""
LONGEST_LINE = 8_190
PAUSES = (1, 2, 5, 15, 60)
"""Seconds before a background worker that ended is started again; the last for every further time."""
log = logging.getLogger("sinergi.server")


class BackgroundWorker:
    """Keeps `sinergi worker` running beside the web processes."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="background-worker", daemon=True)

    def start(self) -> None:
        """Start it, and start it again whenever it ends."""
        lock = self._starting
        # a web process forked meanwhile would hold the pipe that tells us that the worker has begun: we would
        # wait for as long as it lives
        os.register_at_fork(
            before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
        )
        self._thread.start()

    def _watch(self) -> None:
        for pause in itertools.chain(PAUSES, itertools.repeat(PAUSES[-1])):
            begun = time.monotonic()
            with self._starting:
                if self._stopped.is_set():
                    return
                line = [sys.executable, "-m", "sinergi.cli", "worker", "--beside", str(os.getpid())]
                # in a session of its own: Ctrl-C is for the first process, which then stops this one
                self._process = subprocess.Popen(line, start_new_session=True)  # noqa: S603 - our own command
            while self._process.poll() is None and not self._stopped.wait(0.5):
                pass
            if self._stopped.is_set():
                return
            lived = time.monotonic() - begun
            log.error("the background worker ended after %.0f s; it is started again", lived)
            if self._stopped.wait(pause):
                return

    def stop(self) -> None:
        """Let it finish what it does, for a while, and end it."""
        self._stopped.set()
        with self._starting:
            process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def share_metrics(home: Path) -> Path:
    """Make the folder in which all web processes count; call it before anything counts."""
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="metrics-", dir=home))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def options(listening: "socket.socket", workers: int, threads: int) -> dict[str, Any]:
    """Return the settings of gunicorn, which takes the socket over: it is no longer ours to close.

    A socket of systemd it finds by itself, and leaves it listening when it ends.
    """
    number = listening.detach()
    by_systemd = os.environ.get("LISTEN_PID") == str(os.getpid())
    return {
        "bind": [] if by_systemd else [f"fd://{number}"],
        "workers": workers,
        "threads": threads,
        "worker_class": "sinergi.site.web_process.WebProcess",
        "preload_app": True,
        "timeout": PATIENCE,
        "graceful_timeout": GRACE,
        "keepalive": 5,
        "max_requests": MOST_REQUESTS,
        "max_requests_jitter": SPREAD,
        "limit_request_line": LONGEST_LINE,
        "limit_request_fields": 64,
        "limit_request_field_size": LONGEST_LINE,
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "forwarder_headers": "",
        "control_socket_disable": True,
        "proc_name": "sinergi",
        "logger_class": "sinergi.site.server_log.OurLogger",
    }


def run(
    listening: "socket.socket",
    *,
    workers: int,
    threads: int,
    background: bool,
    on_ready: Callable[[], None],
    on_end: Callable[[], None],
) -> None:
    """Serve until told to stop; requests that are being answered then are answered.

    Parameters
    ----------
    listening
        Listens already; gunicorn takes it over.
    workers, threads
        Web processes, and requests that each answers at once.
    background
        Whether a background worker is kept running, too.
    on_ready, on_end
        Called in the first process: when it listens, and when all is over.

    Raises
    ------
    SystemExit
        When it is over; 0 unless no web process could start.
    """
    from django.conf import settings  # noqa: PLC0415 - the command line imports this module

    folder = share_metrics(settings.HOME / "run")
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415 - as above
    from gunicorn.arbiter import Arbiter  # noqa: PLC0415 - as above

    helper = BackgroundWorker() if background else None

    def ended(_arbiter: Any) -> None:
        if helper:
            helper.stop()
        shutil.rmtree(folder, ignore_errors=True)
        on_end()

    def began(_arbiter: Any) -> None:
        on_ready()
        if helper:
            helper.start()

    hooks = {
        "when_ready": began,
        "on_exit": ended,
        "post_worker_init": _warm,
        "child_exit": _forget,
    }
    chosen = {**options(listening, workers, threads), **hooks}

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from sinergi.site.wsgi import application  # noqa: PLC0415 - Django is set up by now

            return application

    server = Server()
    from django.db import connections  # noqa: PLC0415 - as above

    connections.close_all()
    Arbiter(server).run()


def _forget(_arbiter: Any, worker: Any) -> None:
    """Leave out of the metrics what only a process that lives can say."""
    from prometheus_client import multiprocess  # noqa: PLC0415 - not before the folder is named

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _warm(worker: Any) -> None:
    """Compute the first page and what similar texts need in a new web process before a person asks for it."""
    threading.Thread(target=warm, args=(worker.wsgi,), name="warm", daemon=True).start()


def warm(application: Callable[..., Any]) -> None:
    """Ask an application for its first page, and bring the indexes of texts up, within this process."""
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.db import connections  # noqa: PLC0415 - as above
    from django.test import RequestFactory  # noqa: PLC0415 - builds an environment, nothing of tests

    from sinergi.forums.queries import recurrence, similar  # noqa: PLC0415 - as above

    host = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
    asked = RequestFactory(SERVER_NAME=host).get("/", secure=settings.PRODUCTION)
    try:
        answer = application(asked.environ, lambda *_told: None)
        for _part in answer:
            pass
        answer.close()
        similar.warm()
        recurrence.alike()
    except Exception:
        log.exception("what a new web process has ready could not be computed")
    finally:
        connections.close_all()
