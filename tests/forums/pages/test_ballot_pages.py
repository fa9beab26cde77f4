"""The pages of ballots as people use them: prepare, open, vote, watch, close, check."""

import json
import logging
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sinergi.accounts.models import Person
from sinergi.forums.models import Ballot, CastVote, Forum, SealedVote
from sinergi.forums.tasks import count
from sinergi.forums.views import live
from tests.forums.play import deliberating
from tests.forums.voting import cast, closed, code_of, ranking, voting

pytestmark = pytest.mark.django_db
QUORUM = {"quorum_rule": "half", "quorum": "", "quorum_base": "invited"}
PAGES = ("ballots", "ballot", "vote", "projector")
MOST_BYTES = 50_000


def by(principal, **options) -> Client:
    """A client in a session of somebody."""
    client = Client(**options)
    client.force_login(Person.objects.get(pk=principal.person_id))
    return client


def at(name: str, ballot: Ballot) -> str:
    return reverse(f"forums:{name}", args=[ballot.forum_id, ballot.pk])


def sent(made, ballot, city: str, *order: int, code: str = code_of(1), **more: str) -> dict:
    """The fields of a ranking as a phone sends them."""
    places = {f"tempat-{option}": place for option, place in ranking(ballot, *order).items()}
    return {"delegasi": made.delegations[city].pk, "kode": code, **places, **more}


def by_script(client: Client, ballot, fields: dict):
    return client.post(at("vote", ballot), fields, headers={"accept": "application/json"})


def test_a_secretary_prepares_a_ballot_of_themes_and_free_lines_and_opens_it() -> None:
    made, drawn = deliberating()
    client = by(made.secretary)
    address = reverse("forums:ballot-new", args=[made.forum.pk])
    page = client.get(address)
    fields = {
        "question": "Apa yang didahulukan?",
        "themes": [theme.pk for theme in drawn[:2]],
        "options": "Pilihan bebas\n\n  Yang lain ",
        "method": "schulze",
        "places": 2,
        "quorum_rule": "percent",
        "quorum": 66,
        "quorum_base": "coming",
        "secret": "on",
        "once": page.context["form"]["once"].value(),
    }
    first, second = (client.post(address, fields) for _time in range(2))
    ballot = Ballot.objects.get()
    assert first.url == second.url == at("ballot", ballot)
    texts = list(ballot.options.values_list("text", "theme"))
    assert texts[:2] == [(theme.title, theme.pk) for theme in drawn[:2]]
    assert texts[2:] == [("Pilihan bebas", None), ("Yang lain", None)]
    sent = {"revision": ballot.revision}
    assert "sedikit" in client.get(at("ballot", ballot)).content.decode()
    refused = client.post(at("ballot-open", ballot), sent)
    assert refused.status_code == 422
    assert "Hanya 3 delegasi" in refused.content.decode()
    client.post(at("ballot-open", ballot), sent | {"sedikit": "on"})
    ballot.refresh_from_db()
    assert (ballot.state, ballot.secret) == ("open", True)
    assert (ballot.quorum_rule, ballot.quorum, ballot.quorum_base) == ("percent", 66, "coming")


def test_what_cannot_be_is_told_beside_its_field_and_stays_written() -> None:
    made, _drawn = deliberating()
    fields = {"question": "Apa?", "options": "Satu", "method": "borda", "places": 1, **QUORUM}
    address = reverse("forums:ballot-new", args=[made.forum.pk])
    page = by(made.secretary).post(address, fields)
    assert page.status_code == 422
    assert "options" in page.context["form"].errors
    assert 'value="Apa?"' in page.content.decode()


def test_a_ballot_cannot_be_prepared_before_the_meeting_deliberates() -> None:
    made, _drawn = deliberating()
    Forum.objects.update(stage="preparing")
    fields = {"question": "Apa?", "options": "A\nB", "method": "borda", "places": 1, **QUORUM}
    address = reverse("forums:ballot-new", args=[made.forum.pk])
    assert by(made.secretary).post(address, fields).status_code == 422
    assert not Ballot.objects.exists()


def test_only_the_secretariat_prepares_opens_closes_cancels_and_counts() -> None:
    made, ballot = voting()
    client = by(made.cities["banjarbaru"])
    new = reverse("forums:ballot-new", args=[made.forum.pk])
    assert client.get(new).status_code == 403
    for name in ("ballot-open", "ballot-close", "ballot-cancel", "ballot-count"):
        assert client.post(at(name, ballot), {"mengapa": "x"}).status_code == 403
    ballot.refresh_from_db()
    assert ballot.state == "open"


@pytest.mark.parametrize("name", PAGES)
def test_whoever_may_not_read_the_forum_finds_no_ballot(name) -> None:
    made, ballot = voting()
    other, _themes = deliberating("kota-lain", office="komwil-iv")
    address = (
        at(name, ballot) if name != "ballots" else reverse(f"forums:{name}", args=[made.forum.pk])
    )
    assert by(other.cities["kota-lain"]).get(address).status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", ["draft", "open", "closed", "cancelled"])
def test_every_page_shows_every_state_in_both_languages(state, language) -> None:
    made, ballot = voting()
    Ballot.objects.filter(pk=ballot.pk).update(state=state)
    client = by(made.secretary)
    for name in PAGES[1:]:
        with translation.override(language):
            page = client.get(at(name, ballot))
        assert page.status_code == 200
        assert "Prioritas?" in page.content.decode()


def test_a_phone_with_scripts_votes_and_sends_again_without_counting_twice() -> None:
    made, ballot = voting()
    client = by(made.cities["banjarbaru"])
    fields = sent(made, ballot, "banjarbaru", 2, 1)
    told = [by_script(client, ballot, fields).json() for _time in range(3)]
    assert told == [
        {"state": "counted", "new": True},
        {"state": "counted", "new": False},
        {"state": "counted", "new": False},
    ]
    assert CastVote.objects.get().places == {
        str(option): place for option, place in ranking(ballot, 2, 1).items()
    }


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"kode": "pendek"}, 422),
        ({"delegasi": "0"}, 404),
        ({"delegasi": "x"}, 404),
        ({"tempat-999999": "1"}, 422),
        ({"tempat-x": "1"}, 422),
    ],
)
def test_a_vote_that_cannot_be_is_refused_to_a_script_with_the_reason(change, status) -> None:
    made, ballot = voting()
    fields = sent(made, ballot, "banjarbaru", 1) | change
    answer = by_script(by(made.cities["banjarbaru"]), ballot, fields)
    assert answer.status_code == status
    assert answer.json()["state"] == "refused"
    assert answer.json()["why"]
    assert not CastVote.objects.exists()


def test_a_place_that_is_no_number_is_refused() -> None:
    made, ballot = voting()
    fields = {
        name: "dua" if name.startswith("tempat") else value
        for name, value in sent(made, ballot, "banjarbaru", 1).items()
    }
    assert by_script(by(made.cities["banjarbaru"]), ballot, fields).status_code == 422


def test_a_phone_whose_session_has_ended_is_told_to_sign_in_and_may_go_on_afterwards() -> None:
    made, ballot = voting()
    fields = sent(made, ballot, "banjarbaru", 1)
    answer = by_script(Client(), ballot, fields)
    assert (answer.status_code, answer.json()["state"]) == (401, "sign_in")
    assert Client().get(at("vote-state", ballot)).status_code == 401
    client = by(made.cities["banjarbaru"], enforce_csrf_checks=True)
    assert by_script(client, ballot, fields).status_code == 403
    token = client.get(at("vote-state", ballot)).json()["token"]
    headers = {"accept": "application/json", "x-csrftoken": token}
    assert client.post(at("vote", ballot), fields, headers=headers).json()["new"]


def test_a_blank_vote_is_asked_back() -> None:
    made, ballot = voting()
    client = by(made.cities["banjarbaru"])
    assert by_script(client, ballot, sent(made, ballot, "banjarbaru")).status_code == 422
    assert by_script(client, ballot, sent(made, ballot, "banjarbaru", kosong="1")).json()["new"]
    assert CastVote.objects.get().places == {}


def test_without_scripts_a_vote_is_confirmed_and_its_code_shown_once() -> None:
    made, ballot = voting()
    client = by(made.cities["banjarbaru"])
    code = client.get(at("vote", ballot)).context["code"]
    fields = sent(made, ballot, "banjarbaru", 3, 1, code=code)
    asked = client.post(at("vote", ballot), fields)
    assert [text for _place, text in asked.context["summary"]] == ["Pangan", "Jalan"]
    assert not CastVote.objects.exists()
    for _time in range(2):
        page = client.post(at("vote", ballot), fields | {"langkah": "kirim"})
        assert f"<code>{code}</code>" in page.content.decode()
    assert CastVote.objects.count() == 1


def test_without_scripts_a_second_vote_is_refused_on_the_page() -> None:
    made, ballot = voting()
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    fields = sent(made, ballot, "banjarbaru", 2, code=code_of(9), langkah="kirim")
    page = by(made.cities["banjarbaru"]).post(at("vote", ballot), fields)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_of_approvals_what_is_not_ticked_is_not_approved() -> None:
    made, ballot = voting(method="approval")
    numbers = list(ballot.options.values_list("pk", flat=True))
    fields = {
        "delegasi": made.delegations["banjarbaru"].pk,
        "kode": code_of(1),
        "setuju": numbers[:2],
    }
    by_script(by(made.cities["banjarbaru"]), ballot, fields)
    assert CastVote.objects.get().places == {
        str(numbers[0]): 1, str(numbers[1]): 1, str(numbers[2]): 0
    }  # fmt: skip


def test_an_open_ballot_shows_who_has_voted_and_no_content() -> None:
    made, ballot = voting(secret=False)
    cast(made, ballot, "banjarbaru", ranking(ballot, 3))
    page = by(made.secretary).get(at("ballot", ballot))
    assert page.context["votes"] == []
    assert page.context["result"] is None
    assert [(r.delegation.organisation.code, r.used) for r in page.context["rights"]] == [
        ("kota-banjarbaru", True),
        ("kota-banjarmasin", False),
        ("kota-palangka-raya", False),
    ]


def test_closing_counts_and_the_page_leads_with_the_quorum() -> None:
    made, ballot = voting(quorum_rule="percent", quorum=100)
    cast(made, ballot, "banjarbaru", ranking(ballot, 3, 1, 2))
    client = by(made.secretary)
    client.post(at("ballot-close", ballot), {"revision": ballot.revision})
    Ballot.objects.update(outcome=None)
    assert client.get(at("ballot", ballot)).context["counting"]
    count.call(ballot.pk)
    text = client.get(at("ballot", ballot)).content.decode()
    told = "Kuorum tidak tercapai: 1 dari 3 memberikan suara; yang diperlukan sekurang-kurangnya 100% dari"
    assert text.index(told) < text.index("Pangan")
    assert "Tidak ada kubu yang nyata." in text


def test_an_old_page_does_not_close_what_changed_meanwhile() -> None:
    made, ballot = voting()
    page = by(made.secretary).post(at("ballot-close", ballot), {"revision": ballot.revision - 1})
    assert page.status_code == 409
    assert page.context["trouble"]


def test_a_ballot_is_cancelled_with_a_reason_only() -> None:
    made, ballot = voting(secret=True)
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    client = by(made.secretary)
    assert client.post(at("ballot-cancel", ballot), {"mengapa": " "}).status_code == 422
    fields = {"mengapa": "Salah", "revision": ballot.revision}
    assert client.post(at("ballot-cancel", ballot), fields).status_code == 302
    assert not SealedVote.objects.exists()


@pytest.mark.parametrize("typed", [code_of(1), f" {code_of(1).upper()} ", "-".join(code_of(1))])
def test_a_voter_finds_the_own_vote_by_the_code(typed) -> None:
    made, ballot = voting(secret=True)
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    closed(made, ballot)
    page = by(made.cities["banjarbaru"]).post(at("ballot-check", ballot), {"kode": typed})
    assert page.context["checked"].found
    assert 'class="is-selected"' in page.content.decode()
    other = by(made.secretary).post(at("ballot-check", ballot), {"kode": code_of(7)})
    assert not other.context["checked"].found


def test_while_it_is_open_a_code_finds_nothing() -> None:
    made, ballot = voting()
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    page = by(made.secretary).post(at("ballot-check", ballot), {"kode": code_of(1)})
    assert not page.context["checked"].found


def test_neither_code_nor_choice_is_logged(caplog) -> None:
    made, ballot = voting(secret=True)
    client = by(made.cities["banjarbaru"])
    with caplog.at_level(logging.DEBUG):
        by_script(client, ballot, sent(made, ballot, "banjarbaru", 1, 2))
        by_script(client, ballot, sent(made, ballot, "banjarbaru", 1, 2) | {"kode": "pendek"})
    lines = [line for line in caplog.text.splitlines() if "django.db" not in line]
    assert lines
    assert code_of(1) not in "\n".join(lines)
    assert "tempat-" not in "\n".join(lines)


@pytest.mark.parametrize("method", ["approval", "borda"])
def test_the_page_on_a_phone_weighs_less_than_50_kilobytes_with_all_it_loads(method) -> None:
    made, ballot = voting(method=method)
    for position in range(4, 61):
        ballot.options.create(position=position, text=f"Usulan nomor {position} " + "a" * 80)
    page = by(made.cities["banjarbaru"]).get(at("vote", ballot)).content
    files = ("site/theme.js", "site/tokens.css", "forums/vote.css", "forums/vote.js")
    loaded = [Path(finders.find(name)).read_bytes() for name in files]
    text = page.decode()
    assert text.count("<script") == sum(name.endswith(".js") for name in files)
    assert text.count('rel="stylesheet"') == sum(name.endswith(".css") for name in files)
    assert len(page) + sum(map(len, loaded)) < MOST_BYTES


def test_the_screen_tells_the_turnout_and_never_more_while_it_is_open() -> None:
    made, ballot = voting(secret=False)
    cast(made, ballot, "banjarbaru", ranking(ballot, 3))
    told = by(made.secretary).get(at("projector-turnout", ballot)).json()
    assert told == {
        "state": "open", "may_vote": 3, "voted": 1, "members": 3, "quorum_met": False,
        "counted": False,
    }  # fmt: skip


def test_the_stream_begins_with_the_turnout_and_is_held_back_by_nobody() -> None:
    made, ballot = voting()
    live.pulse = live.Pulse()
    answer = by(made.secretary).get(at("projector-stream", ballot))
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert "gzip" not in answer.headers.get("Content-Encoding", "")
    events = iter(answer.streaming_content)
    assert next(events).startswith(b"retry:")
    assert json.loads(next(events).removeprefix(b"data: "))["may_vote"] == 3
    assert live.pulse.streams == 1
    answer.close()
    assert live.pulse.streams == 0


def test_what_a_screen_is_told_is_younger_than_two_seconds() -> None:
    assert live.FRESH + live.STEP < 2


def test_streams_leave_threads_for_pages_and_more_screens_are_sent_to_ask() -> None:
    made, ballot = voting()
    live.pulse = live.Pulse()
    client = by(made.secretary)
    answers = [
        client.get(at("projector-stream", ballot)) for _number in range(live.most_streams() + 1)
    ]
    assert [answer.status_code for answer in answers] == [200] * live.most_streams() + [503]
    assert live.most_streams() < settings.ENVIRONMENT.threads / 2
    for answer in answers:
        answer.close()
        answer.close()
    assert live.pulse.streams == 0


def test_a_stream_ends_by_itself_and_at_once_when_its_process_is_about_to_end(monkeypatch) -> None:
    _made, ballot = voting()
    assert len(list(live.Stream(ballot.pk, seconds=live.STEP / 2))) == 2
    monkeypatch.setattr(live, "ending", Event())
    events = iter(live.Stream(ballot.pk))
    assert [next(events)[:6] for _number in range(2)] == [b"retry:", b"data: "]
    live.ending.set()
    assert list(events) == []


def test_a_stream_says_now_and_then_that_it_is_still_there(monkeypatch) -> None:
    made, ballot = voting()
    monkeypatch.setattr(live, "HEARTBEAT", 0.0)
    live.pulse = live.Pulse()
    events = iter(live.Stream(ballot.pk))
    _retry, first, second = (next(events) for _number in range(3))
    assert first == second
    cast(made, ballot, "banjarbaru", ranking(ballot, 1))
    live.pulse = live.Pulse()
    assert json.loads(next(events).removeprefix(b"data: "))["voted"] == 1
