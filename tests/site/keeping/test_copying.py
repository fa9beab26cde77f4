"""Copies between databases: the same row by row, or nothing."""

import shutil

import pytest
from django.db import DatabaseError

from sinergi.site.keeping import databases, tables
from sinergi.site.keeping.copying import compared, copy_database
from sinergi.site.keeping.errors import DifferentError, KeepingError, OccupiedError
from tests.databases import installation, opened, template
from tests.site.keeping.content import fill


@pytest.fixture
def there(tmp_path, django_db_blocker):
    """An empty database on PostgreSQL."""
    (tmp_path / "pg").mkdir()
    with installation("postgresql", tmp_path / "pg") as made, django_db_blocker.unblock():
        yield made.url


def empty(folder) -> str:
    """The address of an empty SQLite database that is set up."""
    shutil.copyfile(template("sqlite"), folder / "empty.sqlite3")
    return f"sqlite:///{folder}/empty.sqlite3"


def content(kept):
    return [table for table in kept if table.kept and not table.name.startswith("accounts_audit")]


@pytest.mark.postgres
def test_the_shipped_database_goes_to_postgresql_and_back_the_same(
    shipped_database, there, tmp_path
):
    first, last = f"sqlite:///{shipped_database}", empty(tmp_path)
    one = copy_database(first, there)
    two = copy_database(there, last)
    names = [table for table in one.hashes if not table.startswith("accounts_audit")]
    assert {name: one.hashes[name] for name in names} == {name: two.hashes[name] for name in names}
    with databases.opened(first, "source"), databases.opened(last, "other"):
        assert compared(content(tables.tables("source")), "source", "other")
        assert (
            databases.run("SELECT count(*) FROM evidence_observation", (), "other")[0][0] > 260_000
        )
    assert one.verdict.whole
    assert two.verdict.records == one.verdict.records + 1


@pytest.mark.postgres
def test_odd_values_are_the_same_on_the_other_side(place, tmp_path, there):
    target = empty(tmp_path) if place.url.startswith("postgres") else there
    done = copy_database(place.url, target)
    assert done.hashes["accounts_apitoken"]
    assert done.verdict.whole


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE accounts_person SET name = 'Eva'", "accounts_person 1: name"),
        ("DELETE FROM evidence_observation WHERE id = 3", "evidence_observation 3"),
        ("UPDATE accounts_apitoken SET scopes = '[\"read\"]'", "accounts_apitoken 1: scopes"),
        ("UPDATE reference_region SET area_km2 = 0.1000000001 WHERE area_km2 = 0.1", "area_km2"),
    ],
)
def test_a_difference_is_told_by_table_and_key(place, tmp_path, change, told):
    target = empty(tmp_path)
    copy_database(place.url, target)
    with databases.opened(place.url, "source"), databases.opened(target, "other"):
        databases.run("PRAGMA foreign_keys=OFF", (), "other")
        databases.run(change, (), "other")
        with pytest.raises(DifferentError, match=told):
            compared(content(tables.tables("source")), "source", "other")


def test_a_database_that_is_not_set_up_is_so_by_the_copy_and_then_no_target(place, tmp_path):
    new = place.url.startswith("sqlite")
    target = f"sqlite:///{tmp_path}/new.sqlite3" if new else empty(tmp_path)
    assert copy_database(place.url, target).verdict.whole
    with pytest.raises(OccupiedError):
        copy_database(place.url, target)


def test_a_database_is_not_copied_onto_itself(place):
    with pytest.raises(KeepingError):
        copy_database(place.url, place.url)


def test_an_empty_source_is_told(place, tmp_path):
    with pytest.raises(KeepingError, match="sinergi setup"):
        copy_database(f"sqlite:///{tmp_path}/none.sqlite3", f"sqlite:///{tmp_path}/b.sqlite3")


def test_a_value_that_the_target_refuses_leaves_it_empty(there, tmp_path, django_db_blocker):
    """PostgreSQL holds no zero character; SQLite does."""
    (tmp_path / "home").mkdir()
    with installation("sqlite", tmp_path / "home") as made:
        with opened(made):
            fill()
            databases.run("UPDATE accounts_person SET name = %s", ["a\x00b"])
        with pytest.raises((DatabaseError, ValueError)):
            copy_database(made.url, there)
    with databases.opened(there, "default"):
        assert databases.run("SELECT count(*) FROM accounts_organisation")[0][0] == 0
