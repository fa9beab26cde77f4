"""Agreements in whose texts something is found, as far as the reader may read them; nothing is written."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, SearchText
from sinergi.agreements.queries.readable import readable
from sinergi.agreements.search.highlights import highlighted
from sinergi.agreements.search.query import Term, terms

MOST_PIECES = 3
NOTHING = Q(pk__in=())
WHOLE = {
    "postgresql": "SELECT agreement_id FROM agreements_agreementwords WHERE lexemes @@ %s::tsquery",
    "sqlite": "SELECT rowid FROM agreements_wholewords WHERE agreements_wholewords MATCH %s",
}
PHRASE = {
    "postgresql": (
        "SELECT agreement_id FROM agreements_searchtext WHERE exact_words @@ to_tsquery('simple', %s)"
    ),
    "sqlite": (
        "SELECT agreement_id FROM agreements_searchtext WHERE id IN"
        " (SELECT rowid FROM agreements_searchwords WHERE agreements_searchwords MATCH %s)"
    ),
}
OF_AGREEMENTS = (
    "SELECT rowid FROM agreements_searchwords WHERE agreements_searchwords MATCH %s AND rowid IN"
    " (SELECT id FROM agreements_searchtext WHERE agreement_id IN"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of a text in which something was found."""

    kind: str
    ref: int
    label: str
    text: SafeString


def _among(statements: dict[str, str], asked: str) -> Q:
    """Return the condition that a row is among those that a statement finds."""
    sql = statements[connection.vendor]
    return Q(pk__in=RawSQL(sql, (asked,)))  # noqa: S611 - what is asked is letters and digits alone


def holding(text: str) -> Q:
    """Return the condition that an agreement holds all words and phrases of a text; none holds nothing."""
    wanted = terms(text)
    if not wanted:
        return NOTHING
    postgresql = connection.vendor == "postgresql"
    asked = [one.whole_tsquery() if postgresql else one.whole_fts5() for one in wanted]
    found = _among(WHOLE, (" & " if postgresql else " AND ").join(asked))
    for one in wanted:
        if one.is_phrase:
            found &= _among(PHRASE, one.tsquery()[1] if postgresql else one.fts5())
    return found


def named(text: str) -> Q:
    """Return the condition that every word begins one of title, number, object or a party's name."""
    wanted = terms(text)
    if not wanted:
        return NOTHING
    if connection.vendor == "postgresql":
        return _among(WHOLE, " & ".join(one.named_tsquery() for one in wanted))
    return _among(WHOLE, " AND ".join(one.named_fts5() for one in wanted))


def matching(by: Principal, text: str) -> QuerySet[Agreement]:
    """Return the agreements that somebody may read and whose texts hold all that is asked for.

    Nothing is found where nothing is asked for; whatever is asked, it is no error.
    """
    return readable(by).filter(holding(text))


def hits(agreements: list[Agreement], text: str) -> dict[int, list[Hit]]:
    """Return the first pieces in which something was found, with marks, by agreement."""
    wanted = terms(text)
    found: dict[int, list[Hit]] = {one.pk: [] for one in agreements}
    if not wanted or not agreements:
        return found
    chosen: dict[int, dict[tuple[str, int], int]] = {one.pk: {} for one in agreements}
    rows = SearchText.objects.filter(_holding(wanted, list(found)), agreement__in=found)
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


def _holding(wanted: tuple[Term, ...], numbers: list[int]) -> Q:
    """Return which texts of some agreements hold any of some terms."""
    if connection.vendor != "postgresql":
        places = ", ".join("%s" for _one in numbers)
        sql = f"{OF_AGREEMENTS} ({places}))"
        asked = " OR ".join(f"({one.fts5()})" for one in wanted)
        return Q(pk__in=RawSQL(sql, (asked, *numbers)))  # noqa: S611 - letters and digits alone
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
