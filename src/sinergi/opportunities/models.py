"""What people choose from the map: priority lists, entries with the reasons of the day, saved settings."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from sinergi.accounts.models import Kept


class PriorityList(Kept):
    """A list of cooperation that an organisation hands in with a planning document.

    Attributes
    ----------
    owner
        Who hands it in, as it is printed; usually the name of the organisation.
    revision
        Counts the changes of the list and of the order of its entries.
    """

    KIND: ClassVar[str] = "priority_list"

    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    owner = models.CharField(max_length=160)
    planning_document = models.CharField(max_length=80, blank=True)
    signatory = models.CharField(max_length=120, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-updated", "-pk")
        indexes = (
            models.Index(fields=("deleted_at", "-updated"), name="lists_by_change"),
            models.Index(fields=("organisation", "deleted_at"), name="lists_of_organisation"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("opportunities:list", args=[self.pk])


class PriorityEntry(models.Model):
    """An opportunity on a list: an object and its members, with the explanation as it was when chosen.

    Attributes
    ----------
    position
        1 is the first priority. Live entries of a list hold 1..n; a removed entry keeps its last place.
    members_key
        Codes of the members in order, joined by `+`: with the object, the identity of the opportunity.
    snapshot
        The explanation at the time of choosing, as `lists.snapshot.take` wrote it.
    revision
        Counts the edits of this entry.
    """

    priority_list = models.ForeignKey(
        PriorityList, on_delete=models.PROTECT, related_name="entries"
    )
    position = models.PositiveIntegerField()
    object_code = models.CharField(max_length=60)
    members_key = models.CharField(max_length=255)
    snapshot = models.JSONField()
    proposer = models.CharField(max_length=160, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    funding_channel = models.CharField(max_length=40, blank=True)
    lead = models.CharField(max_length=160, blank=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("priority_list", "object_code", "members_key"),
                condition=Q(deleted_at__isnull=True),
                name="opportunity_once_in_a_list",
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="position_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.position}. {self.object_code} {self.members_key}"


class EntryMember(models.Model):
    """A region in an entry, under the code and name it had when chosen: regions may be split later."""

    entry = models.ForeignKey(PriorityEntry, on_delete=models.PROTECT, related_name="members")
    region_code = models.CharField(max_length=13, db_index=True)
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=20)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "region_code"), name="region_once_in_an_entry"
            ),
        )

    def __str__(self) -> str:
        return f"{self.region_code} {self.name} ({self.role})"


class SavedMap(Kept):
    """Settings of the map that an organisation keeps under a name.

    Attributes
    ----------
    query
        The settings as the shortest query string of the map; `addresses.settings_from_query` reads it.
    """

    KIND: ClassVar[str] = "saved_map"

    name = models.CharField(max_length=120)
    query = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("name", "pk")
        indexes = (
            models.Index(fields=("organisation", "deleted_at"), name="maps_of_organisation"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("opportunities:saved-map", args=[self.pk])
