"""Deeds on synchronisation: begin a run, run it again, change its title, put away; decide on findings."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sinergi.accounts import rules
from sinergi.accounts.actions.owned import (
    bring_back,
    change,
    expect,
    held,
    put_away,
    record_on,
    touch,
    why,
)
from sinergi.accounts.audit.verbs import Verb
from sinergi.accounts.models import Organisation
from sinergi.accounts.principal import Principal
from sinergi.accounts.texts import printable, too_long_text
from sinergi.analysis.synchronise import Settings
from sinergi.programs import errors
from sinergi.programs.actions.rows import refuse
from sinergi.programs.models import PlanLine, PlanVersion, RunState, SyncRun, SyncVersion
from sinergi.programs.queries.plans import current_versions
from sinergi.programs.synchronise.tables import readable_versions
from sinergi.programs.synchronise.tasks import compute, compute_now

LENGTHS = {"title": 200, "note": 4000, "text": 4000, "who": 200}
AT_ONCE = 2_000
"""Lines up to which a run is computed while its page is waited for."""
UNDER_WAY = (RunState.WAITING, RunState.RUNNING)
SILENT = timedelta(minutes=5)
"""Without progress for so long, a run is taken for one whose process ended."""


@dataclass(frozen=True, slots=True)
class RunDetails:
    """What a person says of a run.

    Attributes
    ----------
    likely
        Least probability of a pair to be told, 0–1.
    large, small
        Rupiah from which a finding weighs heavily, and below which it weighs little.
    """

    title: str
    note: str = ""
    likely: float = 0.6
    large: Decimal = Decimal(1_000_000_000)
    small: Decimal = Decimal(100_000_000)

    def thresholds(self) -> dict[str, Any]:
        """Return them as fields of `analysis.synchronise.Settings`, as far as they differ from the usual."""
        told = {
            "likely": self.likely,
            "large": int(self.large * 100),
            "small": int(self.small * 100),
        }
        usual = asdict(Settings())
        return {name: value for name, value in told.items() if value != usual[name]}


def long_texts(**given: str) -> dict[str, str]:
    """Return what is too long, by field."""
    faults: dict[str, str] = {}
    for name, text in given.items():
        faults |= too_long_text(name, text, LENGTHS[name])
    return faults


def _run_faults(details: RunDetails, compared: list[PlanVersion], wanted: int) -> dict[str, str]:
    faults = long_texts(title=details.title, note=details.note)
    if not details.title:
        faults["title"] = _("Give the run a title.")
    if not 0 < details.likely <= 1:
        faults["likely"] = _("A probability lies above 0 and is at most 100 per cent.")
    if not 0 <= details.small <= details.large:
        faults["small"] = _("The smaller amount is not above the larger one, and not below 0.")
    plans = [one.plan_id for one in compared]
    if not compared:
        faults["versions"] = _("Choose at least one plan.")
    elif len(compared) != wanted:
        faults["versions"] = _("One of these versions does not exist, or you may not read it.")
    elif len(set(plans)) != len(plans):
        faults["versions"] = _(
            "Choose one version of each plan: versions of one plan repeat each other."
        )
    return faults


@transaction.atomic
def prepare(
    by: Principal, organisation: Organisation, details: RunDetails, versions: list[int]
) -> SyncRun:
    """Make a run over versions of plans that one may read; `start` has it computed.

    Only the organisation sees the run until it is shared.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    rules.require(by, rules.OBJECT_CREATE, organisation)
    details = _clean(details)
    compared = readable_versions(by, versions)
    refuse(_run_faults(details, compared, len(set(versions))))
    run = SyncRun.objects.create(
        organisation=organisation,
        title=details.title,
        note=details.note,
        thresholds=details.thresholds(),
        by_id=by.person_id,
        told_at=timezone.now(),
    )
    SyncVersion.objects.bulk_create(
        SyncVersion(run=run, version=one, lines=one.lines.count()) for one in compared
    )
    after = {"name": run.title, "versions": [one.pk for one in compared], **run.thresholds}
    record_on(by, Verb.CREATED, run, after=after)
    return run


def _clean(details: RunDetails) -> RunDetails:
    return RunDetails(
        printable(details.title),
        printable(details.note),
        details.likely,
        details.large,
        details.small,
    )


def begin(
    by: Principal,
    organisation: Organisation,
    details: RunDetails,
    versions: list[int],
    *,
    second_factor: bool = False,
) -> SyncRun:
    """Make a run and have it computed: `prepare`, then `start`.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    run = prepare(by, organisation, details, versions)
    start(by, run, second_factor=second_factor)
    return run


def start(by: Principal, run: SyncRun, *, second_factor: bool = False) -> None:
    """Have a run computed: a small one before this returns, a large one by a worker.

    Called outside a transaction: within one, nobody else could write until it is computed.
    """
    wanted: list[int] = run.wanted or list(run.compared.values_list("version", flat=True))
    if PlanLine.objects.filter(version__in=wanted).count() <= AT_ONCE:
        compute_now(run, by)
        run.refresh_from_db()
        return
    compute.enqueue(run.pk, run.attempt, second_factor, by.request_id)


def held_run(by: Principal, permission: str, number: int, *, deleted: bool = False) -> SyncRun:
    """Return a run for a deed and hold it until the transaction ends.

    Raises
    ------
    NotFoundError, ForbiddenError
    """
    return held(by, permission, SyncRun, number, errors.not_found(_("The run")), deleted=deleted)


def run_again(
    by: Principal, number: int, *, newest: bool = True, second_factor: bool = False
) -> SyncRun:
    """Compute a run anew, on the current versions of its plans where `newest`; decisions stay.

    Until that is done it holds what it held: where it fails, versions and findings stay as they are.

    Raises
    ------
    NotFoundError, ForbiddenError
    InvalidError
        When a version of it may not be read, or it is being computed.
    """
    with transaction.atomic():
        run = held_run(by, rules.OBJECT_EDIT, number)
        refuse(_again_faults(by, run))
        before = sorted(run.compared.values_list("version", flat=True))
        run.wanted = _newest(by, run) if newest else before
        run.state, run.by_id, run.failure, run.progress = RunState.WAITING, by.person_id, "", 0
        run.attempt, run.told_at = run.attempt + 1, timezone.now()
        touch(run)
        after = {"versions": run.wanted}
        record_on(by, Verb.COMPUTED, run, before={"versions": before}, after=after)
    start(by, run, second_factor=second_factor)
    return run


def stuck(run: SyncRun) -> bool:
    """Whether a run is under way, but nothing was heard of it for so long that it may be begun anew."""
    if run.state not in UNDER_WAY:
        return False
    return run.told_at is None or timezone.now() - run.told_at > SILENT


def _again_faults(by: Principal, run: SyncRun) -> dict[str, str]:
    if run.state in UNDER_WAY and not stuck(run):
        return {"": _("The run is being computed. Wait until it is done.")}
    numbers = list(run.compared.values_list("version", flat=True))
    if len(readable_versions(by, numbers)) != len(numbers):
        return {"": _("You may not read all plans of this run, so you cannot run it again.")}
    return {}


def _newest(by: Principal, run: SyncRun) -> list[int]:
    """Return the current version of each plan in the place of the one compared, where there is one."""
    told = dict(run.compared.values_list("version__plan", "version"))
    told |= {one.plan_id: one.pk for one in current_versions(by, plans=list(told))}
    return sorted(told.values())


@transaction.atomic
def rename(
    by: Principal, number: int, title: str, note: str, *, revision: int | None = None
) -> SyncRun:
    """Change title and note of a run.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError, ConflictError
    """
    run = held_run(by, rules.OBJECT_EDIT, number)
    expect(run, revision)
    title, note = printable(title), printable(note)
    faults = long_texts(title=title, note=note)
    if not title:
        faults["title"] = _("Give the run a title.")
    refuse(faults)
    change(by, run, {"title": run.title, "note": run.note}, {"title": title, "note": note})
    return run


@transaction.atomic
def put_run_away(by: Principal, number: int, *, reason: str = "") -> SyncRun:
    """Put a run away with its findings; decisions on them still count in other runs.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    run = held_run(by, rules.OBJECT_REMOVE, number)
    put_away(by, run, timezone.now(), why(reason))
    return run


@transaction.atomic
def restore_run(by: Principal, number: int, *, reason: str = "") -> SyncRun:
    """Bring back a run that was put away.

    Raises
    ------
    NotFoundError, ForbiddenError, InvalidError
    """
    run = held_run(by, rules.OBJECT_REMOVE, number, deleted=True)
    bring_back(by, run, why(reason))
    return run
