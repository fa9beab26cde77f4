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
    "_l": None,
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


Text = tuple[str, str]


def spoken_in(room: Path) -> dict[Text, str]:
    """Return every text of a room and a file that says it."""
    sources = [p for p in room.rglob("*") if p.suffix in {".py", ".html", ".txt"} and p.is_file()]
    return {text: str(path.relative_to(ROOT)) for path in sources for text in texts_of(path)}


def problems() -> list[str]:
    """Return what is wrong: texts without translation, translations without text, and two for one."""
    rooms = sorted(path for path in PACKAGE.iterdir() if path.is_dir())
    spoken = {text: place for room in rooms for text, place in spoken_in(room).items()}
    translated: dict[Text, str] = {}
    found = []
    for catalogue in sorted(PACKAGE.glob("*/locale/id/LC_MESSAGES/django.po")):
        if catalogue.is_relative_to(PACKAGE / "analysis"):
            continue  # says its texts as data, see tests/analysis/test_words.py
        place = catalogue.relative_to(ROOT)
        for entry in polib.pofile(str(catalogue)):
            text = (entry.msgctxt or "", entry.msgid)
            if entry.obsolete or text not in spoken:
                found.append(f"{place}: nobody says {entry.msgid!r} any more")
            elif not entry.translated():
                found.append(f"{place}: {entry.msgid!r} is not translated")
            elif translated.setdefault(text, entry.msgstr) != entry.msgstr:
                found.append(f"{place}: {entry.msgid!r} is translated otherwise elsewhere")
    found += [
        f"{spoken[text]}: no translation of {text[1]!r}"
        for text in spoken
        if text not in translated
    ]
    return found


def main() -> int:
    """Print every problem; 1 when there is one."""
    found = problems()
    print("\n".join(found) or "Translations are complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
