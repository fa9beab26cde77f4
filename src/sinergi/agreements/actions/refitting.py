"""Fitting what falls due to an agreement that changed, where the room keeps obligations."""

from importlib import import_module
from importlib.util import find_spec

from sinergi.agreements.models import Agreement

KEEPS = "sinergi.agreements.actions.obligations"


def refit(agreement: Agreement) -> None:
    """Let what falls due follow the days and parties of an agreement."""
    if find_spec(KEEPS) is not None:
        import_module(KEEPS).refit(agreement)
