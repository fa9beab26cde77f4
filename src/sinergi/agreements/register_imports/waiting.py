"""What is known of a register's file between upload and load, kept beside it for a day."""

from dataclasses import dataclass, field

from sinergi.agreements.register_imports.reading import RegisterReading, from_json
from sinergi.agreements.register_imports.rows import Corrections
from sinergi.evidence.uploads import Upload, read_beside, write_beside

STATE = "register.json"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a person has said about a file that waits.

    Attributes
    ----------
    reading
        `None`: to be suggested.
    """

    title: str = ""
    reading: RegisterReading | None = None
    corrections: Corrections = field(default_factory=dict)


def remember(upload: Upload, waiting: Waiting) -> None:
    """Write down what was said; on a full disk it stays as it was.

    Raises
    ------
    OSError
    """
    corrections = [[row, column, text] for (row, column), text in waiting.corrections.items()]
    reading = waiting.reading.to_json() if waiting.reading else None
    told = {"title": waiting.title, "reading": reading, "corrections": corrections}
    write_beside(upload, STATE, told)


def find(upload: Upload) -> Waiting | None:
    """Return what was said about a waiting file; `None` where it is no register's."""
    try:
        told = read_beside(upload, STATE)
        reading = from_json(told["reading"]) if told["reading"] else None
        corrections = {(row, column): text for row, column, text in told["corrections"]}
        return Waiting(told["title"], reading, corrections)
    except (OSError, ValueError, KeyError, TypeError):
        return None
