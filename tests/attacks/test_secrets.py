"""Nothing secret lies about: in the repository, below the addresses that are served, in what is installed."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRETS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    r"AKIA[0-9A-Z]{16}",
    r"gh[pousr]_[A-Za-z0-9]{36}",
    r"AGE-SECRET-KEY-1[0-9A-Z]{58}",
    r"snrg_[A-Za-z0-9_-]{43}",
    r"xox[abp]-[0-9A-Za-z-]{20,}",
)
ALLOWED: frozenset[str] = frozenset()
"""Files of tests that hold a key made for them."""


def kept() -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode:
        pytest.skip("not a clone")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_key_or_token_is_in_the_repository() -> None:
    wanted = re.compile("|".join(SECRETS).encode())
    found = [
        path.relative_to(ROOT).as_posix()
        for path in kept()
        if path.is_file() and path.stat().st_size < 5_000_000 and wanted.search(path.read_bytes())
    ]
    assert sorted(set(found) - ALLOWED - {"tests/attacks/test_secrets.py"}) == []


def test_no_environment_database_or_key_file_is_in_the_repository() -> None:
    names = {path.name for path in kept()}
    assert not names & {".env", "secret_key", "environment", "id_rsa", "sinergi.sqlite3"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "there",
    [
        "/.git/config",
        "/.env",
        "/secret_key",
        "/static/",
        "/static/../secret_key",
        "/static/..%2f..%2fsecret_key",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/uploads/",
        "/var/sinergi.sqlite3",
        "/admin/",
        "/manage.py",
        "/__debug__/",
    ],
)
def test_no_file_of_the_machine_is_served(client, there) -> None:
    assert client.get(there).status_code in {404, 400}


@pytest.mark.django_db
@pytest.mark.parametrize("there", ["/masuk/", "/metode/", "/organisasi/", "/api/v1/me", "/healthz"])
def test_no_request_is_sent_back_to_who_sent_it(client, there) -> None:
    answer = client.trace(there, headers={"X-Secret": "rahasia"})
    assert answer.status_code in {404, 405}
    assert b"rahasia" not in answer.content


@pytest.mark.parametrize("name", ["base.txt", "dev.txt", "node.txt", "uv.txt"])
def test_every_dependency_is_pinned_with_hashes(name) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert lines
    blocks = re.split(r"\n(?=\S)", text)
    pinned = [one for one in blocks if re.match(r"[a-z0-9]", one)]
    assert not [one[:60] for one in pinned if "==" not in one or "--hash=sha256:" not in one]
