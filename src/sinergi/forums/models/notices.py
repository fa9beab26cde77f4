"""What people choose to be told by e-mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeChoice(models.Model):
    """Which letters somebody gets of forums; who never chose gets all of them.

    Attributes
    ----------
    digest
        At most one letter a day, on days on which there is something to tell.
    ballots
        A letter at once when a ballot opens in which the person may vote.
    invitations
        A letter at once when an organisation is invited for which the person may answer.
    """

    class Kind(models.TextChoices):
        """Each kind of letter; its value is the field with the choice."""

        DIGEST = "digest", _("a digest of points")
        BALLOTS = "ballots", _("ballots that open")
        INVITATIONS = "invitations", _("invitations")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.BooleanField(default=True)
    ballots = models.BooleanField(default=True)
    invitations = models.BooleanField(default=True)

    class Meta:
        """Order of the table."""

        ordering = ("pk",)

    def __str__(self) -> str:
        chosen = [kind for kind in self.Kind.values if getattr(self, kind)]
        return f"{self.person_id} {', '.join(chosen)}"
