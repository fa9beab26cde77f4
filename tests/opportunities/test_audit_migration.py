"""Lists and their history of the release before organisations come through the upgrade whole."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from sinergi.accounts.audit.history import history
from sinergi.accounts.audit.proof import verify
from sinergi.accounts.models import AuditRecord, Organisation
from sinergi.opportunities.models import PriorityList

AT = datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A file without any table, in place of the database of the tests."""
    if connection.vendor != "sqlite":
        pytest.skip("the upgrade test of the whole database covers PostgreSQL")
    usual = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {**usual.settings_dict, "NAME": str(tmp_path / "old.sqlite3")}
    with django_db_blocker.unblock():
        connections["default"] = other
        try:
            yield
        finally:
            other.close()
            connections["default"] = usual


def migrated(*targets: tuple[str, str | None]):
    executor = MigrationExecutor(connections["default"])
    if targets:
        return executor.migrate(list(targets)).apps
    return executor.migrate(executor.loader.graph.leaf_nodes()).apps


def old_rows() -> None:
    """One list with an entry and four deeds, as the release before wrote them."""
    apps = migrated(("opportunities", "0001_priority_lists"))
    model = apps.get_model("opportunities", "PriorityList")
    plan = model.objects.create(name="RKPD 2028", owner="Bappeda Kalsel", revision=4)
    entry = apps.get_model("opportunities", "PriorityEntry").objects.create(
        priority_list=plan, position=1, object_code="TPA", members_key="1+2", snapshot={}
    )
    event = apps.get_model("opportunities", "ListEvent")
    for what, of, who, after in (
        ("list_created", None, "", {"name": "RKPD 2028"}),
        ("entry_added", entry, "sinergi", {"position": 1, "note": "é 1.0"}),
        ("list_deleted", None, "", {}),
        ("list_restored", None, "Ana", {}),
    ):
        row = event.objects.create(priority_list=plan, entry=of, what=what, who=who, after=after)
        event.objects.filter(pk=row.pk).update(at=AT)


def test_every_list_gets_a_workspace_and_every_deed_a_record_in_the_chain(empty: None) -> None:
    old_rows()
    migrated()
    plan = PriorityList.objects.get()
    assert (plan.organisation.code, plan.owner, plan.visibility, plan.revision) == (
        "ruang-kerja",
        "Bappeda Kalsel",
        "private",
        4,
    )
    records = list(AuditRecord.objects.filter(kind="priority_list").order_by("sequence"))
    told = [(row.verb, row.part, row.channel, row.at, row.actor) for row in records]
    part = f"entry:{plan.entries.get().pk}"
    assert told == [
        ("created", "", "web", AT, None),
        ("entry_added", part, "command_line", AT, None),
        ("put_away", "", "web", AT, None),
        ("restored", "", "web", AT, None),
    ]
    assert [json.loads(row.after) for row in records] == [
        {"name": "RKPD 2028"},
        {"position": 1, "note": "é 1.0"},
        {},
        {"who": "Ana"},
    ]


def test_the_chain_is_whole_and_the_history_reads_on_after_the_upgrade(empty: None) -> None:
    old_rows()
    migrated()
    verdict = verify()
    assert verdict.whole
    assert verdict.records == 5
    plan = PriorityList.objects.get()
    assert [deed.verb for deed in history("priority_list", plan.pk)][-1] == "created"


def test_without_lists_nothing_is_made(empty: None) -> None:
    migrated(("opportunities", "0001_priority_lists"))
    migrated()
    assert not Organisation.objects.exists()
    assert not AuditRecord.objects.exists()
    assert verify().whole
