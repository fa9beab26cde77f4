"""Forty pages pasted into any box of a forum are told with their lengths, and nothing is lost."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sinergi.forums.details import LENGTHS
from sinergi.forums.models import Forum, Point, Practice, Remark, StrategicIssue, Theme
from sinergi.forums.practices.actions import LENGTHS as OF_PRACTICES
from sinergi.forums.stages import Stage
from tests.forums.play import deliberating, play

from .test_issue_pages import at, client_of
from .test_theme_pages import sent_by

pytestmark = pytest.mark.django_db
PASTE = "Kutipan panjang dari naskah\nyang ditempel apa adanya. " * 2_300
BOXES = {"text", "asked_for", "source", "wording", "purpose", "note"}
BOXES |= {"problem", "done", "cost", "result"}
"""Fields of several lines."""
FORM = "#main form[method=post]"


@pytest.fixture(autouse=True)
def _static_root(settings) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)


def refused(client, address: str, form: dict, name: str, limit: int = 0, box: str = "") -> None:
    """Send a paste in one field; see that it is told and still there."""
    field = name.rsplit("-", maxsplit=1)[-1]
    text = PASTE if field in BOXES else PASTE.replace("\n", " ")
    answer = client.post(address, {**form, name: text})
    assert answer.status_code == 422, name
    page = BeautifulSoup(answer.content, "html.parser")
    found = page.select_one(box or f'#main [name="{name}"]')
    there = found.get_text() if found.name == "textarea" else found.get("value", "")
    assert there.strip() == text.strip()
    assert "maxlength" not in found.attrs
    told = " ".join(one.get_text() for one in page.select(".field-error, .notice-error"))
    assert re.search(rf"\b{len(text.strip())}\b", told), (name, told)
    assert re.search(rf"\b{limit or LENGTHS[field]}\b", told), (name, told)


def test_in_issues() -> None:
    made = play()
    made.move(Stage.RAISING)
    client = client_of(Client(), made.cities["banjarbaru"])
    raised = made.raises("banjarbaru", "TPA penuh")
    for name, numbers in (("issue-new", ()), ("issue-edit", (raised.pk,))):
        form = {**sent_by(client.get(at(made, name, *numbers)), "#issue-form"), "title": "TPA"}
        for field in ("title", "text", "asked_of", "asked_for"):
            refused(client, at(made, name, *numbers), {**form, "ajukan": "1"}, field)
    form = {"revision": raised.revision}
    refused(client, at(made, "issue-withdraw", raised.pk), form, "mengapa", limit=1000)
    assert [one.title for one in StrategicIssue.objects.filter(withdrawn_at=None)] == ["TPA penuh"]


def test_in_themes_and_remarks() -> None:
    made, drawn = deliberating()
    client = client_of(Client(), made.secretary)
    count = Theme.objects.count()
    both = [one.pk for one in drawn[:2]]
    pages: list[tuple[str, tuple[int, ...], dict]] = [
        ("theme-draw", (), {"isu": [made.forum.issues.first().pk]}),
        ("theme-word", (drawn[0].pk,), {}),
        ("theme-merge", (), {"tema": both}),
    ]
    for name, numbers, asked in pages:
        form = {**sent_by(client.get(at(made, name, *numbers), asked), FORM), "title": "Tema"}
        for field in ("title", "text"):
            refused(client, at(made, name, *numbers), form, field)
    whole = made.theme("Semua", *made.forum.issues.all())
    form = sent_by(client.get(at(made, "theme-split", whole.pk)), FORM)
    places = {f"bagian-{one.pk}": 1 + n % 2 for n, one in enumerate(made.forum.issues.all())}
    form |= {"b1-title": "A", "b2-title": "B", **places}
    for field in ("b2-title", "b1-text"):
        refused(client, at(made, "theme-split", whole.pk), form, field)
    assert Theme.objects.count() == count + 1
    city = client_of(Client(), made.cities["banjarbaru"])
    form = sent_by(city.get(at(made, "theme", drawn[0].pk)), "form[action$='/tanggapan/']")
    for field in ("text", "wording"):
        refused(city, at(made, "theme-remark", drawn[0].pk), form, field)
    assert not Remark.objects.exists()
    city.post(at(made, "theme-remark", drawn[0].pk), {**form, "wording": "Lain"})
    address = at(made, "theme-decide", drawn[0].pk, Remark.objects.get().pk)
    form = {"keputusan": "tolak", "revision": drawn[0].revision}
    refused(client, address, form, "mengapa", limit=1000)
    assert Remark.objects.get().state == "open"


def test_in_points() -> None:
    made, drawn = deliberating()
    client = client_of(Client(), made.secretary)
    form = sent_by(client.get(at(made, "point-new"), {"tema": drawn[0].pk}), FORM)
    form |= {"type": "own", "title": "Butir"}
    for field in ("title", "text", "owner_name", "source", "addressees"):
        limit = LENGTHS["name"] if field == "addressees" else 0
        refused(client, at(made, "point-new"), form, field, limit=limit)
    assert not Point.objects.exists()
    client.post(at(made, "point-new"), form)
    point = Point.objects.get()
    form = sent_by(client.get(at(made, "point-edit", point.pk)), FORM)
    for field in ("title", "text", "owner_name", "source"):
        refused(client, at(made, "point-edit", point.pk), form, field)
    form = {"revision": point.revision}
    refused(client, at(made, "point-strike", point.pk), form, "mengapa", limit=1000)
    point.refresh_from_db()
    assert (point.title, point.struck_at) == ("Butir", None)


def test_in_meetings_their_agenda_and_documents() -> None:
    made = play()
    client = client_of(Client(), made.secretary)
    edit = at(made, "forum-edit")
    form = {**sent_by(client.get(edit), FORM), "title": "Raker"}
    new = reverse("forums:forum-new")
    fresh = {**sent_by(client.get(new), FORM), "title": "Raker", "type": "commissariat"}
    for field in ("title", "theme", "purpose", "host", "place", "contact", "source"):
        refused(client, edit, form, field)
        refused(client, new, fresh, field)
    form = {"title": "Pembukaan", "kind": "opening", "day": made.forum.begins.isoformat()}
    for field in ("title", "place", "note"):
        refused(client, at(made, "agenda"), form, field)
    file = SimpleUploadedFile("kak.pdf", b"%PDF-1.7 kerangka", "application/pdf")
    refused(client, at(made, "documents"), {"file": file}, "title", box="#dokumen-title")
    assert not made.forum.agenda.exists()
    assert not made.forum.documents.exists()
    assert Forum.objects.count() == 1


def test_in_practices() -> None:
    made = play()
    client = client_of(Client(), made.secretary)
    address = reverse("practices:practice-new")
    form = {**sent_by(client.get(address), FORM), "title": "Bank sampah"}
    form |= {"problem": "TPA penuh", "done": "Bank sampah di tiap RW"}
    for field, limit in OF_PRACTICES.items():
        refused(client, address, form, field, limit=limit)
    assert not Practice.objects.exists()
