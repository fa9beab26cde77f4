"""Organisations and people for tests: made in one line each."""

from django.test import Client

from sinergi.accounts.models import Assignment, Organisation, Person, Role
from sinergi.accounts.principal import Principal, principal_for
from sinergi.accounts.vocabulary import Channel

PASSWORD = "sungai-kahayan-71"


def organisation(code: str = "kota-palangka-raya", **fields: object) -> Organisation:
    """An organisation, made at first use."""
    usual = {"name": code.replace("-", " ").title(), "kind": Organisation.Kind.THIRD_PARTY}
    found, _made = Organisation.objects.get_or_create(code=code, defaults={**usual, **fields})
    return found


def person(name: str = "Ani", *roles: tuple[str, Organisation], **fields: object) -> Person:
    """A person with roles: `person("Ani", ("analyst", palangka_raya))`."""
    made = Person.objects.create_user(
        f"{name.lower().replace(' ', '.')}@contoh.test", PASSWORD, name=name, **fields
    )
    for role, where in roles:
        Assignment.objects.create(person=made, organisation=where, role=Role(role))
    return made


def asks(someone: Person, channel: Channel = Channel.WEB, **options: object) -> Principal:
    """That person as a principal."""
    return principal_for(someone, channel, **options)


def signed_in(client: Client, someone: Person) -> Client:
    """A client in a session of that person, opened without a second factor."""
    client.force_login(someone)
    return client


def twice(client, address: str, first: dict[str, object], second: dict[str, object]):
    """Open a form once, send it with the first change and then with the second; return the refusal."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {f"initial-{name}": value for name, value in shown.items() if name != "revision"}
    shown = {name: "" if value is None else value for name, value in shown.items()}
    assert client.post(address, {**shown, **first}).status_code == 302
    answer = client.post(address, {**shown, **second})
    assert answer.status_code == 409
    return answer
