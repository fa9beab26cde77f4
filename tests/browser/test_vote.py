"""The ballot on a phone whose connection comes and goes, the screen in the hall, the check of a vote."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.conftest import home_environment

pytestmark = pytest.mark.xdist_group("browser")
PHONE = {"width": 390, "height": 844}
MOST_BYTES = 50_000
MAKE = """
import json
import django
django.setup()
from django.test import Client
from django.utils import translation
translation.activate("id")
from sinergi.accounts.models import Person
from sinergi.forums.models import Ballot
from sinergi.forums.tasks import count
from tests.forums.play import deliberating
from tests.forums.voting import CITIES, cast, closed, opened, ranking
made, _themes = deliberating(*CITIES, office="komwil-suara")
POINTS = ("Jalan Kalimantan", "Air baku", "Ketahanan pangan", "Transportasi")
def session(principal):
    client = Client()
    client.force_login(Person.objects.get(pk=principal.person_id))
    return client.cookies["sessionid"].value
names = ("plain", "offline", "expired", "scriptless", "screen", "early")
ballots = {name: opened(made, *POINTS, secret=True, places=2).pk for name in names}
ballots["approvals"] = opened(made, *POINTS, method="approval", places=2).pk
over = opened(made, *POINTS, secret=True)
for city in CITIES:
    cast(made, over, city, ranking(over, 2, 1))
closed(made, over)
count.call(over.pk)
ballots["over"] = over.pk
sessions = {city: session(principal) for city, principal in made.cities.items()}
sessions["secretary"] = session(made.secretary)
print(json.dumps({"forum": made.forum.pk, "ballots": ballots, "sessions": sessions}))
"""


@dataclass(frozen=True)
class Hall:
    """A forum with ballots by name, and the sessions of its delegations and its secretariat."""

    forum: int
    ballots: dict[str, int]
    sessions: dict[str, str]

    def address(self, ballot: str, part: str = "pilih/") -> str:
        return f"/forum/{self.forum}/suara/{self.ballots[ballot]}/{part}"


@pytest.fixture(scope="module")
def hall(server: str, server_home: Path) -> Hall:
    """A forum that deliberates, in the home of the server."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE],
        env=home_environment(server_home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Hall(**json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def phone(visit, hall):
    """A phone in a session: `phone("banjarbaru")`."""

    def new(who: str = "banjarbaru", **options: object):
        one = visit(**{**PHONE, **options})
        one.sign_in(hall.sessions[who])
        return one

    return new


def test_a_ranking_is_tapped_moved_by_keys_confirmed_and_counted(phone, hall) -> None:
    one = phone()
    page = one.open(hall.address("plain"))
    page.locator(".tap", has_text="Air baku").click()
    page.locator(".tap", has_text="Transportasi").click()
    page.get_by_role("button", name="Naik: Transportasi").press("Enter")
    expect(page.locator("#siap")).to_have_text("Transportasi: tempat 1")
    assert one.serious_violations() == []
    page.locator(".tap", has_text="Ketahanan pangan").click()
    page.get_by_role("button", name="Tempat sama dengan yang di atasnya: Ketahanan").press("Enter")
    expect(page.locator("#siap")).to_have_text("Ketahanan pangan: tempat 2, bersama Air baku")
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Lanjut").click()
    assert page.locator("#isi li").all_inner_texts() == [
        "Transportasi",
        "Air baku",
        "Ketahanan pangan",
    ]
    assert page.locator("#isi li").evaluate_all("all => all.map((one) => one.value)") == [1, 2, 2]
    page.get_by_role("button", name="Kirim suara").click()
    expect(page.locator("#votes")).to_contain_text("Suara Anda terhitung.")
    code = page.locator("#votes code").inner_text()
    assert re.fullmatch("[a-z2-7]{20}", code)
    page.reload()
    expect(page.locator("#votes code")).to_have_text(code)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert one.complaints == []


def test_places_that_are_shared_are_left_again_and_reach_the_server_as_they_are_seen(
    phone, hall
) -> None:
    page = phone("palangka-raya").open(hall.address("plain"))
    names = ["Jalan Kalimantan", "Air baku", "Transportasi"]
    for name in names:
        page.locator(".tap", has_text=name).click()

    def press(word: str, option: str) -> list[tuple[str, str]]:
        page.get_by_role("button", name=f"{word}: {option}").click()
        rows = page.locator("#pilihan li.in")
        return [
            (row.locator(".tap b").inner_text(), row.locator("span").inner_text())
            for row in rows.all()
        ]

    jalan, air, bus = names
    same = "Tempat sama dengan yang di atasnya"
    assert press(same, bus) == [("1", jalan), ("2", air), ("2", bus)]
    assert press(same, air) == [("1", jalan), ("1", air), ("2", bus)]
    assert press("Turun", jalan) == [("1", air), ("2", jalan), ("3", bus)]
    assert press(same, jalan) == [("1", air), ("1", jalan), ("2", bus)]
    assert press(same, jalan) == [("1", air), ("2", jalan), ("3", bus)]
    assert press(same, bus) == [("1", air), ("2", jalan), ("2", bus)]
    page.get_by_role("button", name="Lanjut").click()
    with page.expect_request("**/pilih/") as sent:
        page.get_by_role("button", name="Kirim suara").click()
    body = dict(pair.split("=") for pair in sent.value.post_data.split("&"))
    places = sorted(value for key, value in body.items() if key.startswith("tempat-"))
    assert places == ["", "1", "2", "2"]
    expect(page.locator("#votes")).to_contain_text("Suara Anda terhitung.")


def test_a_vote_cast_without_connection_is_kept_and_sent_when_it_comes_back(phone, hall) -> None:
    one = phone()
    page = one.open(hall.address("offline"))
    page.locator(".tap", has_text="Air baku").click()
    page.get_by_role("button", name="Lanjut").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim suara").click()
    expect(page.locator("#votes")).to_contain_text("Tidak ada sambungan.")
    kept = page.evaluate("Object.values(localStorage).join()")
    assert "tempat-" in kept
    page.context.set_offline(False)
    expect(page.locator("#votes")).to_contain_text("Suara Anda terhitung.")
    assert "tempat-" not in page.evaluate("Object.values(localStorage).join()")


def test_a_vote_that_waits_is_sent_by_a_later_visit(phone, hall) -> None:
    one = phone("banjarmasin")
    page = one.open(hall.address("offline"))
    page.route(
        "**/pilih/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    page.locator(".tap", has_text="Air baku").click()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("button", name="Kirim suara").click()
    expect(page.locator("#votes")).to_contain_text("Tidak ada sambungan.")
    page.unroute("**/pilih/")
    page.reload()
    expect(page.locator("#votes")).to_contain_text("Suara Anda terhitung.")


def test_when_the_answer_is_lost_the_vote_is_sent_again_and_counts_once(phone, hall) -> None:
    one = phone("palangka-raya")
    page = one.open(hall.address("offline"))
    lost = []

    def lose(route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/pilih/", lose)
    page.locator(".tap", has_text="Air baku").click()
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("button", name="Kirim suara").click()
    expect(page.locator("#votes")).to_contain_text("Suara Anda terhitung.")
    assert lost == [200]


def test_a_session_that_ends_leaves_the_vote_on_the_phone_and_offers_sign_in(phone, hall) -> None:
    one = phone()
    page = one.open(hall.address("expired"))
    page.locator(".tap", has_text="Air baku").click()
    page.get_by_role("button", name="Lanjut").click()
    page.context.clear_cookies()
    page.get_by_role("button", name="Kirim suara").click()
    link = page.get_by_role("link", name="Masuk; suara lalu dikirim")
    expect(link).to_be_visible()
    assert "next=" in link.get_attribute("href")
    one.sign_in(hall.sessions["banjarbaru"])
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.locator("#votes")).to_contain_text("Suara Anda terhitung.")


def test_approvals_are_ticked_and_a_blank_vote_is_asked_back(phone, hall) -> None:
    one = phone()
    page = one.open(hall.address("approvals"))
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator("#kosong")).to_be_visible()
    page.get_by_role("button", name="Pilih lagi").click()
    page.get_by_label("Air baku").check()
    page.get_by_role("button", name="Lanjut").click()
    expect(page.locator("#kosong")).to_be_hidden()
    page.get_by_role("button", name="Kirim suara").click()
    expect(page.locator("#votes")).to_contain_text("Suara Anda terhitung.")
    assert one.serious_violations() == []


def test_without_scripts_a_vote_is_cast_and_the_code_shown(phone, hall) -> None:
    one = phone(java_script_enabled=False)
    page = one.open(hall.address("scriptless"))
    page.get_by_label("Air baku").fill("1")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("button", name="Kirim suara").click()
    expect(page.locator("code")).to_have_text(re.compile("[a-z2-7]{20}"))


def test_the_page_loads_less_than_50_kilobytes_and_no_font(phone, hall) -> None:
    one = phone()
    answers = []
    one.page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108
    one.open(hall.address("early")).wait_for_load_state("networkidle")
    sizes = {answer.url: len(answer.body()) for answer in answers}
    assert sum(sizes.values()) < MOST_BYTES, sizes
    assert not [url for url in sizes if "woff" in url]


def test_the_screen_follows_the_voters_by_itself_and_shows_no_content(phone, hall) -> None:
    screen = phone("secretary", width=1440, height=900)
    page = screen.open(hall.address("screen", "layar/"))
    expect(page.locator("#sudah")).to_have_text("0")
    voter = phone("banjarmasin").open(hall.address("screen"))
    voter.locator(".tap", has_text="Air baku").click()
    voter.get_by_role("button", name="Lanjut").click()
    voter.get_by_role("button", name="Kirim suara").click()
    expect(voter.locator("#votes")).to_contain_text("Suara Anda terhitung.")
    expect(page.locator("#sudah")).to_have_text("1")
    assert page.locator("table").count() == 0
    assert screen.serious_violations() == []
    assert screen.complaints == []


def test_a_voter_checks_the_own_vote_without_sending_the_code(phone, hall) -> None:
    one = phone()
    page = one.open(hall.address("over", ""))
    page.wait_for_load_state("networkidle")
    asked = len(one.requests)
    page.get_by_label("Kode yang Anda simpan").fill("KODE 00000000000000000001")
    page.get_by_role("button", name="Periksa").click()
    expect(page.locator("tr.is-selected")).to_be_visible()
    page.get_by_label("Kode yang Anda simpan").fill("tidakadakodeinisamasekali")
    page.get_by_role("button", name="Periksa").click()
    expect(page.locator("[data-told]")).to_contain_text("Tidak ada suara dengan kode ini")
    assert one.requests[asked:] == []
    assert one.serious_violations() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
