"""What one of the fifty people does: read the map, a region and a list, now and then make a list (locust)."""

import itertools
import json
import os
import random
import re

from locust import HttpUser, between, task

PEOPLE = json.loads(os.environ.get("SINERGI_BENCH_PEOPLE", "[]"))
"""For each person: the session cookie, the number of a list of theirs, the number of their organisation."""
TURN = itertools.count()
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ONCE = re.compile(r'name="(kunci|once|sekali)" value="([^"]+)"')
REGIONS = ("62.71", "63.71", "63.72", "64.71", "61.71", "63.03", "62.02", "35.78")
MAPS = ("/", "/?objek=TPA_REGIONAL&dalam=63", "/en/?objek=KARHUTLA&dalam=62")


class Clicking(HttpUser):
    """A signed-in person with two to six seconds between clicks."""

    wait_time = between(2, 6)

    def on_start(self) -> None:
        """Take the next prepared session."""
        person = PEOPLE[next(TURN) % len(PEOPLE)]
        self.list, self.organisation = person["list"], person["organisation"]
        self.client.cookies.set("sessionid", person["session"])

    @task(8)
    def read_the_map(self) -> None:
        """Open the map."""
        self.client.get(random.choice(MAPS), name="map")

    @task(6)
    def read_a_region(self) -> None:
        """Open a region."""
        self.client.get(f"/wilayah/{random.choice(REGIONS)}/", name="region")

    @task(6)
    def read_a_list(self) -> None:
        """Open all lists, then one's own."""
        self.client.get("/daftar/", name="lists")
        self.client.get(f"/daftar/{self.list}/", name="list")

    @task(1)
    def make_a_list(self) -> None:
        """Send the form for a new list: a write with its audit record."""
        page = self.client.get("/daftar/", name="lists").text
        token = TOKEN.search(page)
        values = {
            "csrfmiddlewaretoken": token[1] if token else "",
            "name": f"Daftar {random.randrange(10**9)}",
            "owner": "Bappeda",
            "organisation": str(self.organisation),
        }
        values |= dict(ONCE.findall(page))
        origin = {"Referer": self.client.base_url + "/daftar/"}
        with self.client.post(
            "/daftar/", values, headers=origin, name="new list", catch_response=True
        ) as answer:
            if not answer.history:
                answer.failure(f"{answer.status_code}: the list was not made")
