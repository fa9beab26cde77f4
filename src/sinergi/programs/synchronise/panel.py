"""What the page of a line shows of findings that tell of it."""

from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.programs.models import PlanLine
from sinergi.programs.panels import PANELS
from sinergi.programs.queries import sync as queries
from sinergi.programs.synchronise.shown import shown


def register() -> None:
    """Show findings on the pages of their lines."""
    if line_panel not in PANELS:
        PANELS.append(line_panel)


def line_panel(by: Principal, line: PlanLine) -> tuple[str, dict[str, Any]] | None:
    """Return what the page of a line shows of findings that tell of it."""
    found = queries.findings_of_line(by, line)
    if not found:
        return None
    return "programs/sync_panel.html", {"findings": [shown(one) for one in found]}
