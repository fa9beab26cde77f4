"""Remarks on themes in the browser: comments, amendments, who decides them, and what merging leaves."""

import pytest
from bs4 import BeautifulSoup

from sinergi.forums.actions import themes as actions
from sinergi.forums.details import ThemeDetails
from sinergi.forums.models import Remark
from sinergi.forums.queries.themes import issues_of
from sinergi.forums.stages import Stage
from tests.forums.play import deliberating

from .test_issue_pages import at, client_of, text_of
from .test_theme_pages import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _static_root(settings) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)


def amendment(client, made, theme, wording: str, text: str = ""):
    page = client.get(at(made, "theme", theme.pk))
    sent = sent_by(page, "form[action$='/tanggapan/']")
    return client.post(
        at(made, "theme-remark", theme.pk), {**sent, "text": text, "wording": wording}
    )


def test_an_amendment_is_shown_beside_the_wording_and_taken_over(client) -> None:
    made, (theme, *_) = deliberating()
    details = ThemeDetails("Jalan", "Jalan provinsi diperbaiki segera.")
    actions.word_theme(made.secretary, made.forum.pk, theme.pk, details)
    city = client_of(client, made.cities["banjarbaru"])
    amendment(city, made, theme, "Jalan nasional diperbaiki segera.")
    page = BeautifulSoup(city.get(at(made, "theme", theme.pk)).content, "html.parser")
    assert [one.get_text() for one in page.select("del, ins")] == ["provinsi", "nasional"]
    secretary = client_of(client, made.secretary)
    address = at(made, "theme-decide", theme.pk, Remark.objects.get().pk)
    theme.refresh_from_db()
    for _ in range(2):  # the second is told that it was decided
        sent = {"keputusan": "terima", "revision": theme.revision}
        assert secretary.post(address, sent).status_code == 302
    theme.refresh_from_db()
    assert theme.text == "Jalan nasional diperbaiki segera."


def test_an_amendment_to_a_wording_that_changed_since_is_not_taken_over(client) -> None:
    made, (theme, *_) = deliberating()
    city = client_of(client, made.cities["banjarbaru"])
    amendment(city, made, theme, "Jalan nasional.")
    seen = theme.revision
    actions.word_theme(made.secretary, made.forum.pk, theme.pk, ThemeDetails("Jalan", "Lain."))
    secretary = client_of(client, made.secretary)
    address = at(made, "theme-decide", theme.pk, Remark.objects.get().pk)
    secretary.post(address, {"keputusan": "terima", "revision": seen})
    theme.refresh_from_db()
    assert theme.text == "Lain."
    assert Remark.objects.get().state == "open"


def test_what_was_said_on_a_merged_and_split_theme_stays_and_is_decided_on_the_new_one(
    client,
) -> None:
    made, drawn = deliberating()
    city = client_of(client, made.cities["banjarbaru"])
    amendment(city, made, drawn[0], "Jalan nasional diperbaiki.", "Mohon dipertimbangkan")
    asked = Remark.objects.get()
    made.move(Stage.PREPARING)
    numbers = [one.pk for one in drawn[:2]]
    whole = actions.merge_themes(made.secretary, made.forum.pk, numbers, ThemeDetails("Gabungan"))
    parts = [
        (ThemeDetails(f"Bagian {n}"), [n])
        for n in sorted(issues_of(drawn[0]) | issues_of(drawn[1]))
    ]
    one, other = actions.split_theme(made.secretary, made.forum.pk, whole.pk, parts)
    made.move(Stage.DELIBERATING)
    secretary = client_of(client, made.secretary)
    listed = text_of(secretary.get(at(made, "themes")))
    assert listed.count("1 usul perubahan terbuka") == 2
    page = secretary.get(at(made, "theme", other.pk))
    assert "Mohon dipertimbangkan" in text_of(page)
    assert "pada tema sebelumnya" in text_of(page)
    sent = {**sent_by(page, f"#tanggapan-{asked.pk} form"), "keputusan": "terima"}
    strange = at(made, "theme-decide", drawn[2].pk, asked.pk)
    assert secretary.post(strange, sent).status_code == 404
    assert secretary.post(at(made, "theme-decide", other.pk, asked.pk), sent).status_code == 302
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.state, other.text) == ("taken", "Jalan nasional diperbaiki.")
    assert "terbuka" not in text_of(secretary.get(at(made, "theme", one.pk)))


def test_a_decision_that_decides_nothing_is_no_refusal(client) -> None:
    made, (theme, *_) = deliberating()
    city = client_of(client, made.cities["banjarbaru"])
    amendment(city, made, theme, "Jalan nasional.")
    asked = Remark.objects.get()
    secretary = client_of(client, made.secretary)
    address = at(made, "theme-decide", theme.pk, asked.pk)
    for sent in ({"mengapa": "Sudah dibahas"}, {"mengapa": "Sudah dibahas", "keputusan": "x"}):
        answer = secretary.post(address, sent)
        assert answer.status_code == 422
        assert sent_by(answer, f"#tanggapan-{asked.pk} form")["mengapa"] == ["Sudah dibahas"]
    asked.refresh_from_db()
    assert asked.state == "open"
    city = client_of(client, made.cities["banjarbaru"])
    assert city.post(address, {}).status_code == 403


def test_who_leaves_the_wording_as_it_is_only_comments(client) -> None:
    made, (theme, *_) = deliberating()
    actions.word_theme(made.secretary, made.forum.pk, theme.pk, ThemeDetails("Jalan", "Tetap."))
    city = client_of(client, made.cities["banjarbaru"])
    amendment(city, made, theme, "Tetap.", "Setuju")
    assert Remark.objects.get().wording == ""


def test_a_remark_that_cannot_be_is_told_and_kept(client) -> None:
    made, (theme, *_) = deliberating()
    city = client_of(client, made.cities["banjarbaru"])
    answer = amendment(city, made, theme, "kata " * 24_000)
    assert answer.status_code == 422
    sent = sent_by(answer, "form[action$='/tanggapan/']")
    assert sent["wording"] == ["kata " * 24_000]
    assert amendment(city, made, theme, "", "").status_code == 422
    assert not Remark.objects.exists()


def test_only_the_secretariat_decides_and_only_delegations_speak(client) -> None:
    made, (theme, *_) = deliberating()
    city = client_of(client, made.cities["banjarbaru"])
    amendment(city, made, theme, "Rumusan lain")
    address = at(made, "theme-decide", theme.pk, Remark.objects.get().pk)
    assert city.post(address, {"keputusan": "terima"}).status_code == 403
    secretary = client_of(client, made.secretary)
    number = made.delegations["banjarbaru"].pk
    answer = secretary.post(
        at(made, "theme-remark", theme.pk), {"delegation": number, "text": "Atas nama orang"}
    )
    assert answer.status_code == 403
    assert Remark.objects.count() == 1


def test_a_remark_sent_twice_is_made_once(client) -> None:
    made, (theme, *_) = deliberating()
    city = client_of(client, made.cities["banjarbaru"])
    page = city.get(at(made, "theme", theme.pk))
    sent = {**sent_by(page, "form[action$='/tanggapan/']"), "text": "Setuju"}
    for _ in range(2):
        assert city.post(at(made, "theme-remark", theme.pk), sent).status_code == 302
    assert Remark.objects.count() == 1
