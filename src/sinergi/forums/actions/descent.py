"""Writing down what was made of what, without circles."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sinergi.forums.errors import ForumError
from sinergi.forums.lineage import CircleError
from sinergi.forums.models import Descent
from sinergi.forums.queries.lineage import Node, lineage_from

KINDS = {str(kind) for kind in Descent.Kind.values}


def descend(earlier: Iterable[Node], later: Node) -> None:
    """Write that something was made of some things; what was said already stays as it is.

    Raises
    ------
    ForumError
        When it would become its own ancestor; nothing is written.
    """
    sources = list(earlier)
    graph = lineage_from([*sources, later])
    try:
        for one in sources:
            graph.add(one, later)
    except CircleError as error:
        told = _(
            "This would lead in a circle: what is forwarded already came from there. Follow its ancestry on "
            "its page."
        )
        raise ForumError(told) from error
    Descent.objects.bulk_create(
        (
            Descent(earlier_kind=kind, earlier=number, later_kind=later.kind, later=later.number)
            for kind, number in sources
        ),
        ignore_conflicts=True,
    )
