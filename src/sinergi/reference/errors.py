"""What can go wrong when regions are named and when reference files are loaded."""

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A region that could have been meant."""

    code: str
    name: str
    reason: str
    """code, bps_code, former_code, name or similar."""
    score: float
    """0-100; 100 is certain."""


class UnknownRegion(LookupError):  # noqa: N818 - the name says what was met
    """A code or name is no region, island group or association of the pack."""

    def __init__(self, told: str, suggestions: tuple[Suggestion, ...] = ()) -> None:
        self.told = told
        self.suggestions = suggestions
        meant = ", ".join(f"{one.code} {one.name}" for one in suggestions)
        super().__init__(
            f"{told!r} is not a known region" + (f"; meant: {meant}?" if meant else "")
        )


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong in a file to be loaded over the pack."""

    message_code: str
    """A code of `sinergi.reference.messages`."""
    sheet: str = ""
    line: int = 0
    """Line, row or number of the feature, from 1; 0: the file as a whole."""
    field: str = ""
    details: dict[str, str] = dataclasses.field(default_factory=dict, hash=False)


class ReferenceFileError(Exception):
    """A boundary or nomenclature file cannot be loaded; nothing of it was."""

    def __init__(self, file: str, problems: tuple[FileProblem, ...]) -> None:
        self.file = file
        self.problems = problems
        told = "; ".join(f"{one.line or file}: {one.message_code}" for one in problems[:10])
        super().__init__(f"{file}: {told}")
