"""What the worker does each night: make the reminders of the day, then write the letters of them."""

from datetime import date

from sinergi.accounts.tasks import daily
from sinergi.agreements.reminders.letters import write_letters
from sinergi.agreements.reminders.run import run


@daily("agreements.reminders")
def remind(day: date) -> None:
    """Make the reminders that stand on a day and write the letters; again or after a stop, each once."""
    run(day)
    write_letters(day)
