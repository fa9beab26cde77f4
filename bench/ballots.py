"""500 phones vote within 30 seconds on two workers and PostgreSQL, and a screen follows them."""

import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

from bench.common import table
from bench.people import SERVER

DATABASE = "sinergi_bench_ballots"
PHONES, SECONDS, PAUSE = 500, 30.0, 1.0
LIMIT_MS, LIMIT_SCREEN = 1000, 2.0
PREPARE = """
import json, django
django.setup()
from datetime import date
from django.conf import settings
from django.contrib.auth import SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from sinergi.accounts.models import Assignment, Organisation, Person, Role
from sinergi.accounts.principal import principal_for
from sinergi.accounts.signin.store import SessionStore
from sinergi.accounts.vocabulary import Channel
from sinergi.cli.statics import collect_if_needed
from sinergi.forums.actions import ballots, invitations, meetings
from sinergi.forums.details import BallotDetails, ForumDetails
from sinergi.forums.models import Delegation, Forum
collect_if_needed()
word = make_password("sungai-kahayan-71")
def person(number, where, role):
    row = Person(email=f"p{number}@contoh.test", name=f"Orang {number}", password=word, is_active=True)
    row.save()
    Assignment.objects.create(person=row, organisation=where, role=role)
    session = SessionStore()
    session[SESSION_KEY] = str(row.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = row.get_session_auth_hash()
    session.create()
    return row, session.session_key
office = Organisation.objects.create(code="apeksi", name="Sekretariat", kind="third_party")
secretary, key = person("s", office, Role.COORDINATOR)
by = principal_for(secretary, Channel.WEB)
today = date.today()
forum = meetings.announce(by, office, ForumDetails("Rakernas", "national", begins=today, ends=today))
make = Organisation.objects.create
homes = [make(code=f"kota-{n}", name=f"Kota {n}", kind="third_party") for n in range(%d)]
keys = {home.pk: person(number, home, Role.ANALYST)[1] for number, home in enumerate(homes)}
invitations.invite(by, forum.pk, homes)
Delegation.objects.update(answer="coming", answered_at=timezone.now())
Forum.objects.update(stage="deliberating")
options = tuple((f"Butir {number}", None) for number in range(1, 10))
details = BallotDetails("Butir mana yang didahulukan?", "schulze", options, places=3, secret=True)
ballot = ballots.prepare_ballot(by, forum.pk, details)
ballots.open_ballot(by, forum.pk, ballot.pk)
phones = [[row.pk, keys[row.organisation_id]] for row in forum.delegations.all()]
print(json.dumps({"forum": forum.pk, "ballot": ballot.pk, "secretary": key, "phones": phones}))
"""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OPTION = re.compile(r'name="(tempat-\d+)"')
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass
class Heard:
    """What phones and the screen saw, in seconds of one clock."""

    pages: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    screen: list[tuple[float, int]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


def run() -> list[str]:
    """Print the table; return the promises that do not hold."""
    home = Path(tempfile.mkdtemp(prefix="sinergi-bench-ballots-"))
    with database() as address:
        environment = {
            **os.environ,
            "SINERGI_HOME": str(home),
            "SINERGI_DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
        }
        program = str(Path(sys.executable).with_name("sinergi"))
        subprocess.run([program, "setup"], env=environment, check=True, capture_output=True)
        command = [sys.executable, "-c", PREPARE % PHONES]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        made = json.loads(done.stdout.splitlines()[-1])
        with serving(program, environment) as base:
            heard = voted(base, made)
            counted_in = close(base, made)
        return told(heard, counted_in, *in_database(address, made["ballot"]))


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


@contextmanager
def serving(program: str, environment: dict[str, str]) -> Iterator[str]:
    """Serve on two workers for the time of the block."""
    command = [program, "--language", "en", "serve", "--no-setup", "--port", "0", "--workers", "2"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    try:
        address = server.stdout.readline().split()[3]
        # Letters about the ballot are printed: a pipe that nobody empties would hold the worker up.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        for _time in range(6):
            urllib.request.urlopen(address, timeout=120).read()
        yield address
    finally:
        server.terminate()
        server.wait(60)


def voted(base: str, made: dict) -> Heard:
    """Let all phones vote, each at a moment of its own, while the screen listens."""
    heard, over = Heard(), threading.Event()
    path = f"/forum/{made['forum']}/suara/{made['ballot']}/"
    screen = threading.Thread(target=listen, args=(base, path, made["secretary"], heard, over))
    screen.start()
    time.sleep(2)
    chance = random.Random(4)
    begin = time.monotonic()
    plans = [
        (begin + chance.uniform(0, SECONDS), delegation, key, chance.random())
        for delegation, key in made["phones"]
    ]
    with ThreadPoolExecutor(PHONES) as pool:
        list(pool.map(lambda plan: phone(base, path, *plan, heard), plans))
    time.sleep(4)
    over.set()
    screen.join()
    return heard


def phone(
    base: str, path: str, when: float, delegation: int, key: str, seed: float, heard: Heard
) -> None:
    """Open the ballot, and vote a moment later; the time of each is kept."""
    chance = random.Random(seed)
    where = urlsplit(base)
    time.sleep(max(0.0, when - time.monotonic()))
    link = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        begun = time.monotonic()
        link.request("GET", f"{path}pilih/", headers={"Cookie": f"sessionid={key}"})
        answer = link.getresponse()
        text = answer.read().decode()
        heard.pages.append(time.monotonic() - begun)
        cookie = (answer.headers.get("Set-Cookie") or "").partition(";")[0]
        found = TOKEN.search(text)
        assert found is not None, answer.status
        names = OPTION.findall(text)
        chance.shuffle(names)
        code = "".join(chance.choice(LETTERS) for _letter in range(20))
        places = {name: place for place, name in enumerate(names, start=1)}
        body = urlencode({"delegasi": delegation, "kode": code, "langkah": "kirim", **places})
        time.sleep(PAUSE)
        headers = {
            "Cookie": f"sessionid={key}; {cookie}",
            "X-CSRFToken": found[1],
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        begun = time.monotonic()
        link.request("POST", f"{path}pilih/", body, headers)
        answer = link.getresponse()
        said = answer.read().decode()
        now = time.monotonic()
        heard.votes.append(now - begun)
        if answer.status == 200 and json.loads(said)["state"] == "counted":
            heard.acknowledged.append(now)
            heard.codes.append(code)
        else:
            heard.failures.append(f"{answer.status} {said[:80]}")
    except (OSError, AssertionError, http.client.HTTPException) as error:
        heard.failures.append(repr(error))
    finally:
        link.close()


def listen(base: str, path: str, key: str, heard: Heard, over: threading.Event) -> None:
    """Follow the stream as the screen does, connecting again whenever it ends."""
    where = urlsplit(base)
    while not over.is_set():
        link = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
        try:
            link.request("GET", f"{path}layar/aliran/", headers={"Cookie": f"sessionid={key}"})
            answer = link.getresponse()
            while not over.is_set() and (line := answer.readline()):
                if line.startswith(b"data: "):
                    heard.screen.append((time.monotonic(), json.loads(line[6:])["voted"]))
        except (OSError, http.client.HTTPException) as error:
            heard.failures.append(f"screen: {error!r}")
        finally:
            link.close()
        time.sleep(0.2)


def close(base: str, made: dict) -> float:
    """Close the ballot as the secretary; return the seconds until its result is there."""
    where = urlsplit(base)
    link = http.client.HTTPConnection(where.hostname or "", where.port, timeout=120)
    path, key = f"/forum/{made['forum']}/suara/{made['ballot']}/", made["secretary"]
    link.request("GET", path, headers={"Cookie": f"sessionid={key}"})
    answer = link.getresponse()
    text = answer.read().decode()
    cookie = (answer.headers.get("Set-Cookie") or "").partition(";")[0]
    found = TOKEN.search(text)
    assert found is not None, answer.status
    headers = {
        "Cookie": f"sessionid={key}; {cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    begun = time.monotonic()
    body = urlencode({"csrfmiddlewaretoken": found[1], "revision": 2})
    link.request("POST", f"{path}tutup/", body, headers)
    link.getresponse().read()
    while time.monotonic() - begun < 120:
        link.request("GET", f"{path}layar/jumlah/", headers={"Cookie": f"sessionid={key}"})
        if json.loads(link.getresponse().read())["counted"]:
            break
        time.sleep(0.5)
    link.close()
    return time.monotonic() - begun


def in_database(address: str, ballot: int) -> tuple[int, int, int]:
    """Return the votes counted, the different codes among them, and the votes of the result."""
    with psycopg.connect(address) as connection:
        row = connection.execute(
            "SELECT count(*), count(DISTINCT receipt) FROM forums_castvote WHERE ballot_id = %s",
            (ballot,),
        ).fetchone()
        result = connection.execute(
            "SELECT outcome ->> 'votes' FROM forums_ballot WHERE id = %s", (ballot,)
        ).fetchone()
    assert row is not None
    assert result is not None
    return row[0], row[1], int(result[0] or 0)


def delays(heard: Heard) -> list[float]:
    """Return for each acknowledged vote how long after it the screen had as many."""
    late = []
    for number, at in enumerate(sorted(heard.acknowledged), start=1):
        shown = next((when for when, voted in heard.screen if voted >= number), None)
        late.append(max(0.0, shown - at) if shown is not None else float("inf"))
    return late


def told(
    heard: Heard, counted_in: float, counted: int, different: int, in_result: int
) -> list[str]:
    """Print what was measured; return what is broken."""
    high, page = percentile(heard.votes), percentile(heard.pages)
    late = delays(heard) or [float("inf")]
    median = statistics.median(heard.votes) * 1000 if heard.votes else 0.0
    table(
        [
            ("votes acknowledged / counted", f"{len(heard.acknowledged)} / {counted}", "500 / 500"),
            ("to vote, median / 95%", f"{median:.0f} / {high:.0f} ms", f"under {LIMIT_MS} ms"),
            ("to open the ballot, 95%", f"{page:.0f} ms", ""),
            ("screen behind, median / longest", f"{statistics.median(late):.2f} / {max(late):.2f} s",
             f"under {LIMIT_SCREEN:.0f} s"),
            ("from closing to the result", f"{counted_in:.1f} s", ""),
        ]
    )  # fmt: skip
    broken = [f"failed: {one}" for one in heard.failures[:5]]
    if not len(heard.acknowledged) == counted == different == in_result == PHONES:
        broken.append(
            f"votes: {len(heard.acknowledged)} acknowledged, {counted} counted, {in_result} in the result"
        )
    if high >= LIMIT_MS:
        broken.append(f"95th percentile of votes: {high:.0f} ms >= {LIMIT_MS}")
    if max(late) > LIMIT_SCREEN:
        broken.append(f"the screen was {max(late):.2f} s behind")
    return broken


def percentile(seconds: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    if len(seconds) < 2:
        return float("inf")
    return statistics.quantiles(seconds, n=100)[94] * 1000


def main() -> int:
    """Measure; 1 when a promise is broken."""
    broken = run()
    for line in broken:
        print(f"BROKEN: {line}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
