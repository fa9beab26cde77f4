"""What a user does to evidence: load the shipped figures, preview and load a file, undo a load."""

from sinergi.evidence.actions.load import ImportRefusedError, load_import, preview_import
from sinergi.evidence.actions.shipped import load_shipped_evidence
from sinergi.evidence.actions.undo import UndoRefusedError, undo_import

__all__ = [
    "ImportRefusedError",
    "UndoRefusedError",
    "load_import",
    "load_shipped_evidence",
    "preview_import",
    "undo_import",
]
