"""Agreements for tests: made in one line each, without the checks that actions do."""

import itertools

from sinergi.accounts.models import Level, Organisation, Share, Visibility
from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, Party
from tests.people import asks, organisation, person

_counter = itertools.count(1)
FIRST_STAGE = "preparation"


def bureau(code: str = "biro-kalsel", **fields: object) -> Organisation:
    """An organisation that keeps agreements: the bureau of a province."""
    usual = {"name": code.replace("-", " ").title(), "region_code": "63"}
    return organisation(code, **{**usual, **fields})


def officer(owner: Organisation | None = None, role: str = "analyst") -> Principal:
    """Somebody who works for an organisation, each time another person; roles as in `Role`."""
    return asks(person(f"Analis {next(_counter)}", (role, owner or bureau())))


def stranger() -> Principal:
    """Somebody of another organisation."""
    return officer(organisation("kota-jauh"), "coordinator")


def an_agreement(owner: Organisation | None = None, **fields: object) -> Agreement:
    """An agreement of regions about a landfill, in its first stage, without parties."""
    usual: dict[str, object] = {
        "title": f"Pengelolaan TPA Regional {next(_counter)}",
        "family": "KSDD",
        "object_code": "TPA_REGIONAL",
        "stage": FIRST_STAGE,
    }
    return Agreement.objects.create(organisation=owner or bureau(), **{**usual, **fields})


def a_party(agreement: Agreement, name: str = "", **fields: object) -> Party:
    """A party in the next position; with `organisation`, that one reads the agreement and acts for it."""
    position = agreement.parties.count() + 1
    usual: dict[str, object] = {
        "position": position,
        "name": name or f"Pihak {position}",
        "kind": "PEMDA",
        "stage": agreement.stage,
    }
    party = Party.objects.create(agreement=agreement, **{**usual, **fields})
    if party.organisation_id not in (None, agreement.organisation_id):
        Share.objects.get_or_create(
            kind=Agreement.KIND,
            object_id=agreement.pk,
            organisation=party.organisation,
            defaults={"level": Level.READ},
        )
    return party


def public(agreement: Agreement) -> Agreement:
    """The agreement, to be read by everybody."""
    agreement.visibility = Visibility.PUBLIC
    agreement.save()
    return agreement
