"""Examples in the documentation run, in order, one namespace a file."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import home_environment

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

DOCTEST = """
import doctest, sys
flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
sys.exit(doctest.testfile("page.txt", False, optionflags=flags, encoding="utf-8").failed > 0)
"""


def names(paths):
    return [str(path.relative_to(ROOT)) for path in paths]


WITH_CODE = [page for page in PAGES if BLOCK.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", WITH_CODE, ids=names(WITH_CODE))
def test_examples_of_a_page_run(page, own_home, tmp_path):
    code = "\n".join(BLOCK.findall(page.read_text(encoding="utf-8")))
    if ">>>" in code:
        (tmp_path / "page.txt").write_text(code, encoding="utf-8")
        code = DOCTEST
    script = tmp_path / "page.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        env=home_environment(own_home) | {"PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_to_files_lead_somewhere(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
