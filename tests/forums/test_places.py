"""Minutes and letters name the hall and the city; what was drawn up before they did stays as it was."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from sinergi.forums import minutes as contents
from sinergi.forums.actions import agenda, invitations, meetings
from sinergi.forums.actions.meetings import details_of
from sinergi.forums.details import AgendaDetails
from sinergi.forums.documents import render
from sinergi.forums.documents.sheet import values
from sinergi.forums.models import Delegation, Minutes
from sinergi.forums.places import joined, town_of
from sinergi.reference.moments import day
from tests.people import organisation, person

from .minuting import agreed, drawn, pdf_text, sealed, word_text
from .pages.browsing import client_of, text_of
from .play import Play, play

pytestmark = pytest.mark.django_db


def in_a_hall(made: Play, **changes: object) -> Play:
    """A meeting in a hall of Kota Banjarbaru, with an opening at nine."""
    there = replace(
        details_of(made.forum), place="Aula Gawi", region_code="63.72", time_zone="", **changes
    )
    made.forum = meetings.edit_forum(made.secretary, made.forum.pk, there)
    opening = AgendaDetails("Pembukaan", made.forum.begins, "opening", time(9), time(10, 30))
    agenda.add_agenda_item(made.secretary, made.forum.pk, opening)
    return made


@pytest.mark.parametrize(
    ("place", "region", "where", "town"),
    [
        ("Aula Gawi", "Kota Banjarbaru", "Aula Gawi, Kota Banjarbaru", "Banjarbaru"),
        ("Banjarbaru", "Kota Banjarbaru", "Kota Banjarbaru", "Banjarbaru"),
        ("Aula Gawi, Banjarbaru", "Kota Banjarbaru", "Aula Gawi, Kota Banjarbaru", "Banjarbaru"),
        ("", "Kota Administrasi Jakarta Pusat", "Kota Administrasi Jakarta Pusat", "Jakarta Pusat"),
        ("Martapura", "Kabupaten Banjar", "Martapura, Kabupaten Banjar", "Martapura"),
        ("Aula Bappeda", "Kabupaten Banjar", "Aula Bappeda, Kabupaten Banjar", "Kabupaten Banjar"),
        ("Hotel Aston", "", "Hotel Aston", "Hotel Aston"),
        ("", "", "", ""),
    ],
)
def test_a_place_and_its_region_are_each_named_once(place, region, where, town) -> None:
    assert joined(place, region) == where
    assert town_of(place, region) == town


def test_minutes_name_the_hall_with_the_city_are_dated_in_it_and_tell_the_zone() -> None:
    made = in_a_hall(agreed())
    row = drawn(made)
    with translation.override("id"):
        sheet = values(row)
        files = (contents_of(row, "pdf"), contents_of(row, "docx"))
    assert "bertempat di Aula Gawi, Kota Banjarbaru," in sheet["intro"]
    assert sheet["place_and_date"] == "Banjarbaru, 21 April 2024"
    assert sheet["agenda"][0]["when"] == "21 April 2024, 09.00–10.30 WITA"
    for text in files:
        assert "Aula Gawi, Kota Banjarbaru" in " ".join(text.split())
        assert "10.30 WITA" in text


def contents_of(row: Minutes, fmt: str) -> str:
    """What a file of minutes says."""
    return (pdf_text if fmt == "pdf" else word_text)(render(row, fmt, "id"))


def test_minutes_drawn_up_before_say_what_they_said_and_are_not_behind() -> None:
    row = drawn(in_a_hall(agreed()))
    old = {name: value for name, value in row.content.items() if name not in contents.ADDED}
    with translation.override("id"):
        sheet = values(Minutes(forum=row.forum, version=1, content=old))
    assert "bertempat di Aula Gawi, " in sheet["intro"]
    assert "Kota Banjarbaru" not in sheet["intro"]
    assert sheet["place_and_date"] == "Aula Gawi, 21 April 2024"
    assert sheet["agenda"][0]["when"] == "21 April 2024, 09.00–10.30"
    assert contents.differences(old, row.content) == []
    moved = row.content | {"region": "Kota Banjarmasin"}
    assert [one.where for one in contents.differences(row.content, moved)] == [("region",)]


def test_moments_of_a_forum_are_told_on_its_clock_everywhere_also_in_its_history() -> None:
    made = in_a_hall(agreed())
    row = sealed(made)
    Minutes.objects.filter(pk=row.pk).update(sealed_at=datetime(2024, 4, 22, 17, 30, tzinfo=UTC))
    answered = made.delegations["banjarbaru"]
    Delegation.objects.filter(pk=answered.pk).update(
        answered_at=datetime(2024, 4, 22, 17, 30, tzinfo=UTC)
    )
    client = client_of(made.secretary)
    for name, numbers in (("minutes", ()), ("delegation", (answered.pk,))):
        page = text_of(client.get(reverse(f"forums:{name}", args=[made.forum.pk, *numbers])))
        assert "23 April 2024, 01.30 WITA" in page
        assert "WIB" not in page
    assert "WIB" not in text_of(client.get(made.forum.get_absolute_url()))
    row.refresh_from_db()
    assert "23 April 2024, 01.30 WITA" in pdf_text(render(row, "pdf", "id"))


def test_the_letter_parts_host_from_place_and_says_the_day_of_the_first_item() -> None:
    later = timezone.localdate() + timedelta(days=30)
    made = in_a_hall(
        play("banjarmasin"), begins=later, ends=later, host="Pemerintah Kota Banjarbaru"
    )
    home = organisation("kota-bontang")
    person("Ani", ("analyst", home))
    invitations.invite(made.secretary, made.forum.pk, [home])
    told = mail.outbox[-1].body
    assert "Tuan rumah: Pemerintah Kota Banjarbaru\n" in told
    assert "Tempat: Aula Gawi, Kota Banjarbaru\n" in told
    with translation.override("id"):
        assert f"Acara pertama: {day(later)}, 09.00–10.30 WITA – Pembukaan" in told
