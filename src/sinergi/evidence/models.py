"""Tables of the room: sources, indicators, import batches, observations."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sinergi.reference.models import Region


class Flag(models.IntegerChoices):
    """How far an observation can be trusted; the order is from strong to weak."""

    OFFICIAL = 1, _("official")
    ESTIMATE = 2, _("estimate")
    IMPUTED = 3, _("imputed")
    DEFAULT = 4, _("default")


class Better(models.TextChoices):
    """Which direction of an indicator is good for a region."""

    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")
    NEITHER = "neither", _("neither")


class Group(models.TextChoices):
    """Where an indicator stands on a page."""

    ECONOMY = "economy", _("Economy")
    PRICES = "prices", _("Prices")
    FOOD = "food", _("Food")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    BASIC_SERVICES = "basic_services", _("Basic services")
    DISASTER = "disaster", _("Disaster")
    WELFARE = "welfare", _("Welfare")
    OTHER = "other", _("Other")


class Source(models.Model):
    """Who published figures, where, for which period and under which licence."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    """Address, or repository and revision, from which the figures were taken."""
    note = models.TextField(blank=True)

    class Meta:
        """Order of the table."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """Something measured for regions, always in the same unit."""

    code = models.CharField(max_length=60, unique=True)
    name_id = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=80)
    better = models.CharField(max_length=8, choices=Better.choices, default=Better.NEITHER)
    minimum = models.FloatField(null=True, blank=True)
    """Smallest value that can be right, in the unit."""
    maximum = models.FloatField(null=True, blank=True)
    """Largest value that can be right, in the unit."""
    group = models.CharField(max_length=20, choices=Group.choices, default=Group.OTHER)
    flag = models.PositiveSmallIntegerField(choices=Flag.choices, default=Flag.OFFICIAL)
    """What its observations claim unless an import says otherwise."""
    note_id = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="indicators")
    shipped = models.BooleanField(default=False)

    class Meta:
        """Order of the table."""

        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class ImportBatch(models.Model):
    """One load of observations: it stands or is undone as a whole."""

    class Kind(models.TextChoices):
        """Where a batch came from."""

        SHIPPED = "shipped", _("shipped with Sinergi")
        IMPORT = "import", _("imported file")

    class State(models.TextChoices):
        """Whether the observations of a batch count."""

        LOADED = "loaded", _("loaded")
        UNDONE = "undone", _("undone")

    created_at = models.DateTimeField()
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.IMPORT)
    state = models.CharField(max_length=8, choices=State.choices, default=State.LOADED)
    rows = models.PositiveIntegerField(default=0)
    """Observations stored by this batch."""
    replaced = models.PositiveIntegerField(default=0)
    """Observations of earlier batches that this one replaced."""
    skipped = models.PositiveIntegerField(default=0)
    """Rows of the file left out: missing values and values already stored."""
    warnings = models.PositiveIntegerField(default=0)
    last_period = models.CharField(max_length=7, blank=True)
    mapping = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    actor = models.CharField(max_length=200, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undo_reason = models.TextField(blank=True)

    class Meta:
        """Order of the table."""

        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.filename}"


class Observation(models.Model):
    """One value of one indicator for one region and period, from one source."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    period = models.CharField(max_length=7)
    """`2021` or `2021-08`."""
    value = models.FloatField()
    flag = models.PositiveSmallIntegerField(choices=Flag.choices, default=Flag.OFFICIAL)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)
    replaced_by = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        """One active value of each thing; indexes for undo and history."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "region", "period"],
                condition=models.Q(active=True),
                name="one_active_observation",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["replaced_by"],
                condition=models.Q(replaced_by__isnull=False),
                name="observation_replaced_by",
            ),
            models.Index(
                fields=["indicator", "region"],
                condition=models.Q(active=False),
                name="observation_history",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.region_id}/{self.period}={self.value}"
