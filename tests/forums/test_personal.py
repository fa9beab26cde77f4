"""What forums store about a person is in the document with all personal data, and goes with the person."""

import json

import pytest

from sinergi.accounts.actions.personal import erase_person, export_person
from sinergi.forums.actions import invitations
from sinergi.forums.actions.notices import choose_letters
from sinergi.forums.models import Forum, NoticeChoice
from tests.people import asks, organisation, person

from .play import play

pytestmark = pytest.mark.django_db


def test_choices_and_letters_are_in_the_document_and_choices_are_forgotten() -> None:
    home = organisation("kota-banjarmasin")
    ani = person("Ani", ("coordinator", home))
    assert export_person(asks(ani), ani)["letters_of_forums"] is None
    made = play("banjarbaru")
    Forum.objects.filter(pk=made.forum.pk).update(begins=None, ends=None)
    invitations.invite(made.secretary, made.forum.pk, [home])
    choose_letters(asks(ani), ["ballots"])
    found = export_person(asks(ani), ani)
    assert found["letters_of_forums"] == {"digest": False, "ballots": True, "invitations": False}
    [letter] = found["invitations_to_forums"]
    assert (letter["forum"], letter["organisation"]) == ("Raker Komwil V", "kota-banjarmasin")
    erase_person(asks(ani), ani)
    assert not NoticeChoice.objects.exists()


def test_a_session_in_which_not_all_roles_count_tells_no_forum() -> None:
    home = organisation("kota-banjarmasin", requires_second_factor=True)
    ani = person("Ani", ("coordinator", home))
    made = play("banjarbaru")
    Forum.objects.filter(pk=made.forum.pk).update(begins=None, ends=None)
    invitations.invite(made.secretary, made.forum.pk, [home])
    assert made.forum.title in json.dumps(
        export_person(asks(ani, second_factor=True), ani), default=str
    )
    assert made.forum.title not in json.dumps(export_person(asks(ani), ani), default=str)
