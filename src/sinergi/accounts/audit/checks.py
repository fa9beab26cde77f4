"""Deeds about the trail itself: having it verified, taking it out of the house."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from sinergi.accounts.audit.chain import record
from sinergi.accounts.audit.proof import ExpectationError, Verdict, expectation, head, verify
from sinergi.accounts.audit.search import Wanted, audited, search
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.errors import InvalidError, unseen
from sinergi.accounts.models import AuditCheck, AuditHead, Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.tasks import trying

AT_ONCE = 20_000
"""So many records are verified while the person waits; more in the background."""
GIVEN_UP = timedelta(hours=1)
"""A check that was asked for longer ago and has found nothing was broken off; another may begin."""


def begin_check(by: Principal, expected: str = "") -> AuditCheck:
    """Have the chain verified: at once when it is short, by a worker otherwise.

    The whole installation has one under way at a time: whoever asks meanwhile gets that one, whose `expected`
    may be another.

    Raises
    ------
    ForbiddenError
        For somebody who may read no part of the trail.
    InvalidError
        When what should be in the chain is no hash.
    """
    audited(by)
    expected = expected.strip().lower()
    if expected:
        _must_be_hash(expected)
    with transaction.atomic():
        long = AuditHead.objects.select_for_update().get(pk=1).sequence > AT_ONCE
        under_way = running()
        if under_way is not None:
            return under_way
        check = AuditCheck.objects.create(asked_by=by.person_id, expected=expected)
        if long:
            run_check.enqueue(check.pk)
    if not long:
        _finish_now(check)
    check.refresh_from_db()
    return check


def running() -> AuditCheck | None:
    """Return the check that is under way, or `None`."""
    since = timezone.now() - GIVEN_UP
    return AuditCheck.objects.filter(finished_at=None, asked_at__gt=since).first()


def _finish_now(check: AuditCheck) -> None:
    """Verify while the person waits; a check that fails itself keeps nobody waiting."""
    try:
        finish_check(check.pk)
    except BaseException:
        AuditCheck.objects.filter(pk=check.pk, finished_at=None).delete()
        raise


def _must_be_hash(text: str) -> None:
    try:
        expectation(text)
    except ExpectationError as error:
        message = _("Write the hash of a record, 64 characters of 0–9 and a–f, or NUMBER:HASH.")
        raise InvalidError({"expected": message}) from error


@task()
@trying(attempts=3)
def run_check(number: int) -> None:
    """Verify the chain for a check that was asked for."""
    finish_check(number)


def finish_check(number: int) -> None:
    """Verify the chain and write down what was found; a check that is finished stays as it is."""
    check = AuditCheck.objects.filter(pk=number, finished_at=None).first()
    if check is None:
        return
    verdict: Verdict = verify(check.expected)
    check.finished_at = timezone.now()
    check.records, check.hash, check.guarded = verdict.records, verdict.hash, verdict.guarded
    if verdict.fault is not None:
        check.fault, check.sequence = verdict.fault.code, verdict.fault.sequence
    check.save()


def check_of(by: Principal, number: int) -> AuditCheck:
    """Return a check.

    Raises
    ------
    UnseenError, ForbiddenError
    """
    audited(by)
    found = AuditCheck.objects.filter(pk=number).first()
    if found is None:
        raise unseen()
    return found


@transaction.atomic
def take_out(by: Principal, wanted: Wanted, form: str) -> int:
    """Record that somebody exports records, and return the number of the last that goes with it.

    Each organisation whose trail is taken finds the deed in its own.

    Raises
    ------
    UnseenError, ForbiddenError
    """
    number = search(by, wanted).count()
    last = head()[0]
    for organisation in _owners(by, wanted):
        record(
            by,
            Verb.EXPORTED,
            kind="audit",
            object_id="trail",
            organisation=organisation,
            after={"format": form, "records": number, **wanted.told()},
        )
    return last


def _owners(by: Principal, wanted: Wanted) -> list[int | None]:
    if wanted.organisation:
        return list(
            Organisation.objects.filter(code=wanted.organisation).values_list("pk", flat=True)
        )
    organisations = audited(by)
    return [None] if organisations is None else [one.pk for one in organisations]
