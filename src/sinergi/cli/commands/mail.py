"""`mail returned`: takes from the mail server what came back."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sinergi.cli import screen
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop
from sinergi.cli.workspace import open_workspace

app = typer.Typer(no_args_is_help=True, help=gettext_noop("Letters that came back."))
STREAM = "-"


@app.callback()
def mail_group() -> None:
    """Keep `returned` a command of the group, though it is the only one."""


@app.command(
    "returned",
    help=gettext_noop(
        "Read a delivery status notification (RFC 3464) and mark the letter that it is about."
    ),
)
def returned_command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE|-]",
            help=gettext_noop("File of the notification; “-” or nothing: the standard input."),
        ),
    ] = STREAM,
) -> None:
    """Mark the letter as returned; what is no such report is refused with exit code 2."""
    open_workspace()
    from sinergi.accounts.mail import fates, returned  # noqa: PLC0415 - needs Django

    report = returned.read_report(_content(file, returned.MOST_BYTES + 1))
    letter = returned.mark_returned(report)
    values = {"number": letter.pk, "status": letter.status, "why": fates.why_not(letter)}
    if report.action != returned.FAILED:
        told = _("The report on letter {number} tells of no failure (“{action}”); nothing changed.")
        screen.note(told.format(**values, action=report.action))
    else:
        told = _("Letter {number} came back: {why} ({status}).")
        screen.note(told.format(**values))


def _content(file: str, most: int) -> bytes:
    """Return at most so many bytes of a file or of the standard input.

    Raises
    ------
    CommandError
        When the file cannot be read.
    """
    if file == STREAM:
        return sys.stdin.buffer.read(most)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except OSError as error:
        told = _("{file} cannot be read: {reason}.")
        raise CommandError(told.format(file=file, reason=error.strerror)) from error
