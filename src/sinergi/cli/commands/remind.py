"""`remind`: what the worker does each night for the reminders of agreements, by hand."""

from datetime import date
from typing import Annotated

import typer

from sinergi.cli import screen
from sinergi.cli.failures import CommandError
from sinergi.cli.language import gettext as _
from sinergi.cli.language import gettext_noop, ngettext, number
from sinergi.cli.workspace import acting, open_workspace


def remind_command(
    day: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            help=gettext_noop(
                "As of this day, such as one on which no worker ran; today otherwise."
            ),
        ),
    ] = None,
) -> None:
    """Make the reminders of a day and write the letters of them; repeated, each once."""
    chosen = _read(day)
    open_workspace()
    from django.utils import timezone  # noqa: PLC0415 - needs Django

    from sinergi.accounts import rules  # noqa: PLC0415 - as above
    from sinergi.agreements.reminders.letters import write_letters  # noqa: PLC0415 - as above
    from sinergi.agreements.reminders.run import run  # noqa: PLC0415 - as above

    rules.require(acting(), rules.INSTALLATION)
    today = timezone.localdate()
    if chosen is not None and chosen > today:
        raise CommandError(_("{date}: this day is still to come.").format(date=day))
    made = run(chosen or today)
    text = ngettext("{count} new reminder.", "{count} new reminders.", made)
    screen.say(text.format(count=number(made)))
    written = write_letters(today)
    text = ngettext("{count} letter written.", "{count} letters written.", written)
    screen.say(text.format(count=number(written)))


def _read(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("{date}: write the day as 2026-11-23.").format(date=text)
        raise CommandError(message) from error
