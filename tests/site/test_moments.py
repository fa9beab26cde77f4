"""Pages of all rooms write moments alike: with the clock and the zone of the installation."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

import sinergi
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from tests.people import asks, person, signed_in

ROOMS = Path(sinergi.__file__).parent
OWN_WAY = re.compile(r'\|date:"(?!c")')
PAGES = [
    page
    for folder in ("accounts/templates", "evidence/templates", "site/templates/site/audit")
    for page in sorted((ROOMS / folder).rglob("*.html"))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOMS)))
def test_no_page_writes_a_moment_in_a_way_of_its_own(page) -> None:
    assert not OWN_WAY.findall(page.read_text(encoding="utf-8"))


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(("prefix", "clock"), [("", r"\d\d\.\d\d"), ("/en", r"\d\d:\d\d")])
@pytest.mark.parametrize("path", ["/impor/", "/impor/batch/1/", "/audit/"])
def test_pages_tell_the_zone_of_their_clock(client, prefix, clock, path) -> None:
    ani = person("Ani", is_administrator=True)
    signed_in(client, ani)
    with transaction.atomic():
        record(asks(ani), Verb.CHANGED, kind="import", object_id=1, organisation=None, name="x")
    text = client.get(prefix + path).content.decode()
    zone = {"Asia/Jakarta": "WIB"}[settings.TIME_ZONE]
    assert re.search(rf"<time [^>]*>\d+ \w+ \d{{4}}, {clock}(?:[.:]\d\d)? {zone}<", text)
