"""A real server over a loaded home, and a real Chromium that tells what went wrong on each page."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import ports
from tests.conftest import home_environment, lacking

ROOT = Path(__file__).resolve().parent.parent.parent
VENDOR = ROOT / "src" / "sinergi" / "site" / "static" / "vendor" / "maplibre-gl.mjs"
CHROMIUM = os.environ.get("SINERGI_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Only the map draws with WebGL; what is no map is painted without it, in half the time.
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
OF_PAINTING = "GPU stall due to ReadPixels"
"""What Chromium warns of when it takes over what WebGL drew without a GPU: of these flags, not of a page."""
PATIENCE = 300
"""Seconds for a server to begin and to end: how fast it is, is measured elsewhere."""
expect.set_options(timeout=60_000)
SERIOUS = {"serious", "critical"}
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules whose verdict may differ between two themes of a page; all others look at what is there."""
LEAVE_FEW = """document.querySelectorAll("tbody > tr:nth-child(n+25), li:nth-child(n+60)")
  .forEach((one) => one.remove())"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            # A loaded machine may let a browser wait too long; a fault of ours fails twice.
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass
class Visit:
    """A page with what it asked for and what it complained about."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, session: str) -> None:
        """Continue in a session that somebody opened elsewhere."""
        cookie = {"name": "sessionid", "value": session, "url": self.base}
        self.page.context.add_cookies([cookie])

    def open(self, path: str, *, with_map: bool = False) -> Page:
        self.page.goto(self.base + path)
        if with_map:
            self.page.wait_for_selector("#map-stage[data-ready]", timeout=120_000)
        return self.page

    def serious_violations(self, rules: list[str] | None = None) -> list[str]:
        """What shuts somebody out; of long tables and lists the first rows stand for all."""
        self.page.evaluate(LEAVE_FEW)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        found = self.page.evaluate("options => axe.run(options)", options)["violations"]
        return [
            f"{one['id']}: {node['html'][:120]}"
            for one in found
            if one["impact"] in SERIOUS
            for node in one["nodes"]
        ]


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE):
                return
        except urllib.error.HTTPError as error:
            pytest.fail(f"{url} answered {error.code}: {error.read()[:2000]!r}")
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url} did not answer")


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture(scope="session")
def server_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the server, one for all browser tests of a worker."""
    return tmp_path_factory.mktemp("browser-home")


@pytest.fixture(scope="session")
def server(shipped_database: Path, server_home: Path) -> Iterator[str]:
    """The address of a server that serves collected, hashed static files as an installation does."""
    if not VENDOR.exists():
        lacking("browser libraries are missing: run `npm ci` and `python tools/build.py assets`")
    home = server_home
    shutil.copyfile(shipped_database, home / shipped_database.name)
    environment = home_environment(home)
    environment.pop("SINERGI_DEBUG", None)
    run = [sys.executable, "-m"]
    collect = [*run, "django", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, env=environment, check=True)
    listen = [*run, "sinergi.cli", "serve", "--no-setup", "--no-worker"]
    with ports.held() as port:
        listen.append(f"--port={port}")
        running = subprocess.Popen(listen, env=environment, cwd=home, stdout=subprocess.DEVNULL)
        try:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/", running)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(running)


@contextmanager
def loop_marked(loop: asyncio.AbstractEventLoop | None) -> Iterator[None]:
    """Mark an event loop as the running one of this thread, or none.

    Playwright leaves its loop marked when it returns; other tests of the worker would take themselves for
    asynchronous.
    """
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(before)


@pytest.fixture(scope="session")
def browser() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """A Chromium for all tests of a worker, and the loop that drives it."""
    if not Path(CHROMIUM).exists():
        lacking(f"no Chromium at {CHROMIUM}; name one in SINERGI_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        loop = asyncio.get_running_loop()
        with loop_marked(None):
            yield chromium, loop
        chromium.close()


MAKE = """
import json
import django
django.setup()
from django.utils import translation
translation.activate("id")
from tests.site.matrix.world import world
made = world()
print(json.dumps({
    "sessions": {
        name: client.cookies["sessionid"].value
        for name, client in made.clients.items() if "sessionid" in client.cookies
    },
    "things": {f"{kind} {standing}": row.pk for (kind, standing), row in made.things.items()},
    "upload": made.uploads["evidence"],
}))
"""


@dataclass(frozen=True)
class Made:
    """Sessions of people by who they are, numbers of things by kind and standing, a waiting upload."""

    sessions: dict[str, str]
    things: dict[str, int]
    upload: str


@pytest.fixture(scope="session")
def made(server: str, server_home: Path) -> Made:
    """The world of the matrix of permissions, in the home of the server, with everybody signed in."""
    run = [sys.executable, "-c", MAKE]
    done = subprocess.run(
        run,
        env=home_environment(server_home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Made(**json.loads(done.stdout))


def window_of(chromium: Browser, server: str, width: int, height: int, **options: object) -> Visit:
    """A fresh browser window, in a context of its own, that keeps what is asked and complained of."""
    context = chromium.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **options
    )
    context.set_default_timeout(120_000)
    one = Visit(context.new_page(), server)
    one.page.on("request", lambda request: one.requests.append(request.url))
    one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
    one.page.on(
        "console",
        lambda said: (
            said.type in {"error", "warning"}
            and OF_PAINTING not in said.text
            and one.complaints.append(said.text)
        ),
    )
    return one


@pytest.fixture
def visit(
    browser: tuple[Browser, asyncio.AbstractEventLoop], server: str
) -> Iterator[Callable[..., Visit]]:
    """Open a fresh browser window: `visit(width=390, color_scheme="dark").open("/")`."""
    chromium, loop = browser
    opened = []

    def new(width: int = 1280, height: int = 800, **options: object) -> Visit:
        opened.append(window_of(chromium, server, width, height, **options))
        return opened[-1]

    with loop_marked(loop):
        yield new
        for one in opened:
            one.page.context.close()


@pytest.fixture(scope="module")
def kept_window(browser: tuple[Browser, asyncio.AbstractEventLoop], server: str) -> Iterator[Visit]:
    """A window of a visitor who goes from page to page, with the static files that it has already."""
    chromium, loop = browser
    with loop_marked(loop):
        one = window_of(chromium, server, 1280, 800)
    yield one
    with loop_marked(loop):
        one.page.context.close()


@pytest.fixture
def window(
    browser: tuple[Browser, asyncio.AbstractEventLoop], kept_window: Visit
) -> Iterator[Visit]:
    """The window that all tests of a module share, in light colours, with nothing told yet."""
    _chromium, loop = browser
    with loop_marked(loop):
        kept_window.page.goto("about:blank")  # what the page before has still to say is its own
        kept_window.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        kept_window.requests.clear()
        kept_window.complaints.clear()
        yield kept_window
