"""What parts of the room show on the overview of an agreement: its stage, what is late, what threatens."""

from collections.abc import Callable
from typing import Any

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement

Panel = Callable[[Principal, Agreement], tuple[str, dict[str, Any]] | None]
PANELS: dict[int, Panel] = {}
"""Place on the page to what gives, for somebody and an agreement that he may read, a template and what it
shows as `panel`, or `None`.

Parts register theirs when the room begins (`apps.py`): 10 stages, 20 alarms, 30 money, 40 obligations,
50 documents, 60 changes, 70 evaluation, 80 where it came from.
"""


def panels_of(by: Principal, agreement: Agreement) -> list[tuple[str, dict[str, Any]]]:
    """Return the panels of an agreement, in the order of their places."""
    told = (PANELS[place](by, agreement) for place in sorted(PANELS))
    return [one for one in told if one is not None]
