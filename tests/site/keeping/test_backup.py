"""Backups: whole, streamed, checked, encrypted; and nothing left where they cannot be written."""

import gzip
import resource
import signal
import stat
import sys
from pathlib import Path

import orjson
import pyrage
import pytest

from sinergi.site.keeping import tables, values
from sinergi.site.keeping.archive import Reader
from sinergi.site.keeping.backup import backup, check
from sinergi.site.keeping.encryption import Key
from sinergi.site.keeping.errors import DamagedError, KeepingError, LockedError, NewerError


@pytest.fixture
def archive(place, tmp_path) -> Path:
    backup(tmp_path / "a.backup")
    return tmp_path / "a.backup"


def lines(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def write(path: Path, content: list[bytes]) -> Path:
    path.write_bytes(gzip.compress(b"".join(content)))
    return path


def test_it_holds_every_table_but_those_of_what_is_passing(archive, place):
    held = {orjson.loads(line)["table"] for line in lines(archive) if line.startswith(b'{"table"')}
    assert held == {table.name for table in tables.tables()} - tables.NOT_KEPT
    assert {"accounts_person", "accounts_auditrecord", "auth_group_permissions"} <= held
    assert not {"django_session", "usersessions_usersession"} & held


def test_its_head_says_what_it_is(archive, place):
    head = check(archive).header
    assert head.database == ("postgresql" if place.url.startswith("postgres") else "sqlite")
    assert head.migrations == tables.known() == tables.applied()
    assert head.rows["accounts_person"] == 1
    assert head.audit[0] == head.rows["accounts_auditrecord"]


def test_only_its_owner_may_read_the_file(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_a_folder_gets_a_file_named_after_the_time(place, tmp_path):
    made = backup(tmp_path)
    assert made.path.parent == tmp_path
    assert made.path.name.startswith("sinergi-20")
    assert check(made.path).sha256 == made.sha256


def test_a_file_that_is_there_is_never_overwritten(archive):
    before = archive.read_bytes()
    with pytest.raises(KeepingError, match=r"a\.backup"):
        backup(archive)
    assert archive.read_bytes() == before
    assert list(archive.parent.iterdir()) == [archive]


def test_what_is_written_meanwhile_is_not_in_it(place, tmp_path):
    path, seen = tmp_path / "a.backup", []

    def write_meanwhile(table: str, done: int, total: int) -> None:
        if not seen:
            seen.append(table)
            code = "from tests.site.keeping.content import deed\nfrom tests import people\n"
            place.python(code + "deed(people.organisation(), 'meanwhile')")

    made = backup(path, report=write_meanwhile)
    head = check(path).header
    assert seen
    assert head.audit[0] == head.rows["accounts_auditrecord"] == made.header.audit[0]
    assert b"meanwhile" not in b"".join(lines(path))


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.99])
def test_a_file_cut_off_anywhere_is_damaged(archive, share):
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DamagedError):
        check(archive)


def test_a_byte_changed_anywhere_is_damage_or_holds_nothing(archive):
    content = archive.read_bytes()
    for place in range(12, len(content), len(content) // 40):
        changed = bytearray(content)
        changed[place] ^= 0x10
        archive.write_bytes(bytes(changed))
        try:
            check(archive)
        except KeepingError:
            continue
        # the last byte before the checksum has bits that deflate does not use
        assert gzip.decompress(changed) == gzip.decompress(content)


def test_a_changed_value_is_damage_although_the_compression_is_sound(archive):
    content = [line.replace(b"snr_0000", b"snr_0001") for line in lines(archive)]
    with pytest.raises(DamagedError, match="accounts_apitoken"):
        check(write(archive, content))


def test_a_table_left_out_is_damage(archive):
    content = lines(archive)
    start = next(i for i, line in enumerate(content) if b'"table":"accounts_apitoken"' in line)
    end = next(i for i, line in enumerate(content) if b'"end":"accounts_apitoken"' in line)
    with pytest.raises(DamagedError):
        check(write(archive, content[:start] + content[end + 1 :]))


def test_something_behind_the_end_is_damage(archive):
    with pytest.raises(DamagedError):
        check(write(archive, [*lines(archive), b"[1]\n"]))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"SQLite format 3\x00", gzip.compress(b"{}\n", mtime=0)],
    ids=["empty", "zip", "sqlite", "gzip of something else"],
)
def test_another_file_is_no_backup(tmp_path, content):
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        check(path)


def test_a_later_format_is_newer(archive):
    content = lines(archive)
    content[0] = content[0].replace(b'"sinergi_backup":1', b'"sinergi_backup":3')
    with pytest.raises(NewerError):
        check(write(archive, content))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(KeepingError, match="nowhere"):
        check(tmp_path / "nowhere")


def test_recipients_open_it_and_nobody_else(place, tmp_path):
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (tmp_path / "to").write_text(f"# bagian arsip\n{mine.to_public()}\n")
    (tmp_path / "mine").write_text(f"{mine}\n")
    (tmp_path / "other").write_text(f"{other}\n")
    path = tmp_path / "a.backup"
    made = backup(path, Key(recipients=tmp_path / "to"))
    assert path.read_bytes().startswith(b"age-encryption.org/v1")
    assert check(path, Key(identities=tmp_path / "mine")).sha256 == made.sha256
    plain = pyrage.decrypt(path.read_bytes(), [mine])
    assert b"ani@contoh.test" in gzip.decompress(plain)
    for key in (Key(), Key(identities=tmp_path / "other"), Key(passphrase="x")):
        with pytest.raises(LockedError):
            check(path, key)


@pytest.mark.parametrize(
    "place", ["sqlite"], indirect=True
)  # a passphrase costs seconds, on either
def test_the_passphrase_opens_it_and_no_other(place, tmp_path):
    path = tmp_path / "a.backup"
    made = backup(path, Key(passphrase="sungai kahayan"))
    assert b"contoh.test" not in path.read_bytes()
    assert check(path, Key(passphrase="sungai kahayan")).sha256 == made.sha256
    for key in (Key(), Key(passphrase="sungai barito")):
        with pytest.raises(LockedError):
            check(path, key)


def test_encrypted_content_that_was_changed_or_cut_off_is_damaged(place, tmp_path):
    """With a recipient: a passphrase locks the same way, and costs seconds each time."""
    mine = pyrage.x25519.Identity.generate()
    (tmp_path / "to").write_text(f"{mine.to_public()}\n")
    (tmp_path / "mine").write_text(f"{mine}\n")
    path, key = tmp_path / "a.backup", Key(identities=tmp_path / "mine")
    backup(path, Key(recipients=tmp_path / "to"))
    content = path.read_bytes()
    changed = bytearray(content)
    changed[len(content) - 40] ^= 1
    for broken in (bytes(changed), content[:-40], content[: len(content) // 2]):
        path.write_bytes(broken)
        with pytest.raises(KeepingError):
            check(path, key)


def test_a_file_without_recipients_is_refused_and_nothing_written(place, tmp_path):
    (tmp_path / "to").write_text("nobody\n")
    with pytest.raises(KeepingError):
        backup(tmp_path / "a.backup", Key(recipients=tmp_path / "to"))
    assert [one.name for one in tmp_path.iterdir()] == ["to"]


FULL = """
import resource, sys
from pathlib import Path
from sinergi.site.keeping.backup import backup
from sinergi.site.keeping.encryption import Key
from sinergi.site.keeping.errors import KeepingError
sys.dont_write_bytecode = True  # a module compiled now would be kept cut off, for everybody
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    backup(Path(sys.argv[1]) / "a.backup", Key(passphrase=sys.argv[2]))
except KeepingError as error:
    print("refused", error)
"""


@pytest.mark.parametrize("passphrase", ["", "sungai"])
def test_a_full_disk_leaves_no_half_file(place, tmp_path, passphrase):
    told = place.python(FULL, str(tmp_path), passphrase)
    assert told.startswith("refused")
    assert list(tmp_path.iterdir()) == []


def test_a_kill_in_the_middle_leaves_no_backup_under_the_name(place, tmp_path):
    code = (
        "import sys, time, django\ndjango.setup()\nfrom pathlib import Path\n"
        "from sinergi.site.keeping.backup import backup\n"
        "def wait(table, done, total):\n"
        "    if table == 'evidence_observation':\n"
        "        print('there', flush=True)\n"
        "        time.sleep(600)\n"
        "backup(Path(sys.argv[1]) / 'a.backup', report=wait)\n"
    )
    running = place.start(sys.executable, "-c", code, str(tmp_path))
    assert running.stdout.readline() == "there\n"
    running.send_signal(signal.SIGKILL)
    running.wait(240)
    assert not (tmp_path / "a.backup").exists()


def test_memory_does_not_grow_with_the_rows(tmp_path):
    from sinergi.site.keeping.archive import Header, Writer
    from sinergi.site.keeping.tables import Column, Table

    table = Table("t", "id", (Column("id", "int"), Column("name", "text")))
    rows = 300_000
    header = Header("0", values.now(), "sqlite", frozenset(), (0, ""), {"t": rows})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with (tmp_path / "a").open("wb") as file:
        writer = Writer(file, header)
        writer.table(
            table,
            rows,
            ([(n + i, f"name {n + i}") for i in range(1000)] for n in range(0, rows, 1000)),
        )
        writer.close()
    with (tmp_path / "a").open("rb") as file:
        count = sum(len(chunk) for section in Reader(file).sections() for chunk in section.chunks)
    assert count == rows
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_every_kind_of_column_is_known():
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            assert values.kind_of(field)
