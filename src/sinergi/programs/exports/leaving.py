"""What is recorded when a file leaves: on the thing itself and on each plan in it, where they are private."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from sinergi.accounts.actions.owned import record_on
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Kept, Visibility
from sinergi.accounts.principal import Principal
from sinergi.programs.queries.plans import plans as readable


@transaction.atomic
def record_left(
    by: Principal, thing: Kept | None, plans: Iterable[int], after: dict[str, Any]
) -> None:
    """Record that a file left, on whatever in it is not public.

    Parameters
    ----------
    thing
        What the file is of; None: of plans alone.
    plans
        Numbers of the plans whose lines it shows; those that `by` may not read show nothing in it.
    after
        What is told of the file: its format, how many rows.
    """
    if thing is not None and thing.visibility != Visibility.PUBLIC:
        record_on(by, Verb.EXPORTED, thing, after=after)
    private = readable(by).filter(pk__in=set(plans)).exclude(visibility=Visibility.PUBLIC)
    for plan in private.order_by("pk"):
        record_on(by, Verb.EXPORTED, plan, after=after)
