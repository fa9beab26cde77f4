"""Deeds on pairs of lines: say what they are to each other, and take that back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import ConflictError, InvalidError
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.programs import errors
from sinergi.programs.models import PairAnswer, PairLabel, PlanVersion
from sinergi.programs.queries.labels import JUDGED, Asked


def judge(
    by: Principal, organisation: Organisation, asked: Asked, seen: str, answer: str
) -> PairLabel:
    """Keep what somebody says about a pair of lines.

    Parameters
    ----------
    asked
        The pair as it is now, of lines that `by` may read: `queries.labels.this_pair`.
    seen
        `Asked.key` of what was shown.

    Raises
    ------
    ForbiddenError
        Unless `by` may edit what belongs to the organisation.
    InvalidError
        When the answer is none of `PairAnswer`.
    ConflictError
        When a line changed since it was shown, or somebody of the organisation judged the pair already.
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    if answer not in PairAnswer.values:
        raise InvalidError({"answer": _("Choose one of the five answers.")})
    if asked.key != seen:
        raise ConflictError(_("A line has changed since it was shown. Look at the pair again."))
    try:
        with transaction.atomic():
            return _keep(by, organisation, asked, answer)
    except IntegrityError:
        told = _("Somebody of your organisation has judged this pair already.")
        raise ConflictError(told) from None


def _keep(by: Principal, organisation: Organisation, asked: Asked, answer: str) -> PairLabel:
    told = PlanVersion.objects.filter(pk__in=[asked.a["version"], asked.b["version"]])
    made = PairLabel.objects.create(
        organisation=organisation,
        key=asked.key,
        a=_judged(asked.a),
        b=_judged(asked.b),
        plans=sorted(set(told.values_list("plan", flat=True))),
        evidence=asked.evidence,
        probability=asked.probability,
        answer=answer,
        person_id=by.person_id,
    )
    record(
        by,
        Verb.PAIR_LABELLED,
        kind=PairLabel.KIND,
        object_id=made.pk,
        organisation=organisation.pk,
        after={"answer": answer},
    )
    return made


def _judged(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in JUDGED}


@transaction.atomic
def take_back(by: Principal, label_id: int) -> PairLabel:
    """Take back an own answer; the pair may be asked again.

    Raises
    ------
    NotFoundError
        When there is no such answer of this person, or it was taken back.
    ForbiddenError
        When the person may no longer edit what belongs to the organisation.
    """
    rows = PairLabel.objects.select_for_update().select_related("organisation")
    found = rows.filter(pk=label_id, undone_at=None, person=by.person_id).first()
    if found is None:
        raise errors.not_found(_("The answer"))
    rules.require(by, rules.OBJECT_CREATE, found.organisation)
    found.undone_at = timezone.now()
    found.save(update_fields=["undone_at"])
    record(
        by,
        Verb.UNDONE,
        kind=PairLabel.KIND,
        object_id=found.pk,
        organisation=found.organisation_id,
        before={"answer": found.answer},
    )
    return found
