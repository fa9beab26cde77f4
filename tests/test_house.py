"""Promises of the tree itself."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).exists()]


def test_locks_have_hashes_and_name_no_registry():
    for lock in tracked("requirements/*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=")
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_dependency_has_a_lower_and_an_upper_bound():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("dependencies = [")[1].split("]\n")[0]
    for line in re.findall(r'"([^"]+)"', block):
        assert ">=" in line, line
        assert ",<" in line, line


def test_no_module_is_longer_than_400_lines():
    written = [path for path in tracked("*.py") if path.parent.name != "migrations"]
    long = [path.name for path in written if len(path.read_text().splitlines()) > 400]
    assert long == []


def test_no_page_style_or_script_names_another_host():
    address = re.compile(r"""(?:src|href|url\(|fetch\(|import)\s*[=(]?\s*["']?https?://""")
    for path in tracked("src/*.html", "src/*.css", "src/*.js"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not (address.search(line) and "<a " not in line), f"{path.name}: {line.strip()}"


MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def hidden_texts(source):
    """Lines of texts to translate inside f-strings, where what collects them does not look."""
    for text in ast.walk(ast.parse(source)):
        for call in ast.walk(text) if isinstance(text, ast.JoinedStr) else ():
            named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            if named and call.func.id in MARKERS and isinstance(call.args[0], ast.Constant):
                yield call.lineno


def test_no_text_to_translate_hides_in_an_f_string():
    assert list(hidden_texts("f'{_(\"none\")}'")) == [1]
    for path in tracked("src/*.py"):
        assert list(hidden_texts(path.read_text(encoding="utf-8"))) == [], path.name
