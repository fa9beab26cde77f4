"""Names of affairs and regions that a snapshot keeps beside their codes."""

from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Affair


def affair(code: str) -> Affair:
    """Return an affair; one that is named by its code where the pack does not know it."""
    return reference.affairs().get(code) or Affair(code=code, name_id=code, name_en=code, group="")


def region(code: str) -> str:
    """Return the name of a region; its code where the pack does not know it."""
    table = reference.region_table()
    row = table.position.get(code)
    return code if row is None else table.names[row]
