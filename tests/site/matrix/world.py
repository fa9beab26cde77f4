"""One world for the matrix: an owner, a partner, an association with a member, strangers; things of each."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sinergi.accounts.actions import sharing
from sinergi.accounts.models import (
    Affiliation,
    Invitation,
    Level,
    Organisation,
    Owned,
    Person,
    Role,
    Visibility,
)
from sinergi.accounts.principal import operator
from sinergi.evidence import uploads
from sinergi.evidence.models import ImportBatch
from sinergi.forums.models import Practice
from sinergi.forums.practices.actions import PracticeDetails, present
from sinergi.opportunities.lists import actions as list_actions
from sinergi.opportunities.lists.rules import ListDetails
from sinergi.opportunities.models import PriorityList, SavedMap
from tests.opportunities.lists.factories import SETTINGS, explanation
from tests.people import organisation, person, signed_in

from . import agreements, forums, programs

BY = operator()
OWN = ("viewer", "analyst", "coordinator", "approver", "administrator")
STANDINGS = ("private", "read", "edit", "members", "public")
KINDS = (
    "priority_list",
    "saved_map",
    "import",
    "forum",
    "practice",
    "plan",
    "sync_run",
    "ranking",
    "transfer",
    "joint_object",
    "portfolio",
    *agreements.MAKERS,
)


@dataclass
class World:
    """Who asks, and what there is."""

    owner: Organisation
    partner: Organisation
    association: Organisation
    people: dict[str, Person] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    things: dict[tuple[str, str], Owned] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    """Room to the token of a file that the analyst uploaded there."""
    batch: int = 0
    label: int = 0
    invitation: int = 0
    inside: dict[int, dict[str, object]] = field(default_factory=dict)
    """Number of a forum to what its addresses name."""


def world() -> World:
    """Make it: eleven askers, 75 things, three waiting uploads and an answer of the analyst."""
    owner, partner = organisation("pemilik"), organisation("mitra")
    member, foreign = organisation("anggota"), organisation("asing")
    association = organisation("asosiasi", kind=Organisation.Kind.ASSOCIATION)
    Affiliation.objects.create(association=association, member=member)
    made = World(owner, partner, association)
    made.people = {role: person(f"own {role}", (role, owner)) for role in OWN} | {
        "outsider": person(
            "outsider", ("coordinator", foreign), ("approver", foreign), ("administrator", foreign)
        ),
        "partner viewer": person("partner viewer", ("viewer", partner)),
        "partner analyst": person("partner analyst", ("analyst", partner)),
        "member analyst": person("member analyst", ("analyst", member)),
        "installation": person("installation", is_administrator=True),
    }
    made.clients = {"visitor": Client()}
    made.clients |= {name: signed_in(Client(), one) for name, one in made.people.items()}
    for client in made.clients.values():
        client.raise_request_exception = False
    for standing in STANDINGS:
        for kind, make in MAKERS.items():
            made.things[kind, standing] = _opened(make(owner), standing, made)
        for kind, combine in programs.MAKERS.items():
            made.things[kind, standing] = _opened(
                combine(owner, made.things["plan", standing]), standing, made
            )
        meeting = forums.meeting(owner)
        made.things["forum", standing] = _opened(meeting, standing, made)
        made.inside[meeting.pk] = forums.numbers(meeting)
    offered = Invitation.objects.create(
        organisation=owner,
        role=Role.VIEWER,
        email="baru@contoh.test",
        digest="0" * 64,
        expires_at=timezone.now() + timedelta(days=1),
    )
    made.invitation = offered.pk
    file = SimpleUploadedFile("a.csv", b"region,indicator,period,value\n62.71,poverty,2021,3.5\n")
    analyst = made.people["analyst"]
    made.uploads = {
        "evidence": uploads.keep(file, analyst.pk, owner.pk).token,
        "programs": programs.upload(owner, analyst),
        "agreements": agreements.upload(owner, analyst),
    }
    made.batch = agreements.batch(owner, analyst).pk
    made.label = programs.label(owner, analyst).pk
    return made


def _list(owner: Organisation) -> PriorityList:
    plan = list_actions.create_list(BY, owner, ListDetails("Daftar"))
    list_actions.add_entry(BY, plan.pk, explanation(), SETTINGS)
    return plan


def _map(owner: Organisation) -> SavedMap:
    return SavedMap.objects.create(organisation=owner, name="Peta", query="dalam=63")


def _batch(owner: Organisation) -> ImportBatch:
    return ImportBatch.objects.create(
        organisation=owner, created_at=timezone.now(), filename="a.csv", sha256="0" * 64
    )


def _practice(owner: Organisation) -> Practice:
    return present(BY, owner, PracticeDetails("Bank sampah", "Menumpuk", "Menimbang"))


MAKERS = {
    "priority_list": _list,
    "saved_map": _map,
    "import": _batch,
    "practice": _practice,
    "plan": programs.plan,
    "transfer": programs.transfer,
    **agreements.MAKERS,
}


def _opened(row: Owned, standing: str, made: World) -> Owned:
    if standing == "public":
        return sharing.set_visibility(BY, row, Visibility.PUBLIC)
    if standing in {"read", "edit"}:
        sharing.share(BY, row, made.partner, Level(standing))
    if standing == "members":
        sharing.share(BY, row, made.association, Level.EDIT, with_members=True)
    return row


def forget_uploads(made: World) -> None:
    """Remove the files of the waiting uploads."""
    for token in made.uploads.values():
        uploads.forget(token)
        assert not Path(uploads._folder() / token).exists()
