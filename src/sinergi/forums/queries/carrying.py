"""What a point takes over from the themes and issues that it is made of, as a first wording of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.forums.details import LENGTHS
from sinergi.forums.meaning import coded, with_codes
from sinergi.forums.models import Addressee, Forum, StrategicIssue, Theme
from sinergi.forums.queries.forums import forums
from sinergi.forums.queries.themes import issues_of_all, submitted

MOST_NAMES = 1_000
"""Names that are suggested to whoever writes an addressee."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What some themes and issues say together.

    Attributes
    ----------
    pieces
        Title and wording of each.
    affair
        Where all issues that name one agree; empty otherwise.
    objects_named, addressees, proposers
        Of all issues, each once: codes, whom something is asked of, who raised them.
    """

    pieces: tuple[tuple[str, str], ...] = ()
    affair: str = ""
    objects_named: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    proposers: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Of all of them as far as there is room, else of the first one."""
        titles = _each(title for title, _text in self.pieces)
        together = "; ".join(titles)
        return together if len(together) <= LENGTHS["title"] else titles[0]

    @property
    def text(self) -> str:
        """Wordings one below the other; below their titles where there are several."""
        if len(self.pieces) == 1:
            return self.pieces[0][1]
        return "\n\n".join(f"{title}\n{text}".strip() for title, text in self.pieces)


def carried(
    forum: Forum, themes: Sequence[Theme], issues: Sequence[StrategicIssue] = ()
) -> Carried:
    """Return what themes of a forum, the issues in them, and further issues say together; two queries."""
    inside = issues_of_all([one.pk for one in themes])
    there = {one.pk: one for one in submitted(forum)}
    drawn = dict.fromkeys(n for theme in themes for n in sorted(inside.get(theme.pk, ())))
    alone = [one for one in issues if one.pk not in drawn]
    rows = [there[number] for number in drawn if number in there] + alone
    pieces = [
        (theme.title, theme.text or _asked(inside.get(theme.pk, ()), there)) for theme in themes
    ]
    pieces += [(one.title, one.asked_for or one.text) for one in alone]
    affairs = {one.affair for one in rows if one.affair}
    return Carried(
        pieces=tuple(pieces),
        affair=affairs.pop() if len(affairs) == 1 else "",
        objects_named=_each(code for one in rows for code in one.objects_named),
        addressees=_each(name for one in rows for name in _names(one.asked_of)),
        proposers=_each(one.raised_by.name for one in rows if one.raised_by),
    )


def _asked(numbers: Iterable[int], there: dict[int, StrategicIssue]) -> str:
    """Return what the issues of a theme ask for, which stands for a wording that it has not yet."""
    asked = (there[number].asked_for for number in sorted(numbers) if number in there)
    return "\n".join(_each(one for one in asked if one))


def _names(asked_of: str) -> list[str]:
    """Return whom an issue asks; several stand between semicolons."""
    return [one.strip() for one in re.split(r"[;\n]", asked_of) if one.strip()]


def _each(found: Iterable[str]) -> tuple[str, ...]:
    """Return texts in their order, those once that differ in capitals only."""
    by_word: dict[str, str] = {}
    for one in found:
        by_word.setdefault(one.casefold(), one)
    return tuple(by_word.values())


def known_names(by: Principal, forum: Forum) -> tuple[str, ...]:
    """Return names to suggest as addressees: organisations here, and whoever was asked before; three queries.

    Organisations have their codes behind their names: choosing one says that it is meant. Of those who
    were asked only what stands in forums that the reader may read.
    """
    here = Organisation.objects.filter(deleted_at=None).order_by("name")
    asked = Addressee.objects.filter(
        point__struck_at=None, point__forum__in=forums(by).order_by().values("pk")
    )
    codes = here.values_list("name", "code")[:MOST_NAMES]
    names = [
        *(coded(name, code) for name, code in codes),
        *(
            name
            for line in submitted(forum).values_list("asked_of", flat=True)
            for name in _names(line)
        ),
        *asked.order_by("name").values_list("name", flat=True).distinct()[:MOST_NAMES],
    ]
    return tuple(sorted(_each(names)[:MOST_NAMES], key=str.casefold))


def owner_names(forum: Forum, proposers: Iterable[str]) -> tuple[str, ...]:
    """Return names to suggest as the owner of a point, with codes: who proposed it, then the secretariat."""
    names = _each([*proposers, forum.organisation.name])
    here = Organisation.objects.filter(name__in=names, deleted_at=None).order_by("-pk")
    return tuple(with_codes(names, dict(here.values_list("name", "code"))))
