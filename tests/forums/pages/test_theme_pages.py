"""The pages of themes: proposals, drawing, merging and splitting, two secretaries at once, remarks."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sinergi.analysis.texts import grouping
from sinergi.forums.actions import issues as issue_actions
from sinergi.forums.actions import themes as actions
from sinergi.forums.details import ThemeDetails
from sinergi.forums.models import Theme
from sinergi.forums.queries.themes import issues_of
from sinergi.forums.stages import Stage
from tests.forums.play import Play, deliberating, play

from .test_issue_pages import at, client_of, draft, text_of

pytestmark = pytest.mark.django_db
WASTE = (
    "Tempat pembuangan akhir sampah penuh",
    "Tempat pembuangan akhir sampah regional belum ada",
    "Festival kuliner malam",
)


@pytest.fixture(autouse=True)
def _static_root(settings) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture
def made() -> Play:
    """A forum whose secretariat prepares: two issues say the same, one stands alone."""
    found = play()
    found.move(Stage.RAISING)
    for city, title in zip(found.cities, WASTE, strict=True):
        found.raises(city, title)
    found.move(Stage.PREPARING)
    return found


def sent_by(response, selector: str) -> dict[str, list[str]]:
    """What a browser would send of a form as it stands."""
    form = BeautifulSoup(response.content, "html.parser").select_one(selector)
    found: dict[str, list[str]] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        if tag.get("type") in {"checkbox", "radio"} and not tag.has_attr("checked"):
            continue
        option = tag.select_one("option[selected]") or tag.select_one("option") or {}
        value = (tag if tag.name == "input" else option).get("value", "")
        value = tag.get_text().removeprefix("\n") if tag.name == "textarea" else value
        found.setdefault(tag["name"], []).append(value)
    found.pop("csrfmiddlewaretoken", None)
    return found


def test_a_proposal_is_taken_over_with_its_wording_once_however_often_it_is_sent(
    client, made
) -> None:
    client = client_of(client, made.secretary)
    page = client.get(at(made, "themes"))
    assert "pembuangan akhir" in text_of(page)
    sent = {**sent_by(page, ".theme-proposals form"), "title": "Sampah lintas kota"}
    for _ in range(2):
        assert client.post(at(made, "theme-draw"), sent).status_code == 302
    theme = Theme.objects.get()
    assert theme.title == "Sampah lintas kota"
    assert len(issues_of(theme)) == 2
    left = text_of(client.get(at(made, "themes")))
    assert "Festival kuliner malam" in left


def test_a_proposal_of_issues_that_say_the_opposite_is_not_called_firm(client) -> None:
    made = play()
    made.move(Stage.RAISING)
    made.raises("banjarmasin", "Menolak kenaikan tarif TPA regional Tahap 1")
    made.raises("banjarbaru", "Mendukung kenaikan tarif TPA regional Tahap 2")
    made.move(Stage.PREPARING)
    page = BeautifulSoup(
        client_of(client, made.secretary).get(at(made, "themes")).content, "html.parser"
    )
    told = " ".join(page.select_one(".theme-proposals").get_text().split())
    assert "Mendukung / Menolak" in told or "Menolak / Mendukung" in told
    assert "Tahap 1 / Tahap 2" in told or "Tahap 2 / Tahap 1" in told
    assert "Tidak kuat" in told


def test_of_two_secretaries_who_take_the_same_proposal_the_second_is_told(client, made) -> None:
    client = client_of(client, made.secretary)
    seen = sent_by(client.get(at(made, "themes")), ".theme-proposals form")
    made.theme("Sampah menurut rekan", *made.forum.issues.filter(pk__in=seen["isu"]))
    answer = client.post(at(made, "theme-draw"), {**seen, "title": "Sampah menurut saya"})
    assert answer.status_code == 409
    assert "Sampah menurut rekan" in text_of(answer)
    again = sent_by(answer, "#main form")
    assert again["title"] == ["Sampah menurut saya"]
    assert client.post(at(made, "theme-draw"), again).status_code == 302


def test_proposals_and_deeds_are_for_the_secretariat(client, made) -> None:
    city = client_of(client, made.cities["banjarbaru"])
    page = city.get(at(made, "themes"))
    assert not BeautifulSoup(page.content, "html.parser").select(".theme-proposals")
    for name in ("theme-draw", "theme-merge"):
        assert city.get(at(made, name)).status_code == 403
        assert city.post(at(made, name), {"title": "x"}).status_code == 403


def test_merging_too_few_stays_on_the_list_and_keeps_what_is_ticked(client) -> None:
    found, [first, *_others] = deliberating()
    found.move(Stage.PREPARING)
    client = client_of(client, found.secretary)
    for asked in ({}, {"tema": [first.pk]}):
        page = client.get(at(found, "theme-merge"), asked, follow=True)
        assert page.redirect_chain[0][0].split("?")[0] == at(found, "themes")
        assert "Pilih paling sedikit dua tema untuk digabungkan." in text_of(page)
        boxes = BeautifulSoup(page.content, "html.parser").select("input[name=tema]")
        ticked = [int(box["value"]) for box in boxes if "checked" in box.attrs]
        assert ticked == asked.get("tema", [])


def test_drafts_are_proposed_to_nobody(client) -> None:
    found = play()
    found.move(Stage.RAISING)
    for city, title in zip(found.cities, WASTE, strict=True):
        found.raises(city, title)
    draft(found, title="Tempat pembuangan akhir sampah penuh rahasia")
    found.move(Stage.PREPARING)
    client = client_of(client, found.secretary)
    for name in ("themes", "theme-draw"):
        assert "rahasia" not in text_of(client.get(at(found, name)))


def test_too_many_issues_to_compare_are_told_in_words(client, made, monkeypatch) -> None:
    monkeypatch.setattr(grouping, "MOST_TEXTS", 2)
    page = client_of(client, made.secretary).get(at(made, "themes"))
    assert page.status_code == 200
    assert BeautifulSoup(page.content, "html.parser").select(".notice-warn")
    assert "Festival kuliner malam" in text_of(page)


def test_a_theme_without_an_issue_is_refused_and_its_wording_kept(client, made) -> None:
    client = client_of(client, made.secretary)
    answer = client.post(at(made, "theme-draw"), {"title": "Tanpa isu", "text": "Panjang"})
    assert answer.status_code == 422
    assert sent_by(answer, "#main form")["text"] == ["Panjang"]


def test_themes_are_merged_with_the_revisions_that_were_seen(client) -> None:
    made, drawn = deliberating()
    client = client_of(client, made.secretary)
    page = client.get(at(made, "theme-merge"), {"tema": [drawn[0].pk, drawn[1].pk]})
    sent = {**sent_by(page, "#main form"), "title": "Tema gabungan"}
    assert client.post(at(made, "theme-merge"), sent).status_code == 302
    merged = Theme.objects.get(title="Tema gabungan")
    assert len(issues_of(merged)) == 2
    old = text_of(client.get(at(made, "theme", drawn[0].pk)))
    assert "Tema gabungan" in old


def test_of_two_secretaries_who_merge_the_same_the_second_is_told_and_loses_nothing(client) -> None:
    made, drawn = deliberating()
    client = client_of(client, made.secretary)
    numbers = [drawn[0].pk, drawn[1].pk]
    page = client.get(at(made, "theme-merge"), {"tema": numbers})
    actions.merge_themes(made.secretary, made.forum.pk, numbers, ThemeDetails("Yang pertama"))
    sent = {**sent_by(page, "#main form"), "title": "Yang kedua", "text": "Rumusan panjang"}
    answer = client.post(at(made, "theme-merge"), sent)
    assert answer.status_code == 409
    assert "Yang pertama" in text_of(answer)
    assert sent_by(answer, "#main form")["text"] == ["Rumusan panjang"]
    assert not Theme.objects.filter(title="Yang kedua").exists()


def test_a_theme_worded_meanwhile_is_not_merged_unseen(client) -> None:
    made, drawn = deliberating()
    client = client_of(client, made.secretary)
    page = client.get(at(made, "theme-merge"), {"tema": [drawn[0].pk, drawn[1].pk]})
    actions.word_theme(made.secretary, made.forum.pk, drawn[0].pk, ThemeDetails("Kata baru"))
    sent = {**sent_by(page, "#main form"), "title": "Gabungan"}
    answer = client.post(at(made, "theme-merge"), sent)
    assert answer.status_code == 409
    again = {**sent_by(answer, "#main form")}
    assert client.post(at(made, "theme-merge"), again).status_code == 302


def test_a_theme_is_split_and_each_issue_goes_where_it_is_put(client, made) -> None:
    issues = list(made.forum.issues.order_by("pk"))
    theme = made.theme("Campuran", *issues)
    client = client_of(client, made.secretary)
    page = client.get(at(made, "theme-split", theme.pk))
    places = {f"bagian-{one.pk}": part for one, part in zip(issues, (1, 1, 2), strict=True)}
    sent = {**sent_by(page, "#main form"), "b1-title": "Sampah", "b2-title": "Kuliner", **places}
    assert client.post(at(made, "theme-split", theme.pk), sent).status_code == 302
    parts = {one.title: issues_of(one) for one in Theme.objects.filter(retired_at=None)}
    assert parts == {"Sampah": {issues[0].pk, issues[1].pk}, "Kuliner": {issues[2].pk}}


def test_a_theme_with_a_withdrawn_issue_is_split_without_placing_it(client, made) -> None:
    issues = list(made.forum.issues.order_by("pk"))
    theme = made.theme("Campuran", *issues)
    made.move(Stage.RAISING)
    city = next(iter(made.cities.values()))
    issue_actions.withdraw_issue(city, made.forum.pk, issues[0].pk, reason="Batal")
    made.move(Stage.PREPARING)
    client = client_of(client, made.secretary)
    page = client.get(at(made, "theme-split", theme.pk))
    assert f"bagian-{issues[0].pk}" not in sent_by(page, "#main form")
    assert issues[0].title in text_of(page)
    places = {f"bagian-{one.pk}": part for part, one in enumerate(issues[1:], 1)}
    sent = {**sent_by(page, "#main form"), "b1-title": "Sampah", "b2-title": "Kuliner", **places}
    assert client.post(at(made, "theme-split", theme.pk), sent).status_code == 302
    parts = {one.title: issues_of(one) for one in Theme.objects.filter(retired_at=None)}
    assert parts == {"Sampah": {issues[1].pk}, "Kuliner": {issues[2].pk}}
    assert issues[0].pk in issues_of(theme)
    assert issues[0].title in text_of(client.get(at(made, "theme", theme.pk)))


def test_a_split_that_leaves_an_issue_out_keeps_what_was_chosen(client, made) -> None:
    issues = list(made.forum.issues.order_by("pk"))
    theme = made.theme("Campuran", *issues)
    client = client_of(client, made.secretary)
    page = client.get(at(made, "theme-split", theme.pk))
    sent = {**sent_by(page, "#main form"), "b1-title": "Sampah", "b2-title": "Kuliner"}
    sent[f"bagian-{issues[0].pk}"] = ["1"]
    answer = client.post(at(made, "theme-split", theme.pk), sent)
    assert answer.status_code == 422
    assert sent_by(answer, "#main form")[f"bagian-{issues[0].pk}"] == ["1"]
    more = client.post(at(made, "theme-split", theme.pk), {**sent, "tambah-bagian": "1"})
    assert sent_by(more, "#main form")["b3-title"] == [""]


def test_a_theme_that_is_gone_meanwhile_is_said_to_be_where_it_went(client) -> None:
    made, drawn = deliberating()
    client = client_of(client, made.secretary)
    page = client.get(at(made, "theme-word", drawn[0].pk))
    numbers = [one.pk for one in drawn[:2]]
    actions.merge_themes(made.secretary, made.forum.pk, numbers, ThemeDetails("Gabungan"))
    sent = {**sent_by(page, "#main form"), "text": "Kata-kata saya"}
    answer = client.post(at(made, "theme-word", drawn[0].pk), sent)
    assert answer.status_code == 409
    assert "Gabungan" in text_of(answer)
    assert sent_by(answer, "#main form")["text"] == ["Kata-kata saya"]


@pytest.mark.parametrize("name", ["theme", "theme-word", "theme-split"])
def test_a_theme_that_never_was_is_not_found(client, made, name) -> None:
    assert client_of(client, made.secretary).get(at(made, name, 9_999)).status_code == 404


def test_two_who_word_a_theme_at_once_meet_in_the_form(client, made) -> None:
    theme = made.theme("Sampah", made.forum.issues.first())
    client = client_of(client, made.secretary)
    seen = sent_by(client.get(at(made, "theme-word", theme.pk)), "#main form")
    actions.word_theme(
        made.secretary, made.forum.pk, theme.pk, ThemeDetails("Sampah", "Teks rekan")
    )
    answer = client.post(at(made, "theme-word", theme.pk), {**seen, "title": "Sampah kota"})
    assert answer.status_code == 409
    sent = sent_by(answer, "#main form")
    assert (sent["title"], sent["text"]) == (["Sampah kota"], ["Teks rekan"])
    assert client.post(at(made, "theme-word", theme.pk), sent).status_code == 302


def test_further_issues_are_drawn_in(client, made) -> None:
    first, second, _third = made.forum.issues.order_by("pk")
    theme = made.theme("Sampah", first)
    client = client_of(client, made.secretary)
    client.post(at(made, "theme-add", theme.pk), {"isu": [second.pk, "x", "99999"]})
    assert issues_of(theme) == {first.pk}
    client.post(at(made, "theme-add", theme.pk), {"isu": [second.pk]})
    assert issues_of(theme) == {first.pk, second.pk}


def test_the_pages_ask_as_often_however_many_issues_there_are(client, made) -> None:
    client = client_of(client, made.secretary)
    first = made.forum.issues.order_by("pk").first()
    theme = made.theme("Sampah", first)
    counts = []
    for more in (1, 30):
        made.forum.stage = "raising"
        made.forum.save()
        raised = [made.raises("banjarbaru", f"Isu {more} {number}") for number in range(more)]
        made.forum.stage = "preparing"
        made.forum.save()
        numbers = [one.pk for one in raised]
        actions.add_to_theme(made.secretary, made.forum.pk, theme.pk, numbers)
        with CaptureQueriesContext(connection) as queries:
            client.get(at(made, "themes"))
            client.get(at(made, "theme", theme.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
