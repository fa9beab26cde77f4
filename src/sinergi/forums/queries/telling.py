"""Which deeds on a forum somebody may know of: drafts, people and notes are not for all who may read it."""

from sinergi.accounts.audit.history import CHOOSE, Deed
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums import permissions
from sinergi.forums.models import Ballot, Forum, StrategicIssue
from sinergi.forums.queries.meetings import is_inside, reads_all_documents

FOR_ALL = frozenset({"", "agenda", "ballot", "document", "issue", "theme", "point", "minutes"})
"""Parts of which whoever reads a public forum is told."""
WITHHELD = frozenset(
    {Verb.REMARKED, Verb.AMENDMENT_DECIDED, Verb.VOTED}
    | {Verb.SHARED, Verb.UNSHARED, Verb.EXPORTED}
)
"""Deeds on them of which they are not: what is said among delegations, who voted, with whom it is shared.

Pages keep to the same: strangers see wordings, results and totals there.
"""


def known(by: Principal, forum: Forum, deeds: list[Deed]) -> list[Deed]:
    """Return the deeds of which somebody may know; at most two queries for what is in preparation.

    Drafts of issues are told to their own organisation alone, also by the secretariat, which knows of all
    else. Ballots in preparation and drafts of minutes are told to the secretariat alone. Delegations are
    not told of the people and notes of another, and documents that are not open only to those who may have
    them.
    """
    drafts = _drafts(by, deeds)
    deeds = [deed for deed in deeds if deed.part not in drafts or not _draft_deed(deed, drafts)]
    if permissions.prepares(by, forum):
        return deeds
    inside = is_inside(by, forum)
    all_documents = inside and reads_all_documents(by, forum)
    unopened = _unopened(deeds)

    def knows(deed: Deed) -> bool:
        part = deed.part.partition(":")[0]
        if deed.part in unopened or deed.verb == Verb.MINUTES_DRAWN_UP:
            return False
        if part == "document" and not all_documents:
            return deed.after.get("open_to_all") is True
        if inside:
            return part not in {"delegation", "delegate"} or _own(by, deed)
        return part in FOR_ALL and deed.verb not in WITHHELD

    return [deed for deed in deeds if knows(deed)]


def _numbers(deeds: list[Deed], kind: str) -> set[int]:
    """Return the numbers of the parts of a kind that deeds were done to."""
    parts = (deed.part.partition(":") for deed in deeds)
    return {int(number) for name, _colon, number in parts if name == kind and number.isdecimal()}


def _drafts(by: Principal, deeds: list[Deed]) -> dict[str, bool]:
    """Return the issues of others among the parts of deeds, and whether each was submitted meanwhile."""
    numbers = _numbers(deeds, "issue")
    if not numbers or by.operator:
        return {}
    rows = StrategicIssue.objects.filter(pk__in=numbers)
    if mine := by.organisations(Right.READ):
        rows = rows.exclude(raised_by__in=mine)
    found = rows.values_list("pk", "submitted_at")
    return {f"issue:{number}": at is not None for number, at in found}


def _draft_deed(deed: Deed, drafts: dict[str, bool]) -> bool:
    """Whether a deed was done to a draft of another organisation."""
    return deed.verb == Verb.ISSUE_WRITTEN or not drafts[deed.part]


def _unopened(deeds: list[Deed]) -> set[str]:
    """Return the ballots among the parts of deeds that were never opened."""
    numbers = _numbers(deeds, "ballot")
    if not numbers:
        return set()
    rows = Ballot.objects.filter(pk__in=numbers, opened_at=None)
    return {f"ballot:{number}" for number in rows.values_list("pk", flat=True)}


def _own(by: Principal, deed: Deed) -> bool:
    """Whether a deed was done to a delegation of somebody's own organisation."""
    number = deed.after.get("organisation", deed.before.get("organisation"))
    return isinstance(number, int) and by.has(Right.READ, number)


CHOOSE[Forum.KIND] = known
