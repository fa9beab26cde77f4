"""The home page: time of the server, weight of the first load, largest contentful paint."""

import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.common import environment, loaded_home, table

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PAINT = """() => new Promise(resolve => {
  new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""
PAGES = ("/", "/en/?objek=TPA_REGIONAL&dalam=63", "/wilayah/63.71/")


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    with serving(loaded_home()) as address:
        warm = {path: server_seconds(address + path) for path in PAGES}
        total, map_data, paint = first_load(address)
    rows = [(f"server time, {path}", f"{took * 1000:.0f} ms", "") for path, took in warm.items()]
    rows[0] = (*rows[0][:2], "under 150 ms")
    rows += [
        ("first load, compressed", f"{total / 1e3:.0f} kB", "under 1,200 kB"),
        ("of it map data", f"{map_data / 1e3:.0f} kB", "under 400 kB"),
        ("largest contentful paint", f"{paint:.2f} s", "under 2 s"),
    ]
    table(rows)
    limits = [
        ("server time of the home page, s", warm["/"], 0.15),
        ("first load, bytes", total, 1.2e6),
        ("map data, bytes", map_data, 4e5),
        ("largest contentful paint, s", paint, 2.0),
    ]
    return [f"{name}: {value:.2f} > {limit}" for name, value, limit in limits if value > limit]


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve the home on a free port for the time of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("sinergi")),
        "serve",
        "--port",
        str(port),
        "--no-setup",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment(home), **quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address: str, seconds: float = 60) -> None:
    """Return when the address answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=60).read()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def server_seconds(url: str, times: int = 15) -> float:
    """Return the median time until the whole page is there, over a kept-warm server."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    taken = []
    for _ in range(times + 2):
        start = time.perf_counter()
        urllib.request.urlopen(request).read()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[2:])


def first_load(address: str) -> tuple[int, int, float]:
    """Return the bytes of a first visit, those of map data among them, and the seconds to the paint."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        paints = []
        for _ in range(3):
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            sizes = watch(page)
            page.goto(address, wait_until="networkidle")
            paints.append(page.evaluate(PAINT) / 1000)
            page.context.close()
        browser.close()
    shapes = sum(size for url, size in sizes.items() if "/peta/" in url)
    return sum(sizes.values()), shapes, statistics.median(paints)


def watch(page: Page) -> dict[str, int]:
    """Return a table that fills with the bytes over the wire of every response."""
    sizes: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    names: dict[str, str] = {}
    session.send("Network.enable")
    session.on(
        "Network.responseReceived", lambda e: names.update({e["requestId"]: e["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished",
        lambda e: sizes.update({names.get(e["requestId"], "?"): int(e["encodedDataLength"])}),
    )
    return sizes
