"""Two people at once, on real connections: nothing is lost and nobody is overwritten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sinergi.accounts.audit.proof import verify
from sinergi.accounts.errors import ConflictError
from sinergi.accounts.once import once
from sinergi.accounts.principal import Principal
from sinergi.opportunities.lists import actions, errors, queries
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails
from tests.people import asks, person

from .factories import BY, NAMES, SETTINGS, bappeda, explanation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_of_many"),
]


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """Do the deeds at the same moment; return what each returned or raised."""
    ready = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        ready.wait()
        try:
            return deed()
        except (errors.ListError, ConflictError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_only_one_of_two_edits_from_the_same_page_is_saved() -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("RKPD", "Bappeda"))
    entry = actions.add_entry(BY, plan.pk, explanation(), SETTINGS)

    def edit(note: str) -> Callable[[], object]:
        details = EntryDetails(note=note)
        return lambda: actions.edit_entry(BY, plan.pk, entry.pk, details, revision=1)

    results = at_once([edit("a"), edit("b")])
    assert sum(isinstance(result, ConflictError) for result in results) == 1
    entry.refresh_from_db()
    assert (entry.revision, entry.note in {"a", "b"}) == (2, True)


def test_entries_added_at_once_get_places_of_their_own() -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("RKPD", "Bappeda"))
    pairs = [("63.71", other) for other in NAMES if other != "63.71"]
    at_once([lambda p=p: actions.add_entry(BY, plan.pk, explanation(p), SETTINGS) for p in pairs])
    assert [entry.position for entry in queries.entries(plan)] == [1, 2, 3, 4]


def test_the_same_opportunity_added_at_once_is_there_once() -> None:
    plan = actions.create_list(BY, bappeda(), ListDetails("RKPD", "Bappeda"))
    add = lambda: actions.add_entry(BY, plan.pk, explanation(), SETTINGS)  # noqa: E731 - read as a word
    results = at_once([add, add, add])
    assert sum(isinstance(result, errors.DuplicateError) for result in results) == 2
    assert len(queries.entries(plan)) == 1


def test_two_people_saving_the_same_list_at_once_lose_nothing() -> None:
    people = [asks(person(name, ("analyst", bappeda()))) for name in ("Ani", "Budi", "Citra")]
    plan = actions.create_list(people[0], bappeda(), ListDetails("RKPD"))

    def save(by: Principal) -> Callable[[], object]:
        details = ListDetails(f"RKPD dari {by.name}")
        return lambda: actions.rename_list(by, plan.pk, details, revision=1)

    results = at_once([save(by) for by in people])
    refused = [result for result in results if isinstance(result, ConflictError)]
    saved = queries.get_list(BY, plan.pk)
    winner = saved.name.removeprefix("RKPD dari ")
    assert len(refused) == 2
    assert all(winner in error.message for error in refused)
    assert saved.revision == 2
    assert verify().whole


def test_deeds_of_many_at_once_are_chained_one_after_the_other() -> None:
    plans = [actions.create_list(BY, bappeda(), ListDetails(f"RKPD {n}")) for n in range(4)]
    at_once(
        [lambda p=p: actions.add_entry(BY, p.pk, explanation(), SETTINGS) for p in plans]
        + [lambda p=p: actions.rename_list(BY, p.pk, ListDetails("Baru")) for p in plans]
    )
    verdict = verify()
    assert verdict.whole
    assert verdict.records == 12


def test_a_form_that_arrives_twice_at_once_makes_one_list() -> None:
    home = bappeda()

    def make() -> dict[str, int]:
        return {"list": actions.create_list(BY, home, ListDetails("RKPD")).pk}

    results = at_once([lambda: once(BY, "create_list", "k", {}, make) for _ in range(3)])
    assert len({result.result["list"] for result in results}) == 1
    assert queries.lists(BY).count() == 1
