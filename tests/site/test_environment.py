"""Environment variables: every wrong one names itself, secrets stay secret, production is strict."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from sinergi.site.environment import Environment
from sinergi.site.environment_rules import SECRETS, EnvironmentRefusedError, read, unknown
from sinergi.site.settings_table import table
from tests.site import serving

ROOT = Path(__file__).resolve().parents[2]
REAL = {
    "SINERGI_PRODUCTION": "1",
    "SINERGI_SECRET_KEY": serving.KEY,
    "SINERGI_HOSTS": "sinergi.example.go.id",
    "SINERGI_BASE_URL": "https://sinergi.example.go.id",
    "SINERGI_EMAIL_URL": "smtp+tls://u:p@mail.example.go.id:587",
}


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("SINERGI_LANGUAGE", "en")


def refused(**variables):
    with pytest.raises(EnvironmentRefusedError) as caught:
        read({f"SINERGI_{name}": value for name, value in variables.items()})
    return caught.value.lines


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "mysql://u:geheim@h/n"),
        ("DATABASE_URL", "postgres://h:not-a-port/n"),
        ("SECRET_KEY", "short"),
        ("BASE_URL", "https://a.example/with/path"),
        ("BASE_URL", "ftp://a.example"),
        ("BASE_URL", "https://a.example\nX: y"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,everybody"),
        ("EMAIL_URL", "pigeon://h"),
        ("EMAIL_FROM", "a@b.example\nBcc: c@d.example"),
        ("TIME_ZONE", "Asia/Atlantis"),
        ("PACK", "/there/is/no/such/folder"),
        ("IMPORT_MAX_BYTES", "200MB"),
        ("RETENTION_DAYS", "0"),
        ("INVITATION_DAYS", "-1"),
        ("WORKERS", "65"),
        ("THREADS", "many"),
        ("LOG_FORMAT", "xml"),
        ("LOG_LEVEL", "LOUD"),
        ("METRICS_TOKEN", "123"),
    ],
)
def test_a_wrong_variable_names_itself_and_says_what_it_may_be(name, value):
    (line,) = refused(**{name: value})
    assert line.startswith(f"SINERGI_{name}: ")
    assert "it may be: " in line
    assert "\n" not in line
    if name.lower() in SECRETS:
        assert value not in line
        assert f"{len(value)} characters, not shown" in line


def test_every_wrong_variable_is_told_at_once():
    lines = refused(DEBUG="x", WORKERS="0", LOG_FORMAT="xml")
    assert [line.split(":")[0] for line in lines] == [
        "SINERGI_DEBUG",
        "SINERGI_WORKERS",
        "SINERGI_LOG_FORMAT",
    ]


def test_it_is_told_in_indonesian_unless_english_is_asked_for(monkeypatch):
    monkeypatch.setenv("SINERGI_LANGUAGE", "id")
    (line,) = refused(WORKERS="0")
    assert "tidak dapat dipakai; yang boleh: bilangan bulat dari 1 sampai 64" in line


def test_an_empty_variable_counts_as_not_given():
    assert read({"SINERGI_WORKERS": ""}).workers == 1


def test_a_mistyped_variable_is_told_by_name(caplog):
    with caplog.at_level(logging.WARNING):
        read({"SINERGI_DATABSE_URL": "sqlite:///x"})
    assert "SINERGI_DATABSE_URL is no variable of Sinergi" in caplog.text


def test_variables_of_others_are_not_called_mistyped():
    assert unknown({"SINERGI_LANGUAGE": "en", "SINERGI_TEST_DATABASE_URL": "x", "HOME": "/"}) == []


def test_a_whole_environment_of_production_is_taken():
    found = read(REAL)
    assert found.production
    assert found.hosts == ("sinergi.example.go.id",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "x" * 60),
        ("SECRET_KEY", "long-enough-to-run-but-not-for-real"),
        ("HOSTS", ""),
        ("HOSTS", "*"),
        ("BASE_URL", ""),
        ("BASE_URL", "http://sinergi.example.go.id"),
        ("EMAIL_URL", ""),
        ("DEBUG", "1"),
        ("DEMO", "1"),
    ],
)
def test_production_refuses_what_is_missing_or_dangerous(name, value):
    with pytest.raises(EnvironmentRefusedError) as caught:
        read(REAL | {f"SINERGI_{name}": value})
    (line,) = caught.value.lines
    assert line.startswith(f"SINERGI_{name}: ")
    assert value == "" or len(value) < 5 or name != "SECRET_KEY" or value not in line


def test_a_start_with_wrong_variables_ends_with_their_lines_only(tmp_path):
    environment = serving.clean_environment(tmp_path, WORKERS="none", LANGUAGE="en")
    done = subprocess.run(
        [sys.executable, "-m", "sinergi.cli", "serve", "--port", "0"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("SINERGI_WORKERS: “none” cannot be used")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("preload", "silenced"), [("1", 0), ("0", 1)])
def test_the_check_for_deployment_is_silent_in_production(tmp_path, preload, silenced):
    environment = serving.clean_environment(tmp_path) | REAL | {"SINERGI_HSTS_PRELOAD": preload}
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"no issues ({silenced} silenced)" in done.stdout


def test_the_table_of_settings_is_current():
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == table()


def test_the_example_for_operators_names_variables_that_exist():
    text = (ROOT / "deploy" / "environment.example").read_text(encoding="utf-8")
    names = [line.partition("=")[0] for line in text.splitlines() if line and line[0] != "#"]
    assert names
    assert unknown(dict.fromkeys(names, "")) == []


def test_every_variable_says_what_it_is_for():
    fields = Environment.model_fields.items()
    assert [name for name, field in fields if not field.title or not field.description] == []
