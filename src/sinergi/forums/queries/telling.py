"""Which deeds on a forum somebody may know of: drafts, people and notes are not for all who may read it."""

from sinergi.accounts.audit.history import CHOOSE, Deed
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.forums import permissions
from sinergi.forums.models import Forum
from sinergi.forums.queries.meetings import is_inside, reads_all_documents

FOR_ALL = frozenset({"", "agenda", "document", "issue", "theme", "point", "minutes"})
"""Parts of which whoever reads a public forum is told."""
WITHHELD = frozenset(
    {Verb.ISSUE_WRITTEN, Verb.REMARKED, Verb.AMENDMENT_DECIDED, Verb.MINUTES_DRAWN_UP}
    | {Verb.SHARED, Verb.UNSHARED, Verb.EXPORTED}
)
"""Deeds on them of which they are not: drafts, what is said among delegations, with whom it is shared."""


def known(by: Principal, forum: Forum, deeds: list[Deed]) -> list[Deed]:
    """Return the deeds of which somebody may know; the secretariat knows of all.

    Delegations are not told of the people and notes of another, and documents that are not open only to
    those who may have them.
    """
    if permissions.prepares(by, forum):
        return deeds
    inside = is_inside(by, forum)
    all_documents = inside and reads_all_documents(by, forum)

    def knows(deed: Deed) -> bool:
        part = deed.part.partition(":")[0]
        if part == "document" and not all_documents:
            return deed.after.get("open_to_all") is True
        if inside:
            return part not in {"delegation", "delegate"} or _own(by, deed)
        return part in FOR_ALL and deed.verb not in WITHHELD

    return [deed for deed in deeds if knows(deed)]


def _own(by: Principal, deed: Deed) -> bool:
    """Whether a deed was done to a delegation of somebody's own organisation."""
    number = deed.after.get("organisation", deed.before.get("organisation"))
    return isinstance(number, int) and by.has(Right.READ, number)


CHOOSE[Forum.KIND] = known
