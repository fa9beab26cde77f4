"""What regions raise, how it is drawn into themes, what is said of them, and what came from what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sinergi.accounts.models import Organisation
from sinergi.forums.models.meeting import Forum


class StrategicIssue(models.Model):
    """What a region raises: what, where, in which affair, and what it asks of whom.

    Attributes
    ----------
    raised_by
        The organisation that raised it; empty where the sources tell of the meeting only.
    regions, objects
        Codes of regions and of cooperation objects.
    submitted_at
        When it was handed in; before, only its organisation sees it.
    source
        Where this is known from, for what was entered from publications.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="issues")
    raised_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    affair = models.CharField(max_length=40, blank=True)
    regions = models.JSONField(default=list, blank=True)
    objects_named = models.JSONField(default=list, blank=True)
    asked_of = models.CharField(max_length=200, blank=True)
    asked_for = models.TextField(blank=True)
    source = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    """Issues drawn together, as the secretariat worded them.

    Attributes
    ----------
    retired_at
        When it was merged into another or split; what it held lives on in those.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="themes")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Order of the table."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class Descent(models.Model):
    """What was made of what: an issue became part of a theme, a theme a point, a point one of a higher forum.

    Rows are never changed or deleted: where a sentence comes from is read from them, `lineage.Lineage`.
    """

    class Kind(models.TextChoices):
        """What stands at an end."""

        ISSUE = "issue", _("issue")
        THEME = "theme", _("theme")
        POINT = "point", _("point")

    earlier_kind = models.CharField(max_length=5, choices=Kind.choices)
    earlier = models.BigIntegerField()
    later_kind = models.CharField(max_length=5, choices=Kind.choices)
    later = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("earlier_kind", "earlier", "later_kind", "later"), name="descent_once"
            ),
        )
        indexes = (models.Index(fields=("later_kind", "later"), name="descent_by_later"),)

    def __str__(self) -> str:
        return f"{self.earlier_kind} {self.earlier} – {self.later_kind} {self.later}"


class Remark(models.Model):
    """A comment on a theme, or an amendment that would word it otherwise.

    Attributes
    ----------
    wording
        What an amendment would have the theme say; empty for a comment.
    """

    class State(models.TextChoices):
        """What became of an amendment."""

        OPEN = "open", _("open")
        TAKEN = "taken", _("taken over")
        REFUSED = "refused", _("not taken over")

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="remarks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order of the table."""

        ordering = ("created", "pk")

    def __str__(self) -> str:
        return (self.wording or self.text)[:80]
