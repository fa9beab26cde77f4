"""Pages of the installation: what was put away comes back, people are found and shut out."""

import pytest
from django.urls import reverse

from sinergi.accounts.models import Person
from tests.people import organisation, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return organisation(kind="government", region_code="62.71")


@pytest.fixture
def keeper(city):
    return person("Kepala", ("administrator", city))


@pytest.fixture
def root():
    return person("Root", is_administrator=True)


def to(name, *arguments):
    return reverse(f"organisations:{name}", args=arguments)


def text(answer):
    return answer.content.decode()


def test_what_was_put_away_is_restored_under_administration(client, city, root):
    signed_in(client, root)
    assert client.post(to("put-away", city.code), {"reason": "uji"}).status_code == 302
    assert client.get(to("page", city.code)).status_code == 404
    assert city.name in text(client.get(to("installation")))
    assert client.post(to("restore", city.code)).status_code == 302
    assert client.get(to("page", city.code)).status_code == 200
    assert client.post(to("restore", city.code)).status_code == 404


def test_people_are_found_and_shut_out(client, root):
    ani = person("Ani Wijaya")
    signed_in(client, root)
    assert ani.email in text(client.get(to("people"), {"q": "wijaya"}))
    assert client.get(to("person", ani.pk)).status_code == 200
    client.post(to("person-deed", ani.pk), {"lakukan": "nonaktifkan", "reason": "pindah"})
    ani.refresh_from_db()
    assert not ani.is_active
    client.post(to("person-deed", ani.pk), {"lakukan": "aktifkan"})
    client.post(to("person-deed", ani.pk), {"lakukan": "jadikan-pengelola"})
    ani.refresh_from_db()
    assert (ani.is_active, ani.is_administrator) == (True, True)
    assert client.post(to("person-deed", ani.pk), {"lakukan": "hapus"}).status_code == 404


def test_a_session_ends_for_who_is_shut_out(client, city, keeper, root):
    signed_in(client, keeper)
    assert keeper.email in text(client.get(to("page", city.code)))
    Person.objects.filter(pk=keeper.pk).update(is_active=False)
    assert keeper.email not in text(client.get(to("page", city.code)))
