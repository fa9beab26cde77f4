"""Against what activity codes are checked in this installation."""

from sinergi.reference.models import Activity
from sinergi.reference.queries import pack


def known_without_nomenclature() -> int:
    """Return how many activities the country pack knows where no nomenclature is loaded; 0 where one is."""
    return 0 if Activity.objects.exists() else len(pack().activities)
