"""The test run on PostgreSQL: `SINERGI_TEST_DATABASE_URL` names a server and what a database is called."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
import psycopg
from psycopg import sql

URL = os.environ.get("SINERGI_TEST_DATABASE_URL", "")


def asked() -> bool:
    """Whether the run uses PostgreSQL."""
    return URL.startswith("postgres")


def name(end: str) -> str:
    """The name of one of the run's databases, beside those that pytest-django makes."""
    return f"test_{dj_database_url.parse(URL)['NAME']}_{end}"


def address(database: str) -> str:
    """The address of another database of the same server."""
    return URL.rpartition("/")[0] + "/" + database


@contextmanager
def server() -> Iterator[psycopg.Connection]:
    """A connection that makes and drops databases."""
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        yield connection


def make(database: str, template: str = "template1") -> None:
    """Make a database anew, as a copy of another."""
    drop(database)
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with server() as connection:
        connection.execute(make.format(sql.Identifier(database), sql.Identifier(template)))


def drop(database: str) -> None:
    """Drop a database, also one in use."""
    gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with server() as connection:
        connection.execute(gone.format(sql.Identifier(database)))


def load(database: str, code: str, home: str) -> None:
    """Run code on a new database, in a process of its own."""
    make(database)
    environment = {
        **os.environ,
        "SINERGI_HOME": home,
        "SINERGI_DATABASE_URL": address(database),
        "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
