"""A point takes over what its themes and issues carry, and what somebody wrote is never lost by it."""

import pytest

from sinergi.forums.actions import themes as actions
from sinergi.forums.details import ThemeDetails
from sinergi.forums.stages import Stage
from tests.forums.play import Play, play

from .test_issue_pages import at, client_of, text_of
from .test_theme_pages import sent_by

pytestmark = pytest.mark.django_db
ROADS = {
    "affair": "1.03",
    "asked_of": "Kementerian PU; Pemprov Kalsel",
    "asked_for": "Jalan lintas",
}
WASTE = {
    "affair": "1.03",
    "asked_of": "kementerian pu",
    "asked_for": "TPA regional",
    "objects_named": ("TPA_REGIONAL",),
}


@pytest.fixture(autouse=True)
def _static_root(settings) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)


def drawn() -> tuple[Play, list]:
    """A forum that deliberates, with a theme of roads that is worded and one of waste that is not."""
    made = play()
    made.move(Stage.RAISING)
    roads = made.raises("banjarbaru", "Jalan rusak", **ROADS)
    waste = made.raises("banjarmasin", "TPA penuh", **WASTE)
    made.raises("palangka-raya", "Sekolah rusak", affair="1.01", asked_for="Ruang kelas")
    made.move(Stage.PREPARING)
    found = [made.theme("Jalan", roads), made.theme("Sampah", waste)]
    details = ThemeDetails("Jalan", "Mempercepat jalan lintas.")
    actions.word_theme(made.secretary, made.forum.pk, found[0].pk, details)
    made.move(Stage.DELIBERATING)
    return made, found


def opened(client, made, *themes) -> dict[str, list[str]]:
    page = client.get(at(made, "point-new"), {"tema": [one.pk for one in themes]})
    return sent_by(page, "#main form")


def taken(client, made, sent) -> dict[str, list[str]]:
    answer = client.post(at(made, "point-new"), {**sent, "ambil": "1"})
    assert answer.status_code == 200
    return sent_by(answer, "#main form")


def names(sent) -> list[str]:
    return [one for one in sent["addressees"] if one]


def test_all_ticked_themes_are_carried_into_the_point_and_into_its_minutes(client) -> None:
    made, (roads, waste) = drawn()
    client = client_of(client, made.secretary)
    page = client.get(at(made, "point-new"), {"tema": [roads.pk, waste.pk]})
    assert "Kota Banjarbaru, Kota Banjarmasin" in text_of(page)
    assert {"Kota Banjarbaru [kota-banjarbaru]", "Komwil V [komwil-v]"} <= set(
        page.context["owners"]
    )
    sent = sent_by(page, "#main form")
    assert sent["title"] == ["Jalan; Sampah"]
    assert sent["text"] == ["Jalan\nMempercepat jalan lintas.\n\nSampah\nTPA regional"]
    assert (sent["affair"], sent["objects_named"]) == (["1.03"], ["TPA_REGIONAL"])
    assert names(sent) == ["Kementerian PU", "Pemprov Kalsel"]
    assert client.post(at(made, "point-new"), {**sent, "type": "advocacy"}).status_code == 302
    point = made.forum.points.get()
    assert point.objects_named == ["TPA_REGIONAL"]
    assert [one.name for one in point.addressees.all()] == ["Kementerian PU", "Pemprov Kalsel"]


def test_another_theme_that_is_ticked_gives_its_values_where_nothing_was_written(client) -> None:
    made, (roads, waste) = drawn()
    client = client_of(client, made.secretary)
    sent = {**opened(client, made, roads), "themes": [waste.pk], "type": "synergy"}
    now = taken(client, made, sent)
    assert (now["title"], now["text"]) == (["Sampah"], ["TPA regional"])
    assert names(now) == ["Kementerian PU"]  # as it was written first
    assert now["type"] == ["synergy"]
    assert made.forum.points.count() == 0


def test_what_somebody_wrote_stays_and_what_is_new_goes_behind_it(client) -> None:
    made, (roads, waste) = drawn()
    client = client_of(client, made.secretary)
    begun = opened(client, made, roads)
    mine = {
        **begun,
        "number": "7",
        "title": "Judul saya",
        "text": "Rumusan saya " * 5_000,
        "addressees": ["Bappenas", "KEMENTERIAN PU"],
        "owner_name": "Kota Banjarbaru",
        "due": "2030-01-01",
        "themes": [roads.pk, waste.pk],
    }
    now = taken(client, made, mine)
    assert (now["number"], now["title"], now["due"]) == (["7"], ["Judul saya"], ["2030-01-01"])
    assert now["text"][0].startswith("Rumusan saya ")
    assert now["text"][0].endswith("Sampah\nTPA regional")
    assert "Mempercepat jalan" not in now["text"][0]  # struck by whoever wrote it
    assert names(now) == ["Bappenas", "KEMENTERIAN PU"]
    assert now["objects_named"] == ["TPA_REGIONAL"]
    assert now["once"] == begun["once"]
    again = taken(client, made, now)
    assert {**again, "once": 0} == {**now, "once": 0}


def test_an_issue_that_is_ticked_is_carried_and_affairs_that_differ_are_left_open(client) -> None:
    made, (roads, _waste) = drawn()
    client = client_of(client, made.secretary)
    school = made.forum.issues.get(title="Sekolah rusak")
    now = taken(client, made, {**opened(client, made, roads), "issues": [school.pk]})
    assert now["title"] == ["Jalan; Sekolah rusak"]
    assert now["text"][0].endswith("Ruang kelas")
    assert now["affair"] == [""]


def test_themes_lead_to_the_form_with_what_is_ticked(client) -> None:
    made, (roads, _waste) = drawn()
    client = client_of(client, made.secretary)
    for name, numbers in (("theme", (roads.pk,)), ("themes", ())):
        assert at(made, "point-new") in client.get(at(made, name, *numbers)).content.decode()
    city = client_of(client, made.cities["banjarbaru"])
    assert at(made, "point-new") not in city.get(at(made, "theme", roads.pk)).content.decode()


def test_the_evidence_of_a_point_goes_from_the_form_to_page_file_and_program(client) -> None:
    made, _themes = drawn()
    client = client_of(client, made.secretary)
    where = at(made, "point-new")
    sent = sent_by(client.get(where), "#main form") | {
        "number": ["1"],
        "title": ["Jalan"],
        "type": ["advocacy"],
        "evidence": ["Kajian BRIN 2025: 40 % rusak"],
        "links": ["javascript:alert(1)"],
    }
    refused = client.post(where, sent)
    assert (refused.status_code, "links" in refused.context["form"].errors) == (422, True)
    sent["links"] = ["https://contoh.test/a\nhttps://contoh.test/b"]
    page = client.post(where, sent, follow=True)
    assert "Kajian BRIN 2025: 40 % rusak" in text_of(page)
    assert 'href="https://contoh.test/b"' in page.content.decode()
    edit = client.get(f"{page.request['PATH_INFO']}ubah/").context["form"]
    assert edit["evidence"].value() == "Kajian BRIN 2025: 40 % rusak"
    for file in ("/tindak-lanjut/butir.csv", "/api/v1/points"):
        told = client.get(file).content.decode()
        assert "Kajian BRIN 2025: 40 % rusak" in told
        assert "https://contoh.test/a" in told
