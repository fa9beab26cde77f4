"""The build tool: browser libraries and translations."""

import importlib.util
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build", ROOT / "tools" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_missing_package_is_named_with_the_command_that_brings_it(build, tmp_path) -> None:
    with pytest.raises(SystemExit, match="npm ci"):
        build.copy_assets(tmp_path, tmp_path / "vendor")


def test_assets_are_copied_without_references_to_files_we_do_not_serve(build, tmp_path) -> None:
    for name in build.ASSETS:
        path = tmp_path / "modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("code();\n//# sourceMappingURL=code.js.map\n")
    written = build.copy_assets(tmp_path / "modules", tmp_path / "vendor")
    scripts = [path for path in written if path.suffix in {".js", ".mjs"}]
    assert len(written) == len(build.ASSETS)
    assert all(path.read_text() == "code();\n\n" for path in scripts)


def test_translations_are_compiled_beside_their_source(build, tmp_path) -> None:
    folder = tmp_path / "room" / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Map", msgstr="Peta"))
    catalogue.save(str(folder / "django.po"))
    (written,) = build.compile_messages(tmp_path)
    assert polib.mofile(str(written)).find("Map").msgstr == "Peta"
