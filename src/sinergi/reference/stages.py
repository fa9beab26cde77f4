"""The stages through which agreements of a family go, and what each asks for, as the pack says it."""

from dataclasses import dataclass
from typing import Literal, get_args

from sinergi.reference.catalogue import Named

Guard = Literal[
    "done",
    "document",
    "two_parties",
    "required_parties",
    "offer_sent",
    "offer_answered",
    "text_accepted",
    "signed",
    "approvals_given",
    "obligations_written",
    "begins_known",
]
"""What must hold before a stage is left; `document`, `text_accepted` and `signed` are of the document that
the task names, `done` of the task itself."""
Applies = Literal["always", "approval_needed"]
Scope = Literal["party", "all"]
GUARDS: tuple[str, ...] = get_args(Guard)
OF_DOCUMENT = ("document", "text_accepted", "signed")
FIRST = "preparation"
"""The stage in which every agreement begins."""


@dataclass(frozen=True, slots=True)
class AgreementTask(Named):
    """Something that a stage asks for.

    Attributes
    ----------
    scope
        Whether each party does it, or it is done once for all.
    document
        Kind of the document that it makes; empty where it makes none.
    guards
        What must hold before the stage is left; without any it only reminds.
    default_days
        Days within which it is done; None: no deadline, as law that could be confirmed sets none.
    """

    families: tuple[str, ...]
    stage: str
    scope: Scope
    document: str
    guards: tuple[Guard, ...]
    default_days: int | None
    source: str
    provenance: str


@dataclass(frozen=True, slots=True)
class AgreementStage(Named):
    """A stage of a family, with its tasks.

    Attributes
    ----------
    position
        1..n within the family.
    applies_when
        `always`, or the rule without which a party passes over it.
    """

    family: str
    position: int
    applies_when: Applies
    source: str
    provenance: str
    tasks: tuple[AgreementTask, ...] = ()

    @property
    def default(self) -> bool:
        """Whether it is known from practice, not from a source that was read."""
        return not self.provenance.startswith("sourced")
