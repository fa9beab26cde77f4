"""The clause library and the templates that somebody may use: those that ship, and those of organisations."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements import errors
from sinergi.agreements.models import Clause, Template
from sinergi.reference import queries as reference


@dataclass(frozen=True, slots=True)
class Offer:
    """A clause of the library.

    Attributes
    ----------
    row
        That of an organisation; `None` for one that ships.
    stands_in
        Whether it stands in for one that ships under the same code.
    default
        Whether it ships as an expert's default, which nothing that was read asks for.
    """

    code: str
    kinds: tuple[str, ...]
    heading: str
    text: str
    position: int
    row: Clause | None = None
    stands_in: bool = False
    default: bool = False
    source: str = ""

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"c{self.row.pk}" if self.row else self.code


def clauses(by: Principal) -> QuerySet[Clause]:
    """Return the clauses of organisations that somebody may read."""
    rows: Any = Clause.objects.filter(deleted_at=None)
    found: QuerySet[Clause] = rows.readable_by(by).select_related("organisation")
    return found


def clause(by: Principal, pk: int) -> Clause:
    """Return one clause of an organisation.

    Raises
    ------
    NotFoundError
    """
    found = clauses(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The clause"))
    return found


def templates(by: Principal, kind: str = "") -> QuerySet[Template]:
    """Return the templates of organisations that somebody may read, of a kind of document if given."""
    rows: Any = Template.objects.filter(deleted_at=None)
    found: QuerySet[Template] = rows.readable_by(by).select_related("organisation", "file")
    return found.filter(document_kind=kind) if kind else found


def template(by: Principal, pk: int) -> Template:
    """Return one template.

    Raises
    ------
    NotFoundError
    """
    found = templates(by).filter(pk=pk).first()
    if found is None:
        raise errors.not_found(_("The template"))
    return found


def put_away(by: Principal, model: type[Any]) -> QuerySet[Any]:
    """Return the clauses or templates that were put away and that somebody may restore."""
    found: QuerySet[Any] = model.objects.exclude(deleted_at=None).select_related("organisation")
    return found if by.operator else found.filter(organisation__in=by.organisations(Right.REMOVE))


def _own(row: Clause, shipped: set[str]) -> Offer:
    return Offer(
        row.code,
        tuple(row.kinds),
        row.heading,
        row.text,
        row.position,
        row,
        row.code in shipped,
        source=row.organisation.name,
    )


def offered(by: Principal, kind: str = "", organisation: int | None = None) -> list[Offer]:
    """Return the clauses that may be used, in the order in which a document has them.

    Parameters
    ----------
    organisation
        Whose clauses stand in for those that ship; without one nobody's do.
    """
    shipped = reference.clauses()
    own = [_own(one, set(shipped)) for one in clauses(by)]
    replaced = {one.code for one in own if one.row and one.row.organisation_id == organisation}
    found = [
        Offer(
            one.code,
            one.kinds,
            one.name_id,
            one.text,
            one.position,
            default=one.default,
            source=one.source,
        )
        for one in shipped.values()
        if one.code not in replaced
    ] + own
    wanted = [one for one in found if not kind or kind in one.kinds]
    return sorted(wanted, key=lambda one: (one.position, one.code, one.key))


def beginning(by: Principal, kind: str, organisation: int) -> list[Offer]:
    """Return the clauses with which a document begins: those that ship and those that stand in for them."""
    found = offered(by, kind, organisation)
    own = [one for one in found if one.row and one.row.organisation_id == organisation]
    return [one for one in found if one.row is None or (one in own and one.stands_in)]
