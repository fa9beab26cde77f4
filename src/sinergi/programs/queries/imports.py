"""Reads of imports: what a wish to load has become, how an organisation reads files, what a report says."""

from sinergi.accounts.principal import Principal
from sinergi.programs.imports.reading import REMEMBERED, Reading, from_json
from sinergi.programs.models import PlanVersion, RememberedMapping
from sinergi.programs.queries.plans import versions


def loaded_before(by: Principal, key: str) -> PlanVersion | None:
    """Return the version that one wish to load has made already, to somebody who may read it."""
    if not key:
        return None
    found: PlanVersion | None = versions(by).filter(reading__key=key).first()
    return found


def remembered_by(organisation: int | None, signature: str) -> Reading | None:
    """Return how an organisation read files with these headings before; `None` where it did not."""
    found = RememberedMapping.objects.filter(organisation=organisation, signature=signature).first()
    if found is None:
        return None
    try:
        return from_json({name: found.mapping[name] for name in REMEMBERED})
    except (KeyError, ValueError):
        return None


def mappings_of(organisation: int) -> list[RememberedMapping]:
    """Return how an organisation reads files, the last used first."""
    return list(RememberedMapping.objects.filter(organisation=organisation))
