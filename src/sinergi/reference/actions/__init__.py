"""Writes of the room: loading the pack, and official files over it."""

from sinergi.reference.actions.boundaries import BoundaryReport, load_boundaries
from sinergi.reference.actions.load_pack import LoadReport, load_reference
from sinergi.reference.actions.nomenclature import NomenclatureReport, load_nomenclature
from sinergi.reference.actions.shapes import shape_file

__all__ = [
    "BoundaryReport",
    "LoadReport",
    "NomenclatureReport",
    "load_boundaries",
    "load_nomenclature",
    "load_reference",
    "shape_file",
]
