"""Fitting what falls due to an agreement that changed: its days, its parties, what it owes."""

from sinergi.agreements.actions import obligations
from sinergi.agreements.models import Agreement


def refit(agreement: Agreement) -> None:
    """Let what falls due follow the days and parties of an agreement; done twice, it changes nothing."""
    obligations.refit(agreement)
