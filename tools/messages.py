"""Check that every text a person sees has an Indonesian translation, in the room that says it."""

import io
import sys
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "sinergi"
KEYWORDS = {
    "_": None,
    "_n": (1, 2),
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def texts_of(path: Path) -> set[tuple[str, str]]:
    """Return (context, text) of every translatable text of a module or template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    found = set()
    spoken = extract("python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for _, message, _, context in spoken:
        text = message if isinstance(message, str) else message[0]
        if text.strip():
            found.add((context or "", text))
    return found


def problems_of(room: Path) -> list[str]:
    """Return what is wrong with the translations of one room."""
    sources = [p for p in room.rglob("*") if p.suffix in {".py", ".html", ".txt"} and p.is_file()]
    used = {text: path for path in sources for text in texts_of(path)}
    catalogue = room / "locale" / "id" / "LC_MESSAGES" / "django.po"
    if not catalogue.exists():
        return [f"{catalogue.relative_to(ROOT)} is missing"] if used else []
    entries = {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(catalogue))}
    problems = []
    for text, path in sorted(used.items()):
        entry = entries.get(text)
        if entry is None or not entry.translated():
            problems.append(f"{path.relative_to(ROOT)}: no translation of {text[1]!r}")
    for text, entry in entries.items():
        if text not in used and not entry.obsolete:
            problems.append(f"{catalogue.relative_to(ROOT)}: nobody says {text[1]!r} any more")
    return problems


def main() -> int:
    """Print every problem; 1 when there is one."""
    rooms = sorted(path for path in PACKAGE.iterdir() if path.is_dir())
    problems = [problem for room in rooms for problem in problems_of(room)]
    print("\n".join(problems) or "Translations are complete.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
