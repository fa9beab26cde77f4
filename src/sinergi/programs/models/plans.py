"""Plans as governments hand them in: versions of lines, each with its amounts per year and channel."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept, Organisation
from sinergi.reference.rupiah import RupiahField


class PlanKind(models.TextChoices):
    """The documents of planning and budgeting; names of documents stay Indonesian in every language."""

    RPJMD = "rpjmd", _("RPJMD – regional medium-term plan")
    RENSTRA = "renstra", _("Renstra – agency strategic plan")
    RKPD = "rkpd", _("RKPD – regional annual work plan")
    KUA_PPAS = "kua_ppas", _("KUA-PPAS – general budget policy and ceilings")
    APBD = "apbd", _("APBD – regional budget")
    RKP = "rkp", _("RKP/Renja-K/L – central work plan")
    RUP = "rup", _("RUP – general procurement plan")
    OTHER = "other", _("other plan")


class VersionState(models.TextChoices):
    """What a version counts for; of each plan at most one is current."""

    DRAFT = "draft", _("in preparation")
    CURRENT = "current", _("current")
    SUPERSEDED = "superseded", _("superseded")
    UNDONE = "undone", _("import undone")


class Readiness(models.TextChoices):
    """How far something is that must be there before work begins."""

    UNKNOWN = "", _("not known")
    NOT_NEEDED = "not_needed", _("not needed")
    ABSENT = "absent", _("not there")
    UNDER_WAY = "under_way", _("under way")
    READY = "ready", _("ready")


class PlaceCertainty(models.TextChoices):
    """How the place of a line is known."""

    UNKNOWN = "", _("no place")
    PLAN = "plan", _("only the region of the plan")
    FOUND = "found", _("found in the text")
    AMBIGUOUS = "ambiguous", _("the text fits several places")
    TYPED = "typed", _("named by a person")
    POINT = "point", _("set on the map")


class Plan(Kept):
    """A plan of one government or agency; its lines live in versions.

    Attributes
    ----------
    region_code
        Kemendagri code of the government whose plan it is; `ID` for the nation.
    agency
        The agency whose plan it is, as it is written; empty for a plan of the whole government.
    source
        Where it comes from, as it is written: document, number, address.
    licence
        Under which its content may be handed on, as it is written; empty: not stated.
    """

    KIND: ClassVar[str] = "plan"

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=PlanKind.choices)
    region_code = models.CharField(max_length=13)
    agency = models.CharField(max_length=200, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-first_year", "title", "pk")
        indexes = (
            models.Index(fields=("deleted_at", "-updated"), name="plans_by_change"),
            models.Index(fields=("organisation", "deleted_at"), name="plans_of_organisation"),
            models.Index(fields=("region_code", "first_year"), name="plans_of_region"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="plan_years_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:plan", args=[self.pk])


class PlanVersion(models.Model):
    """A state of a plan: typed in, or loaded whole from one sheet of a file.

    Attributes
    ----------
    number
        1..n within the plan.
    label
        As the document calls it: “murni”, “perubahan”, “rancangan akhir”.
    filename, sheet, sha256
        The file it was loaded from; empty for what was typed.
    reading
        How the file was read: heading row, columns to fields, multiplier of amounts and where it was said.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=80, blank=True)
    state = models.CharField(
        max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    filename = models.CharField(max_length=200, blank=True)
    sheet = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("plan", "-number")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="version_once_in_a_plan"),
            models.UniqueConstraint(
                fields=("plan",),
                condition=Q(state=VersionState.CURRENT),
                name="one_current_version",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan} · {self.number} {self.label}".rstrip()

    @property
    def report(self) -> dict[str, Any]:
        """What its import found, see `ImportReport`; empty for what was typed."""
        kept = ImportReport.objects.filter(version=self).first()
        return kept.content if kept is not None else {}


class ImportReport(models.Model):
    """What the import of a version found and did not change; apart, because it may be large.

    Attributes
    ----------
    content
        Problems by kind with places and samples, declared totals beside computed ones.
    """

    version = models.OneToOneField(
        PlanVersion, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    content = models.JSONField()

    class Meta:
        """Order of the table."""

        ordering = ("version",)

    def __str__(self) -> str:
        return str(self.version_id)


class PlanLine(models.Model):
    """A line of a version: what is to be done, where, when, for what result and with what money.

    Attributes
    ----------
    identity
        The same for one line through the versions of its plan, and used wherever a line is referred to.
    position
        1..n, the order of the document.
    code
        Activity code as the nomenclature writes it (`1.03.10.2.01.0004`); empty where none was given.
    code_written
        As the file wrote it, where that differs.
    activity
        Name of what `code` stands for, as the plan writes it; the title where the plan has no finer one.
    title
        What is done, as the plan writes it.
    program_name, activity_name
        Programme and activity that it stands under in the file; empty where the file names none.
    agency_code, agency
        Who does it, as it is written.
    place
        Where, as it is written.
    region_code
        Kemendagri code of the region it lies in; empty where that is not known.
    lat, lon
        Degrees; where a point is known. `place_certainty` tells how.
    target
        Amount of the output; empty where none or no number was given.
    is_transfer
        The money is passed on to another government, which plans its use itself: it is never counted twice.
    transfer_to
        Kemendagri code of that government, where known.
    total
        Sum of its amounts.
    external_id
        Its number in the system it came from.
    row
        Row of the sheet it came from, from 1; empty for what was typed.
    remarks
        Codes of what an import found at it, such as `amount_in_words`; told in words by `programs.remarks`.
    """

    version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="lines", db_index=False
    )  # other indexes begin with it
    identity = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20, blank=True)
    code_written = models.CharField(max_length=60, blank=True)
    activity = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=500)
    program_name = models.CharField(max_length=500, blank=True, default="", db_default="")
    activity_name = models.CharField(max_length=500, blank=True, default="", db_default="")
    agency_code = models.CharField(max_length=40, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=500, blank=True)
    region_code = models.CharField(max_length=13, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    place_certainty = models.CharField(
        max_length=9, choices=PlaceCertainty.choices, blank=True, default=PlaceCertainty.UNKNOWN
    )
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    output = models.CharField(max_length=500, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    land = models.CharField(max_length=10, choices=Readiness.choices, blank=True)
    design = models.CharField(max_length=10, choices=Readiness.choices, blank=True)
    permits = models.CharField(max_length=10, choices=Readiness.choices, blank=True)
    object_code = models.CharField(max_length=60, blank=True)
    is_transfer = models.BooleanField(default=False)
    transfer_to = models.CharField(max_length=13, blank=True)
    total = RupiahField(default=0)
    note = models.TextField(blank=True)
    external_id = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("version", "position", "pk")
        indexes = (
            models.Index(fields=("version", "position"), name="lines_in_order"),
            models.Index(fields=("version", "code"), name="lines_by_code"),
            models.Index(fields=("identity",), name="lines_by_identity"),
        )
        constraints = (
            models.UniqueConstraint(fields=("version", "identity"), name="line_once_in_a_version"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="line_years_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class LineAmount(models.Model):
    """Money of a line in one year from one channel.

    Attributes
    ----------
    channel
        Code of the funding channel in the country pack; empty where the plan does not say.
    amount
        Rupiah, never negative.
    """

    line = models.ForeignKey(
        PlanLine, on_delete=models.CASCADE, related_name="amounts", db_index=False
    )  # the index of the constraint begins with it
    year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=40, blank=True)
    amount = RupiahField()

    class Meta:
        """Order and constraints of the table."""

        ordering = ("line", "year", "channel")
        constraints = (
            models.UniqueConstraint(
                fields=("line", "year", "channel"), name="amount_once_a_year_and_channel"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="amount_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.channel} {self.amount}".strip()


class RememberedMapping(models.Model):
    """How an organisation reads files with certain headings, so that it is asked once.

    Attributes
    ----------
    signature
        Digest of the headings, their case and spaces aside.
    mapping
        As `PlanVersion.reading`.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    name = models.CharField(max_length=120, blank=True)
    mapping = models.JSONField()
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-updated", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "signature"), name="mapping_once_an_organisation"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.signature
