"""The pages of issues as a browser without scripts uses them: who sees what, writing, the evidence beside."""

from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sinergi.accounts.models import Person
from sinergi.forums.actions import issues as actions
from sinergi.forums.details import IssueDetails
from sinergi.forums.models import Forum, StrategicIssue
from sinergi.forums.stages import Stage
from tests.forums.play import Play, play
from tests.people import organisation, signed_in

pytestmark = pytest.mark.django_db
VALUES = {
    "title": "TPA penuh",
    "text": "Tempat pembuangan akhir sampah penuh.",
    "asked_of": "Kementerian PU",
    "asked_for": "TPA regional",
    "affair": "2.11",
    "objects_named": ["TPA_REGIONAL"],
    "regions": ["Kota Banjarbaru", "", ""],
}


@pytest.fixture(autouse=True)
def _static_root(settings) -> None:
    settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture
def made() -> Play:
    """A forum that raises issues, with three cities of which Banjarbaru is a region of the reference."""
    organisation("kota-banjarbaru", region_code="63.72")
    found = play()
    found.move(Stage.RAISING)
    return found


def client_of(client, principal):
    return signed_in(client, Person.objects.get(pk=principal.person_id))


def at(made: Play, name: str, *numbers: int) -> str:
    return reverse(f"forums:{name}", args=[made.forum.pk, *numbers])


def text_of(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def sent_by(response) -> dict[str, list[str]]:
    """What a browser would send of the form of an issue as it stands."""
    form = BeautifulSoup(response.content, "html.parser").select_one("#issue-form")
    found: dict[str, list[str]] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        if tag.get("type") == "checkbox" and not tag.has_attr("checked"):
            continue
        chosen = tag.select_one("option[selected]") or tag.select_one("option") or {}
        value = (tag if tag.name == "input" else chosen).get("value", "")
        value = tag.get_text().removeprefix("\n") if tag.name == "textarea" else value
        found.setdefault(tag["name"], []).append(value)
    found.pop("csrfmiddlewaretoken", None)
    return found


def draft(made: Play, city: str = "banjarbaru", title: str = "Rahasia kota") -> StrategicIssue:
    number = made.delegations[city].pk
    details = IssueDetails(title, text="Belum boleh dibaca siapa pun")
    return actions.raise_issue(made.cities[city], made.forum.pk, number, details, submit=False)


def test_an_issue_is_raised_once_however_often_the_form_is_sent(client, made) -> None:
    client = client_of(client, made.cities["banjarbaru"])
    page = client.get(at(made, "issue-new"))
    sent = {**sent_by(page), **VALUES, "ajukan": "1"}
    first, second = (client.post(at(made, "issue-new"), sent) for _ in range(2))
    issue = StrategicIssue.objects.get()
    assert first.url == second.url == at(made, "issue", issue.pk)
    assert issue.regions == ["63.72"]
    assert issue.objects_named == ["TPA_REGIONAL"]
    assert "TPA regional" in text_of(client.get(first.url))


def test_the_own_region_is_filled_in_already(client, made) -> None:
    page = client_of(client, made.cities["banjarbaru"]).get(at(made, "issue-new"))
    assert sent_by(page)["regions"][0] == "Kota Banjarbaru"
    assert sent_by(page)["delegation"] == [str(made.delegations["banjarbaru"].pk)]


def test_a_draft_leaks_nowhere(client, made) -> None:
    hidden = draft(made)
    other = client_of(client, made.cities["banjarmasin"])
    for address in (at(made, "issues"), at(made, "themes"), at(made, "forum")):
        assert "Rahasia" not in unescape(other.get(address).content.decode())
    for name in ("issue", "issue-edit"):
        assert other.get(at(made, name, hidden.pk)).status_code == 404
    assert other.post(at(made, "issue-withdraw", hidden.pk)).status_code == 404
    assert other.get(at(made, "issue-evidence"), {"isu": hidden.pk}).status_code == 404


def test_the_secretariat_does_not_read_drafts_either(client, made) -> None:
    hidden = draft(made)
    secretary = client_of(client, made.secretary)
    assert "Rahasia" not in text_of(secretary.get(at(made, "issues")))
    assert secretary.get(at(made, "issue", hidden.pk)).status_code == 404


def test_a_draft_is_shown_to_its_own_and_submitted_from_its_form(client, made) -> None:
    row = draft(made)
    client = client_of(client, made.cities["banjarbaru"])
    assert "Rahasia kota" in text_of(client.get(at(made, "issues")))
    sent = sent_by(client.get(at(made, "issue-edit", row.pk)))
    client.post(at(made, "issue-edit", row.pk), {**sent, "ajukan": "1"})
    row.refresh_from_db()
    assert row.submitted_at is not None


def test_others_neither_raise_nor_change(client, made) -> None:
    issue = made.raises("banjarbaru", "TPA penuh")
    other = client_of(client, made.cities["banjarmasin"])
    assert other.get(at(made, "issue", issue.pk)).status_code == 200
    assert other.post(at(made, "issue-edit", issue.pk), VALUES).status_code == 403
    number = made.delegations["banjarbaru"].pk
    answer = other.post(at(made, "issue-new"), {**VALUES, "delegation": number, "ajukan": "1"})
    assert answer.status_code == 422
    assert StrategicIssue.objects.count() == 1


def test_visitors_are_told_nothing_of_a_forum_that_is_not_public(client, made) -> None:
    for name in ("issues", "issue-new", "issue-evidence"):
        assert client.get(at(made, name)).status_code in {302, 404}


def test_visitors_of_a_public_forum_read_what_was_submitted_and_no_names_of_people(
    client, made
) -> None:
    issue = made.raises("banjarbaru", "TPA penuh")
    draft(made)
    Forum.objects.update(visibility="public")
    pages = [client.get(at(made, "issues")), client.get(at(made, "issue", issue.pk))]
    assert all("TPA penuh" in text_of(page) for page in pages)
    assert not any("Rahasia" in text_of(page) or "Analis" in text_of(page) for page in pages)
    assert client.get(at(made, "issue-new")).status_code in {302, 403}
    assert client.post(at(made, "issue-evidence"), VALUES).status_code in {302, 403}


def test_outside_the_stage_the_page_says_when_it_is_possible(client, made) -> None:
    made.raises("banjarbaru", "TPA penuh")
    made.move(Stage.PREPARING)
    client = client_of(client, made.cities["banjarbaru"])
    assert "mengajukan isu" in text_of(client.get(at(made, "issues"))).lower()
    page = client.get(at(made, "issue-new"))
    answer = client.post(at(made, "issue-new"), {**sent_by(page), **VALUES, "ajukan": "1"})
    assert answer.status_code == 422
    assert "TPA regional" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "Panjang sekali. " * 7_500),
        ("title", "Judul " * 200),
        ("regions", ["Kota Antah Berantah"]),
        ("regions", ["x\n" * 4_000]),
        ("objects_named", ["TIDAK_ADA"]),
        ("affair", "99.99"),
    ],
    ids=["40 pages", "long title", "unknown region", "4,000 regions", "object", "affair"],
)
def test_what_cannot_be_is_told_and_kept_in_the_form(client, made, name, value) -> None:
    client = client_of(client, made.cities["banjarbaru"])
    page = client.get(at(made, "issue-new"))
    answer = client.post(
        at(made, "issue-new"), {**sent_by(page), **VALUES, name: value, "ajukan": 1}
    )
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not StrategicIssue.objects.exists()
    if name in {"text", "title"}:
        assert sent_by(answer)[name] == [value]


def test_control_characters_of_a_pasted_document_are_left_out(client, made) -> None:
    client = client_of(client, made.cities["banjarbaru"])
    page = client.get(at(made, "issue-new"))
    pasted = {**sent_by(page), **VALUES, "title": "TPA\x00 penuh\x07", "ajukan": "1"}
    assert client.post(at(made, "issue-new"), pasted).status_code == 302
    assert StrategicIssue.objects.get().title == "TPA penuh"


def test_two_who_change_an_issue_at_once_meet_in_the_form(client, made) -> None:
    issue = made.raises("banjarbaru", "TPA penuh", text="Lama", objects_named=("TPA_REGIONAL",))
    by = made.cities["banjarbaru"]
    client = client_of(client, by)
    seen = sent_by(client.get(at(made, "issue-edit", issue.pk)))
    other = IssueDetails("TPA penuh", text="Teks rekan", objects_named=("SPALD_REGIONAL",))
    actions.edit_issue(by, made.forum.pk, issue.pk, other)
    answer = client.post(at(made, "issue-edit", issue.pk), {**seen, "title": "TPA penuh sesak"})
    assert answer.status_code == 409
    sent = sent_by(answer)
    assert sent["title"] == ["TPA penuh sesak"]
    assert sent["text"] == ["Teks rekan"]
    assert sent["objects_named"] == ["SPALD_REGIONAL"]
    assert client.post(at(made, "issue-edit", issue.pk), sent).status_code == 302


def test_an_issue_is_withdrawn_with_its_reason_and_stays_readable(client, made) -> None:
    issue = made.raises("banjarbaru", "TPA penuh")
    client = client_of(client, made.cities["banjarbaru"])
    client.post(at(made, "issue-withdraw", issue.pk), {"revision": 1, "mengapa": "Sudah ditangani"})
    page = text_of(client.get(at(made, "issue", issue.pk)))
    assert "Sudah ditangani" in page
    assert "TPA penuh" not in text_of(client.get(at(made, "issues")))


def test_an_issue_withdrawn_from_an_old_page_stays(client, made) -> None:
    issue = made.raises("banjarbaru", "TPA penuh")
    client = client_of(client, made.cities["banjarbaru"])
    client.post(at(made, "issue-withdraw", issue.pk), {"revision": "77", "mengapa": "x"})
    issue.refresh_from_db()
    assert issue.withdrawn_at is None


def test_names_of_people_in_the_history_are_for_the_own_and_the_secretariat(client, made) -> None:
    issue = made.raises("banjarbaru", "TPA penuh")
    name = made.cities["banjarbaru"].name
    own = client_of(client, made.cities["banjarbaru"]).get(at(made, "issue", issue.pk))
    other = client_of(client, made.cities["banjarmasin"]).get(at(made, "issue", issue.pk))
    assert name in text_of(own)
    assert name not in text_of(other)


def test_the_page_asks_as_often_however_many_issues_there_are(client, made) -> None:
    client = client_of(client, made.cities["banjarmasin"])
    made.raises("banjarbaru", "Isu 0")
    counts = []
    for more in (1, 30):
        for number in range(more):
            made.raises("banjarbaru", f"Isu {more} {number}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(made, "issues")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.fixture
def earlier_forum() -> Play:
    """A forum of before, in which the same was raised."""
    before = play("samarinda", "banjarbaru", office="komwil-lama", title="Raker 2022")
    before.move(Stage.RAISING)
    before.raises("samarinda", "Tempat pembuangan akhir sampah penuh, perlu TPA regional")
    return before


def test_what_another_forum_said_is_shown_to_those_who_may_read_it(
    client, made, earlier_forum
) -> None:
    invited = client_of(client, made.cities["banjarbaru"])
    page = text_of(invited.post(at(made, "issue-evidence"), VALUES))
    assert "Raker 2022" in page
    assert "pembuangan" in page
    loud = {"title": "Tempat Pembuangan Akhir Sampah Penuh"}
    same = text_of(invited.post(at(made, "issue-evidence"), loud))
    assert "Raker 2022" in same
    assert "≈" not in same
    stranger = client_of(client, made.cities["banjarmasin"])
    assert "Raker 2022" not in text_of(stranger.post(at(made, "issue-evidence"), VALUES))


def test_drafts_of_other_forums_are_not_found_even_by_their_own(
    client, made, earlier_forum
) -> None:
    draft(earlier_forum, title="Angkutan sungai antarkota terbengkalai")
    client = client_of(client, made.cities["banjarmasin"])
    sent = {"title": "Angkutan sungai antarkota terbengkalai"}
    assert "Raker 2022" not in text_of(client.post(at(made, "issue-evidence"), sent))


def test_without_a_script_a_button_shows_the_evidence_and_keeps_what_was_written(
    client, made
) -> None:
    client = client_of(client, made.cities["banjarbaru"])
    page = client.get(at(made, "issue-new"))
    answer = client.post(at(made, "issue-new"), {**sent_by(page), **VALUES, "lihat": "1"})
    assert answer.status_code == 200
    assert sent_by(answer)["text"] == [VALUES["text"]]
    assert "Kota Banjarbaru" in text_of(answer)
    assert not StrategicIssue.objects.exists()


def test_from_too_little_nothing_is_claimed(client, made, earlier_forum) -> None:
    client = client_of(client, made.cities["banjarbaru"])
    for text in ("", "TPA", "Kuliner malam festival budaya"):
        page = text_of(client.post(at(made, "issue-evidence"), {"title": text}))
        assert "Raker 2022" not in page


@pytest.fixture
def on_shipped_evidence(shipped: None) -> Play:
    """The same forum over the evidence that ships."""
    organisation("kota-banjarbaru", region_code="63.72")
    found = play()
    found.move(Stage.RAISING)
    return found


def test_the_own_indicators_and_the_opportunities_stand_beside_the_form(
    client, on_shipped_evidence
) -> None:
    made = on_shipped_evidence
    client = client_of(client, made.cities["banjarbaru"])
    answer = client.post(at(made, "issue-evidence"), VALUES)
    page = BeautifulSoup(answer.content, "html.parser")
    told = " ".join(page.get_text(" ").split())
    assert "dari 98" in told  # cities are ranked among cities
    reasons = page.select(".issue-reasons li")
    assert reasons
    assert all(one.select_one("strong") for one in reasons)
    groups = [one["href"] for one in page.select(".issue-opportunities a")]
    assert groups
    assert all("/TPA_REGIONAL/" in one and "63.72" in one for one in groups)
    assert client.get(groups[0]).status_code == 200


def test_beside_an_issue_its_readers_see_the_evidence(
    client, on_shipped_evidence, earlier_forum
) -> None:
    made = on_shipped_evidence
    row = made.raises(
        "banjarbaru",
        VALUES["title"],
        text=VALUES["text"],
        affair=VALUES["affair"],
        objects_named=("TPA_REGIONAL",),
    )
    bare = made.raises("banjarmasin", "Lain")
    readers = [made.cities["banjarbaru"], made.secretary, made.cities["palangka-raya"]]
    for principal, reads_earlier in zip(readers, (True, False, False), strict=True):
        answer = client_of(client, principal).get(at(made, "issue", row.pk))
        page = BeautifulSoup(answer.content, "html.parser").select_one("aside.issue-evidence")
        told = " ".join(page.get_text(" ").split())
        assert "Indikator Kota Banjarbaru" in told
        assert "dari 98" in told
        assert page.select(".issue-opportunities a")
        assert ("Raker 2022" in told) is reads_earlier
    page = text_of(client.get(at(made, "issue", bare.pk)))
    assert "terlalu pendek" in page
    assert "Tidak ada daerah yang disebut" in page
    form = client_of(client, made.cities["banjarbaru"]).get(at(made, "issue-edit", row.pk))
    link = BeautifulSoup(form.content, "html.parser").select_one("#issue-form #issue-found a")
    assert link["href"] == "#h-bukti"
    assert "1 butir atau isu terdahulu" in link.get_text()


@pytest.mark.parametrize("affair", ["1.01", "1.03", "2.11", "8.01"])
def test_every_affair_shows_what_is_known_and_says_what_is_missing(
    client, on_shipped_evidence, affair
) -> None:
    made = on_shipped_evidence
    client = client_of(client, made.cities["banjarbaru"])
    answer = client.get(at(made, "issue-evidence"), {"affair": affair, "objects_named": "TIDAK"})
    assert answer.status_code == 200
    assert "Kota Banjarbaru" in text_of(answer)


def test_who_is_no_region_is_asked_for_one(client, on_shipped_evidence) -> None:
    made = on_shipped_evidence
    client = client_of(client, made.cities["banjarmasin"])  # without a region in this test
    empty = client.post(at(made, "issue-evidence"), {**VALUES, "regions": ""})
    assert not BeautifulSoup(empty.content, "html.parser").select(".issue-reasons")
    named = client.post(at(made, "issue-evidence"), {**VALUES, "regions": "63.71"})
    assert "Kota Banjarmasin" in text_of(named)
    province = client.post(at(made, "issue-evidence"), {**VALUES, "regions": "Kalimantan Selatan"})
    assert "/wilayah/63/" in province.content.decode()
