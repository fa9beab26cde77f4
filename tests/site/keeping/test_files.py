"""Files go with a backup, come back with a restore, leave when nothing does."""

import hashlib
import os
import shutil
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from sinergi.accounts.principal import operator
from sinergi.agreements.actions.attachments import AttachmentDetails, attach
from sinergi.agreements.files.store import DamagedFileError, content_of, keep, store
from sinergi.agreements.models import Attachment, StoredFile
from sinergi.site.keeping import databases
from sinergi.site.keeping.archive import GZIP
from sinergi.site.keeping.backup import backup, check
from sinergi.site.keeping.copying import copy_database
from sinergi.site.keeping.encryption import Key
from sinergi.site.keeping.errors import DamagedError
from sinergi.site.keeping.restore import restore
from sinergi.site.keeping.retention import purge
from tests.agreements.making import an_agreement
from tests.databases import database
from tests.site.keeping.test_backup import lines, write

LARGE = b"baris surat yang panjang\n" * 40_000


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> Path:
    """The folder of files, of this test alone."""
    settings.SINERGI_FILES = tmp_path / "files"
    return settings.SINERGI_FILES


@pytest.fixture
def kept(place, files) -> list[StoredFile]:
    StoredFile.objects.all().delete()
    return [keep(b"surat pertama", "a.txt"), keep(LARGE, "b.txt")]


def anew(place, tmp_path):
    """An empty database of the same kind."""
    if place.url.startswith("postgres"):
        return database()
    return nullcontext(f"sqlite:///{tmp_path}/anew.sqlite3")


@pytest.mark.parametrize(
    "key", [Key(), Key(passphrase="kata sandi yang panjang")], ids=["plain", "locked"]
)
def test_they_come_back_whole(place, kept, files, tmp_path, key):
    made = backup(tmp_path / "a.backup", key)
    assert (made.header.files, made.missing) == (2, ())
    shutil.rmtree(files)
    with anew(place, tmp_path) as target, databases.opened(target, "default"):
        restore(tmp_path / "a.backup", key=key)
        contents = [content_of(row) for row in StoredFile.objects.order_by("pk")]
    assert contents == [b"surat pertama", LARGE]


def test_a_backup_is_checked_with_its_files(place, kept, tmp_path):
    path = tmp_path / "a.backup"
    assert backup(path).sha256 == check(path).sha256
    content = lines(path)
    at = next(n for n, line in enumerate(content) if line.startswith(b'"'))
    content[at] = content[at].replace(b"c3VyYXQ", b"c3VyYXU")
    with pytest.raises(DamagedError):
        check(write(path, content))


def test_a_file_left_out_is_damage(place, kept, tmp_path):
    path = tmp_path / "a.backup"
    backup(path)
    content = lines(path)
    first = next(n for n, line in enumerate(content) if line.startswith(b'{"file"'))
    del content[first : first + 3]
    with pytest.raises(DamagedError):
        check(write(path, content))


def test_a_damaged_file_restores_nothing(place, kept, tmp_path):
    path = tmp_path / "a.backup"
    backup(path)
    content = lines(path)
    at = next(n for n, line in enumerate(content) if line.startswith(b'"'))
    content[at] = b'"!!!!"\n'
    write(path, content)
    with (
        anew(place, tmp_path) as target,
        databases.opened(target, "default"),
        pytest.raises(DamagedError),
    ):
        restore(path)


def test_a_missing_content_is_told_and_stops_nothing(place, kept, files, tmp_path):
    gone = kept[0].sha256
    (files / gone[:2] / gone).unlink()
    made = backup(tmp_path / "a.backup")
    assert made.missing == (gone,)
    assert check(tmp_path / "a.backup").missing == (gone,)


def test_a_changed_content_is_told_as_missing(place, kept, files, tmp_path):
    name = kept[1].sha256
    (files / name[:2] / name).write_bytes(b"lain")
    assert backup(tmp_path / "a.backup").missing == (name,)
    with pytest.raises(DamagedFileError):
        content_of(kept[1])


def test_an_archive_without_files_is_of_the_first_format_and_restores(place, tmp_path):
    StoredFile.objects.all().delete()
    path = tmp_path / "a.backup"
    backup(path)
    assert path.read_bytes()[:2] == GZIP
    assert lines(path)[0].startswith(b'{"sinergi_backup":1')
    with anew(place, tmp_path) as target, databases.opened(target, "default"):
        restore(path)
        assert not StoredFile.objects.exists()


def test_a_copy_names_the_files_whose_content_is_missing(place, kept, files, tmp_path):
    gone = kept[1].sha256
    (files / gone[:2] / gone).unlink()
    with anew(place, tmp_path) as target:
        done = copy_database(place.url, target)
    assert done.missing == (gone,)


def test_what_an_agreement_leaves_goes_when_nothing_else_refers_to_it(place, files):
    StoredFile.objects.all().delete()
    old, other = an_agreement(), an_agreement()
    for agreement, text in ((old, b"milik satu"), (old, b"milik dua"), (other, b"milik dua")):
        attach(operator(), agreement.pk, AttachmentDetails("letter"), text, "a.txt")
    StoredFile.objects.update(created=timezone.now() - timedelta(days=2))
    _age(files)
    old.deleted_at = timezone.now() - timedelta(days=4000)
    old.save()
    assert purge(by=operator()).files == 1
    there = {hashlib.sha256(b"milik dua").hexdigest()}
    assert set(store().names()) == there
    assert {row.sha256 for row in StoredFile.objects.all()} == there
    Attachment.objects.all().delete()
    other.delete()


def _age(files: Path) -> None:
    """Let two days go by since everything in a folder was written."""
    for path in files.glob("*/*"):
        then = path.stat().st_mtime - 2 * 86_400
        os.utime(path, (then, then))
