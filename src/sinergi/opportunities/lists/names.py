"""Names of affairs and regions that a snapshot keeps beside their codes."""

from sinergi.reference.catalogue import Affair


def affair(code: str) -> Affair:
    """Return an affair; one that is named by its code where the pack does not know it."""
    return Affair(code=code, name_id=code, name_en=code, group="")


def region(code: str) -> str:
    """Return the name of a region; its code where the pack does not know it."""
    return code
