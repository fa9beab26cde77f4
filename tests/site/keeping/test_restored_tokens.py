"""Tokens of a backup: what was revoked since does not come to life again."""

import json

import pytest

from sinergi.accounts.models import ApiToken, AuditRecord
from sinergi.site.keeping.backup import backup
from sinergi.site.keeping.restore import restore


@pytest.fixture
def archive(place, tmp_path):
    """A backup in which the token of the installation is live; it was revoked since."""
    ApiToken.objects.update(revoked_at=None)
    backup(tmp_path / "a.backup")
    ApiToken.objects.update(revoked_at="2026-11-22T00:00:00Z")
    return tmp_path / "a.backup"


def live() -> int:
    return ApiToken.objects.filter(revoked_at=None).count()


def test_all_tokens_of_the_backup_are_revoked_and_each_is_recorded(place, archive):
    done = restore(archive, replace=True)
    assert (done.tokens, live()) == (1, 0)
    restored, revoked = AuditRecord.objects.order_by("-sequence")[:2]
    assert (revoked.verb, revoked.kind) == ("token_revoked", "token")
    assert restored.verb == "installation_restored"
    assert json.loads(restored.after)["tokens_revoked"] == 1
    assert done.verdict.whole


def test_they_stay_only_when_asked_for(place, archive):
    done = restore(archive, replace=True, keep_tokens=True)
    assert (done.tokens, live()) == (0, 1)
