"""Fifty signed-in people on two workers and PostgreSQL: errors, time, price of permissions and audit."""

import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.common import table
from bench.web import wait_for

SERVER = os.environ.get("SINERGI_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
DATABASE = "sinergi_bench_people"
PEOPLE, SECONDS = 50, 60
LIMIT_MS, LIMIT_RATIO = 400, 1.5
PREPARE = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from sinergi.accounts.signin.store import SessionStore
from sinergi.accounts.models import Assignment, Organisation, Person, Role
from sinergi.accounts.principal import principal_for
from sinergi.accounts.vocabulary import Channel
from sinergi.cli.statics import collect_if_needed
from sinergi.opportunities import queries
from sinergi.opportunities.lists import actions
from sinergi.opportunities.lists.rules import ListDetails
from sinergi.opportunities.settings import MapSettings
collect_if_needed()
settings_ = MapSettings(objects=("TPA_REGIONAL",), within=("63",))
best = queries.opportunity_map(settings_).opportunities[0]
explanation = queries.explain("TPA_REGIONAL", tuple(m.code for m in best.members), settings_)
made = []
for number in range(%d):
    where = Organisation.objects.create(code=f"o{number}", name=f"Organisasi {number}", kind="third_party")
    person = Person.objects.create_user(f"p{number}@contoh.test", "sungai-kahayan-71", name=f"Orang {number}")
    Assignment.objects.create(person=person, organisation=where, role=Role.COORDINATOR)
    by = principal_for(person, Channel.WEB)
    plan = actions.create_list(by, where, ListDetails(name=f"Daftar {number}", owner=where.name))
    actions.add_entry(by, plan.pk, explanation, settings_)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    made.append({"session": session.session_key, "list": plan.pk, "organisation": where.pk})
print(json.dumps(made))
"""


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    home = Path(tempfile.mkdtemp(prefix="sinergi-bench-people-"))
    with database() as address:
        environment = {
            **os.environ,
            "SINERGI_HOME": str(home),
            "SINERGI_DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
        }
        program = str(Path(sys.executable).with_name("sinergi"))
        subprocess.run([program, "setup"], env=environment, check=True, capture_output=True)
        people = prepared(environment)
        real = measured("sinergi.site.wsgi", environment, people, home)
        bare = measured("bench.bare", environment, people, home)
    return told(real, bare)


@contextmanager
def database() -> Iterator[str]:
    """Make a database for the time of the block."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield f"{SERVER}/{DATABASE}"
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def prepared(environment: dict[str, str]) -> str:
    """Return the people with their sessions and lists, as JSON."""
    command = [sys.executable, "-c", PREPARE % PEOPLE]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()[-1]


Figures = dict[str, tuple[int, int, float, float]]


def measured(module: str, environment: dict[str, str], people: str, home: Path) -> Figures:
    """Return requests, failures, median and 95th percentile in ms, by page, of one minute of clicking."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # Connections of people are held as nginx in front holds them: longer than they look at a page.
    options = ["-w", "2", "-k", "gthread", "--threads", "8", "--keep-alive", "75"]
    options += ["-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *options, f"{module}:application"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address)
        for _ in range(6):
            wait_for(address)
        click(address, environment, people, home / "warm", 15)
        return click(address, environment, people, home / module, SECONDS)
    finally:
        server.terminate()
        server.wait(30)


def click(
    address: str, environment: dict[str, str], people: str, prefix: Path, seconds: int
) -> Figures:
    """Let fifty people click; return what locust measured."""
    script = str(Path(__file__).with_name("clicks.py"))
    load = ["--headless", "-u", str(PEOPLE), "-r", "10", "-t", f"{seconds}s", "--only-summary"]
    subprocess.run(
        [sys.executable, "-m", "locust", "-f", script, "-H", address, *load, "--csv", str(prefix)],
        env={**environment, "SINERGI_BENCH_PEOPLE": people},
        check=False,
        capture_output=True,
    )
    time.sleep(1)
    with open(f"{prefix}_stats.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        row["Name"]: (
            int(row["Request Count"]),
            int(row["Failure Count"]),
            float(row["50%"] or 0),
            float(row["95%"] or 0),
        )
        for row in rows
    }


def told(real: Figures, bare: Figures) -> list[str]:
    """Print both beside each other; return what is broken."""
    rows = []
    for name, (count, failed, median, high) in real.items():
        without = bare.get(name, (0, 0, 0.0, 0.0))
        ratio = f"{high / without[3]:.2f}x" if without[3] else "–"
        text = f"{median:.0f} / {high:.0f} ms, {count} requests, {failed} failed"
        rows.append((name, text, f"without: {without[2]:.0f} / {without[3]:.0f} ms, {ratio}"))
    table(rows)
    whole, other = real["Aggregated"], bare["Aggregated"]
    broken = [f"failed requests: {whole[1]}"] if whole[1] else []
    if whole[3] >= LIMIT_MS:
        broken.append(f"95th percentile: {whole[3]:.0f} ms >= {LIMIT_MS}")
    if other[3] and whole[3] / other[3] > LIMIT_RATIO:
        broken.append(f"price of permissions and audit: {whole[3] / other[3]:.2f}x")
    return broken


if __name__ == "__main__":
    print(json.dumps(run()))
