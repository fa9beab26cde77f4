"""Agreements in whose texts something is found, as far as the reader may read them."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from sinergi.accounts.principal import Principal
from sinergi.agreements.models import Agreement, SearchText
from sinergi.agreements.queries import reading
from sinergi.agreements.search.highlights import highlighted
from sinergi.agreements.search.index import catch_up
from sinergi.agreements.search.query import Term, terms

MOST_PIECES = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of a text in which something was found."""

    kind: str
    ref: int
    label: str
    text: SafeString


def _holding(term: Term) -> Q:
    """Return which rows of the index hold a term."""
    if connection.vendor != "postgresql":
        sql = "SELECT rowid FROM agreements_searchwords WHERE agreements_searchwords MATCH %s"
        return Q(pk__in=RawSQL(sql, (term.fts5(),)))  # noqa: S611 - letters and digits alone
    column, query = term.tsquery()
    sql = f"SELECT id FROM agreements_searchtext WHERE {column} @@ to_tsquery('simple', %s)"  # noqa: S608
    found = Q(pk__in=RawSQL(sql, (query,)))  # noqa: S611 - as above
    if term.begins():
        sql = "SELECT id FROM agreements_searchtext WHERE exact_words @@ to_tsquery('simple', %s)"
        found |= Q(pk__in=RawSQL(sql, (f"{term.begins()}:*",)))  # noqa: S611 - as above
    return found


def matching(by: Principal, text: str) -> QuerySet[Agreement]:
    """Return the agreements that somebody may read and whose texts hold all that is asked for.

    Nothing is found where nothing is asked for; whatever is asked, it is no error.
    """
    wanted = terms(text)
    rows = reading.agreements(by)
    if not wanted:
        return rows.none()
    catch_up()
    for term in wanted:
        rows = rows.filter(pk__in=SearchText.objects.filter(_holding(term)).values("agreement"))
    return rows


def hits(agreements: list[Agreement], text: str) -> dict[int, list[Hit]]:
    """Return the first pieces in which something was found, with marks, by agreement."""
    wanted = terms(text)
    found: dict[int, list[Hit]] = {one.pk: [] for one in agreements}
    if not wanted or not agreements:
        return found
    any_term = Q()
    for term in wanted:
        any_term |= _holding(term)
    rows = SearchText.objects.filter(any_term, agreement__in=agreements).order_by("pk")
    for row in rows.defer("exact", "stems").iterator(chunk_size=50):
        pieces = found[row.agreement_id]
        if len(pieces) < MOST_PIECES and not any(
            (row.kind, row.ref) == (p.kind, p.ref) for p in pieces
        ):
            pieces.append(Hit(row.kind, row.ref, row.label, highlighted(row.text, wanted)))
    return found
