"""Browsers in which somebody is signed in, and what pages say and would send."""

from bs4 import BeautifulSoup
from django.test import Client

from sinergi.accounts.actions.sharing import set_visibility
from sinergi.accounts.models import Person, Visibility
from tests.forums.play import Play
from tests.people import asks, person, signed_in


def text_of(response) -> str:
    """What a page says, without its markup."""
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def fields_of(response, action: str = "") -> dict[str, str]:
    """What the form with an address would send as it stands."""
    page = BeautifulSoup(response.content, "html.parser")
    form = next(one for one in page.find_all("form") if one.get("action", "") == action)
    named = form.select("input[name], textarea[name], select[name]")
    return {tag["name"]: _value(tag) for tag in named if tag.get("type") != "file"}


def _value(tag) -> str:
    if tag.name == "select":
        chosen = tag.find("option", selected=True) or tag.find("option")
        return chosen["value"]
    return tag.text.lstrip("\n") if tag.name == "textarea" else tag.get("value", "")


def client_of(principal) -> Client:
    """A browser in which somebody is signed in."""
    return signed_in(Client(), Person.objects.get(pk=principal.person_id))


def public(made: Play) -> Client:
    """Make the forum public; return the browser of a visitor."""
    approver = person("Ketua", ("approver", made.forum.organisation))
    set_visibility(asks(approver), made.forum, Visibility.PUBLIC)
    return Client()


def page_of(made: Play, part: str = "") -> str:
    return f"/forum/{made.forum.pk}/{part}"
