"""What tests of the reference room share: the shipped pack, copies to break, loaded tables."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from sinergi.reference.actions import load_reference
from sinergi.reference.pack import Pack, load_pack

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SINERGI_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder of the Indonesian pack."""
    return ROOT / "src" / "sinergi" / "reference" / "indonesia"


@pytest.fixture(scope="session")
def indonesia(folder: Path) -> Pack:
    """The Indonesian pack."""
    return load_pack(folder)


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A copy of the pack that a test may break."""
    return Path(shutil.copytree(folder, tmp_path / "pack"))


@pytest.fixture(scope="module")
def tables(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The shipped pack in the tables, loaded once per module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(tables: None, db: None) -> None:
    """Tables that hold the shipped pack; what a test changes is rolled back."""


@pytest.fixture
def use_pack(monkeypatch: pytest.MonkeyPatch):
    """Return a function that makes this installation use another pack folder."""

    def use(folder: Path) -> None:
        monkeypatch.setattr(settings, "SINERGI_PACK", folder)

    return use


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of example inputs beside the repository; tests that need it are skipped without it."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the example inputs of ../shared/data are not here (set SINERGI_SHARED)")
    return SHARED / "data"


@pytest.fixture(autouse=True)
def static_root() -> None:
    """Give WhiteNoise the folder it looks for; it warns where nothing was collected."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
