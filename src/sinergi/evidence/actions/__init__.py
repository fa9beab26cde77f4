"""What a user does to evidence: load the shipped figures, load a file, undo a load."""

from sinergi.evidence.actions.shipped import load_shipped_evidence
from sinergi.evidence.actions.undo import UndoRefusedError, undo_import

__all__ = ["UndoRefusedError", "load_shipped_evidence", "undo_import"]
