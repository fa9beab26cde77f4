"""Tasks that the tests of the worker hand in; each writes down in a file that it was there."""

import os
import time
import uuid
from pathlib import Path

from django.db import transaction
from django_tasks import task

from sinergi.accounts.models import Organisation
from sinergi.accounts.tasks import GiveUpError, first_time, trying


def note(folder: str, line: str) -> None:
    with (Path(folder) / "notes").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def notes(folder: Path) -> list[str]:
    path = folder / "notes"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@task()
@trying(attempts=3, first=0.01)
def count_once(folder: str, key: str) -> str:
    """Say that it began, wait as long as a file `wait` is there, then do the deed once."""
    note(folder, f"began {os.getpid()}")
    while (Path(folder) / "wait").exists():
        time.sleep(0.02)
    with transaction.atomic():
        if first_time(key):
            Organisation.objects.create(code=f"effect-{uuid.uuid4().hex}", name=key)
    note(folder, f"ended {os.getpid()}")
    return key


@task()
@trying(attempts=3, first=0.01)
def fail(folder: str) -> None:
    note(folder, "tried")
    msg = "password=rahasia of ani@contoh.test"
    raise RuntimeError(msg)


@task()
@trying(attempts=2, first=0.01)
def fail_once(folder: str) -> str:
    note(folder, "tried")
    if len(notes(Path(folder))) == 1:
        raise OSError
    return "done"


@task()
def give_up() -> None:
    msg = "The file is no longer kept."
    raise GiveUpError(msg)


@task(takes_context=True)
def tell_attempt(context) -> int:
    return context.attempt


@task()
def unwritable() -> object:
    return object()
