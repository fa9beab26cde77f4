"""On PostgreSQL the application's role reads and writes rows, and cannot touch the trail or the tables."""

import os
import subprocess
import sys
import uuid

import psycopg
import pytest

from tests.databases import SERVER, installation

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("roles")]


@pytest.fixture(scope="module")
def roles(tmp_path_factory):
    """A database that belongs to an owner, set up with a role for the application: their two addresses."""
    end = uuid.uuid4().hex[:8]
    owner, role, name = f"sinergi_owner_{end}", f"sinergi_app_{end}", f"sinergi_ds_roles_{end}"
    place = SERVER.rpartition("@")[2]
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        for one in (owner, role):
            server.execute(f"CREATE ROLE {one} LOGIN")
        server.execute(f"CREATE DATABASE {name} OWNER {owner}")
        try:
            urls = [f"postgresql://{one}@{place}/{name}" for one in (owner, role)]
            home = tmp_path_factory.mktemp("home")
            code = (
                "import django\ndjango.setup()\n"
                "from django.core.management import call_command\n"
                "from sinergi.site.keeping import roles\n"
                "with roles.as_owner():\n"
                "    call_command('migrate', verbosity=0)\n"
                "    roles.grant_again()\n"
                "from tests.site.keeping.content import fill\nfill()\n"
            )
            environment = {
                **os.environ,
                "SINERGI_HOME": str(home),
                "SINERGI_DATABASE_URL": urls[1],
                "SINERGI_OWNER_DATABASE_URL": urls[0],
                "DJANGO_SETTINGS_MODULE": "sinergi.site.settings",
                "PYTHONPATH": os.pathsep.join(sys.path),
            }
            done = subprocess.run(
                [sys.executable, "-c", code],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            yield urls
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            for one in (role, owner):
                server.execute(f"DROP ROLE {one}")


CHANGES = [
    "UPDATE accounts_auditrecord SET name = 'x'",
    "DELETE FROM accounts_auditrecord",
    "TRUNCATE accounts_auditrecord",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_is_refused_by_the_trigger(roles, statement):
    with psycopg.connect(roles[0]) as owner, pytest.raises(psycopg.errors.RaiseException):
        owner.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        *CHANGES,
        "DROP TRIGGER audit_no_change ON accounts_auditrecord",
        "ALTER TABLE accounts_auditrecord DISABLE TRIGGER USER",
        "ALTER TABLE accounts_auditrecord DROP COLUMN name",
        "DROP TABLE accounts_auditrecord",
        "TRUNCATE accounts_person CASCADE",
        "ALTER TABLE accounts_person ADD COLUMN x int",
        "CREATE TABLE mine (x int)",
        (
            "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger "
            "LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
        ),
        "UPDATE django_migrations SET name = 'x'",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_is_refused_by_privilege(roles, statement):
    with psycopg.connect(roles[1]) as role, pytest.raises(psycopg.errors.InsufficientPrivilege):
        role.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM accounts_auditrecord",
        "UPDATE accounts_person SET name = 'Eva'",
        "DELETE FROM django_session",
        "UPDATE accounts_audithead SET sequence = sequence",
        "SELECT nextval('accounts_organisation_id_seq')",
        "SELECT * FROM django_migrations",
    ],
)
def test_the_application_does_its_work(roles, statement):
    with psycopg.connect(roles[1]) as role:
        role.execute(statement)
        role.rollback()


def test_on_sqlite_the_trigger_refuses_and_verify_finds_who_took_it_off(tmp_path):
    import sqlite3
    from contextlib import closing

    with installation("sqlite", tmp_path) as place:
        place.python("from tests.site.keeping.content import fill\nfill()")
        with closing(sqlite3.connect(tmp_path / "sinergi.sqlite3")) as file:
            for statement in CHANGES[:2]:
                with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                    file.execute(statement)
            names = file.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall()
            for (name,) in names:
                file.execute(f"DROP TRIGGER {name}")
            file.execute("UPDATE accounts_auditrecord SET name = 'x' WHERE sequence = 2")
            file.commit()
        told = place.python(
            "from sinergi.accounts.audit.proof import verify\nfound = verify().fault\n"
            "print(found.code, found.sequence)"
        )
        assert told == "changed 2"
