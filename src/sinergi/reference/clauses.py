"""The clause library that a pack ships: texts of documents with placeholders for what the agreement says."""

from dataclasses import dataclass

from sinergi.reference.catalogue import Named

DOCUMENTS = ("kak", "offer", "answer", "kb", "pks", "nota", "addendum", "minutes")
"""Codes of the documents of a cooperation."""


@dataclass(frozen=True, slots=True)
class ShippedClause(Named):
    """A clause; its name is its heading, its text is Indonesian in every language.

    Attributes
    ----------
    kinds
        Documents in which it is offered.
    position
        Where it stands in them.
    needs
        Placeholders of its text: what the agreement must say so that it can be filled in.
    """

    kinds: tuple[str, ...]
    position: int
    text: str
    needs: tuple[str, ...]
    source: str
    provenance: str

    @property
    def default(self) -> bool:
        """Whether it is an expert's default, which nothing that was read asks for."""
        return self.provenance.startswith("default")
