"""What a user does to evidence: load the shipped figures, preview, load, undo and adopt a file."""

from sinergi.evidence.actions.adopt import AdoptRefusedError, adopt_import
from sinergi.evidence.actions.load import ImportRefusedError, load_import, preview_import
from sinergi.evidence.actions.shipped import load_shipped_evidence
from sinergi.evidence.actions.undo import UndoRefusedError, undo_import

__all__ = [
    "AdoptRefusedError",
    "ImportRefusedError",
    "UndoRefusedError",
    "adopt_import",
    "load_import",
    "load_shipped_evidence",
    "preview_import",
    "undo_import",
]
