"""What other parts of the room show on the page of a line: who can pay, what does not fit, whom it is for."""

from collections.abc import Callable
from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.programs.models import PlanLine

Panel = Callable[[Principal, PlanLine], tuple[str, dict[str, Any]] | None]
PANELS: list[Panel] = []
"""Each gives, for somebody and a line that he may read, a template and what it shows as `panel`, or `None`.
Parts register theirs when the room begins (`apps.py`)."""


def panels_of(by: Principal, line: PlanLine) -> list[tuple[str, dict[str, Any]]]:
    """Return the panels of a line, in the order in which they were registered."""
    told = (panel(by, line) for panel in PANELS)
    return [one for one in told if one is not None]
