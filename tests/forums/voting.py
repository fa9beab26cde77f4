"""A ballot in a forum that deliberates, and votes in it, made in one line each by the same actions."""

from sinergi.forums.actions import ballots, votes
from sinergi.forums.details import BallotDetails
from sinergi.forums.models import Ballot

from .play import Play, deliberating

CITIES = ("banjarbaru", "banjarmasin", "palangka-raya")


def code_of(number: int) -> str:
    """The code of a vote, another one for each number."""
    return f"kode{number:020d}"


def opened(made: Play, *texts: str, method: str = "borda", **values: object) -> Ballot:
    """An open ballot on some options."""
    options = tuple((text, None) for text in texts or ("Jalan", "Air", "Pangan"))
    details = BallotDetails("Prioritas?", method, options, **values)
    row = ballots.prepare_ballot(made.secretary, made.forum.pk, details)
    return ballots.open_ballot(made.secretary, made.forum.pk, row.pk, few_accepted=True)


def voting(*cities: str, **values: object) -> tuple[Play, Ballot]:
    """A forum that deliberates, with an open ballot."""
    made, _themes = deliberating(*(cities or CITIES))
    return made, opened(made, **values)


def ranking(ballot: Ballot, *order: int) -> dict[int, int]:
    """Places of options: `ranking(ballot, 2, 1)` puts the second option first and the first second."""
    numbers = list(ballot.options.values_list("pk", flat=True))
    return {numbers[position - 1]: place for place, position in enumerate(order, start=1)}


def cast(made: Play, ballot: Ballot, city: str, places: dict[int, int], number: int = 0) -> bool:
    """Vote for a city, with the code of a number or else of its place among the cities."""
    code = code_of(number or list(made.cities).index(city) + 1)
    given = (made.forum.pk, ballot.pk, made.delegations[city].pk, places, code)
    return votes.vote(made.cities[city], *given)


def closed(made: Play, ballot: Ballot) -> Ballot:
    """The ballot, closed."""
    return ballots.close_ballot(made.secretary, made.forum.pk, ballot.pk)
