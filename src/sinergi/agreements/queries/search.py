"""Agreements in whose texts something is found, as far as the reader may read them; nothing is written."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, Party, SearchText
from sinergi.agreements.queries.readable import readable
from sinergi.agreements.search.highlights import highlighted
from sinergi.agreements.search.query import MOST_TERMS, Term, beginnings, terms
from sinergi.agreements.search.words import NAMED, PARTY, words

MOST_PIECES = 3
MOST_LOOKED_INTO = 1_000
NOTHING = Q(pk__in=())
WHOLE = {
    "postgresql": "SELECT agreement_id FROM agreements_agreementwords WHERE lexemes @@ %s::tsquery",
    "sqlite": "SELECT rowid FROM agreements_wholewords WHERE agreements_wholewords MATCH %s",
}
IN_TEXTS = "SELECT rowid FROM agreements_searchwords WHERE agreements_searchwords MATCH %s"
"""Asked of all texts: for some only, SQLite would look for what is asked in each of them anew."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of a text in which something was found."""

    kind: str
    ref: int
    label: str
    text: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """Agreements that hold what is asked for.

    Attributes
    ----------
    cut
        Whether a phrase was looked for in those that were changed last only.
    """

    rows: QuerySet[Agreement]
    cut: bool = False


def _among(asked: str) -> Q:
    """Return the condition that the words of a whole agreement are as asked: letters and digits alone."""
    return Q(pk__in=RawSQL(WHOLE[connection.vendor], (asked,)))  # noqa: S611 - no text of a user


def with_words(rows: QuerySet[Agreement], text: str) -> Found:
    """Return those of some agreements that hold all words and phrases of a text.

    A phrase is looked for in what holds its words; of more than `MOST_LOOKED_INTO` in those changed last.
    Nothing is found where nothing is asked for; whatever is asked, it is no error.
    """
    wanted = terms(text)
    if not wanted:
        return Found(rows.none())
    asked = [one.whole_tsquery() if _postgresql() else one.whole_fts5() for one in wanted]
    rows = rows.filter(_among((" & " if _postgresql() else " AND ").join(asked)))
    phrases = tuple(one for one in wanted if one.is_phrase)
    if not phrases:
        return Found(rows)
    last = rows.select_related(None).order_by("-updated", "-pk").values_list("pk", flat=True)
    numbers = list(last[: MOST_LOOKED_INTO + 1])
    looked_into = numbers[:MOST_LOOKED_INTO]
    for phrase in phrases:
        there = SearchText.objects.filter(_holding((phrase,)), agreement__in=looked_into)
        looked_into = list(there.order_by().values_list("agreement", flat=True).distinct())
    return Found(rows.filter(pk__in=looked_into), cut=len(numbers) > MOST_LOOKED_INTO)


def named(text: str) -> Q:
    """Return the condition that every word begins one of title, number, object or a party's name."""
    return _beginning(text, NAMED, PARTY)


def with_party(text: str) -> Q:
    """Return the condition that every word begins one of a party's name; several are in one name."""
    found, several = _beginning(text, PARTY), words(text)[:MOST_TERMS]
    if len(several) > 1:
        there = Party.objects.all()
        for word in several:
            there = there.filter(name__icontains=word)
        found &= Q(pk__in=there.order_by().values("agreement"))
    return found


def matching(by: Principal, text: str) -> QuerySet[Agreement]:
    """Return the agreements that somebody may read and whose texts hold all that is asked for."""
    return with_words(readable(by), text).rows


def _postgresql() -> bool:
    return connection.vendor == "postgresql"


def _beginning(text: str, *marks: str) -> Q:
    asked = beginnings(text, *marks, tsquery=_postgresql())
    return _among(asked) if asked else NOTHING


def hits(agreements: list[Agreement], text: str) -> dict[int, list[Hit]]:
    """Return the first pieces in which something was found, with marks, by agreement."""
    wanted = terms(text)
    found: dict[int, list[Hit]] = {one.pk: [] for one in agreements}
    if not wanted or not agreements:
        return found
    chosen: dict[int, dict[tuple[str, int], int]] = {one.pk: {} for one in agreements}
    rows = SearchText.objects.filter(_holding(wanted), agreement__in=found)
    names = ("agreement", "kind", "ref", "pk")
    for number, kind, ref, pk in rows.order_by(*names).values_list(*names):
        if len(chosen[number]) < MOST_PIECES:
            chosen[number].setdefault((kind, ref), pk)
    wanted_rows = [pk for pieces in chosen.values() for pk in pieces.values()]
    texts = SearchText.objects.defer("exact", "stems").in_bulk(wanted_rows)
    for number, pieces in chosen.items():
        for pk in pieces.values():
            row = texts[pk]
            found[number].append(Hit(row.kind, row.ref, row.label, highlighted(row.text, wanted)))
    return found


def _holding(wanted: tuple[Term, ...]) -> Q:
    """Return which texts hold any of some terms."""
    if not _postgresql():
        asked = " OR ".join(f"({one.fts5()})" for one in wanted)
        return Q(pk__in=RawSQL(IN_TEXTS, (asked,)))  # noqa: S611 - letters and digits alone
    found = Q()
    for one in wanted:
        column, query = one.tsquery()
        found |= _matched(column, query)
        if one.begins():
            found |= _matched("exact_words", f"{one.begins()}:*")
    return found


def _matched(column: str, query: str) -> Q:
    sql = f"{column} @@ to_tsquery('simple', %s)"
    return Q(RawSQL(sql, (query,), output_field=BooleanField()))  # noqa: S611 - letters and digits alone
