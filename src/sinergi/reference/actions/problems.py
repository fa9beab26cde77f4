"""Collects what is wrong with a file before anything of it is stored."""

from collections import Counter
from pathlib import Path

from sinergi.reference.errors import FileProblem, ReferenceFileError

SHOWN = 20
"""Problems of one kind that are told one by one; the rest is counted."""


class Problems:
    """The problems of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._found: list[FileProblem] = []
        self._count: Counter[str] = Counter()

    def add(
        self,
        message_code: str,
        *,
        sheet: str = "",
        line: int = 0,
        column: str = "",
        **details: object,
    ) -> None:
        """Note one problem."""
        self._count[message_code] += 1
        if self._count[message_code] <= SHOWN:
            told = {name: str(value) for name, value in details.items()}
            self._found.append(FileProblem(message_code, sheet, line, column, told))

    def stop(self) -> ReferenceFileError:
        """Return the error that tells all problems so far."""
        more = [
            FileProblem("too_many", details={"value": str(count - SHOWN), "kind": code})
            for code, count in self._count.items()
            if count > SHOWN
        ]
        return ReferenceFileError(self.path.name, (*self._found, *more))

    def raise_if_any(self) -> None:
        """Raise what was found.

        Raises
        ------
        ReferenceFileError
            When there is any problem.
        """
        if self._found:
            raise self.stop()
