"""Two people at once, on real connections: nothing is lost and nobody is overwritten."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, connections

from sinergi.opportunities.lists import actions, errors, queries
from sinergi.opportunities.lists.rules import EntryDetails, ListDetails

from .factories import NAMES, SETTINGS, explanation

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("database_of_many"),
]


@pytest.fixture
def database_of_many(tmp_path: Path) -> Iterator[None]:
    """PostgreSQL as it is; of SQLite a file, because its database in memory knows no waiting."""
    if connection.vendor != "sqlite":
        yield
        return
    usual, in_memory = connection.settings_dict["NAME"], connections["default"]
    del connections["default"]
    connection.settings_dict["NAME"] = str(tmp_path / "many.sqlite3")
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        connections["default"] = in_memory


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """Do the deeds at the same moment; return what each returned or raised."""
    ready = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        ready.wait()
        try:
            return deed()
        except errors.ListError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_only_one_of_two_edits_from_the_same_page_is_saved() -> None:
    plan = actions.create_list(ListDetails("RKPD", "Bappeda"))
    entry = actions.add_entry(plan.pk, explanation(), SETTINGS)

    def edit(note: str) -> Callable[[], object]:
        details = EntryDetails(note=note)
        return lambda: actions.edit_entry(plan.pk, entry.pk, details, revision=1)

    results = at_once([edit("a"), edit("b")])
    assert sum(isinstance(result, errors.ConflictError) for result in results) == 1
    entry.refresh_from_db()
    assert (entry.revision, entry.note in {"a", "b"}) == (2, True)


def test_entries_added_at_once_get_places_of_their_own() -> None:
    plan = actions.create_list(ListDetails("RKPD", "Bappeda"))
    pairs = [("63.71", other) for other in NAMES if other != "63.71"]
    at_once([lambda p=p: actions.add_entry(plan.pk, explanation(p), SETTINGS) for p in pairs])
    assert [entry.position for entry in queries.entries(plan)] == [1, 2, 3, 4]


def test_the_same_opportunity_added_at_once_is_there_once() -> None:
    plan = actions.create_list(ListDetails("RKPD", "Bappeda"))
    add = lambda: actions.add_entry(plan.pk, explanation(), SETTINGS)  # noqa: E731 - read as a word
    results = at_once([add, add, add])
    assert sum(isinstance(result, errors.DuplicateError) for result in results) == 2
    assert len(queries.entries(plan)) == 1
