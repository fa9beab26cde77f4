"""Plan lines of many plans compared with each other: time, memory and F1 beside what one would pick instead.

`python -m bench.matching [part …]` with the parts `peers` (ours and the peers on the same 50,000 lines),
`growth` (ours from 10,000 lines to `SINERGI_BENCH_LINES`, 1,000,000 without it, with the promise) and
`plot` (draws what `growth` last measured); all without a name. Everything is measured in a process of its
own with its children, lines being read from a file; lines and what was measured are kept in
`SINERGI_BENCH_HOME` or the folder for temporary files.

The lines are made (`matching_lines`); dictionary, model and threshold are those shipped, and no short form
that the dictionary lists is used in the lines (`_disjoint` refuses them otherwise). Where other programs
run, the seconds of the processors tell more than those of the clock.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import perf_counter, sleep

import polars as pl
import psutil

import sinergi.reference.indonesia
from bench.common import table
from bench.matching_lines import kinds_of_lines, plan_lines
from bench.matching_plot import drawn
from bench.matching_words import PATTERNS
from sinergi.analysis.similarity import Dictionary, Model, match
from sinergi.reference import matching
from sinergi.reference.pack import load_pack

LINES = int(os.environ.get("SINERGI_BENCH_LINES", "1000000"))
PEER_LINES = 50_000
SEED = 1
LEAST = 0.5
"""Least probability of a pair: what `match` takes; findings of the product ask for 0.6."""
GROWTH = (10_000, 30_000, 100_000, 300_000, 1_000_000)
MOST_LISTED = 0.0005
"""Share of texts in which a typing mistake may by chance make a listed short form."""
PROMISED, MOST_SECONDS, MOST_GIGABYTES, LEAST_F1 = 1_000_000, 40.0, 2.5, 0.9
PLOT = Path("docs/images/matching-growth.svg")
PARTS = ("peers", "growth", "plot")


def run(parts: tuple[str, ...] = PARTS) -> list[str]:
    """Print the tables of some parts; return the promises that do not hold."""
    broken: list[str] = []
    if "peers" in parts:
        table(kinds_of_lines(20_000, SEED, words().abbreviations))
        _beside()
    if "growth" in parts:
        counts = [*(count for count in GROWTH if count < LINES), LINES]
        found = [_in_process("ours", count) for count in counts]
        _kept().write_text(json.dumps(found), encoding="utf-8")
        broken = [text for one in found for text in _broken(one)]
    if "plot" in parts and _kept().exists():
        drawn(json.loads(_kept().read_text(encoding="utf-8")), PLOT)
        print(f"  drawn: {PLOT}")
    return broken


def _beside() -> None:
    ours = _in_process("ours", PEER_LINES)
    rows = [("", "seconds, processor, memory as multiples of ours", "F1 less ours")]
    for name in ("rapidfuzz", "tfidf", "splink"):
        one = _in_process(name, PEER_LINES)
        times = (f"{one[key] / ours[key]:.1f}" for key in ("seconds", "processor", "gigabytes"))
        rows.append((name, " ".join(times), f"{one['f1'] - ours['f1']:+.3f}"))
    table(rows)


def _broken(one: dict) -> list[str]:
    if one["lines"] != PROMISED:
        return []
    limits = [
        (f"{PROMISED} lines: {one['seconds']:.1f} s", one["seconds"] <= MOST_SECONDS),
        (f"{PROMISED} lines: {one['gigabytes']:.2f} GB", one["gigabytes"] <= MOST_GIGABYTES),
        (f"{PROMISED} lines: F1 {one['f1']:.3f}", one["f1"] >= LEAST_F1),
    ]
    return [name for name, holds in limits if not holds]


def _told(one: dict) -> str:
    return (
        f"{one['seconds']:.1f} s ({one['processor']:.1f} s of processors), {one['gigabytes']:.2f} GB, "
        f"precision {one['precision']:.3f}, "
        f"recall {one['recall']:.3f}, F1 {one['f1']:.3f}, load {one['load']:.1f}"
    )


def _in_process(name: str, count: int) -> dict:
    if not _file(count, "truth").exists():
        subprocess.run([sys.executable, "-m", "bench.matching", "lines", str(count)], check=True)
    command = [sys.executable, "-m", "bench.matching", name, str(count)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict = json.loads(done.stdout.splitlines()[-1])
    print(f"  {found['name']}, {count} lines: {_told(found)}", flush=True)
    return found


def _home() -> Path:
    home = os.environ.get("SINERGI_BENCH_HOME") or tempfile.gettempdir()
    folder = Path(home) / "sinergi-matching"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept() -> Path:
    return _home() / "growth.json"


def _file(count: int, what: str) -> Path:
    return _home() / f"{what}-{count}-{SEED}.parquet"


def words() -> Dictionary:
    """Return the dictionary of the shipped country pack."""
    return matching.dictionary(load_pack(_pack()))


def shipped() -> Model:
    """Return the model of the shipped country pack."""
    return matching.shipped_model(_pack())


def _pack() -> Path:
    return Path(sinergi.reference.indonesia.__path__[0])


def make(count: int) -> None:
    """Write lines and truth to files, after a look that no listed short form is used."""
    known = words()
    lines, truth = plan_lines(count, SEED, known.abbreviations)
    _disjoint(lines, known)
    lines.write_parquet(_file(count, "lines"))
    truth.write_parquet(_file(count, "truth"))


def measured(name: str, count: int) -> dict:
    """Return time, peak memory of the process and its children, and quality of one method."""
    lines, truth = (pl.read_parquet(_file(count, what)) for what in ("lines", "truth"))
    load, watch = os.getloadavg()[0], _Watch()
    start = perf_counter()
    pairs = _ours(lines) if name == "ours" else PEERS[name](lines)
    seconds = perf_counter() - start
    gigabytes, processor = watch.end()
    found = pairs if name == "ours" else best(pairs, lines, truth)
    hits = len(found.join(truth, on=["a", "b"]))
    return {
        "name": name,
        "lines": count,
        "seconds": seconds,
        "processor": processor,
        "gigabytes": gigabytes,
        "precision": hits / max(len(found), 1),
        "recall": hits / max(len(truth), 1),
        "f1": 2 * hits / max(len(found) + len(truth), 1),
        "load": load,
    }


def _ours(lines: pl.DataFrame) -> pl.DataFrame:
    return match(lines, words=words(), model=shipped(), least=LEAST)


def _disjoint(lines: pl.DataFrame, known: Dictionary) -> None:
    """Refuse to measure where lines use a short form that the dictionary lists and not all wordings have."""
    texts = pl.concat([lines["title"], lines["place"]]).str.to_lowercase()
    used = set(texts.str.extract_all("[a-z]+").explode().unique().drop_nulls())
    always = set(re.findall("[a-z]+", " ".join(PATTERNS).lower()))
    if common := (used & known.abbreviations.keys()) - always:
        share = texts.str.contains(rf"\b({'|'.join(sorted(common))})\b").mean()
        print(
            f"  short forms of the dictionary: {sorted(common)}, {share:.5f} of texts",
            file=sys.stderr,
        )
        if share > MOST_LISTED:
            raise ValueError(f"Short forms of the dictionary: {sorted(common)}")


class _Watch:
    """Reads the memory and processor seconds of this process and its children ten times a second."""

    def __init__(self) -> None:
        self._most, self._on = 0, True
        self._used: dict[int, float] = {}
        self._before = sum(psutil.Process().cpu_times()[:2])
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        me = psutil.Process()
        while self._on:
            whole = 0
            for one in (me, *me.children(recursive=True)):
                try:
                    whole += one.memory_info().rss
                    self._used[one.pid] = sum(one.cpu_times()[:2])
                except psutil.NoSuchProcess:
                    continue
            self._most = max(self._most, whole)
            sleep(0.1)

    def end(self) -> tuple[float, float]:
        """Return the most memory so far in gigabytes and the seconds of processors, and stop."""
        self._on = False
        self._thread.join()
        self._used[os.getpid()] = sum(psutil.Process().cpu_times()[:2])
        return self._most / 1e9, sum(self._used.values()) - self._before


if __name__ == "__main__":
    if sys.argv[1:2] == ["lines"]:
        make(int(sys.argv[2]))
    elif len(sys.argv) == 3 and sys.argv[2].isdigit():
        from bench.matching_peers import PEERS, best

        print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
    else:
        for line in run(tuple(sys.argv[1:]) or PARTS):
            print(f"BROKEN: {line}")
