"""What was agreed: points with addressees and fates, their follow-up, and what was made of them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation
from sinergi.forums.fates import Fate
from sinergi.forums.models.meeting import Forum
from sinergi.opportunities.models import PriorityEntry


class Point(models.Model):
    """A recommendation that a forum agreed on.

    Attributes
    ----------
    number
        As in the minutes; unique among the points of a forum that were not struck.
    objects_named, objects_later
        Codes of the cooperation objects it is about, and which of them were named after the meeting.
    owner, owner_name
        Who sees to it: an organisation here, and its name as it was written.
    touched
        The day of the last news of it, or of the meeting.
    source
        Where this is known from, for what was entered from publications.
    evidence, links
        What speaks for it – figures, studies, letters – and addresses where that is read, a line each.
    """

    class Type(models.TextChoices):
        """What a point asks for."""

        ADVOCACY = "advocacy", _("advocacy to a ministry")
        SYNERGY = "synergy", _("synergy with the centre")
        COOPERATION = "cooperation", _("inter-regional cooperation")
        OWN = "own", _("own programme")

    class Fates(models.TextChoices):
        """Its status; what may follow on each is in `fates.FOLLOWS`."""

        AGREED = Fate.AGREED.value, _("agreed")
        SENT = Fate.SENT.value, _("sent")
        RECEIVED = Fate.RECEIVED.value, _("received")
        ANSWERED = Fate.ANSWERED.value, _("answered")
        ACCEPTED = Fate.ACCEPTED.value, _("accepted")
        PARTLY = Fate.PARTLY.value, _("partly accepted")
        REJECTED = Fate.REJECTED.value, _("rejected")
        IN_PLAN = Fate.IN_PLAN.value, _("in a plan")
        UNDER_AGREEMENT = Fate.UNDER_AGREEMENT.value, _("under agreement")
        DELIVERED = Fate.DELIVERED.value, _("delivered")
        LAPSED = Fate.LAPSED.value, _("lapsed")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    type = models.CharField(max_length=11, choices=Type.choices)
    affair = models.CharField(max_length=40, blank=True)
    objects_named = models.JSONField(default=list, blank=True)
    objects_later = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    owner_name = models.CharField(max_length=160, blank=True)
    due = models.DateField(null=True, blank=True)
    review = models.DateField(null=True, blank=True)
    fate = models.CharField(max_length=15, choices=Fates.choices, default=Fates.AGREED)
    touched = models.DateField()
    source = models.TextField(blank=True)
    evidence = models.TextField(blank=True, default="")
    links = models.TextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("forum", "number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("forum", "number"),
                condition=Q(struck_at__isnull=True),
                name="point_number_once",
            ),
        )
        indexes = (
            models.Index(fields=("struck_at", "touched"), name="points_by_touch"),
            models.Index(fields=("fate", "touched"), name="points_by_fate"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("forums:point", args=[self.forum_id, self.pk])


class Addressee(models.Model):
    """Who is asked: the name as the minutes have it, and the organisation where there is one here.

    The name stays as it was written when the organisation is renamed; pages show both.
    """

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="addressees")
    name = models.CharField(max_length=160)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        """Order and constraints of the table."""

        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("point", "name"), name="addressee_once"),)
        indexes = (models.Index(fields=("name",), name="addressees_by_name"),)

    def __str__(self) -> str:
        return self.name


class FollowUp(models.Model):
    """News of a point: what became of it, on which day, by what evidence. Never changed, only added to.

    Attributes
    ----------
    day
        When it happened; `created` is when it was entered.
    evidence
        The letter, plan, agreement or figure that shows it.
    """

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="news")
    fate = models.CharField(max_length=15, choices=Point.Fates.choices)
    day = models.DateField()
    text = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    told_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order of the table."""

        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.day} {self.fate}"


class PointEntry(models.Model):
    """An entry of a priority list that was made of a point."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="entries")
    entry = models.ForeignKey(PriorityEntry, on_delete=models.PROTECT, related_name="points")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("point", "entry"), name="entry_of_a_point_once"),
        )

    def __str__(self) -> str:
        return f"{self.point_id} – {self.entry_id}"
