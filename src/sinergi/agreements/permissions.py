"""Who may do what with an agreement, as predicates over who asks; when is asked of the stages.

An agreement is owned like everything else: its organisation keeps it, those that it is shared with for
editing help. An organisation that acts for a party reads it (`accounts.actions.sharing.let_read`) and does
what the party alone does: answers, accepts a text, records its signature, its approval, its budget.
"""

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements.models import Agreement, Party


def prepares(by: Principal, agreement: Agreement) -> bool:
    """Whether somebody keeps the agreement: writes its data, its texts, what all parties share."""
    return rules.may(by, rules.OBJECT_EDIT, agreement)


def has_part(by: Principal, agreement: Agreement) -> bool:
    """Whether somebody keeps the agreement or acts for one of its parties, and so may renew it."""
    if prepares(by, agreement):
        return True
    return any(acts_for(by, one) for one in Party.objects.filter(agreement=agreement, left_on=None))


def concludes(by: Principal, agreement: Agreement) -> bool:
    """Whether somebody ends it, or lets it into the public register: coordinators and approvers."""
    return rules.may(by, rules.OBJECT_REMOVE, agreement)


def acts_for(by: Principal, party: Party) -> bool:
    """Whether somebody does what a party does: its own people, or who keeps the agreement if it has none.

    A party whose people are here speaks for itself: nobody accepts or signs in its name.
    """
    if party.left_on is not None:
        return False
    if party.organisation_id is not None:
        return by.operator or by.has(Right.EDIT, party.organisation_id)
    return prepares(by, party.agreement)


def require_for(by: Principal, party: Party) -> None:
    """Refuse what only a party does.

    Raises
    ------
    UnseenError, ForbiddenError
    """
    if acts_for(by, party):
        return
    rules.require(by, rules.OBJECT_READ, party.agreement)
    rule = rules.OBJECT_EDIT
    raise ForbiddenError(rules.refusal(by, rule, party.agreement), rule)
