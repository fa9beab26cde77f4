"""Restoring an installation from an archive: in one transaction, with a before and an after only."""

from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.proof import Verdict, verify
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal, operator
from sinergi.accounts.tokens import revoke_all
from sinergi.agreements.files.store import store
from sinergi.site.keeping import loading, quickly, roles, tables
from sinergi.site.keeping.archive import Reader
from sinergi.site.keeping.backup import Report, Summary, backup, check, quiet, reading
from sinergi.site.keeping.databases import run
from sinergi.site.keeping.encryption import NO_KEY, Key
from sinergi.site.keeping.errors import NewerError, OccupiedError

OF_SETUP = (
    "reference_",
    "evidence_",
    "django_",
    "auth_",
    "accounts_audit",
)
"""Tables that `sinergi setup` fills by itself."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes
    ----------
    safety
        Backup of what was there before; `None` where there was nothing.
    upgraded
        How many migrations the content went through after it was loaded.
    tokens
        How many live tokens of the archive were revoked.
    verdict
        Whether the audit trail of the archive, with the record of the restore, is whole.
    """

    archive: Summary
    safety: Summary | None
    upgraded: int
    tokens: int
    verdict: Verdict


def has_content() -> bool:
    """Whether the database holds anything that `sinergi setup` would not make again."""
    if not tables.applied():
        return False
    there = loading.names()
    made = [
        table
        for table in tables.tables()
        if table.kept and not table.name.startswith(OF_SETUP) and table.name in there
    ]
    if any(_is_any(table.name) for table in made):
        return True
    batches = "evidence_importbatch"
    return batches in there and _is_any(batches, "WHERE kind <> 'shipped'")


def _is_any(table: str, where: str = "") -> bool:
    return bool(run(f'SELECT 1 FROM "{table}" {where} LIMIT 1'))  # noqa: S608 - a table of ours


def restore(
    path: Path,
    *,
    key: Key = NO_KEY,
    replace: bool = False,
    keep_tokens: bool = False,
    by: Principal | None = None,
    report: Report = quiet,
) -> Restored:
    """Put the content of an archive in the place of what the database holds.

    Who reads meanwhile sees what was there before; who writes waits. A crash, or a kill, leaves what was
    there before. Sessions end: everybody signs in again; and tokens of the archive are revoked, because they
    may have been revoked since it was written.

    Parameters
    ----------
    key
        Opens an encrypted archive; the safety backup is encrypted for its recipients, or its passphrase.
    replace
        Also where there is content; a backup of it is written beside the archive before.
    keep_tokens
        Let tokens of the archive open what they opened then, also those that were revoked since.
    by
        Who does it; the operator unless told.

    Raises
    ------
    KeepingError
        Before anything is changed: when the archive is damaged, newer, or does not open, or there is
        content that was not to be replaced.
    """
    archive = check(path, key)
    unknown = sorted(archive.header.migrations - tables.known())
    if unknown:
        told = ", ".join(f"{room}.{name}" for room, name in unknown[:3])
        raise NewerError(
            _(
                "The backup was written by a newer Sinergi (%(version)s, %(told)s). Upgrade this one first."
            )
            % {"version": archive.header.sinergi, "told": told}
        )
    safety = None
    with loading.one_transaction():
        if has_content():
            if not replace:
                raise OccupiedError(
                    _(
                        "This installation holds content. To replace it, add --replace; a backup of it is "
                        "written first."
                    )
                )
            loading.hold(tables.tables())
            safety = backup(_beside(path), key)
        upgraded = _put(path, key, archive, report)
        tokens = 0 if keep_tokens else revoke_all(by or operator())
        verdict = _sign(by or operator(), archive, tokens)
    caches["default"].clear()
    return Restored(archive, safety, upgraded, tokens, verdict)


def _beside(path: Path) -> Path:
    """Return a free name beside an archive for what was there before it."""
    name = f"{path.name}.before-{timezone.now():%Y%m%d-%H%M%S}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in map(path.with_name, names) if not one.exists())


def _put(path: Path, key: Key, archive: Summary, report: Report) -> int:
    """Load the archive into the schema of its time, and bring it forward; return by how many migrations."""
    before = archive.header.migrations
    anew = tables.applied() != before
    if anew:
        loading.drop_everything()
        executor = MigrationExecutor(connection)
        executor.migrate(ends(executor, before))
    wanted = tables.tables()
    loading.hold(wanted)
    loading.set_guard(on=False)
    with quickly.references_at_the_end(wanted) if anew else nullcontext():
        loading.check_references(at_once=False)
        loading.empty({table.name for table in wanted} - set(archive.header.rows))
        with reading(path, key) as reader:
            _load(reader, report)
            if reader.whole != archive.sha256:
                raise OccupiedError(_("The backup was changed while it was read."))
    loading.set_guard(on=True)
    loading.check_references(at_once=True)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    roles.grant_again()
    return len(tables.applied() - before)


def ends(executor: MigrationExecutor, state: tables.State) -> list[tuple[str, str]]:
    """Return the migrations of a state that nothing else in it comes after."""
    nodes = executor.loader.graph.node_map
    return [
        key
        for key, node in sorted(nodes.items())
        if key in state and not any(child.key in state for child in node.children)
    ]


def _load(reader: Reader, report: Report) -> None:
    stored, total = 0, sum(reader.header.rows.values())
    for section in reader.sections(store().put):
        report(section.table.name, stored, total)
        done = 0
        for done in loading.replace(section.table, section.chunks):
            report(section.table.name, stored + done, total)
        stored += done
        loading.go_on_counting(section.table, section.last_number)


def _sign(by: Principal, archive: Summary, tokens: int) -> Verdict:
    """Write down in the restored trail that it was restored, and verify the trail."""
    record(
        by,
        Verb.INSTALLATION_RESTORED,
        kind="installation",
        object_id=1,
        organisation=None,
        after={
            "of": archive.header.at,
            "sinergi": archive.header.sinergi,
            "sha256": archive.sha256,
            "audit": list(archive.header.audit),
            "tokens_revoked": tokens,
        },
    )
    return verify()
