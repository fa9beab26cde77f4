"""What the pages of an agreement share: the agreement, its parties, what the reader may do with it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from sinergi.accounts.principal import Principal
from sinergi.accounts.requests import principal_of
from sinergi.agreements import permissions
from sinergi.agreements.models import Agreement, Party
from sinergi.agreements.queries import reading
from sinergi.agreements.tabs import sections

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Frame:
    """An agreement as a page shows it.

    Attributes
    ----------
    edit, conclude
        Whether the reader keeps the agreement, and whether he may end it.
    parties
        Those that have not left, in order.
    mine
        Numbers of the parties for which the reader acts.
    """

    by: Principal
    agreement: Agreement
    parties: list[Party]
    edit: bool
    conclude: bool
    mine: frozenset[int]

    def context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        """Return what `agreements/base.html` needs, and what a page adds."""
        return {
            "agreement": self.agreement,
            "parties": self.parties,
            "frame": self,
            "sections": sections(request.path, self.agreement.pk),
            **more,
        }


def frame_of(request: HttpRequest, agreement_id: int) -> Frame:
    """Return an agreement for a page.

    Raises
    ------
    UnseenError
        When it is not there or may not be seen.
    """
    by = principal_of(request)
    row = reading.agreement(by, agreement_id)
    there = reading.parties(row)
    return Frame(
        by,
        row,
        there,
        permissions.prepares(by, row),
        permissions.concludes(by, row),
        frozenset(one.pk for one in there if permissions.acts_for(by, one)),
    )
