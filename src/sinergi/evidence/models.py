"""Tables of the room: sources, indicators, import batches, observations."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation, Owned, OwnedQuerySet
from sinergi.reference.models import Region

COMMON = 0
"""The shelf of the common evidence; every other shelf has the number of its organisation."""


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
    """Who published figures, where, for which period and under which licence.

    Attributes
    ----------
    organisation
        Whose import made it; empty for one of the common evidence.
    """

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    """Address, or repository and revision, from which the figures were taken."""
    note = models.TextField(blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        """Order of the table."""

        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """Something measured for regions, always in the same unit.

    Attributes
    ----------
    organisation
        Whose import made it; empty for one of the common evidence. Each organisation has codes of its own.
    """

    code = models.CharField(max_length=60)
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
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        """Order of the table; a code is there once in the common evidence, and once on each shelf."""

        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(organisation__isnull=True),
                name="one_common_indicator_a_code",
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"], name="one_indicator_a_code_and_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """Name in the language of the page."""
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class ImportBatch(Owned):
    """One load of observations: it stands or is undone as a whole.

    Attributes
    ----------
    organisation
        On whose shelf its observations stand; empty for the common evidence, which everybody's map uses.
    key
        What one wish to load is known by, so that it is done once however often it is delivered.
    loaded_by, withdrawn_by
        The people who loaded and undid it; `actor` and `undone_by` name those of earlier versions, the
        operator and the worker.
    adopted_from
        The batch of an organisation that it copies into the common evidence.
    """

    KIND = "import"

    class Kind(models.TextChoices):
        """Where a batch came from."""

        SHIPPED = "shipped", _("shipped with Sinergi")
        IMPORT = "import", _("imported file")

    class State(models.TextChoices):
        """Whether the observations of a batch count."""

        LOADED = "loaded", pgettext_lazy("state", "loaded")
        UNDONE = "undone", _("undone")

    organisation = models.ForeignKey(  # type: ignore[assignment]
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    key = models.CharField(max_length=64, null=True, blank=True, unique=True)
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
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undo_reason = models.TextField(blank=True)
    adopted_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        """Order of the table."""

        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.filename}"

    @property
    def label(self) -> str:
        """The name of its file."""
        return self.filename

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("evidence:batch", args=[self.pk])

    @property
    def shelf(self) -> int:
        """The shelf on which its observations stand."""
        return self.organisation_id or COMMON

    @property
    def loader(self) -> str:
        """Who loaded it, in words."""
        return self.loaded_by.name if self.loaded_by is not None else self.actor

    @property
    def withdrawer(self) -> str:
        """Who undid it, in words."""
        return self.withdrawn_by.name if self.withdrawn_by is not None else self.undone_by


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
    shelf = models.BigIntegerField(default=COMMON, db_default=COMMON)
    """`COMMON`, or the number of the organisation of its batch."""
    replaced_by = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        """One active value of each thing on each shelf; indexes for undo and history.

        The shelf comes first in the index: what is read of the common evidence lies together, however much
        stands on other shelves.
        """

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["shelf", "indicator", "region", "period"],
                condition=models.Q(active=True),
                name="one_active_observation_a_shelf",
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
