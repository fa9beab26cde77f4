"""The page on which a ballot in preparation is changed, also by two at once."""

import pytest
from django.urls import reverse

from sinergi.forums.actions import ballots
from sinergi.forums.details import BallotDetails
from sinergi.forums.models import Ballot
from tests.forums.pages.browsing import client_of, fields_of, text_of
from tests.forums.play import deliberating

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepared():
    """A forum that deliberates, with a ballot in preparation on a theme and two lines."""
    made, drawn = deliberating()
    options = ((drawn[0].title, drawn[0].pk), ("Air", None), ("Pangan", None))
    details = BallotDetails("Prioritas?", "borda", options)
    return made, drawn, ballots.prepare_ballot(made.secretary, made.forum.pk, details)


def at(ballot: Ballot, name: str = "ballot-edit") -> str:
    return reverse(f"forums:{name}", args=[ballot.forum_id, ballot.pk])


def opened(client, ballot: Ballot) -> dict[str, str]:
    """The form as a browser would send it untouched: a box that is not ticked is not sent."""
    fields = fields_of(client.get(at(ballot)))
    for name in ("secret", "weighted", "themes"):
        fields.pop(name, None)
    return fields


def texts(ballot: Ballot) -> list[tuple[str, int | None]]:
    return list(ballot.options.values_list("text", "theme"))


def test_a_secretary_changes_a_ballot_in_preparation(prepared) -> None:
    made, drawn, ballot = prepared
    client = client_of(made.secretary)
    assert at(ballot) in client.get(at(ballot, "ballot")).content.decode()
    theme, water, food = ballot.options.values_list("pk", flat=True)
    fields = opened(client, ballot) | {
        "question": "Apa yang didahulukan?",
        f"order_{food}": "1",
        f"option_{theme}": "Jalan nasional",
        f"option_{water}": "",
        "options": "Energi\n",
        "themes": str(drawn[1].pk),
        "secret": "on",
    }
    assert client.post(at(ballot), fields).url == at(ballot, "ballot")
    assert texts(ballot) == [
        ("Pangan", None),
        ("Jalan nasional", drawn[0].pk),
        (drawn[1].title, drawn[1].pk),
        ("Energi", None),
    ]
    ballot.refresh_from_db()
    assert (ballot.question, ballot.secret) == ("Apa yang didahulukan?", True)


@pytest.mark.parametrize(("places", "order"), [((3, 2, 3), "BCA"), ((1, 2, 1), "CAB")])
def test_an_option_that_is_moved_takes_the_place_that_is_written(prepared, places, order) -> None:
    made, _drawn, ballot = prepared
    client = client_of(made.secretary)
    fields = opened(client, ballot)
    for number, name, place in zip(ballot.options.all(), "ABC", places, strict=True):
        fields |= {f"option_{number.pk}": name, f"order_{number.pk}": str(place)}
    client.post(at(ballot), fields)
    assert [text for text, _theme in texts(ballot)] == list(order)


def test_two_who_change_a_ballot_at_once_see_both_and_lose_nothing(prepared) -> None:
    made, drawn, ballot = prepared
    first, second = client_of(made.secretary), client_of(made.secretary)
    theme, water, food = ballot.options.values_list("pk", flat=True)
    mine, other = opened(first, ballot), opened(second, ballot)
    other |= {
        "question": "Dari yang lain?",
        f"option_{food}": "",
        "options": "Energi",
        "quorum": "70",
        "themes": str(drawn[1].pk),
    }
    assert second.post(at(ballot), other).status_code == 302
    mine |= {
        "question": "Dari saya?",
        f"option_{water}": "Air bersih",
        f"order_{water}": "1",
        "themes": [str(drawn[1].pk), str(drawn[2].pk)],
    }
    page = first.post(at(ballot), mine)
    assert page.status_code == 409
    told = text_of(page)
    assert "Dari yang lain?" in told
    assert "Energi" in page.content.decode()
    again = fields_of(page)
    assert again["question"] == "Dari saya?"
    assert (again["quorum"], again[f"option_{food}"]) == ("70", "")
    again.pop("secret"), again.pop("weighted")
    again["themes"] = str(drawn[2].pk)
    assert first.post(at(ballot), again).status_code == 302
    assert texts(ballot) == [
        ("Air bersih", None),
        (drawn[0].title, drawn[0].pk),
        (drawn[1].title, drawn[1].pk),
        ("Energi", None),
        (drawn[2].title, drawn[2].pk),
    ]
    ballot.refresh_from_db()
    assert (ballot.question, ballot.quorum, ballot.options.filter(pk=theme).exists()) == (
        "Dari saya?",
        70,
        True,
    )


def test_what_cannot_be_is_told_and_stays_written_and_what_is_open_leads_back(prepared) -> None:
    made, _drawn, ballot = prepared
    client = client_of(made.secretary)
    fields = opened(client, ballot)
    page = client.post(at(ballot), fields | {"options": "Air", "places": "9"})
    assert page.status_code == 422
    assert {"options", "places"} <= set(page.context["form"].errors)
    ballots.open_ballot(made.secretary, made.forum.pk, ballot.pk)
    for answer in (client.get(at(ballot)), client.post(at(ballot), fields)):
        assert answer.url == at(ballot, "ballot")
    assert client_of(made.cities["banjarbaru"]).get(at(ballot)).status_code == 403


def test_a_ballot_that_was_changed_meanwhile_is_not_cancelled_unseen(prepared) -> None:
    made, _drawn, ballot = prepared
    client = client_of(made.secretary)
    page = client.post(at(ballot, "ballot-cancel"), {"mengapa": "Salah tanya", "revision": "9"})
    assert page.status_code == 409
    assert 'value="Salah tanya"' in page.content.decode()
    again = fields_of(page, at(ballot, "ballot-cancel"))
    assert client.post(at(ballot, "ballot-cancel"), again).status_code == 302
