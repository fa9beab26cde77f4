"""Deeds on batches of reports: begin one."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.errors import ForbiddenError, InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.vocabulary import Right
from sinergi.agreements.models import ReportBatch
from sinergi.agreements.queries import reading
from sinergi.agreements.reports.batches import make
from sinergi.agreements.reports.periods import Period

MOST = 5_000


@transaction.atomic
def begin_batch(
    by: Principal, organisation: Organisation, period: Period, *, second_factor: bool = False
) -> ReportBatch:
    """Hand the reports on all agreements of an organisation to a worker.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    if not (by.operator or by.has(Right.READ, organisation.pk)):
        rule = rules.OBJECT_READ
        raise ForbiddenError(_("You may make reports of your own organisations only."), rule)
    rows = (
        reading.agreements(by).filter(organisation=organisation).order_by("number", "title", "pk")
    )
    numbers = list(rows.values_list("pk", flat=True)[: MOST + 1])
    if not numbers:
        raise InvalidError({"organisation": _("This organisation keeps no agreements yet.")})
    if len(numbers) > MOST:
        told = _("At most %(most)s reports are made at once.") % {"most": MOST}
        raise InvalidError({"organisation": told})
    wanted = {"period": str(period), "agreements": numbers, "language": get_language() or "id"}
    batch = ReportBatch.objects.create(
        organisation=organisation, person=by.person_id, wanted=wanted, total=len(numbers)
    )
    make.enqueue(batch.pk, second_factor, by.request_id)
    return batch
