"""What is known of a plan's file between upload and load, kept beside it for a day."""

from dataclasses import asdict, dataclass, field
from typing import Any

from sinergi.evidence.uploads import Upload, read_beside, write_beside
from sinergi.programs.imports.reading import Reading, from_json
from sinergi.programs.rules import PlanDetails

STATE = "plan.json"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a person has said about a file that waits.

    Attributes
    ----------
    plan
        Number of the plan that gets a further version; `None` for a new plan.
    reading
        `None`: to be suggested.
    """

    plan: int | None = None
    details: PlanDetails = field(default_factory=lambda: PlanDetails("", "other", "", None, None))
    label: str = ""
    current: bool = True
    reading: Reading | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it, ready for JSON."""
        told = asdict(self)
        told["reading"] = self.reading.to_json() if self.reading else None
        return told


def remember(upload: Upload, waiting: Waiting) -> None:
    """Write down what was said; on a full disk it stays as it was.

    Raises
    ------
    OSError
    """
    write_beside(upload, STATE, waiting.to_json())


def find(upload: Upload) -> Waiting | None:
    """Return what was said about a waiting file; `None` where it is no plan's."""
    try:
        told = read_beside(upload, STATE)
        reading = from_json(told["reading"]) if told["reading"] else None
        details = PlanDetails(**told["details"])
        return Waiting(told["plan"], details, told["label"], told["current"], reading)
    except (OSError, ValueError, KeyError, TypeError):
        return None
