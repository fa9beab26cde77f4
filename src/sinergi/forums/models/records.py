"""Minutes (berita acara): versions, sealed with a hash when they are signed."""

from django.db import models
from django.db.models import Q

from sinergi.forums.models.meeting import Forum


class Minutes(models.Model):
    """A version of the minutes.

    Attributes
    ----------
    content
        All that the document shows, as values: the forum, who came, points, signatories. Documents are
        rendered from it, so that a sealed version reads the same for ever.
    sha256
        Of the content in canonical form, when it is sealed.
    reason
        Why there is a later version.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Order and constraints of the table."""

        ordering = ("forum", "version")
        constraints = (
            models.UniqueConstraint(fields=("forum", "version"), name="minutes_version_once"),
            models.UniqueConstraint(
                fields=("forum",), condition=Q(sealed_at=None), name="one_draft_of_minutes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.forum_id} {self.version}"
