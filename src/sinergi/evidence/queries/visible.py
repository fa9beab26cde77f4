"""Which indicators and sources may be read: the common ones, and those of what the open scope lays above."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sinergi.evidence.models import COMMON, ImportBatch, Indicator, Observation, Source
from sinergi.evidence.scope import Scope, current


def _used(scope: Scope, field: str) -> Exists:
    """Return the condition that a batch of the scope has a value with an indicator or source."""
    rows = Observation.objects.filter(
        active=True, shelf=scope.shelf, batch__in=scope.batches, **{field: OuterRef("pk")}
    )
    return Exists(rows)


def in_use() -> Q:
    """Return the condition for observations in use: the common ones, and those that lie above them.

    Where both speak of the same thing, both are there: order by `shelf` and let the last one count.
    """
    scope, common = current(), Q(active=True, shelf=COMMON)
    if not scope.batches:
        return common
    own = Q(active=True, shelf=scope.shelf, batch__in=scope.batches)
    return common | (own & ~Q(indicator__in=_hidden(scope)))


def _hidden(scope: Scope) -> "QuerySet[Indicator]":
    """Return the organisation's own indicators whose code is a common one, too, which is the one that counts.

    Methods rely on the unit of the common one.
    """
    codes = Indicator.objects.filter(organisation=None).values("code")
    return Indicator.objects.filter(organisation=scope.shelf, code__in=codes)


def indicators() -> "QuerySet[Indicator]":
    """Return the common indicators, and of the scope's organisation those of batches that may be read.

    A common code hides the same code of an organisation.
    """
    scope, common = current(), Q(organisation=None)
    if not scope.batches:
        return Indicator.objects.filter(common)
    own = Q(organisation=scope.shelf) & ~Q(pk__in=_hidden(scope)) & Q(_used(scope, "indicator"))
    return Indicator.objects.filter(common | own)


def sources() -> "QuerySet[Source]":
    """Return the common sources, and of the scope's organisation those of batches that may be read."""
    scope, common = current(), Q(organisation=None)
    if not scope.batches:
        return Source.objects.filter(common)
    own = Q(organisation=scope.shelf) & Q(_used(scope, "source"))
    return Source.objects.filter(common | own)


def sources_in_use() -> "QuerySet[Source]":
    """Return the sources behind what is shipped, and those behind an imported value that is in use.

    The source of an import that was undone is left out, unless something else uses it.
    """
    scope = current()
    used = Observation.objects.filter(active=True, source=OuterRef("pk"))
    imported = used.filter(shelf=COMMON).exclude(batch__kind=ImportBatch.Kind.SHIPPED)
    above = used.filter(shelf=scope.shelf, batch__in=scope.batches)
    shipped = Indicator.objects.filter(shipped=True, source=OuterRef("pk"))
    made = Q(code__startswith="impor-")
    return sources().filter(~made | Exists(shipped) | Exists(imported) | Exists(above))


def indicators_of_shelf() -> "QuerySet[Indicator]":
    """Return what an import onto the shelf of the scope may name: common indicators and all of its own.

    Of equal codes the common one comes last, and counts.
    """
    rows = Indicator.objects.filter(Q(organisation=None) | Q(organisation=current().shelf))
    return rows.order_by("code", F("organisation").desc(nulls_last=True))


def sources_of_shelf() -> "QuerySet[Source]":
    """Return what an import onto the shelf of the scope may name: common sources and all of its own."""
    return Source.objects.filter(Q(organisation=None) | Q(organisation=current().shelf))
