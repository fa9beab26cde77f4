"""Lines that a payer of a joint object may be meant to pay from, found by words."""

import re
from uuid import UUID

from django.db.models import Q

from sinergi.accounts.principal import Principal
from sinergi.programs.models import PlanLine, VersionState
from sinergi.programs.queries.plans import versions

OFFERED = 12
IDENTITY = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
LEAST = 3
"""Letters from which on lines are looked for."""
WORDS = 6


def lines_named(by: Principal, told: str, region: str = "") -> list[PlanLine]:
    """Return lines of current versions whose title or code holds all words, the first few; one query.

    Parameters
    ----------
    region
        Government whose plans are looked in; empty: all that `by` may read.
    """
    words = told.split()[:WORDS]
    if len("".join(words)) < LEAST:
        return []
    rows = PlanLine.objects.filter(version__in=versions(by).values("pk"))
    rows = rows.filter(version__state=VersionState.CURRENT)
    if region:
        rows = rows.filter(version__plan__region_code=region)
    for word in words:
        rows = rows.filter(Q(title__icontains=word) | Q(code__startswith=word))
    return list(rows.select_related("version__plan").order_by("title", "pk")[:OFFERED])


def written_line(line: PlanLine) -> str:
    """Return a line as a field holds it: its title and plan for people, its identity for the program."""
    return f"{line.title[:120]} · {str(line.version.plan)[:80]} · {line.identity}"


def written_lines(by: Principal, identities: set[UUID]) -> dict[UUID, str]:
    """Return identity to how a field holds the line, of the lines that somebody may read; one query."""
    rows = PlanLine.objects.filter(identity__in=identities, version__in=versions(by).values("pk"))
    rows = rows.select_related("version__plan").order_by("version__number")
    return {line.identity: written_line(line) for line in rows}
