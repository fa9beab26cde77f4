"""The clock of a meeting is that of its place, on its page, in its calendar and in its letters."""

from datetime import date, time, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.utils import timezone
from icalendar import Calendar

from sinergi.accounts.errors import InvalidError
from sinergi.forums import zones
from sinergi.forums.actions import agenda, invitations, meetings
from sinergi.forums.details import AgendaDetails, ForumDetails
from sinergi.forums.models import Forum
from sinergi.reference import queries as reference
from tests.forums.pages.browsing import client_of, fields_of, text_of
from tests.forums.play import secretariat
from tests.people import organisation, person

pytestmark = pytest.mark.django_db


def announced(region: str = "63.72", **values) -> Forum:
    office, by = secretariat()
    begins = timezone.localdate() + timedelta(days=30)
    details = ForumDetails("Raker", "commissariat", begins=begins, region_code=region, **values)
    forum = meetings.announce(by, office, details)
    forum.by = by
    return forum


@pytest.mark.parametrize(
    ("region", "chosen", "zone", "called"),
    [
        ("63.72", "", "Asia/Makassar", "WITA"),
        ("62.71", "", "Asia/Jakarta", "WIB"),
        ("94", "", "Asia/Jayapura", "WIT"),
        ("", "", "Asia/Jakarta", "WIB"),
        ("62.71", "Asia/Jayapura", "Asia/Jayapura", "WIT"),
    ],
)
def test_a_meeting_has_the_zone_of_its_place_unless_another_is_chosen(region, chosen, zone, called):
    forum = announced(region, time_zone=chosen)
    assert forum.time_zone == zones.zone_of(forum) == zone
    assert zones.short(zone) == called


@pytest.mark.parametrize("zone", ["Asia/Banjarbaru", "../../etc/passwd", "x" * 61])
def test_a_zone_that_is_none_is_refused(zone):
    with pytest.raises(InvalidError):
        announced(time_zone=zone)


def test_page_calendar_and_letter_tell_the_clock_of_the_place():
    forum = announced(place="Banjarbaru", contact="Bagian Kerja Sama, 0511-000000")
    details = AgendaDetails("Pembukaan", forum.begins, "opening", time(9), time(10, 30))
    agenda.add_agenda_item(forum.by, forum.pk, details)
    client, page = client_of(forum.by), f"/forum/{forum.pk}/"
    shown = text_of(client.get(page))
    assert "09.00–10.30 WITA" in shown
    assert "Bagian Kerja Sama, 0511-000000" in shown
    assert "09:00–10:30 WITA" in text_of(client.get(f"/en{page}"))
    read = Calendar.from_ical(client.get(f"{page}kalender.ics").content)
    [opening] = [one for one in read.events if "T" in str(one["dtstart"].to_ical())]
    assert str(opening["dtstart"].params["TZID"]) == "Asia/Makassar"
    assert opening.decoded("dtstart").isoformat().endswith("T09:00:00+08:00")
    home = organisation("kota-bontang")
    person("Cici", ("coordinator", home))
    invitations.invite(forum.by, forum.pk, [home])
    assert "09.00–10.30 WITA – Pembukaan" in mail.outbox[0].body
    assert "Narahubung: Bagian Kerja Sama, 0511-000000" in mail.outbox[0].body


def test_the_zone_follows_the_place_when_that_is_changed_unless_one_was_chosen():
    forum = announced("63.72")
    client, there = client_of(forum.by), f"/forum/{forum.pk}/ubah/"
    sent = fields_of(client.get(there))
    assert sent["time_zone"] == ""
    client.post(there, sent | {"region_code": "94.04"})
    assert Forum.objects.get().time_zone == "Asia/Jayapura"
    client.post(there, fields_of(client.get(there)) | {"time_zone": "Asia/Jakarta"})
    again = fields_of(client.get(there))
    assert again["time_zone"] == "Asia/Jakarta"
    client.post(there, again | {"region_code": "63.72"})
    assert Forum.objects.get().time_zone == "Asia/Jakarta"
    assert "Zona waktu" in text_of(client.get(f"/forum/{forum.pk}/"))


def test_meetings_that_were_there_get_the_zone_of_their_place():
    for region in ("63.72", "62", "94.04", ""):
        announced_before = Forum(
            organisation=organisation(f"o-{region or 'x'}"), title=region, type="commissariat"
        )
        announced_before.region_code, announced_before.begins = region, date(2024, 4, 21)
        announced_before.save()
    migration = import_module("sinergi.forums.migrations.0003_meeting_letters_and_zones")
    migration.fill_zones(apps, SimpleNamespace(connection=connection))
    assert dict(Forum.objects.values_list("region_code", "time_zone")) == {
        "63.72": "Asia/Makassar",
        "62": "Asia/Jakarta",
        "94.04": "Asia/Jayapura",
        "": "",
    }


def test_the_migration_and_the_country_pack_agree():
    migration = import_module("sinergi.forums.migrations.0003_meeting_letters_and_zones")
    assert reference.pack().zone == migration.ZONES
