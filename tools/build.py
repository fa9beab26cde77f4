"""Build what git does not hold: browser libraries for `static/vendor/` and compiled translations."""

import argparse
import re
import shutil
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
PACKAGE = ROOT / "src" / "sinergi"
VENDOR = PACKAGE / "site" / "static" / "vendor"

ASSETS = {
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre-gl.LICENSE.txt",
    "d3/dist/d3.min.js": "d3.min.js",
    "d3/LICENSE": "d3.LICENSE.txt",
    "@observablehq/plot/dist/plot.umd.min.js": "plot.umd.min.js",
    "@observablehq/plot/LICENSE": "plot.LICENSE.txt",
    "topojson-client/dist/topojson-client.min.js": "topojson-client.min.js",
    "topojson-client/LICENSE": "topojson-client.LICENSE.txt",
    "swagger-ui-dist/swagger-ui-bundle.js": "swagger-ui.js",
    "swagger-ui-dist/swagger-ui.css": "swagger-ui.css",
    "swagger-ui-dist/LICENSE": "swagger-ui.LICENSE.txt",
    "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2": (
        "plus-jakarta-sans-latin-wght-normal.woff2"
    ),
    "@fontsource-variable/plus-jakarta-sans/LICENSE": "plus-jakarta-sans.LICENSE.txt",
}
"""File in `node_modules` to file in `static/vendor`."""

SOURCE_MAP = re.compile(r"^(?://|/\*)# sourceMappingURL=.*$", re.MULTILINE)
"""Comments that point to files we do not serve; a hashing static storage would look for them."""


def copy_assets(modules: Path, vendor: Path) -> list[Path]:
    """Copy the files of `ASSETS` from `modules` to `vendor` and return what was written.

    Raises
    ------
    SystemExit
        When a package is not installed; names the file and the command that brings it.
    """
    if absent := [name for name in ASSETS if not (modules / name).is_file()]:
        sys.exit(f"{modules / absent[0]} is missing: run `npm ci` first, then this command again")
    vendor.mkdir(parents=True, exist_ok=True)
    written = []
    for source, name in ASSETS.items():
        target = vendor / name
        if target.suffix in {".js", ".mjs", ".css"}:
            text = (modules / source).read_text(encoding="utf-8")
            target.write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
        else:
            shutil.copyfile(modules / source, target)
        written.append(target)
    return written


def compile_messages(package: Path) -> list[Path]:
    """Compile every `django.po` and `djangojs.po` below `package` and return the `.mo` files."""
    written = []
    for source in sorted(package.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        # Renamed when it is whole: what serves or tests the tree meanwhile reads no half file.
        whole = target.with_suffix(".mo.new")
        polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(whole))
        whole.replace(target)
        written.append(target)
    return written


def main(arguments: list[str] | None = None) -> int:
    """Run one or more of the subcommands; without any, all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", choices=["assets", "messages", []], default=[])
    chosen = parser.parse_args(arguments).what or ["assets", "messages"]
    written: list[Path] = []
    if "assets" in chosen:
        written += copy_assets(MODULES, VENDOR)
    if "messages" in chosen:
        written += compile_messages(PACKAGE)
    for path in written:
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
