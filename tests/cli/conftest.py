"""Running the real command: in this process, or as a process of its own in a home of its own."""

import gettext
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest
from django.utils import translation
from typer.testing import CliRunner

from sinergi.cli import language
from sinergi.cli.app import app
from tests.conftest import home_environment


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str
    raw: bytes = b""


@pytest.fixture(scope="session", autouse=True)
def indonesian() -> None:
    """Compile the words of the command line when nobody has yet."""
    source = language.LOCALE / "id" / "LC_MESSAGES" / "django.po"
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        polib.pofile(str(source)).save_as_mofile(str(compiled))


@pytest.fixture(autouse=True)
def as_before(monkeypatch) -> Iterator[None]:
    """Give back the language and the environment after each test."""
    for variable in (*language.VARIABLES, "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANGUAGE", "")
    spoken, domain = translation.get_language(), gettext.textdomain()
    yield
    translation.activate(spoken or "id")
    gettext.textdomain(domain)
    language.choose("id")


@pytest.fixture
def run() -> Callable[..., Ran]:
    """Run a command line in this process, in English unless it says otherwise."""

    def command(*arguments: object) -> Ran:
        given = [str(one) for one in arguments]
        if not any(one.startswith("--language") for one in given):
            given = ["--language", "en", *given]
        done = CliRunner().invoke(app, given)
        return Ran(done.exit_code, done.stdout, done.stderr, done.stdout_bytes)

    return command


@pytest.fixture
def process(shipped_home: Path) -> Callable[..., Ran]:
    """Run a command line as a process of its own."""

    def command(*arguments: object, home: Path = shipped_home, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "sinergi.cli", *map(str, arguments)],
            env=clean(home_environment(home)) | environment,
            cwd=home,
            capture_output=True,
            check=False,
            timeout=600,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode(), done.stdout)

    return command


def clean(environment: dict[str, str]) -> dict[str, str]:
    """Return an environment that says nothing about the language."""
    return {
        name: value
        for name, value in environment.items()
        if name not in language.VARIABLES and name != "SINERGI_DEBUG"
    }
