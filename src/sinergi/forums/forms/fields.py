"""Fields that several forms of a forum share: texts, codes ticked in boxes, names a line each."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language

from sinergi.accounts.texts import printable
from sinergi.reference import queries as reference
from sinergi.reference.catalogue import Named

EMPTY_LINES, LEAST_LINES = 2, 3
"""Fields for one of several: so many empty ones behind those that are filled, and never
fewer than so many."""


class Words(forms.CharField):
    """Text without the control characters that pasted documents bring along.

    Its length is judged by the action: a browser that cut it off would lose what was written.
    """

    def to_python(self, value: Any) -> Any:
        """Return the text as it will be kept."""
        return printable(str(super().to_python(value)))


def one_line(label: Any, *, required: bool = False) -> Words:
    """Return a field of one line."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return Words(label=label, required=required, widget=widget)


def lines(label: Any, rows: int) -> Words:
    """Return a field of several lines."""
    return Words(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


def in_language(thing: Named) -> str:
    """Return a name in the language of the page."""
    return thing.name(get_language() or "id")


class CodeBoxes(forms.CheckboxSelectMultiple):
    """Boxes of which several are ticked; what is sent is one text of codes with spaces between them."""

    template_name = "forums/parts/objects.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the boxes by group, and what the ticked ones are called."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["ticked"] = [
            option["label"]
            for _name, options, _i in groups
            for option in options
            if option["selected"]
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return the codes that are ticked, in one text."""
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return " ".join(sent)

    def format_value(self, value: Any) -> list[str]:
        """Return the codes of a text."""
        return str(value or "").split()


class CodesField(Words):
    """Codes of cooperation objects, ticked in boxes, as one text that a form remembers and merges."""

    widget = CodeBoxes

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Asked for each page, in its language.
        self.widget.choices = objects_by_affair  # type: ignore[assignment]

    def to_python(self, value: Any) -> str:
        """Return each code once, in the order of the codes."""
        return joined(str(super().to_python(value)).split())


def objects_by_affair() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the cooperation objects by the name of their affair, as choices."""
    names, found = reference.affairs(), dict[str, list[tuple[str, str]]]()
    for item in reference.catalogue().values():
        line = item.code, in_language(item)
        found.setdefault(in_language(names[item.affair]), []).append(line)
    return sorted(found.items())


class TextLines(forms.TextInput):
    """A field for each of several texts, with suggestions of the browser; it sends one text, a line each.

    Parameters
    ----------
    suggestions
        Identifier of the `datalist` on the page.
    one
        What a single one is called, for who hears the page.
    """

    template_name = "forums/parts/text_lines.html"

    def __init__(self, suggestions: str, one: Any, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.suggestions, self.one = suggestions, one

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Return what was written, a line each."""
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return "\n".join(one for text in sent for one in split(text))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the filled fields and some empty ones."""
        context = super().get_context(name, value, attrs)
        filled = split(str(value or ""))
        empty = max(EMPTY_LINES, LEAST_LINES - len(filled))
        context["invalid"] = bool((attrs or {}).get("aria-invalid"))
        context["lines"] = [*filled, *[""] * empty]
        context["suggestions"], context["one"] = self.suggestions, self.one
        return context


def split(text: str) -> list[str]:
    """Return the parts of a text that stand on lines of their own or between semicolons."""
    parts = text.replace("\r", "\n").replace(";", "\n").split("\n")
    return [one.strip() for one in parts if one.strip()]


def joined(codes: Iterable[str]) -> str:
    """Return codes as one text, the same for the same codes."""
    return " ".join(sorted({code.strip() for code in codes} - {""}))


def object_names(codes: Iterable[str]) -> list[str]:
    """Return cooperation objects in the language of the page; a code that is lost stays."""
    there = reference.catalogue()
    return [in_language(there[code]) if code in there else code for code in codes]
