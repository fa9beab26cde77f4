"""Tables of the room: regions, how they followed each other, borders, cells, nomenclature, loads."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The levels of government."""

    NATION = "nation", _("nation")
    PROVINCE = "province", _("province")
    REGENCY = "regency", _("regency")
    CITY = "city", _("city")


class Region(models.Model):
    """A region by its official code; other rooms refer to this table."""

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=8, choices=Level.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    bps_code = models.CharField(max_length=10, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    area_km2 = models.FloatField()
    population = models.PositiveIntegerField()
    population_date = models.CharField(max_length=10, blank=True)
    capital = models.CharField(max_length=80, blank=True)
    capital_lat = models.FloatField(null=True, blank=True)
    capital_lon = models.FloatField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    """Empty: since before the records of the pack begin."""
    valid_to = models.DateField(null=True, blank=True)
    """Empty: still valid."""
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Succession(models.Model):
    """How one code followed another when regions changed."""

    class Kind(models.TextChoices):
        """What happened to the land behind the code."""

        SPLIT = "split", _("split off")
        REDUCED = "reduced", _("went on with less land")
        RECODED = "recoded", _("same land, new code")
        MERGED = "merged", _("merged")
        RENAMED = "renamed", _("renamed")

    predecessor = models.CharField(max_length=13, db_index=True)
    """May be a code that no region has any more."""
    successor = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="predecessors")
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    source = models.CharField(max_length=200, blank=True)
    provenance = models.CharField(max_length=200, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering: ClassVar = ["date", "predecessor", "successor__code"]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor_id} ({self.date})"


class Border(models.Model):
    """A land border between two regencies or cities."""

    a = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    km = models.FloatField()

    class Meta:
        """Order and constraints of the table."""

        ordering: ClassVar = ["a__code", "b__code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["a", "b"], name="border_once")]

    def __str__(self) -> str:
        return f"{self.a_id} – {self.b_id}"


class RegionShape(models.Model):
    """The H3 cells of a region: resolution 7, compacted, as little-endian 64-bit numbers."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="shape")
    cells = models.BinaryField()
    source = models.CharField(max_length=200, blank=True)
    official = models.BooleanField(default=False)
    """True where an installation loaded its own boundary over the pack's."""

    def __str__(self) -> str:
        return f"shape of {self.region_id}"


class ShapeFile(models.Model):
    """Geometry for the map, made from the cells and kept compressed, ready to send."""

    name = models.CharField(max_length=20, unique=True)
    """`nasional`, or the code of a province."""
    content = models.BinaryField()
    """gzip of the TopoJSON."""
    etag = models.CharField(max_length=64)
    version = models.CharField(max_length=80)
    """Version of the cells it was made from."""

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """A line of the activity nomenclature that an installation loaded."""

    code = models.CharField(max_length=20)
    authority = models.CharField(max_length=8)
    """PROVINSI or KABKOTA."""
    name = models.TextField()
    level = models.CharField(max_length=12)
    """affair, program, activity or subactivity."""
    parent = models.CharField(max_length=20, blank=True, db_index=True)
    unit = models.CharField(max_length=120, blank=True)
    indicator = models.TextField(blank=True)
    spm = models.BooleanField(default=False)
    previous = models.CharField(max_length=200, blank=True)
    """Codes of a former nomenclature whose place it took, parted by `|`."""
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "authority"], name="activity_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PackLoad(models.Model):
    """Which version of which part was loaded when: the pack, boundaries, nomenclature."""

    class Part(models.TextChoices):
        """What was loaded."""

        PACK = "pack", _("country pack")
        BOUNDARIES = "boundaries", _("boundaries")
        NOMENCLATURE = "nomenclature", _("activity nomenclature")

    part = models.CharField(max_length=12, choices=Part.choices, default=Part.PACK)
    version = models.CharField(max_length=64)
    file = models.CharField(max_length=200, blank=True)
    loaded_at = models.DateTimeField()

    class Meta:
        """Order and constraints of the table."""

        ordering: ClassVar = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.part} {self.version}"
