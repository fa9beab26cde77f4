"""Money between governments: transfers, joint objects with who pays and who holds them, and yearly menus."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Kept
from sinergi.programs.models.plans import Plan
from sinergi.reference.rupiah import RupiahField


class Transfer(Kept):
    """Money that one government passes to another, as somebody knows it: an edge, never new money.

    Attributes
    ----------
    giver, receiver
        Kemendagri codes; `ID` for the nation.
    channel
        As which channel the receiver gets it; empty: not known.
    source
        Where this is known from.
    """

    KIND: ClassVar[str] = "transfer"

    giver = models.CharField(max_length=13)
    receiver = models.CharField(max_length=13)
    year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=40, blank=True)
    amount = RupiahField()
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-year", "giver", "receiver", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_of_something"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="transfer_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver} {self.year}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:transfer", args=[self.pk])


class JointObject(Kept):
    """Something that several governments pay for together in a year, and that one or some of them hold.

    Attributes
    ----------
    object_code
        Code of the cooperation object in the catalogue; empty where it is none of these.
    region_code
        Where it lies; empty: not known.
    total
        What it costs in the year; empty where only fixed amounts are known.
    measure
        What the parts of the payers are counted in, as it is written: “ton/hari”, “%”.
    """

    KIND: ClassVar[str] = "joint_object"

    title = models.CharField(max_length=200)
    object_code = models.CharField(max_length=60, blank=True)
    region_code = models.CharField(max_length=13, blank=True)
    year = models.PositiveSmallIntegerField()
    total = RupiahField(null=True, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("-year", "title", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(total=None) | Q(total__gte=0), name="joint_total_not_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.year}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("programs:joint-object", args=[self.pk])


class JointShare(models.Model):
    """What one government does for a joint object: it pays a part, it holds it, or both.

    Attributes
    ----------
    amount
        Rupiah that are agreed on; empty where it pays by `parts`.
    parts
        Its part of what fixed amounts leave, in proportion to the parts of the others.
    plan, identity
        The line that it pays from; empty where none is named. A plan may be one that a reader may not see.
    """

    joint = models.ForeignKey(JointObject, on_delete=models.CASCADE, related_name="shares")
    position = models.PositiveSmallIntegerField()
    region_code = models.CharField(max_length=13)
    pays = models.BooleanField(default=True)
    holds = models.BooleanField(default=False)
    amount = RupiahField(null=True, blank=True)
    parts = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    plan = models.ForeignKey(
        Plan, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    identity = models.UUIDField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("joint", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("joint", "region_code"), name="government_once_in_a_joint_object"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="share_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(parts=None) | Q(parts__gt=0), name="parts_above_zero"
            ),
        )

    def __str__(self) -> str:
        return f"{self.joint} – {self.region_code}"


class FundingMenu(models.Model):
    """A yearly menu of a channel that the installation loaded, such as that of physical special allocation.

    Attributes
    ----------
    items
        Rows of code (affair or activity) and title, as the file had them.
    """

    channel = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    items = models.JSONField(default=list)
    loaded = models.DateTimeField(auto_now=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("channel", "-year")
        verbose_name = _("yearly menu")
        constraints = (
            models.UniqueConstraint(fields=("channel", "year"), name="menu_once_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.year}"
