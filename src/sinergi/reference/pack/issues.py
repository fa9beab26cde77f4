"""What can be wrong with a pack, said so that the file can be corrected."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PackIssue:
    """One thing wrong in one place of a pack file."""

    file: str
    line: int
    """Line in the file, 1 is the heading; 0 when the file as a whole is meant."""
    field: str
    message_code: str
    """A code of `sinergi.reference.messages`, where its text stands in both languages."""
    details: dict[str, str] = dataclasses.field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{where} [{self.field}] {self.message_code}" + (f" ({what})" if what else "")


class PackError(Exception):
    """The pack cannot be used; `issues` lists everything found wrong, in the order of the files."""

    def __init__(self, folder: Path, issues: tuple[PackIssue, ...]) -> None:
        self.folder = folder
        self.issues = issues
        super().__init__(f"{folder}: " + "; ".join(map(str, issues[:20])))


class Issues:
    """Collects issues while a pack is read, so that all of them are told at once."""

    def __init__(self) -> None:
        self.found: list[PackIssue] = []
        self.lines: dict[tuple[str, str, str], int] = {}
        """Line of (file, object, indicator), kept while parsing for checks that come later."""

    def add(self, file: str, line: int, column: str, message_code: str, **details: object) -> None:
        """Note one issue; details are shown as text."""
        told = {name: str(value) for name, value in details.items()}
        self.found.append(PackIssue(file, line, column, message_code, told))
