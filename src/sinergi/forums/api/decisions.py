"""Ballots of forums: look at them, vote."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from sinergi.accounts.api.access import ANYONE, KNOWN, asker
from sinergi.accounts.api.answers import answer
from sinergi.accounts.api.paging import Paged, page
from sinergi.accounts.api.schemas import Page
from sinergi.accounts.errors import InvalidError
from sinergi.accounts.texts import small_number
from sinergi.forums.actions import votes
from sinergi.forums.api import shapes
from sinergi.forums.api.meetings import delegation_of
from sinergi.forums.api.shapes import Number, PartNumber
from sinergi.forums.queries.ballots import ballots as readable_ballots
from sinergi.forums.queries.forums import get_forum

router = Router(tags=["Forums"])


@router.get(
    "/forums/{number}/ballots",
    auth=ANYONE,
    response=Page[shapes.BallotLine],
    operation_id="forum_ballots",
)
def forum_ballots(request: HttpRequest, number: Number, window: Paged) -> HttpResponse:
    """List the ballots of a forum: those in preparation for its secretariat only, results when counted."""
    by = asker(request)
    rows = readable_ballots(by, get_forum(by, number)).prefetch_related("options")
    return answer(page(request, window, rows, shapes.ballot_line))


@router.post(
    "/forums/{number}/ballots/{part}/votes",
    auth=KNOWN,
    response=shapes.Voted,
    operation_id="vote",
)
def vote(
    request: HttpRequest, number: Number, part: PartNumber, given: shapes.GivenVote
) -> HttpResponse:
    """Vote for a delegation; with the same code again nothing is counted twice."""
    by = asker(request)
    delegation = delegation_of(by, get_forum(by, number), given.organisation)
    places: dict[int, int] = {}
    for option, place in given.places.items():
        option_number = small_number(option, 18)
        if option_number is None:
            told = _("This vote names an option that the ballot does not have.")
            raise InvalidError({"places": told})
        places[option_number] = place
    new = votes.vote(by, number, part, delegation.pk, places, given.code)
    return answer({"counted": True, "repeated": not new})
