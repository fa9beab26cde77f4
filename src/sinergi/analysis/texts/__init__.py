"""Which texts say the same: search with reasons, and themes drawn together; offline, in any order."""

from sinergi.analysis.texts.grouping import TOGETHER, Theme, Themes, Word, themes
from sinergi.analysis.texts.index import SAME, Found, Index, Shared, say_the_same, similar
from sinergi.analysis.texts.indonesian import INDONESIAN
from sinergi.analysis.texts.language import PLAIN, Language
from sinergi.analysis.texts.marks import Mark

__all__ = [
    "INDONESIAN",
    "PLAIN",
    "SAME",
    "TOGETHER",
    "Found",
    "Index",
    "Language",
    "Mark",
    "Shared",
    "Theme",
    "Themes",
    "Word",
    "say_the_same",
    "similar",
    "themes",
]
