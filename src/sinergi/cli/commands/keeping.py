"""`backup`, `restore`, `copy-database`, `purge`: keeping what an installation holds."""

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinergi.cli import failures, screen
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, number, pgettext
from sinergi.cli.workspace import acting, open_workspace

if TYPE_CHECKING:
    from sinergi.accounts.audit.proof import Verdict
    from sinergi.site.keeping.backup import Report, Summary
    from sinergi.site.keeping.encryption import Key

PASSPHRASE = "SINERGI_BACKUP_PASSPHRASE"  # noqa: S105 - the name of the variable that holds it


class Lock(StrEnum):
    """Whom an encrypted backup opens for."""

    recipients = "recipients"
    passphrase = "passphrase"  # noqa: S105 - a choice, not a secret


Archive = Annotated[Path, typer.Argument(metavar="PATH", help=gettext_noop("File of the backup."))]
Recipients = Annotated[
    Path | None,
    typer.Option(
        "--recipients", help=gettext_noop("File of age recipients, one a line."), dir_okay=False
    ),
]
Identity = Annotated[
    Path | None,
    typer.Option(
        "--identity", help=gettext_noop("File of age identities that open it."), dir_okay=False
    ),
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        help=gettext_noop("File with the passphrase; or the variable SINERGI_BACKUP_PASSPHRASE."),
        dir_okay=False,
    ),
]


def backup_command(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help=gettext_noop("File to write; or a folder, and it is named after the time."),
        ),
    ],
    check: Annotated[
        bool,
        typer.Option("--check", help=gettext_noop("Verify a backup; write and restore nothing.")),
    ] = False,
    encrypt: Annotated[
        Lock | None,
        typer.Option(
            "--encrypt", help=gettext_noop("Encrypt it: for recipients, or by a passphrase.")
        ),
    ] = None,
    recipients: Recipients = None,
    identity: Identity = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Write all that the installation holds into one file, while it runs."""
    open_workspace()
    from sinergi.site.keeping import backup as keeping  # noqa: PLC0415 - needs Django
    from sinergi.site.keeping.encryption import Key  # noqa: PLC0415 - as above

    if check:
        with screen.progress(pgettext("column", "Backup")) as report:
            _tell(
                keeping.check(
                    path, opening_key(identity, passphrase_file, path), _step("read", report)
                )
            )
        return
    key = Key()
    if encrypt is Lock.passphrase:
        key = Key(passphrase=passphrase(passphrase_file, twice=True))
    elif encrypt is Lock.recipients or recipients is not None:
        if recipients is None:
            raise CommandError(_("Say for whom: --recipients FILE."))
        key = Key(recipients=recipients)
    with screen.progress(pgettext("column", "Backup")) as report:
        made = keeping.backup(path, key, _step("read", report))
    _tell(made)


def _step(name: str, report: "Report") -> "Report":
    """Return a report that tells all tables as one step."""
    return lambda _table, done, total: report(name, done, total)


def _tell(archive: "Summary") -> None:
    head = archive.header
    text = _(
        "{path}: {rows} rows of {at}, Sinergi {version}, {tables} tables, last audit record {audit}, "
        "SHA-256 {sha256}{encrypted}."
    )
    screen.say(
        text.format(
            path=archive.path,
            rows=number(archive.rows),
            at=head.at,
            version=head.sinergi,
            tables=len(head.rows),
            audit=head.audit[0],
            sha256=archive.sha256,
            encrypted=_(", encrypted") if archive.encrypted else "",
        )
    )
    if head.files:
        screen.say(_("Files that people handed in: {count}.").format(count=number(head.files)))
    _tell_missing(archive.missing)


def _tell_missing(missing: "tuple[str, ...]") -> None:
    """Tell files whose content was lost; the rest is as good as ever."""
    for name in missing[:20]:
        screen.note(_("The content of the file {name} is missing or damaged.").format(name=name))


def passphrase(path: Path | None, *, twice: bool = False) -> str:
    """Return the passphrase: of a file, of the environment, or asked for on a terminal.

    Raises
    ------
    CommandError
        When it is empty, or there is nobody to ask.
    """
    import sys  # noqa: PLC0415 - keeps `--help` fast

    if path is not None:
        found = path.read_text(encoding="utf-8").strip()
    elif PASSPHRASE in os.environ:
        found = os.environ[PASSPHRASE]
    elif sys.stdin.isatty():
        found = typer.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=twice, err=True)
    else:
        found = ""
    if not found:
        raise CommandError(_("Give the passphrase: --passphrase-file FILE."))
    return str(found)


def opening_key(identity: Path | None, passphrase_file: Path | None, path: Path) -> "Key":
    """Return what opens a backup; a passphrase is only asked for where the backup has one."""
    from sinergi.site.keeping.encryption import BY_PASSPHRASE, Key  # noqa: PLC0415 - needs Django

    with path.open("rb") as file:
        asked = file.read(len(BY_PASSPHRASE)) == BY_PASSPHRASE
    return Key(identities=identity, passphrase=passphrase(passphrase_file) if asked else "")


def restore_command(
    path: Archive,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=gettext_noop(
                "Also where there is content; a backup of it is written beside first."
            ),
        ),
    ] = False,
    keep_tokens: Annotated[
        bool,
        typer.Option(
            "--keep-tokens",
            help=gettext_noop(
                "Let the tokens of the backup open the API again, also those revoked since."
            ),
        ),
    ] = False,
    identity: Identity = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Put what a backup holds in the place of what is there: all of it or nothing."""
    open_workspace()
    from sinergi.accounts import rules  # noqa: PLC0415 - needs Django
    from sinergi.site.keeping.restore import restore  # noqa: PLC0415 - as above
    from sinergi.site.keeping.roles import as_owner  # noqa: PLC0415 - as above

    by = acting()
    rules.require(by, rules.INSTALLATION)
    key = opening_key(identity, passphrase_file, path)
    with screen.progress(pgettext("column", "Restore")) as report, as_owner():
        done = restore(
            path,
            key=key,
            replace=replace,
            keep_tokens=keep_tokens,
            by=by,
            report=_step("load", report),
        )
    if done.safety is not None:
        screen.say(_("What was there before is in {path}.").format(path=done.safety.path))
    _tell(done.archive)
    text = _(
        "Restored; {count} changes of the tables since then were made. Everybody signs in again."
    )
    screen.say(text.format(count=done.upgraded))
    if keep_tokens:
        screen.note(_("Tokens of the backup open the API again, also those revoked since."))
    else:
        text = _("Tokens for programs that were revoked: {count}. Their people issue new ones.")
        screen.say(text.format(count=number(done.tokens)))
    _tell_verdict(done.verdict)


def _tell_verdict(verdict: "Verdict") -> None:
    if verdict.fault is None:
        text = _("The audit trail is whole: {count} records.")
        screen.say(text.format(count=number(verdict.records)))
        return
    text = _("The audit trail that was restored does not hold at record {number}.")
    raise CommandError(text.format(number=verdict.fault.sequence), failures.FINDINGS)


def copy_database_command(
    source: Annotated[
        str, typer.Option("--from", metavar="URL", help=gettext_noop("Database to copy."))
    ],
    target: Annotated[
        str, typer.Option("--to", metavar="URL", help=gettext_noop("Empty database."))
    ],
) -> None:
    """Copy an installation from one database to another, and compare row by row."""
    open_workspace()
    from sinergi.site.keeping.copying import copy_database  # noqa: PLC0415 - needs Django

    with screen.progress(pgettext("column", "Copy")) as report:
        done = copy_database(source, target, _step("load", report))
    text = _("Copied and compared: {rows} rows in {tables} tables are the same on both sides.")
    screen.say(text.format(rows=number(done.rows), tables=len(done.hashes)))
    _tell_missing(done.missing)
    _tell_verdict(done.verdict)


def purge_command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=gettext_noop("Only tell what would be deleted."))
    ] = False,
) -> None:
    """Delete for good what was put away longer ago than the retention period."""
    open_workspace()
    from sinergi.accounts import rules  # noqa: PLC0415 - needs Django
    from sinergi.site.keeping.retention import purge  # noqa: PLC0415 - as above

    by = acting()
    rules.require(by, rules.INSTALLATION)
    done = purge(dry_run=dry_run, by=by)
    for one in done.due:
        screen.say(f"{one.kind} {one.number} {one.name} ({one.since:%Y-%m-%d})")
    for one in done.kept:
        text = _("{kind} {number} {name} stays: something else refers to it.")
        screen.note(text.format(kind=one.kind, number=one.number, name=one.name))
    told = (
        _(
            "Would be deleted for good: {things} things, {sessions} sessions, {addresses} addresses, "
            "{files} files."
        )
        if dry_run
        else _(
            "Deleted for good: {things} things, {sessions} sessions, {addresses} addresses, {files} files."
        )
    )
    screen.say(
        told.format(
            things=len(done.due),
            sessions=done.sessions,
            addresses=done.addresses,
            files=done.uploads + done.files,
        )
    )
