"""What somebody typed into the search: words and phrases; never an error, whatever it is."""

import re
from dataclasses import dataclass

from sinergi.agreements.search.words import FORMED, WRITTEN, stems, words

MOST_TERMS = 12
MOST_CHARACTERS = 400
PART = re.compile(r"[\"“”]([^\"“”]*)[\"“”]?|([^\"“”]+)")
LEAST_BEGINNING = 3
NUMBERED = re.compile(r"\S*\d\S*[^\w\s]\S*|\S*[^\w\s]\S*\d\S*")
"""A number of a letter such as 180/12/PKS: its parts are looked for after each other."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a phrase of several that stand after each other."""

    words: tuple[str, ...]

    @property
    def is_phrase(self) -> bool:
        """Whether the words stand after each other."""
        return len(self.words) > 1

    @property
    def stems(self) -> tuple[str, ...]:
        """What its word may be formed from."""
        return tuple(sorted(stems(self.words[0])))

    def fts5(self) -> str:
        """Return it as SQLite asks; made of letters and digits alone."""
        if self.is_phrase:
            return 'exact : "{}"'.format(" ".join(self.words))
        bag = " OR ".join(f'"{one}"' for one in self.stems)
        asked = f"stems : ({bag})"
        return f'{asked} OR exact : "{self.begins()}" *' if self.begins() else asked

    def tsquery(self) -> tuple[str, str]:
        """Return the column and the query as PostgreSQL asks; made of letters and digits alone."""
        if self.is_phrase:
            return "exact_words", " <-> ".join(self.words)
        return "stem_words", " | ".join(self.stems)

    def whole_fts5(self) -> str:
        """Return which agreements may hold it, as SQLite asks the words of whole agreements."""
        if self.is_phrase:
            return "({})".format(" AND ".join(f'"{WRITTEN}{one}"' for one in self.words))
        asked = [f'"{FORMED}{one}"' for one in self.stems]
        asked += [f'"{WRITTEN}{self.begins()}" *'] if self.begins() else []
        return "({})".format(" OR ".join(asked))

    def whole_tsquery(self) -> str:
        """Return which agreements may hold it, as PostgreSQL asks the words of whole agreements."""
        if self.is_phrase:
            return "({})".format(" & ".join(f"'{WRITTEN}{one}'" for one in self.words))
        asked = [f"'{FORMED}{one}'" for one in self.stems]
        asked += [f"'{WRITTEN}{self.begins()}':*"] if self.begins() else []
        return "({})".format(" | ".join(asked))

    def begins(self) -> str:
        """Return the beginning of words that it may be, too; empty where it is none."""
        own = self.words[0]
        return own if not self.is_phrase and len(own) >= LEAST_BEGINNING else ""


def terms(text: str) -> tuple[Term, ...]:
    """Return what a text asks for; nothing where it has no words."""
    found: list[Term] = []
    for phrase, loose in PART.findall(text[:MOST_CHARACTERS]):
        if phrase:
            inside = tuple(words(phrase))
            found += [Term(inside)] if inside else []
        numbered = [tuple(words(one)) for one in NUMBERED.findall(loose)]
        found += [Term(one) for one in numbered if one]
        found += [Term((one,)) for one in words(NUMBERED.sub(" ", loose))]
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def beginnings(text: str, *marks: str, tsquery: bool) -> str:
    """Return the question for agreements in which each word begins one with a mark; empty for no words."""
    own = list(dict.fromkeys(words(text[:MOST_CHARACTERS])))[:MOST_TERMS]
    form, either, both = ("'{}':*", " | ", " & ") if tsquery else ('"{}" *', " OR ", " AND ")
    asked = [either.join(form.format(f"{mark}{one}") for mark in marks) for one in own]
    return both.join(f"({one})" for one in asked)
