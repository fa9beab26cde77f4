"""Stages, tasks, approvals and advice in the words of histories."""

from dataclasses import dataclass

from django.utils.translation import get_language

from sinergi.accounts.audit.words import MORE
from sinergi.agreements.models import ApprovalState, DueState, Opinion, TaskState
from sinergi.reference import queries as reference


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage as a history names it."""

    label: str


class StageNames:
    """The stages of the pack, as a closed vocabulary of records."""

    @property
    def values(self) -> tuple[str, ...]:
        """Return the codes of all stages."""
        return tuple(one.code for one in reference.pack().agreement_stages)

    def __call__(self, code: str) -> Stage:
        """Return a stage with its name in the language of the page."""
        stages = reference.pack().agreement_stages
        found = next(one for one in stages if one.code == code)
        return Stage(found.name(get_language() or "id"))


MORE["stage"] = (*MORE.get("stage", ()), StageNames())
MORE["state"] = (*MORE.get("state", ()), TaskState, ApprovalState, DueState)
MORE["opinion"] = (*MORE.get("opinion", ()), Opinion)
