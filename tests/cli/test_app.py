"""The command as a whole: help, languages, weight, exit codes, interruption."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sinergi.cli.app import app
from tests.cli.conftest import clean
from tests.conftest import home_environment
from tests.databases import until

COMMANDS = [
    "map",
    "explain",
    "profile",
    "missing",
    "method",
    "import",
    "imports",
    "undo",
    "lists",
    "new-list",
    "add-to-list",
    "export-list",
    "reference",
    "setup",
    "serve",
    "version",
]
HEAVY = ("django", "polars", "numpy", "scipy", "rich", "gunicorn", "pydantic", "h3", "xlsxwriter")


def test_importing_the_command_line_loads_nothing_heavy():
    script = f"import sys, sinergi.cli.app; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_help_names_every_command(run):
    told = run("--help")
    assert told.code == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in told.out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run, command):
    told = run(command, "--help")
    assert told.code == 0
    assert f"sinergi {command}" in told.out


def test_help_is_indonesian_by_default(process):
    told = process("--help")
    assert "Temukan di mana pemerintah daerah" in told.out
    assert "Perintah:" in told.out


def test_help_follows_the_environment_and_the_option_wins(process):
    assert "Find where local governments" in process("--help", LANG="en_US.UTF-8").out
    told = process("--language", "id", "--help", LANG="en_US.UTF-8")
    assert "Temukan di mana" in told.out


def test_without_a_command_it_shows_help_as_a_usage_error(process):
    told = process()
    assert told.code == 2
    assert "export-list" in told.err


def test_version_is_told(run):
    assert run("version").out.startswith("Sinergi 0.")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bogus"], "There is no command bogus."),
        (["undo"], "The argument BATCH is missing."),
        (["undo", "x"], "BATCH: this is not a whole number."),
        (["map", "--format", "doc"], "“doc” is not one of"),
        (["map", "--objects", "x"], "There is no option --objects."),
        (["imports", "x"], "Too many arguments: x."),
        (["serve", "--port", "70000"], "--port: this is more than 65535."),
        (["new-list"], "The argument NAME is missing."),
        (["copy-database", "--to", "x"], "The option --from is missing."),
    ],
)
def test_wrong_arguments_are_one_line_and_exit_code_2(run, arguments, told):
    answer = run(*arguments)
    assert answer.code == 2
    assert told in answer.err
    assert answer.err.count("\n") == 1
    assert "--help`" in answer.err


def test_wrong_arguments_are_told_in_indonesian_too(run):
    assert "Tidak ada perintah bogus." in run("--language", "id", "bogus").err


def test_in_a_home_without_anything_it_says_what_to_do(process, tmp_path):
    told = process("--language", "en", "map", home=tmp_path)
    assert (told.code, told.out) == (2, "")
    assert told.err == "Nothing is set up here yet. Run `sinergi setup` first.\n"


def computes(number: int) -> bool:
    """Whether a process has loaded what it computes with, or has ended."""
    try:
        return "polars" in Path(f"/proc/{number}/maps").read_text(encoding="utf-8")
    except OSError:
        return True


def test_interrupting_stops_quietly(shipped_home, process):
    running = subprocess.Popen(
        [sys.executable, "-m", "sinergi.cli", "--language", "en", "map", "--each", "0"],
        env=clean(home_environment(shipped_home)),
        cwd=shipped_home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: computes(running.pid) or running.poll() is not None)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=240)
    assert "Traceback" not in err
    # A fast machine has answered by then, and may be ending.
    answered = " opportunities; evidence " in err
    assert answered or "Stopped." in err
    # Where the signal reached code that a library runs from a text, Python ends itself by the signal, even
    # when it was handled; a shell tells both as 130.
    assert running.returncode in ({0, -signal.SIGINT} if answered else {130, -signal.SIGINT})


def test_a_reader_that_leaves_is_no_error(shipped_home):
    line = f"{sys.executable} -m sinergi.cli reference objects | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line],
        env=clean(home_environment(shipped_home)),
        cwd=shipped_home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError, BrokenPipeError])
def test_a_command_that_is_stopped_shows_no_traceback(run, monkeypatch, stop):
    def stopped(_text):
        raise stop

    monkeypatch.setattr("sinergi.cli.screen.say", stopped)
    told = run("version")
    assert told.code == (0 if stop is BrokenPipeError else 130)
    assert told.err.strip() in {"", "Stopped."}


def test_the_app_is_what_the_console_script_runs(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["sinergi", "version"])
    with pytest.raises(SystemExit) as ended:
        app()
    assert ended.value.code == 0
