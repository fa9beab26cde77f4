"""Ballots of the release before quorums had a rule and a base come through the upgrade with their meaning."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from sinergi.forums.models import Ballot, CastVote
from tests.opportunities.test_audit_migration import migrated


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


@pytest.mark.usefixtures("empty")
def test_old_ballots_keep_their_quorum_and_no_secret_vote_keeps_a_voter() -> None:
    before = ("forums", "0005_points_told")
    migrated(before)
    apps = MigrationExecutor(connections["default"]).loader.project_state([before]).apps
    organisation, forum, seats, ballots, rights, votes = (
        apps.get_model(app, name)
        for app, name in (
            ("accounts", "Organisation"),
            *(("forums", n) for n in ("Forum", "Delegation", "Ballot", "VotingRight", "CastVote")),
        )
    )
    home = organisation.objects.create(code="apeksi", name="Apeksi", kind="third_party")
    meeting = forum.objects.create(organisation=home, title="Rakernas", type="national")
    seat = seats.objects.create(
        forum=meeting, organisation=home, answer="coming", invited_at=timezone.now()
    )
    for secret in (False, True):
        row = ballots.objects.create(
            forum=meeting, question="Mana?", method="borda", secret=secret, quorum=66,
            state="closed" if secret else "open", key="left behind",
        )  # fmt: skip
        right = rights.objects.create(ballot=row, delegation=seat, used=True)
        votes.objects.create(ballot=row, right=right, receipt="a", places={})
    migrated()
    told = Ballot.objects.values_list("quorum_rule", "quorum", "quorum_base", "key", "electorate")
    assert list(told) == [
        ("percent", 66, "coming", "left behind", None),
        ("percent", 66, "coming", "", None),
    ]
    found = CastVote.objects.order_by("ballot").values_list("secret", "right__used")
    assert list(found) == [(False, True), (True, None)]
