"""Who is told the names of people: those who may read the whole history of a thing, signed in."""

from sinergi.accounts import rules
from sinergi.accounts.models import Owned
from sinergi.accounts.principal import Principal


def names_told(by: Principal, row: Owned) -> bool:
    """Whether somebody is told who said, weighed and decided what; readers in public are not."""
    known = by.operator or by.person_id is not None
    return known and rules.may(by, rules.OBJECT_HISTORY, row)
