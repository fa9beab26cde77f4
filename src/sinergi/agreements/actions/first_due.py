"""The first day of what is still due in an agreement: written by every deed, put right daily."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from sinergi.accounts.tasks import daily
from sinergi.agreements.models import Agreement, Due, DueState

OPEN = (DueState.OPEN, DueState.PARTLY)
A_TIME = 500


def first_open_due() -> Subquery:
    """Return the first day of what is due and not wholly fulfilled, for a question about agreements."""
    dues = Due.objects.filter(
        obligation__agreement=OuterRef("pk"), obligation__removed_at=None, state__in=OPEN
    )
    return Subquery(dues.order_by("on").values("on")[:1])


def put_right() -> int:
    """Write the day of agreements in which it is another one; return how many."""
    rows: Any = Agreement.objects.order_by().annotate(day=first_open_due())
    told = rows.values_list("pk", "first_open_due", "day").iterator()
    wrong = [number for number, kept, day in told if kept != day]
    for start in range(0, len(wrong), A_TIME):
        part = Agreement.objects.filter(pk__in=wrong[start : start + A_TIME])
        part.update(first_open_due=first_open_due())
    return len(wrong)


@daily("agreements.first_due")
def put_right_daily(day: date) -> None:
    """Put right what slipped past the deeds."""
    put_right()
