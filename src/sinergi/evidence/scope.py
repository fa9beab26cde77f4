"""From which shelves evidence is read: the common one alone, or with that of one organisation above it.

Whoever asks for the evidence of an organisation opens its scope once, at the boundary; every read of this
room inside `with reading(scope):` follows it. Without one, only the common evidence is read.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import QuerySet

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, unseen
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.queries.organisations import organisation
from sinergi.accounts.vocabulary import Right
from sinergi.evidence.models import COMMON, ImportBatch


@dataclass(frozen=True, slots=True)
class Scope:
    """What is laid above the common evidence, as far as somebody may read it.

    Attributes
    ----------
    shelf
        Number of the organisation; `COMMON` for nothing.
    code, name
        Of the organisation; empty for nothing.
    batches
        Numbers of the loaded batches of the shelf that may be read.
    version
        Hash of their content, empty without any: then the evidence is the common one.
    last_period
        Last period of any of their observations.
    """

    shelf: int = COMMON
    code: str = ""
    name: str = ""
    batches: tuple[int, ...] = ()
    version: str = ""
    last_period: str = ""


NOTHING_ABOVE = Scope()
_scope: ContextVar[Scope] = ContextVar("evidence_scope", default=NOTHING_ABOVE)


def current() -> Scope:
    """Return the scope in which evidence is read now."""
    return _scope.get()


@contextmanager
def reading(scope: Scope) -> Iterator[Scope]:
    """Read evidence in a scope until the block ends; blocks may stand inside each other."""
    before = _scope.set(scope)
    try:
        yield scope
    finally:
        _scope.reset(before)


def open_for_good(scope: Scope) -> None:
    """Read evidence in a scope until the context ends: that of one command."""
    _scope.set(scope)


def scope_of(by: Principal, code: str) -> Scope:
    """Return the scope of an organisation for somebody; of an empty code, the common evidence.

    A member reads the whole shelf, which may be empty; others the batches that are shared with them or
    public, and the organisation is as unknown to them without any.

    Raises
    ------
    UnseenError
        When there is no such organisation, or nothing of its shelf may be read.
    ForbiddenError
        When it is the second factor that lacks.
    """
    if not code:
        return NOTHING_ABOVE
    whose = organisation(code)
    if whose.pk in by.withheld:
        why = rules.refusal(by, rules.ORGANISATION_READ, whose)
        raise ForbiddenError(why, rules.ORGANISATION_READ)
    found = _scope_over(whose, ImportBatch.objects.readable_by(by))
    if not found.batches and not by.has(Right.READ, whose.pk):
        raise unseen()
    return found


def whole_shelf(whose: Organisation | None) -> Scope:
    """Return the scope of everything on a shelf: what an import onto it is compared with."""
    if whose is None:
        return NOTHING_ABOVE
    return _scope_over(whose, ImportBatch.objects.all())


def _scope_over(whose: Organisation, readable: "QuerySet[ImportBatch]") -> Scope:
    rows = readable.filter(organisation=whose, state=ImportBatch.State.LOADED).order_by("pk")
    found = list(rows.values_list("pk", "last_period", "sha256", "mapping", "rows"))
    return Scope(
        shelf=whose.pk,
        code=whose.code,
        name=whose.name,
        batches=tuple(pk for pk, *_ in found),
        version=digest((sha256, mapping, count) for *_, sha256, mapping, count in found)
        if found
        else "",
        last_period=max((period for _, period, *_ in found), default=""),
    )


def digest(loads: Iterable[tuple[str, object, int]]) -> str:
    """Return a hash of loads in their order, each as hash of the file, mapping and number of rows."""
    found = hashlib.sha256()
    for sha256, mapping, rows in loads:
        found.update(f"{sha256}{json.dumps(mapping, sort_keys=True)}{rows};".encode())
    return found.hexdigest()
