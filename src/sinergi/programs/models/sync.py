"""Runs of synchronisation: which versions were compared, what was found, and what organisations decided."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept, Organisation
from sinergi.forums.models import Point
from sinergi.opportunities.models import PriorityList
from sinergi.programs.models.plans import PlanLine, PlanVersion
from sinergi.reference.rupiah import RupiahField


class RunState(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("waits for a worker")
    RUNNING = "running", _("is being computed")
    DONE = "done", _("computed")
    FAILED = "failed", _("failed")


class FindingKind(models.TextChoices):
    """What does not fit; the last two are no findings and are told apart."""

    DUPLICATE = "duplicate", _("duplicate")
    OVERLAP = "overlap", _("overlap")
    GAP = "gap", _("gap")
    CONFLICT = "conflict", _("conflict")
    AUTHORITY = "authority", _("authority")
    FUNDING = "funding", _("funding")
    CODE = "code", _("code")
    LOOK_ALIKE = "look_alike", _("looks alike, told apart")
    UNSEEN = "unseen", _("not seen")


class Severity(models.IntegerChoices):
    """How heavily a finding weighs; the rule is that of `analysis.synchronise.weight`."""

    LOW = 1, _("to check")
    MEDIUM = 2, _("to settle")
    HIGH = 3, _("to settle first")


class Outcome(models.TextChoices):
    """What an organisation decides on a finding."""

    ACCEPT = "accept", _("accept: somebody will act")
    MERGE = "merge", _("merge: one line stays")
    SHARE = "share", _("share the cost")
    RETIME = "retime", _("re-time")
    DISMISS = "dismiss", _("dismiss with a reason")
    REOPEN = "reopen", _("open again")


class SyncRun(Kept):
    """Versions of plans held against each other.

    Attributes
    ----------
    thresholds
        Fields of `analysis.synchronise.Settings` that differ from the usual.
    by
        Who started it; lists and points that this person may read went into it. Empty: the operator.
    attempt
        How often it was asked for; a task of an earlier attempt leaves the run alone.
    wanted
        Numbers of the versions that this attempt compares; until it is done, `compared` is what was.
    progress
        0–100 while it is computed.
    told_at
        When it was asked for or last told of progress; long ago means that nobody computes it any more.
    failure
        What is to be told of a run that failed.
    totals
        Numbers that every reader may know: lines compared, plans, seconds.
    """

    KIND: ClassVar[str] = "sync_run"

    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    thresholds = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=7, choices=RunState.choices, default=RunState.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    attempt = models.PositiveIntegerField(default=1)
    wanted = models.JSONField(default=list, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    totals = models.JSONField(default=dict, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-created", "-pk")
        indexes = (
            models.Index(fields=("organisation", "deleted_at"), name="runs_of_organisation"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:sync-run", args=[self.pk])


class SyncVersion(models.Model):
    """A version of a plan that a run compares.

    Attributes
    ----------
    digest
        SHA-256 of its lines as they were compared.
    """

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="compared")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    lines = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("run", "version__plan__region_code", "version")
        constraints = (
            models.UniqueConstraint(fields=("run", "version"), name="version_once_in_a_run"),
        )

    def __str__(self) -> str:
        return f"{self.run_id} – {self.version_id}"


class Finding(models.Model):
    """Something that does not fit.

    Attributes
    ----------
    rule
        A rule of `analysis.synchronise`; its words are in `programs.synchronise.words`.
    key
        Digest of rule, identities of its lines and subject: the same finding in a later run has it, too.
    fingerprint
        Digest of what its lines say: another one means that something changed.
    stake
        Rupiah at stake; empty where none can be told.
    regions
        Kemendagri codes of the governments that should act.
    facts
        Figures of the rule.
    amid
        Codes of all regions it concerns, parted and enclosed by `|`, to be searched.
    source_list, source_point
        The priority list or the point of a forum that it came from.
    """

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=FindingKind.choices)
    rule = models.CharField(max_length=30)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    stake = RupiahField(null=True, blank=True)
    firmness = models.FloatField(default=1.0)
    regions = models.JSONField(default=list, blank=True)
    amid = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    source_list = models.ForeignKey(
        PriorityList, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )
    source_point = models.ForeignKey(
        Point, on_delete=models.CASCADE, related_name="+", null=True, blank=True
    )

    class Meta:
        """Order and constraints of the table."""

        ordering = ("run", "position")
        indexes = (
            models.Index(fields=("run", "kind", "-severity"), name="findings_by_kind"),
            models.Index(fields=("key",), name="findings_by_key"),
        )
        constraints = (
            models.UniqueConstraint(fields=("run", "key"), name="finding_once_in_a_run"),
        )

    def __str__(self) -> str:
        return f"{self.run_id}.{self.position} {self.rule}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:sync-finding", args=[self.run_id, self.pk])


class FindingVersion(models.Model):
    """A version that a finding tells of, if only as searched in vain; its readers alone see the finding."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="tells_of")
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Constraints of the table."""

        constraints = (
            models.UniqueConstraint(
                fields=("finding", "version"), name="version_once_in_a_finding"
            ),
        )

    def __str__(self) -> str:
        return f"{self.finding_id} – {self.version_id}"


class FindingLine(models.Model):
    """A line of a finding, with what it said when it was compared.

    Attributes
    ----------
    line
        Empty where the line was taken out since.
    identity
        `PlanLine.identity`.
    said
        Code, title, place, years, amount, agency and region as they were.
    """

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        PlanLine, on_delete=models.SET_NULL, related_name="findings", null=True, blank=True
    )
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="+")
    identity = models.UUIDField(db_index=True)
    said = models.JSONField()

    class Meta:
        """Order of the table."""

        ordering = ("finding", "pk")

    def __str__(self) -> str:
        return f"{self.finding_id} – {self.identity}"


class FindingDecision(models.Model):
    """What an organisation decided on a finding, in this run and the next; only ever added to.

    Attributes
    ----------
    run
        In which it was made.
    finding
        Empty where the run was computed again since and did not find it any more.
    key, fingerprint
        Of the finding as it was decided on.
    text
        Reason, or what is to be done.
    who, due
        Who does it until when.
    details
        `stays` (identity of the line that stays), `shares` (region code to rupiah, as text), `years`
        (first and last); `about` of a finding whose lines may be grouped otherwise later: `rule`, `lines`
        (identities), `versions`.
    by, by_name
        Who decided, and under which name; both empty: the operator, or a person who was erased.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(SyncRun, on_delete=models.SET_NULL, related_name="+", null=True)
    finding = models.ForeignKey(
        Finding, on_delete=models.SET_NULL, related_name="decisions", null=True
    )
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    text = models.TextField(blank=True)
    who = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    by_name = models.CharField(max_length=160, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-created", "-pk")
        indexes = (models.Index(fields=("organisation", "key"), name="decisions_by_finding"),)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.outcome}"
